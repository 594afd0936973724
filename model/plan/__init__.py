"""Plan: what it takes.

To be read in this order: `question` (what is asked, and by when), `prepared` (what is there to be done), `moves` (each
lever's steps and what they cost), `search` (the cheapest set of them, exactly), `plan` (the answers), `best` (the other
way round: the most for an effort), `prices` (what a thing more brings).
"""
