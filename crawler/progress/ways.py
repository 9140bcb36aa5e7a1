"""The ways of showing progress. Pure."""

WAYS = ("auto", "plain", "json", "none")
"""What the setting PROGRESS may be: on a terminal a table and elsewhere lines (`auto`), lines or
JSON in any case, or nothing."""


def check(way: str) -> None:
    """Raises ValueError where there is no such way.

    >>> check("loud")
    Traceback (most recent call last):
    ValueError: CUNZHENG_PROGRESS must be one of auto, plain, json, none, not 'loud'
    """
    if way not in WAYS:
        raise ValueError(f"CUNZHENG_PROGRESS must be one of {', '.join(WAYS)}, not {way!r}")
