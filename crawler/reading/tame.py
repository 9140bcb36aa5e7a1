"""Taming: tags with very many attributes lose them before a page is parsed. Pure.

libxml2 compares each attribute with all others of its tag: 100,000 of them take minutes."""

import re

MOST = 1000
"""Attributes of one tag; no page of a person's has a tenth of it."""

_LONG = 2 * MOST
_SMALL = 10_000
"""Characters; so few cannot hold so many attributes that parsing them takes 50 ms."""

_TAG = re.compile(r"<[A-Za-z][^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/=\"']")


def tame(source: str) -> str:
    """The page as it may be parsed; the same text where nothing is wrong with it.

    >>> tame("<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">text</p>")
    '<p>text</p>'
    """
    if len(source) < _SMALL or max(map(len, _TAG.findall(source)), default=0) < _LONG:
        return source
    return _TAG.sub(_tamed, source)


def _tamed(tag: re.Match[str]) -> str:
    text = tag[0]
    if len(text) < _LONG or len(_BETWEEN.findall(_QUOTED.sub('"', text))) <= MOST:
        return text
    name = re.match(r"<[A-Za-z0-9:-]{1,40}", text)
    return name[0] if name else "<p"
