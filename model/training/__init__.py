"""Training: what a class is told, asked and shown."""
