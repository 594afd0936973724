"""Numbers and days as tests say that each language writes them, with ordinary spaces."""

import re
from fractions import Fraction
from math import floor


def number(value, digits, language, plus=False):
    """A number as this file says that a language writes it."""
    if value != value:
        return "–"
    halves_up = floor(abs(Fraction(value)) * 10**digits + Fraction(1, 2))
    text = f"{halves_up / 10**digits:,.{digits}f}"
    text = text.translate(str.maketrans(",.", ".,")) if language == "vi" else text
    zero = not re.search(r"[1-9]", text)
    return ("" if zero else "−" if value < 0 else "+" if plus else "") + text


def points(hundredths, language, plus=False):
    return number(hundredths / 100, 2, language, plus)


def percent(rate, language):
    text = f"{100 * rate:.2f}".rstrip("0").rstrip(".")
    return (text.replace(".", ",") if language == "vi" else text) + " %"


def day(when, language):
    return f"{when.day}/{when.month}/{when.year}" if language == "vi" else f"{when.day} {when:%B %Y}"
