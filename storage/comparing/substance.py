"""How much an edit matters: what kind of words changed. Pure.

What is weighed is what policy researchers look for: whether something is forbidden, owed or left
open, how much, until when, for whom. Corrections of writing are told apart from them.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage.comparing.confusable import is_slip
from storage.comparing.passages import Passage
from storage.comparing.spans import form_of
from storage.comparing.word_ends import names_in

RULE = "1"
"""Changes when the kinds or their weights do: what was weighed by another rule is weighed anew."""


class EditKind(StrEnum):
    """What kind of words an edit changed."""

    NEGATION = "negation"
    OBLIGATION = "obligation"
    MONEY = "money"
    DOC_NUMBER = "doc-number"
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    REMOVED = "removed"
    ADDED = "added"
    FILE = "file"
    ORIGIN = "origin"
    WORDING = "wording"
    MOVED = "moved"
    IMAGE = "image"
    TYPO = "typo"


_WEIGHTS = {
    EditKind.NEGATION: 10,
    EditKind.OBLIGATION: 10,
    EditKind.MONEY: 9,
    EditKind.DOC_NUMBER: 9,
    EditKind.DATE: 8,
    EditKind.FIGURE: 8,
    EditKind.NAME: 8,
    EditKind.REMOVED: 7,
    EditKind.FILE: 6,
    EditKind.ADDED: 5,
    EditKind.ORIGIN: 4,
    EditKind.WORDING: 4,
    EditKind.MOVED: 3,
    EditKind.IMAGE: 2,
    EditKind.TYPO: 1,
}
_BY_FIELD = {
    "attachments": EditKind.FILE,
    "images": EditKind.IMAGE,
    "videos": EditKind.IMAGE,
    "source": EditKind.ORIGIN,
    "author": EditKind.ORIGIN,
    "doc_number": EditKind.DOC_NUMBER,
}
_WHOLE = 16
"""Characters from which words that came or went alone are a passage of their own: that they hold
a figure or a 不 is then no change of one."""

# Bounded: no number is longer, and a page of digits alone must not cost the square of its length.
_NUMBER = r"(?:[0-9][0-9,.]{0,30}|[〇零一二两三四五六七八九十百千万亿]{1,30})"
_SIGNS: tuple[tuple[EditKind, re.Pattern[str]], ...] = (
    (EditKind.DOC_NUMBER, re.compile(r"[\u4e00-\u9fff]{0,8}[〔\[(][0-9]{4}[〕\])]第?[0-9]+号")),
    (
        EditKind.MONEY,
        re.compile(rf"{_NUMBER}\s{{0,9}}[百千万亿]{{0,9}}(?:美元|欧元|港元|日元|元|角|分钱)"),
    ),
    (
        EditKind.DATE,
        re.compile(
            rf"[0-9〇零一二三四五六七八九]{{4}}年(?:{_NUMBER}月)?(?:{_NUMBER}日)?|"
            rf"{_NUMBER}月(?:{_NUMBER}[日号]|底|初|[上中下]旬)?|{_NUMBER}[日时点](?![常用])|"
            r"[0-9]{1,2}:[0-9]{2}|(?:年|季)底|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
        ),
    ),
    (
        EditKind.FIGURE,
        re.compile(
            r"[0-9][0-9,.]{0,30}[%‰]?|百分之[〇零一二三四五六七八九十百点]{1,30}|"
            r"第?[〇零一二两三四五六七八九十百千万亿]{1,30}"
            r"(?:[个项家人名倍成级次份亩米吨种类条户天年周岁届批台辆套支座期等]|公里|季度|平方)"
        ),
    ),
    (
        EditKind.OBLIGATION,
        re.compile(
            "应当|应该|必须|须|一律|原则上|可以|允许|有权|不得|不准|不允许|禁止|严禁|鼓励|"
            "视情|自愿|不予|不再"
        ),
    ),
    (EditKind.NEGATION, re.compile("不|没有|未|无需|无须|无法|并非|非法|除外|取消|免除|禁止|严禁")),
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One place that changed, and the kinds of words that changed there, the heaviest first."""

    passage: Passage
    kinds: tuple[EditKind, ...]

    @property
    def weight(self) -> int:
        return _WEIGHTS[self.kinds[0]]


@dataclass(frozen=True, slots=True)
class Substance:
    """What an edit changed: its places, the heaviest first, and the kinds of all of them.

    `weight` is ten times that of the heaviest kind, and up to nine more for as many further places
    that are no typos; 0 where nothing but form changed.
    """

    weight: int
    kinds: tuple[EditKind, ...]
    places: tuple[Weighed, ...]

    @property
    def typo(self) -> bool:
        """Whether nothing but writing was corrected."""
        return self.kinds == (EditKind.TYPO,)


def substance(changed: Iterable[Passage]) -> Substance:
    """Weigh the places at which two contents differ."""
    places = sorted((weighed(passage) for passage in changed), key=lambda place: -place.weight)
    kinds = _heaviest_first(kind for place in places for kind in place.kinds)
    if not places:
        return Substance(0, (), ())
    further = sum(place.kinds != (EditKind.TYPO,) for place in places[1:])
    return Substance(10 * places[0].weight + min(9, further), kinds, tuple(places))


def weighed(passage: Passage) -> Weighed:
    """The kinds of words that changed at one place."""
    if passage.moved:
        return Weighed(passage, (EditKind.MOVED,))
    if (kind := _BY_FIELD.get(passage.field)) is not None:
        return Weighed(passage, (kind,))
    if passage.whole or _is_alone(passage):
        kind = EditKind.ADDED if not passage.before.strip() else EditKind.REMOVED
        return Weighed(passage, (kind,))
    found = _heaviest_first(_signs(passage))
    if found:
        return Weighed(passage, found)
    slip = is_slip(form_of(passage.before), form_of(passage.after), passage.lead, passage.tail)
    return Weighed(passage, (EditKind.TYPO if slip else EditKind.WORDING,))


def _is_alone(passage: Passage) -> bool:
    said = form_of(passage.before), form_of(passage.after)
    return not all(said) and max(map(len, said)) >= _WHOLE


def _signs(passage: Passage) -> Iterable[EditKind]:
    """The kinds of signs of which other ones stand before than after."""
    before = form_of(f"{passage.lead}{passage.before}{passage.tail}")
    after = form_of(f"{passage.lead}{passage.after}{passage.tail}")
    for kind, pattern in _SIGNS:
        old, new = Counter(pattern.findall(before)), Counter(pattern.findall(after))
        if old != new:
            yield kind
            # What was a date, or a sum, is no figure besides.
            before, after = pattern.sub(" ", before), pattern.sub(" ", after)
    if names_in(before) != names_in(after):
        yield EditKind.NAME


def _heaviest_first(kinds: Iterable[EditKind]) -> tuple[EditKind, ...]:
    order = list(_WEIGHTS)
    return tuple(sorted(set(kinds), key=order.index))
