"""The simulator's parts."""
