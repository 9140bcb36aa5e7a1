"""Whether a page came whole, by the page alone: a cache or a proxy that kept half of it sends that
half with a length that is right."""

import re

_BEGINS = re.compile(r"<(?:!doctype\s{1,9}html|html|body)\b", re.IGNORECASE)
_ENDS = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_FRAME = re.compile(r"<(/?)(?:div|table)\b", re.IGNORECASE)
_AT_THE_END = 400
_OF_FILES = {b"%PDF": b"%%EOF", b"PK\x03\x04": b"PK\x05\x06"}
"""How files begin whose end is marked, and the mark, in their last 64 KB."""


def breaks_off(html: str) -> bool:
    """Whether a page that begins as one ends in the middle of its text, of a tag or of a frame.

    The end tags of `html` and `body` may be left out (HTML, section 13.1.2.4), those of `div`
    and `table` may not: a page without the former breaks off where no tag is its last word, or
    where a frame is still open. One that was cut just behind its last frame passes.

    >>> breaks_off("<html><body><p>各街道办")
    True
    >>> breaks_off("<html><body><p>各街道办事处：</p></BODY></HTML>\\n<!-- 0.02 s -->")
    False
    >>> breaks_off("<html><body><div><p>各街道办事处：</p>\\n")
    True
    >>> breaks_off("<html><body><div><p>各街道办事处：</p></div>\\n")
    False
    >>> breaks_off("<script>location.href='/'</script>")
    False
    """
    # Nearly all are found to end at the very end.
    if _ENDS.search(html, max(0, len(html) - _AT_THE_END)) or _ENDS.search(html):
        return False
    if _BEGINS.search(html) is None:
        return False
    return not html.rstrip().endswith(">") or _leaves_a_frame_open(html)


def _leaves_a_frame_open(html: str) -> bool:
    begun = _FRAME.findall(html)
    return begun.count("") > begun.count("/")


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
