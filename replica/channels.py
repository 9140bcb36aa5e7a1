"""The channels of the site: a small tree, parents listing what their children hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel. `share` is the number of its own articles on day 1 in a world of size 1."""

    number: int
    name: str
    parent: int | None = None
    share: int = 0


NEWS, WORK, TOPICS, CONDUCT = 17840, 17841, 17845, 17849
NOTICES = 17852
OPEN, POLICY, READINGS = 17860, 17861, 17863

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

BY_NUMBER: dict[int, Channel] = {channel.number: channel for channel in CHANNELS}
LEAVES: tuple[Channel, ...] = tuple(channel for channel in CHANNELS if channel.share)


def children(channel: Channel | None) -> tuple[Channel, ...]:
    """The channels directly under one; under the home page where it is None."""
    parent = channel.number if channel else None
    return tuple(child for child in CHANNELS if child.parent == parent)


def chain(channel: Channel) -> tuple[Channel, ...]:
    """From the top of the tree down to the channel itself.

    >>> [c.name for c in chain(BY_NUMBER[CONDUCT])]
    ['要闻动态', '当前专题', '作风建设']
    """
    above = chain(BY_NUMBER[channel.parent]) if channel.parent else ()
    return (*above, channel)


def holds(channel: Channel) -> frozenset[int]:
    """The numbers of the channels whose articles a channel lists: its own and all below it."""
    below = (holds(child) for child in children(channel))
    return frozenset({channel.number}).union(*below)
