"""The channels of the site: a small tree, parents listing what their children hold."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel. `share` is the number of its own articles on day 1 in a world of size 1.

    A `hidden` channel stands in no menu: only the breadcrumbs of its articles name it.
    """

    number: int
    name: str
    parent: int | None = None
    share: int = 0
    hidden: bool = False


NEWS, WORK, TOPICS, CONDUCT = 17840, 17841, 17845, 17849
NOTICES = 17852
OPEN, POLICY, READINGS = 17860, 17861, 17863
DRIVES = 17847
"""The hidden channel: there only in a world with the twist `hidden`."""

CHANNELS: tuple[Channel, ...] = (
    Channel(NEWS, "要闻动态"),
    Channel(WORK, "工作动态", NEWS, share=18),
    Channel(TOPICS, "当前专题", NEWS),
    Channel(CONDUCT, "作风建设", TOPICS, share=8),
    Channel(NOTICES, "通知公告", share=72),
    Channel(OPEN, "政务公开"),
    Channel(POLICY, "政策文件", OPEN, share=14),
    Channel(READINGS, "政策解读", OPEN, share=8),
)
HIDDEN = Channel(DRIVES, "专项行动", TOPICS, hidden=True)

BY_NUMBER: dict[int, Channel] = {channel.number: channel for channel in (*CHANNELS, HIDDEN)}
LEAVES: tuple[Channel, ...] = tuple(channel for channel in CHANNELS if channel.share)


@dataclass(frozen=True, slots=True)
class Tree:
    """The channels as they stand on one day. `all` holds those gone as well.

    A channel in `cleared` lists nothing any more, nor does a parent list what was in it.
    A channel in `gone` has no page, list or menu item either. Articles keep their addresses.
    `parts`: pairs of a channel that was merged and the one that lists its articles now.
    """

    all: tuple[Channel, ...]
    cleared: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def standing(self) -> tuple[Channel, ...]:
        """Those that have a page."""
        return tuple(channel for channel in self.all if channel.number not in self.gone)

    @property
    def menu(self) -> tuple[Channel, ...]:
        """Those that menus and the home page name."""
        return tuple(channel for channel in self.standing if not channel.hidden)

    def find(self, number: int) -> Channel | None:
        """The channel of that number, None where no such channel stands."""
        return next((channel for channel in self.standing if channel.number == number), None)

    def named(self, number: int) -> Channel:
        """The channel of that number, gone or not. Raises IndexError where there never was one."""
        found = [channel for channel in self.all if channel.number == number]
        return found[0]

    def children(self, channel: Channel | None) -> tuple[Channel, ...]:
        """Those that menus show directly under one; under the home page where it is None."""
        parent = channel.number if channel else None
        return tuple(child for child in self.menu if child.parent == parent)

    def chain(self, channel: Channel) -> tuple[Channel, ...]:
        """From the top of the tree down to the channel itself, or to what it was merged into.

        >>> [c.name for c in TREE.chain(BY_NUMBER[CONDUCT])]
        ['要闻动态', '当前专题', '作风建设']
        """
        here = self.named(dict(self.parts).get(channel.number, channel.number))
        above = self.chain(self.named(here.parent)) if here.parent else ()
        return (*above, here)

    def holds(self, channel: Channel) -> frozenset[int]:
        """The numbers of the channels whose articles one lists: its own and all below it, and
        those that were merged into them."""
        below = (self.holds(child) for child in self.all if child.parent == channel.number)
        own = frozenset({channel.number}) - self.cleared - self.gone
        return own.union(*below, (part for part, whole in self.parts if whole == channel.number))

    def merged(self, part: int, whole: int) -> "Tree":
        """The same tree without the channel `part`, whose articles `whole` lists."""
        return replace(self, gone=self.gone | {part}, parts=(*self.parts, (part, whole)))

    def renamed(self, number: int, name: str) -> "Tree":
        """The same tree with another name on one channel."""
        return replace(
            self, all=tuple(replace(c, name=name) if c.number == number else c for c in self.all)
        )


TREE = Tree(CHANNELS)
