"""What lessons are made of: the case they are told on, its figures, what must hold of it, its pictures."""
