"""Whether a page came whole, by the page alone: a cache or a proxy that kept half of it sends that
half with a length that is right."""

import re

_BEGINS = re.compile(r"<(?:!doctype\s{1,9}html|html|body)\b", re.IGNORECASE)
_ENDS = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_AT_THE_END = 400
_OF_FILES = {b"%PDF": b"%%EOF", b"PK\x03\x04": b"PK\x05\x06"}
"""How files begin whose end is marked, and the mark, in their last 64 KB."""


def breaks_off(html: str) -> bool:
    """Whether a page that begins as one ends in the middle of its text or of a tag.

    The end tags of `html` and `body` may be left out (HTML, section 13.1.2.4), so that a page
    without them breaks off only where no tag is its last word: one that was cut just behind a tag
    passes.

    >>> breaks_off("<html><body><p>各街道办")
    True
    >>> breaks_off("<html><body><p>各街道办事处：</p></BODY></HTML>\\n<!-- 0.02 s -->")
    False
    >>> breaks_off("<html><body><p>各街道办事处：</p></div>\\n")
    False
    >>> breaks_off("<script>location.href='/'</script>")
    False
    """
    # Nearly all are found to end at the very end.
    if _ENDS.search(html, max(0, len(html) - _AT_THE_END)) or _ENDS.search(html):
        return False
    return _BEGINS.search(html) is not None and not html.rstrip().endswith(">")


def shows_its_end(html: str) -> bool:
    """Whether a page ends with the end of its body or of itself: nothing of its text can lack.

    >>> shows_its_end("<html><body><p>各街道办事处：</p></BODY></HTML>\\n<!-- 0.02 s -->")
    True
    >>> shows_its_end("<html><body><p>各街道办事处：</p>")
    False
    """
    return _ENDS.search(html, max(0, len(html) - _AT_THE_END)) is not None


def file_shows_its_end(file: bytes) -> bool:
    """Whether a file ends with the mark that its format puts there; False for one without.

    >>> file_shows_its_end(b"%PDF-1.4 ... %%EOF"), file_shows_its_end(b"%PDF-1.4 ...")
    (True, False)
    """
    end = next((end for begin, end in _OF_FILES.items() if file.startswith(begin)), None)
    return end is not None and end in file[-64 * 1024 :]
