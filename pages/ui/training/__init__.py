"""The class's parts."""
