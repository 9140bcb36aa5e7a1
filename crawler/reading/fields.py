"""Title, time, source, author and document number, each from the surest place that has it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from lxml.html import HtmlElement

from crawler.reading import spellings, tags
from crawler.reading.dates import in_year, published_time, same_day
from crawler.reading.identity import address_in
from crawler.reading.infotable import normalised_info
from crawler.reading.labels import Label, labelled, labels_in, time_before_labels
from crawler.reading.markers import Marker, marked
from crawler.reading.noise import visible_strings
from crawler.reading.numbers import is_number, normalised, states_one
from crawler.reading.page import parse
from crawler.reading.spellings import Field
from crawler.reading.text import shown

_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_LINES = 4


@dataclass(frozen=True, slots=True)
class Stated:
    """A field's value and the place where the page states it."""

    value: str
    origin: str


@dataclass(frozen=True)
class Sources:
    """Where fields are looked for: the text with its markers, all tags and the first
    of each name, the rest of the page and all its elements, the lines around the body, and the
    disclosure table."""

    text: str
    markers: Sequence[Marker]
    every_tag: Mapping[str, Sequence[str]]
    tags: Mapping[str, str]
    rest: HtmlElement
    elements: Sequence[HtmlElement]
    lines: Sequence[str]
    info: Mapping[str, str]
    url: str = ""

    @cached_property
    def labelled_lines(self) -> tuple[tuple[str, tuple[Label, ...]], ...]:
        """The lines around the body that have labels, with these."""
        return tuple((line, labels) for line in self.lines if (labels := labels_in(line)))

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels of the lines around the body."""
        return tuple(label for _, labels in self.labelled_lines for label in labels)

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """The disclosure table in our terms."""
        return normalised_info(self.info)

    @cached_property
    def headed(self) -> Sequence[HtmlElement]:
        """What the rest of the page marks up as headlines, and some more."""
        return [
            node
            for node in self.elements
            # Every class of headlines has these letters in it: `title`, `tit`, `yinti`.
            if ((named := node.get("class")) and "ti" in named.lower()) or node.tag == "h1"
        ]

    def marked(self, *names: str) -> str | None:
        """The text between the markers of the first of these names that the page has."""
        inside = marked(self.text, self.markers, names)
        if not inside:
            return None
        is_text = inside.isprintable() and "<" not in inside and "&" not in inside
        return shown(inside if is_text else "".join(visible_strings(parse(inside).root)))

    def stated(self, field: Field, *labels: str) -> Iterator[Stated]:
        """All that the page states of a field, surest first; `labels` are names in `FIELDS`."""
        if tag := tags.first(self.tags, field.tags):
            yield Stated(tag, "meta")
        if marked := self.marked(*field.markers):
            yield Stated(marked, "marker")
        yield from (Stated(label.value, "label") for label in labelled(self.labels, *labels))
        yield from (Stated(self.terms[t], "table") for t in field.terms if t in self.terms)


def published_of(sources: Sources) -> tuple[Stated | None, tuple[str, ...]]:
    """The publication time, and the doubts about it.

    Of the times that name the same day as the surest one, the most precise: a page may show the
    day and give the minute in its tags, or the other way round.
    """
    printed = list(_times(sources))
    timed = ((published_time(one.value), one.origin) for one in printed)
    stated = [Stated(time, origin) for time, origin in timed if time]
    if not stated:
        return _without_a_year(printed, sources)
    # A table's day is the document's as often as the page's: it speaks where nothing else does.
    surer = [one for one in stated if one.origin != "table"] or stated[:1]
    agreeing = [one for one in surer if same_day(one.value, surer[0].value)]
    best = max(agreeing, key=lambda one: len(one.value))
    return best, ("dates-disagree",) * (len(agreeing) < len(surer))


def source_of(sources: Sources) -> Stated | None:
    """Where the article comes from, as the page says (来源)."""
    return next(sources.stated(spellings.SOURCE, "source"), None)


def author_of(sources: Sources) -> Stated | None:
    """Who wrote it; where the page names only an editor, the editor, and the origin says so."""
    if author := next(sources.stated(spellings.AUTHOR, "author"), None):
        return author
    if marked := sources.marked(*spellings.EDITOR.markers):
        return Stated(marked, "marker:编辑")
    editor = next(labelled(sources.labels, "editor"), None)
    return Stated(editor.value, f"label:{editor.name}") if editor else None


def doc_number_of(sources: Sources, body: Sequence[str]) -> Stated | None:
    """The document number (文号), never one that the text merely refers to: in the body only where
    it stands alone on one of the first lines."""
    terms = sources.terms
    lead = sources.marked(*spellings.DOC_NUMBER.markers, *spellings.LEAD_TITLE.markers) or ""
    labels = (label.value for label in labelled(sources.labels, "doc_number"))
    alone = filter(is_number, (*sources.lines, *body[:_FIRST_LINES]))
    found = (
        *(Stated(terms[t], "table") for t in spellings.DOC_NUMBER.terms if t in terms),
        *((Stated(lead, "marker"),) if is_number(lead) else ()),
        *(Stated(number, "label") for number in chain(labels, alone)),
    )
    number = next((one for one in found if states_one(one.value)), None)
    return Stated(normalised(number.value), number.origin) if number else None


def _times(sources: Sources) -> Iterable[Stated]:
    for name in spellings.PUBLISHED.tags:
        yield from (Stated(text, "meta") for text in sources.every_tag.get(name, ()))
    yield from sources.stated(spellings.PUBLISHED, "published")
    for line, _ in sources.labelled_lines:
        if bare := time_before_labels(line):
            yield Stated(bare, "label")


def _without_a_year(
    printed: Sequence[Stated], sources: Sources
) -> tuple[Stated | None, tuple[str, ...]]:
    """A day without a year, with the year of the page's address or of a date in its table."""
    address = address_in(sources.url)
    years = [address.published_on.year] if address and address.published_on else []
    years += [int(year) for text in sources.info.values() for year in _YEAR.findall(text)[:1]]
    for one in printed if years else ():
        if day := in_year(one.value, years[0]):
            return Stated(day, one.origin), ("year-guessed",)
    return None, ()
