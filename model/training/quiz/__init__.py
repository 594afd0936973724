"""Questions: asked of a league and answered from it."""
