"""Table: what people have, made a league, and back."""
