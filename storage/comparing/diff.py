"""What changed between two contents, field by field, as a person would mark it. Pure.

A body is compared paragraph by paragraph (`alignment`), a changed paragraph word by word or
character by character (`spans`), a table's row cell by cell (`cells`).
"""

from dataclasses import dataclass
from functools import partial

from storage.article import CONTENT_FIELDS, Article, file_key
from storage.comparing.alignment import Pair, align
from storage.comparing.cells import CellDiff, row_between, whole_row
from storage.comparing.spans import By, Span, same_form, spans_between

_LISTS = frozenset({"body", "info", "attachments", "images", "videos", "notes", "subtitle"})


@dataclass(frozen=True, slots=True)
class ParagraphDiff:
    """One paragraph (or row, or line of a list) before and after.

    `kind` is `same`, `changed`, `added` or `removed`; one that moved is told twice, as
    `moved_away` where it stood and, with what changed in it, as `moved_here` where it stands.
    `before` and `after` are its places in the two texts, counted from 1, None where it is not.
    `form_only` says that nothing but white space or the width of characters differs, `renumbered`
    that only its number does. A row of a table has `cells`; its `spans` hold the tabs as well.
    """

    kind: str
    spans: tuple[Span, ...]
    form_only: bool = False
    renumbered: bool = False
    before: int | None = None
    after: int | None = None
    cells: tuple[CellDiff, ...] = ()

    @property
    def text_before(self) -> str | None:
        """What stood at this place before; None where nothing did."""
        if self.kind in ("added", "moved_here"):
            return None
        return "".join(span.text for span in self.spans if span.kind != "added")

    @property
    def text_after(self) -> str | None:
        """What stands at this place after; None where nothing does."""
        if self.kind in ("removed", "moved_away"):
            return None
        return "".join(span.text for span in self.spans if span.kind != "removed")

    @property
    def quiet(self) -> bool:
        """Whether what the paragraph says is the same, and where it says it."""
        return self.kind == "same" or self.form_only or self.renumbered


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field that differs. Fields of one value have one paragraph; the information table has
    one a line, attachments and images one each."""

    name: str
    paragraphs: tuple[ParagraphDiff, ...]
    form_only: bool


def diff(before: Article, after: Article, by: By = By.WORD) -> tuple[FieldDiff, ...]:
    """The fields that differ, in the order of `CONTENT_FIELDS`.

    A difference that the archive does not count as a change (an image's host, white space) is
    there as well, and `form_only`.
    """
    found = (_field(name, before, after, by) for name in CONTENT_FIELDS)
    return tuple(field for field in found if field is not None)


def diff_texts(before: str, after: str, by: By = By.WORD) -> tuple[ParagraphDiff, ...]:
    """The paragraphs of two texts, aligned: equal, similar, moved, put in or taken out."""
    return _aligned(before.split("\n") if before else [], after.split("\n") if after else [], by)


def _aligned(before: list[str], after: list[str], by: By) -> tuple[ParagraphDiff, ...]:
    return tuple(_paragraph(pair, before, after, by) for pair in align(before, after))


def _field(name: str, before: Article, after: Article, by: By) -> FieldDiff | None:
    old, new = _lines(name, before), _lines(name, after)
    renewed = name == "attachments" and _mark_renewed(before, after, old, new)
    if old == new:
        return None
    if name in _LISTS:
        paragraphs = _aligned(old, new, by)
    else:
        pair = Pair(range(len(old)), range(len(new)))
        paragraphs = (_paragraph(pair, old, new, by),)
    uncounted = before.comparable(name) == after.comparable(name) and not renewed
    changed = [paragraph for paragraph in paragraphs if paragraph.kind != "same"]
    return FieldDiff(name, paragraphs, uncounted or all(p.form_only for p in changed))


def _lines(name: str, article: Article) -> list[str]:
    match name:
        case "body":
            return article.body.split("\n") if article.body else []
        case "info":
            return [_one_line(f"{k}：{v}") for k, v in sorted(article.info.items())]
        case "attachments":
            return [_one_line(f"{a.name} {a.url}") for a in article.attachments]
        case "images" | "videos" | "notes":
            return [_one_line(each) for each in getattr(article, name)]
        case "subtitle":
            return article.subtitle.split("\n") if article.subtitle else []
    value = getattr(article, name)
    return [_one_line(value)] if value else []


def _mark_renewed(before: Article, after: Article, old: list[str], new: list[str]) -> bool:
    """Add the digests of bytes to the lines of the files that have other bytes than before."""
    known = {file_key(a.url): (n, a.payload_digest) for n, a in enumerate(before.attachments)}
    renewed = False
    for at, attachment in enumerate(after.attachments):
        was_at, was = known.get(file_key(attachment.url), (0, None))
        if was and attachment.payload_digest and was != attachment.payload_digest:
            old[was_at] += f"  SHA-256 {was}"
            new[at] += f"  SHA-256 {attachment.payload_digest}"
            renewed = True
    return renewed


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _paragraph(pair: Pair, old: list[str], new: list[str], by: By) -> ParagraphDiff:
    before = "\n".join(old[at] for at in pair.before)
    after = "\n".join(new[at] for at in pair.after)
    told = partial(
        ParagraphDiff,
        before=pair.before.start + 1 if pair.before else None,
        after=pair.after.start + 1 if pair.after else None,
    )
    if pair.leaves:
        return told("moved_away", _whole("same", before), cells=whole_row("same", before))
    kind = _kind(pair, before, after)
    if kind in ("same", "added", "removed"):
        text = before or after
        return told(kind, _whole(kind, text), cells=whole_row(kind, text))
    spans, cells = _between(pair, before, after, by)
    form_only = kind == "changed" and same_form(before, after)
    renumbered = kind == "changed" and not form_only and all(span.quiet for span in spans)
    return told(kind, spans, form_only, renumbered, cells=cells)


def _between(
    pair: Pair, before: str, after: str, by: By
) -> tuple[tuple[Span, ...], tuple[CellDiff, ...]]:
    one_row = len(pair.before) == len(pair.after) == 1
    if one_row and "\t" in before and "\t" in after:
        return row_between(before, after, pair.tables, by)
    return spans_between(before, after, by), ()


def _kind(pair: Pair, before: str, after: str) -> str:
    if pair.moved:
        return "moved_here"
    if not pair.before:
        return "added"
    if not pair.after:
        return "removed"
    return "same" if before == after else "changed"


def _whole(kind: str, text: str) -> tuple[Span, ...]:
    return (Span(kind, text),) if text else ()
