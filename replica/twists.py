"""What may be peculiar about a world: all of it off unless it is asked for, none by chance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from replica.channels import CHANNELS, HIDDEN, NOTICES, Tree
from replica.pace import Pace
from replica.state import Link


class Turn(StrEnum):
    """What becomes of a channel."""

    RENAMED = "renamed"
    """It has another name, in menus, breadcrumbs and tags."""
    EMPTIED = "emptied"
    """Its list is empty, and no parent lists what was in it. Its articles still answer."""
    VANISHED = "vanished"
    """It is emptied, and its page and list answer 404 too. No menu names it."""
    MERGED = "merged"
    """Its page and list answer 404, no menu names it, and another channel lists its articles."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one channel, from a day on. `name` is the new one of a renamed channel,
    `into` the channel that a merged one becomes part of."""

    channel: int
    day: int
    turn: Turn
    name: str = ""
    into: int = 0


@dataclass(frozen=True, kw_only=True)
class Twists:
    """The peculiarities of a world. The default has none.

    `links`: the list of 通知公告 holds rows about a WeChat post, a page of another government's
    host, and a PDF file. `twice`: the pinned article stands in its own place as well. `hidden`:
    a channel with three articles that no menu names, only their breadcrumbs (and the lists of
    its parents hold them). `window`: no list has more rows, older articles stand in none; 0 for
    lists without such an end. `varied`: the articles of day 1 hold what few articles hold, in turn:
    a sub-title, a film, a link to another document, a body over several pages, one in a frame or a
    script, a document that is no longer in force. `fates` tell what becomes of channels.
    """

    links: bool = False
    twice: bool = False
    hidden: bool = False
    refiled: int | None = None
    """The day from which every file under /attach/ has other bytes at the same address."""
    window: int = 0
    varied: bool = False
    fates: tuple[Fate, ...] = ()
    pace: Pace | None = None
    """How lively the nights are; None for nights in which all kinds of change happen."""
    sweep: int | None = None
    """The day on which an office is renamed, in nearly half of all articles at once."""

    def tree(self, day: int) -> Tree:
        """The channels as they stand on a day."""
        tree = Tree((*CHANNELS, HIDDEN) if self.hidden else CHANNELS)
        for fate in self.fates:
            if day >= fate.day:
                tree = _after(tree, fate)
        return tree

    def edition(self, path: str, day: int) -> int:
        """Which edition of a file lies at an address on a day."""
        renewed = self.refiled is not None and day >= self.refiled
        return 2 if renewed and path.startswith("/attach/") else 1

    def rows(self, eve: date) -> tuple[Link, ...]:
        """The rows about what is elsewhere, by the day before day 1."""
        return tuple(_links(eve)) if self.links else ()


def _after(tree: Tree, fate: Fate) -> Tree:
    match fate.turn:
        case Turn.RENAMED:
            return tree.renamed(fate.channel, fate.name)
        case Turn.EMPTIED:
            return replace(tree, cleared=tree.cleared | {fate.channel})
        case Turn.VANISHED:
            return replace(tree, gone=tree.gone | {fate.channel})
        case Turn.MERGED:
            return tree.merged(fate.channel, fate.into)


def _links(eve: date) -> Iterable[Link]:
    # Hosts of the reserved top level .example: whoever follows such a row meets nobody's server.
    for ago, title, url in (
        (
            8,
            "一图读懂：望川高新区惠企政策直达清单",
            "https://mp.weixin.qq.example/s/Kf3mQ0xTz8wYb1",
        ),
        (
            81,
            "市人民政府关于印发年度重点任务分工方案的通知",
            "http://www.lanting.example/art/2021/12/9/art_301_884120.html",
        ),
        (137, "望川高新区招商引资手册（电子版）", "/attach/0/5d0c8f1e7b3a49d29e61f0a87c245b36.pdf"),
    ):
        yield Link(NOTICES, title, eve - timedelta(days=ago), url)
