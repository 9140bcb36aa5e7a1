"""The places at which two contents differ, each with its surroundings. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.comparing.diff import FieldDiff, ParagraphDiff
from storage.comparing.spans import Span

_AROUND = 16
"""Characters of the surroundings on each side."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One place that changed: `before` became `after` (one of them may be empty), between `lead`
    and `tail`, which stayed. `whole` says that the paragraph came or went as a whole, `moved` that
    it stands elsewhere."""

    field: str
    before: str
    after: str
    lead: str = ""
    tail: str = ""
    whole: bool = False
    moved: bool = False


def passages(fields: Iterable[FieldDiff]) -> Iterator[Passage]:
    """The places that changed, field by field, without those that differ in form or number."""
    for field in fields:
        if field.form_only:
            continue
        for paragraph in field.paragraphs:
            yield from _of(field.name, paragraph)


def _of(field: str, paragraph: ParagraphDiff) -> Iterator[Passage]:
    match paragraph.kind:
        case "added" | "removed":
            before, after = paragraph.text_before or "", paragraph.text_after or ""
            if before.strip() or after.strip():
                yield Passage(field, before, after, whole=True)
        case "moved_here":
            changes = list(_changes(field, paragraph.spans))
            text = paragraph.text_after or ""
            yield from changes or [Passage(field, text, text, whole=True, moved=True)]
        case "changed" if not paragraph.quiet:
            yield from _changes(field, paragraph.spans)


def _changes(field: str, spans: tuple[Span, ...]) -> Iterator[Passage]:
    """Each run of changed pieces, with what stands on both sides of it in the text after."""
    at = 0
    while at < len(spans):
        end = at
        while end < len(spans) and not spans[end].quiet:
            end += 1
        if end > at:
            run = spans[at:end]
            before = "".join(span.text for span in run if span.kind == "removed")
            after = "".join(span.text for span in run if span.kind == "added")
            lead = "".join(s.text for s in spans[:at] if s.kind != "removed")[-_AROUND:]
            tail = "".join(s.text for s in spans[end:] if s.kind != "removed")[:_AROUND]
            yield Passage(field, before, after, lead, tail)
        at = end + 1
