"""Plan: what it takes."""
