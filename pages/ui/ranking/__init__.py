"""The ranking's parts."""
