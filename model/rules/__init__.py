"""Rules: the decision as data and formulas."""
