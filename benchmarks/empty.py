"""An empty Streamlit app, for comparison only: what opening any costs."""

import streamlit as st

st.write("0,00")
