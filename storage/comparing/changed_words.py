"""Which words came and which went in an edit, as they are indexed and looked for. Pure.

Only titles and bodies are looked at, as in a search. What moved, was renumbered or differs in form
alone has changed no word.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from storage.comparing.diff import FieldDiff, ParagraphDiff
from storage.search_index import folded, tokens

_FIELDS = frozenset({"title", "body"})


class Way(StrEnum):
    """What became of a word in an edit."""

    ADDED = "added"
    REMOVED = "removed"


MARKS = {Way.ADDED: "\ue001", Way.REMOVED: "\ue002"}
"""Before an indexed token: private-use characters, which no token of a text can begin with."""


def changed_tokens(fields: Iterable[FieldDiff]) -> list[str]:
    """The tokens of `storage.search_index` of which there are more, or fewer, than before, each
    under its mark."""
    found: dict[str, None] = {}
    for before, after in _paragraphs(fields):
        old, new = Counter(tokens(before)), Counter(tokens(after))
        found.update(dict.fromkeys(MARKS[Way.ADDED] + token for token in new - old))
        found.update(dict.fromkeys(MARKS[Way.REMOVED] + token for token in old - new))
    return list(found)


def as_runs(marked: Iterable[str]) -> str:
    """Marked tokens as text, one run after the other: bigrams that go on from each other are the
    characters that they came from.

    >>> as_runs(["+应当", "+当节", "+节", "-gdp"])
    '+应当节 +节 -gdp'
    """
    runs: list[str] = []
    before = ""
    for token in marked:
        if _goes_on(before, token):
            runs[-1] += token[-1]
        else:
            runs.append(token)
        before = token
    return " ".join(runs)


def of_runs(runs: str) -> list[str]:
    """The marked tokens that `as_runs` wrote, in their order.

    >>> of_runs("+应当节 +节 -gdp")
    ['+应当', '+当节', '+节', '-gdp']
    """
    return [token for run in runs.split() for token in _of_run(run[0], run[1:])]


def _goes_on(before: str, token: str) -> bool:
    return (
        len(before) == len(token) == 3
        and before[0] == token[0]
        and before[2] == token[1]
        and not (before[1:].isascii() or token[1:].isascii())
    )


def _of_run(mark: str, run: str) -> list[str]:
    if run.isascii() or len(run) == 1:
        return [mark + run]
    return [mark + run[at : at + 2] for at in range(len(run) - 1)]


def ways_of(words: Iterable[str], fields: Iterable[FieldDiff]) -> frozenset[Way]:
    """Whether all of these words were added, or all removed, or both (in different places)."""
    paragraphs = [(folded(before), folded(after)) for before, after in _paragraphs(fields)]
    ways = [_ways(folded(word), paragraphs) for word in words]
    return frozenset.intersection(*ways) if ways else frozenset()


def _ways(word: str, paragraphs: list[tuple[str, str]]) -> frozenset[Way]:
    more = [after.count(word) - before.count(word) for before, after in paragraphs]
    added = {Way.ADDED} if any(n > 0 for n in more) else set()
    return frozenset(added | ({Way.REMOVED} if any(n < 0 for n in more) else set()))


def _paragraphs(fields: Iterable[FieldDiff]) -> Iterator[tuple[str, str]]:
    """What changed, paragraph by paragraph, before and after; numbers of clauses left out."""
    for field in fields:
        if field.name not in _FIELDS or field.form_only:
            continue
        for paragraph in field.paragraphs:
            if not paragraph.quiet and paragraph.kind != "moved_away":
                yield _said(paragraph, "added"), _said(paragraph, "removed")


def _said(paragraph: ParagraphDiff, but: str) -> str:
    return "".join(s.text for s in paragraph.spans if s.kind != but and not s.renumbered)
