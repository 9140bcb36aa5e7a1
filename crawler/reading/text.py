"""White space and what a reader can see: the two forms of text that reading needs."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")
_WHITE = re.compile(r"[\s\u200b\ufeff]+")
_UNSEEN = re.compile("[\\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+")


def storable(text: str) -> str:
    """Replace by U+FFFD what no database and no encoder takes: NUL and lone surrogates.

    >>> storable("甲\\x00乙\\ud800") == "甲\\ufffd乙\\ufffd"
    True
    """
    return _UNSTORABLE.sub("\ufffd", text)


def markup(text: str) -> str:
    """A page's text as a parser takes it: storable, without control characters."""
    return _CONTROL.sub("", storable(text))


def fold(text: str) -> str:
    """Runs of white space become one space, none at the ends; U+3000 and U+00A0 are white space.

    >>> fold("　　第一条\\u00a0 本办法 ")
    '第一条 本办法'
    """
    return _WHITE.sub(" ", text).strip()


def dense(text: str) -> str:
    """Only what a reader can see: no white space, no zero-width and no control characters.

    >>> dense("索 引\\u200b 号：")
    '索引号：'
    """
    return _UNSEEN.sub("", text)
