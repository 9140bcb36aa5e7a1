"""The smallest template language that HTML, scripts and style sheets leave alone: `@name@`."""

import re
from functools import cache
from html import escape
from pathlib import Path

_PAGES = Path(__file__).parent / "pages"
_SLOT = re.compile(r"@([a-z_]+)@")


def fill(template: str, **parts: str) -> str:
    """The template with each `@name@` replaced. Raises KeyError for a name that has no part.

    >>> fill("<b>@word@</b>", word="字")
    '<b>字</b>'
    """
    return _SLOT.sub(lambda slot: parts[slot[1]], template)


@cache
def page(name: str) -> str:
    """A page's template from the folder `pages`."""
    return (_PAGES / f"{name}.html").read_text(encoding="utf-8")


def meta(name: str, content: str) -> str:
    """A meta tag as the templates write it: double quotes, exact case."""
    return f'<meta name="{name}" content="{escape(content)}">'
