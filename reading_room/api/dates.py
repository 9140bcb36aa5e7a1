"""Dates as the API takes them: the forms of ISO 8601 that JSON Schema can describe whole. Pure."""

import re

_YEAR = "(?:19|20)[0-9]{2}"
_LEAP = "(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)"
_MONTH = "(?:0[1-9]|1[0-2])"
_LONG, _SHORT = "(?:0[13578]|1[02])", "(?:0[469]|11)"
_DAY_OF_YEAR = (
    f"(?:{_YEAR}-(?:{_LONG}-(?:0[1-9]|[12][0-9]|3[01])|{_SHORT}-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_TIME = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?:Z|[+-]0[0-9]:[03]0)?"

DAY = f"^(?:{_YEAR}(?:-{_MONTH})?|{_DAY_OF_YEAR})$"
"""A year, a month or a day."""
MOMENT = f"^(?:{_YEAR}(?:-{_MONTH})?|{_DAY_OF_YEAR}(?:{_TIME})?)$"
"""The same, or a moment; Beijing time where no zone is said."""


def fits(pattern: str, text: str) -> bool:
    """Whether a text is of a pattern.

    >>> [fits(MOMENT, text) for text in ("2026", "2026-02-29", "2024-02-29", "2026-03-01T08:00Z")]
    [True, False, True, True]
    """
    return re.fullmatch(pattern, text) is not None
