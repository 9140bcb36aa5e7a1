"""A page's text without what says nothing and costs the most: style sheets, scripts, menus. Pure.

Each is taken out only where plain text shows beyond doubt what it is, at a fraction of what parsing
it and walking over it would cost; whatever is written in another way is left to the parser.
"""

from collections.abc import Sequence

from crawler.hanweb import CHANNEL_LINK

_RUN, _KEPT_FIRST, _KEPT_LAST = 8, 1, 1
_ENTRY_TAGS = 3
_ENDS_AN_ENTRY = "</li>"


def without_element(text: str, tag: str) -> str:
    """The text without the elements of this name that hold no `<`: those end where they seem to,
    in the eyes of every parser.

    >>> without_element("<p><style>p { top: 0 }</style>甲<style><!-- p {} --></style>", "style")
    '<p>甲<style><!-- p {} --></style>'
    """
    kept: list[str] = []
    opening, closing = f"<{tag}", f"</{tag}>"
    copied, at = 0, text.find(opening)
    while at >= 0:
        inside = text.find(">", at)
        end = text.find("<", at + 1)
        if at < inside < end and text.startswith(closing, end):
            kept.append(text[copied:at])
            copied = end = end + len(closing)
        at = text.find(opening, max(end, at + 1))
    return "".join((*kept, text[copied:])) if kept else text


def without_menus(text: str) -> str:
    """The text without the inner entries of its menus: of many list items in a row, each a link
    to a channel and nothing else, the first two and the last stay. What a page is made of
    (`skeleton`) stays the same: an entry with an id or a class is never taken out.

    >>> entry = '<li><a href="/col/col7/index.html">通知</a></li>'
    >>> without_menus(f"<ul>{entry * 20}</ul>") == f"<ul>{entry * 3}</ul>"
    True
    """
    if CHANNEL_LINK not in text:
        return text
    pieces = text.split(_ENDS_AN_ENTRY)
    kept: list[str] = []
    run = 0
    for number, piece in enumerate(pieces):
        if _is_entry(piece):
            run += 1
            continue
        kept += _shortened(pieces[number - run : number])
        kept.append(piece)
        run = 0
    return _ENDS_AN_ENTRY.join((*kept, *pieces[len(pieces) - run :]))


def _is_entry(piece: str) -> bool:
    """Whether what stands before an `</li>` is `<li><a href="…">…</a>`, to a channel."""
    if piece.count("<") != _ENTRY_TAGS or CHANNEL_LINK not in piece:
        return False
    item, _, link = piece.lstrip().partition(">")
    return (
        item == "<li"
        and link.lstrip().startswith("<a ")
        and link.rstrip().endswith("</a>")
        and "id=" not in link
        and "class=" not in link
    )


def _shortened(run: Sequence[str]) -> Sequence[str]:
    return run if len(run) < _RUN else (*run[:_KEPT_FIRST], *run[-_KEPT_LAST:])
