"""The addresses of the classic generations: channels, articles, counters."""

import re

from replica.channels import Channel
from replica.kinds.base import Role
from replica.state import Day, Placed

_CHANNEL = re.compile(r"/col/col(\d+)/(?:index\.html)?")
_ARTICLE = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_(\d+)_(\d+)\.html")


def channel_path(channel: Channel, base: int) -> str:
    """`base` is added to every channel's number, for sites with long ids."""
    return f"/col/col{base + channel.number}/index.html"


def article_path(placed: Placed, base: int) -> str:
    """Month and day without leading zeros, then the channel and the article."""
    day, number = placed.article.dated, placed.article.number
    folder = f"/art/{day.year}/{day.month}/{day.day}"
    return f"{folder}/art_{base + placed.channel.number}_{number}.html"


def find_channel(day: Day, path: str, base: int) -> Channel | None:
    """The channel at a path; a bare folder is the same page as its index."""
    found = _CHANNEL.fullmatch(path)
    return day.tree.find(int(found[1]) - base) if found else None


def find_article(day: Day, path: str, base: int) -> Placed | None:
    """The article at a path whose day, channel and number all are as published."""
    found = _ARTICLE.fullmatch(path)
    if found is None:
        return None
    placed = day.placed(int(found[5]), int(found[4]) - base)
    return placed if placed and article_path(placed, base) == path else None


def role(path: str, proxy: str) -> Role:
    """What a classic address is for."""
    if path == proxy:
        return Role.LISTING
    if path in ("/", "/index.html"):
        return Role.HOME
    if path.startswith("/module/visitcount/"):
        return Role.COUNTER
    if path.startswith("/col/"):
        return Role.CHANNEL
    return Role.ARTICLE if path.startswith("/art/") else Role.OTHER


def whole(text: str | None, default: int) -> int:
    """The number that a parameter spells, else the default.

    >>> whole("12", 1), whole("{}", 1), whole(None, 1)
    (12, 1, 1)
    """
    return int(text) if text and text.isascii() and text.isdigit() else default
