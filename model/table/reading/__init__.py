"""Reading: a file of any usual form, read as a league or refused with its cause."""
