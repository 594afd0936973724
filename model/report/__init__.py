"""Report: an answer as its reader gets it."""
