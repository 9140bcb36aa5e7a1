"""OFD (GB/T 33190-2016), China's own print format: a ZIP of XML with text placed on pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from xml.etree.ElementTree import Element

from crawler.documents.packed import Packed, beside, local
from crawler.documents.text import gathered, lines, one_line
from crawler.documents.values import DocumentText, Limits, Reason, Unreadable

_ROOT = "OFD.xml"
_ALMOST_NONE = 20
_USUAL_SIZE = 3.5  # millimetres; about 10 point
_UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text where it stands on its page, in millimetres from the upper left."""

    x: float
    y: float
    end: float
    size: float
    text: str


def read_ofd(data: bytes, limits: Limits) -> DocumentText:
    """Read an OFD: each page's lines from top to bottom. Raises Unreadable."""
    document = _Document(Packed(data, limits), limits.pages)
    text, cut = gathered(document.lines(), limits.characters)
    doubts = (
        *(("cut",) if cut or document.count > limits.pages else ()),
        *(("pages-unread",) if document.unread else ()),
        *(("scanned-pages",) if document.pictures and document.texts else ()),
    )
    scanned = document.pictures > 0 and not document.texts
    return DocumentText("ofd", text, document.count, scanned, doubts)


class _Document:
    def __init__(self, packed: Packed, most: int) -> None:
        self._packed = packed
        self._most = most
        self._templates: dict[str, Element] = {}
        self.texts = self.pictures = self.unread = self.count = 0

    def lines(self) -> Iterator[str]:
        for node in self._packed.xml(_ROOT).iter():
            if local(node) == "DocRoot":
                yield from self._body(beside(_ROOT, (node.text or "").strip()))

    def _body(self, part: str) -> Iterator[str]:
        root = self._packed.xml(part)
        for node in _named(root, "TemplatePage"):
            place = beside(part, node.get("BaseLoc", ""))
            if place in self._packed:
                self._templates[node.get("ID", "")] = self._packed.xml(place)
        pages = [page for box in _named(root, "Pages") for page in _named(box, "Page")]
        self.count += len(pages)
        for page in pages[: self._most]:
            place = beside(part, page.get("BaseLoc", ""))
            if place in self._packed:
                yield from self._page(self._packed.xml(place))
            else:
                self.unread += 1

    def _page(self, page: Element) -> Iterator[str]:
        used = [
            self._templates.get(node.get("TemplateID", "")) for node in _named(page, "Template")
        ]
        layers = [page, *(template for template in used if template is not None)]
        pieces = [piece for layer in layers for piece in _pieces(layer)]
        if sum(len(piece.text) for piece in pieces) >= _ALMOST_NONE:
            self.texts += 1
        elif any(local(node) == "ImageObject" for layer in layers for node in layer.iter()):
            self.pictures += 1
        yield from _printed(pieces)


def _named(box: Element, name: str) -> Iterator[Element]:
    return (node for node in box.iter() if local(node) == name)


def _pieces(layer: Element) -> Iterator[_Piece]:
    for shown in _named(layer, "TextObject"):
        left, top = _numbers(shown.get("Boundary"), (0.0, 0.0, 0.0, 0.0))[:2]
        turn = _numbers(shown.get("CTM"), _UNTURNED)
        size = _numbers(shown.get("Size"), (_USUAL_SIZE,))[0] * (abs(turn[3]) or 1.0)
        x = y = 0.0
        for code in _named(shown, "TextCode"):
            # A run that gives no place of its own stands at that of the run before it.
            x, y = _numbers(code.get("X"), (x,))[0], _numbers(code.get("Y"), (y,))[0]
            at = left + turn[0] * x + turn[2] * y + turn[4]
            if text := one_line(code.text or ""):
                wide = _steps(code.get("DeltaX")) * (abs(turn[0]) or 1.0) + size
                yield _Piece(at, top + turn[1] * x + turn[3] * y + turn[5], at + wide, size, text)


def _printed(pieces: list[_Piece]) -> Iterator[str]:
    """The lines of a page: pieces whose base lines are half a small character apart at most."""
    line: list[_Piece] = []
    for piece in sorted(pieces, key=attrgetter("y", "x")):
        if line and piece.y - line[0].y > min(piece.size, line[0].size) / 2:
            yield from lines(_joined(line))
            line = []
        line.append(piece)
    yield from lines(_joined(line))


def _joined(line: list[_Piece]) -> str:
    ordered = sorted(line, key=attrgetter("x"))
    gaps = (" " if after.x - piece.end > piece.size else "" for piece, after in pairwise(ordered))
    return "".join(part for piece in ordered for part in (piece.text, next(gaps, "")))


def _numbers(written: str | None, default: tuple[float, ...]) -> tuple[float, ...]:
    if written is None:
        return default
    try:
        found = tuple(float(number) for number in written.split())
    except ValueError as error:
        raise Unreadable(Reason.DAMAGED) from error
    return found if len(found) >= len(default) else default


def _steps(written: str | None) -> float:
    """The sum of a DeltaX: `4.5 g 10 3.5` is 4.5 and ten times 3.5.

    >>> _steps("4.5 g 10 3.5")
    39.5
    """
    words = iter((written or "").split())
    total = 0.0
    for word in words:
        times = _numbers(next(words, "0"), (0.0,))[0] if word == "g" else 1.0
        step = next(words, "0") if word == "g" else word
        total += times * _numbers(step, (0.0,))[0]
    return total
