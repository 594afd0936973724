"""Method: the rules of an edition, each with its formula, evidence and source, checked live on the league chosen."""
import streamlit as st

from pages.ui import frame

t = frame.start("method")
