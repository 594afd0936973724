"""Lessons: their texts, their figures on a league, their pictures."""
