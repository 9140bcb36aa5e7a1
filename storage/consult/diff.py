"""What changed between two contents, field by field, as a person would mark it. Pure.

A body is compared paragraph by paragraph (`alignment`), a changed paragraph character by
character (`spans`), a table's row cell by cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.article import CONTENT_FIELDS, Article, file_key
from storage.consult.alignment import Pair, align
from storage.consult.spans import Span, same_form, spans_between

_LISTS = frozenset({"body", "info", "attachments", "images", "videos", "notes", "subtitle"})


@dataclass(frozen=True, slots=True)
class ParagraphDiff:
    """One paragraph (or row, or line of a list) before and after.

    `kind` is `same`, `changed`, `added` or `removed`. The spans that are not `added` make the
    paragraph before, those that are not `removed` the one after. `form_only` says that nothing
    but white space or the width of characters differs.
    """

    kind: str
    spans: tuple[Span, ...]
    form_only: bool = False


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field that differs. Fields of one value have one paragraph; the information table has
    one a line, attachments and images one each."""

    name: str
    paragraphs: tuple[ParagraphDiff, ...]
    form_only: bool


def diff(before: Article, after: Article) -> tuple[FieldDiff, ...]:
    """The fields that differ, in the order of `CONTENT_FIELDS`.

    A difference that the archive does not count as a change (an image's host, white space) is
    there as well, and `form_only`.
    """
    found = (_field(name, before, after) for name in CONTENT_FIELDS)
    return tuple(field for field in found if field is not None)


def diff_texts(before: str, after: str) -> tuple[ParagraphDiff, ...]:
    """The paragraphs of two texts, aligned."""
    pairs = align(before.split("\n") if before else [], after.split("\n") if after else [])
    return tuple(_paragraph(pair) for pair in pairs)


def _field(name: str, before: Article, after: Article) -> FieldDiff | None:
    old, new = _lines(name, before), _lines(name, after)
    renewed = name == "attachments" and _mark_renewed(before, after, old, new)
    if old == new:
        return None
    if name in _LISTS:
        paragraphs = diff_texts("\n".join(old), "\n".join(new))
    else:
        paragraphs = (_paragraph((old[0] if old else None, new[0] if new else None)),)
    uncounted = before.field_digests.get(name) == after.field_digests.get(name) and not renewed
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


def _paragraph(pair: Pair) -> ParagraphDiff:
    before, after = pair
    if before is None:
        return ParagraphDiff("added", _whole("added", after))
    if after is None:
        return ParagraphDiff("removed", _whole("removed", before))
    if before == after:
        return ParagraphDiff("same", _whole("same", before))
    return ParagraphDiff("changed", _between(before, after), same_form(before, after))


def _whole(kind: str, text: str | None) -> tuple[Span, ...]:
    return (Span(kind, text),) if text else ()


def _between(before: str, after: str) -> tuple[Span, ...]:
    if "\t" in before and "\t" in after:
        return tuple(_row(before, after))
    return spans_between(before, after)


def _row(before: str, after: str) -> Iterable[Span]:
    old, new = _cells(before), _cells(after)
    pairs: Iterable[Pair] = zip(old, new, strict=True) if len(old) == len(new) else align(old, new)
    for cell, other in pairs:
        yield from spans_between(cell or "", other or "")


def _cells(row: str) -> list[str]:
    """A row's cells, each with the tab that ends it."""
    cells = row.split("\t")
    return [f"{cell}\t" for cell in cells[:-1]] + ([cells[-1]] if cells[-1] else [])
