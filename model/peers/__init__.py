"""Peers: the others, over time."""
