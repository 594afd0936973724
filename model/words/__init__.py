"""Words: every text on screen, refusals, numbers as written, names compared."""
