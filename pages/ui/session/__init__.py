"""The one place of session state, the link and caches."""

from pages.ui.session.state import *  # noqa: F403
