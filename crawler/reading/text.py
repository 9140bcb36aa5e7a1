"""Text as it is stored, and the two forms of it by which reading compares and looks for things."""

import re

from crawler.reading.slim import without_element

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = bytes(code for code in range(0x20) if chr(code) not in "\t\n\r\f") + b"\x7f"
_NONCHARACTER = re.compile(b"\xef\xb7[\x90-\xaf]")
_REPLACEMENT = "\ufffd".encode()
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Among them U+00A0, which editing software writes for the space bar (`项&nbsp;&nbsp;&nbsp;目`, seen
# on fzggw.jiangsu.gov.cn, 2026): no editor ever typed one.
_COLLAPSIBLE = re.compile("[\x00-\x20\x7f\xa0]{2,}|[\x00-\x1f\x7f\xa0]")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_UNSEEN_AT_ENDS = (
    "".join(char for char in map(chr, range(0x3001)) if char.isspace() or char < " ")
    + "\x7f\u200b\ufeff"
)
_WHITE = re.compile("[\\s\x00-\x1f\x7f\u200b\ufeff]+")
_UNSEEN = re.compile("[\\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+")


def storable(text: str) -> str:
    """Replace by U+FFFD what no database and no encoder takes: NUL and lone surrogates.

    >>> storable("甲\\x00乙\\ud800") == "甲\\ufffd乙\\ufffd"
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
    return text.replace("\x00", "\ufffd")


def markup(text: str) -> str:
    """A page's text without its style sheets: half of many a page, and no text."""
    return without_element(text, "style")


def parsable(text: str) -> bytes:
    """Markup as a parser takes it: storable, without control characters and the noncharacters by
    which `flat` tells structure. Asked of what is parsed alone: it costs as much as the markers."""
    # As bytes, which is ten times faster than a pattern on a page of 200 KB.
    try:
        written = text.encode("utf-8")
    except UnicodeEncodeError:
        written = storable(text).encode("utf-8")
    if b"\x00" in written:
        written = written.replace(b"\x00", _REPLACEMENT)
    written = written.translate(None, _CONTROL)
    return _NONCHARACTER.sub(_REPLACEMENT, written) if b"\xef\xb7" in written else written


def fit(text: str) -> str:
    """A text as lxml lets it be set: a page may spell out (`&#1;`) what XML forbids."""
    return _UNFIT.sub("\ufffd", text)


def shown(text: str) -> str:
    """A line as it is stored: what the space bar and the source's line ends left becomes one space,
    as in a browser; U+3000 and every other character stand as the editor set them. At the two
    ends nothing is kept that nobody can see: an indent is the page's dress, as a style would be.

    >>> shown("　　第一条\\u00a0 本办法　　自\\n今日起施行 ")
    '第一条 本办法\\u3000\\u3000自 今日起施行'
    """
    line = text.strip()
    if line.isprintable() and "  " not in line:
        return line  # as most lines are: nothing that collapses or is unseen is printable
    return _COLLAPSIBLE.sub(" ", line.strip(_UNSEEN_AT_ENDS))


def preformatted(text: str) -> str:
    """A line of `<pre>`: there a browser keeps every space, and so do we; a tab is one.

    >>> preformatted("  一  月\\t12")
    '一  月 12'
    """
    return _CONTROLS.sub(" ", text.strip(_UNSEEN_AT_ENDS))


def fold(text: str) -> str:
    """The form in which words are looked for: runs of white space and control characters become
    one space, none at the ends.

    U+3000 and U+00A0 are white space.

    >>> fold("　　第一条\\u00a0 本办法 ")
    '第一条 本办法'
    """
    folded = " ".join(text.split())
    # Nothing else of what is folded is printable: the pattern is needed for few texts.
    return folded if folded.isprintable() else _WHITE.sub(" ", text).strip()


def dense(text: str) -> str:
    """Only what a reader can see: no white space, no zero-width and no control characters.

    >>> dense("索 引\\u200b 号：")
    '索引号：'
    """
    seen = "".join(text.split())
    return seen if seen.isprintable() else _UNSEEN.sub("", text)
