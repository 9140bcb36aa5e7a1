"""A crawl's standing as lines of text, for people and for machines. Pure."""

import json

from crawler.progress.standing import Standing
from crawler.progress.words import Words, span

MARK = '{"progress": '
"""How a line of progress for machines begins; nothing else that a crawl says begins so."""


def plain_line(standing: Standing, words: Words) -> str:
    """All of it in one line."""
    return f"{figures_line(standing, words)} · {time_line(standing, words)}"


def figures_line(standing: Standing, words: Words) -> str:
    """The sums over all channels."""
    names = ("listings", "articles", "ended", "new", "changed", "failed")
    sums = {name: standing.total(name) for name in names}
    return words("line", walked=standing.walked, to_walk=standing.to_walk, **sums)


def time_line(standing: Standing, words: Words) -> str:
    """How long it has taken, how much of that it waited, and how long it may take."""
    now = words("waits_now", n=span(standing.waiting_s)) if standing.waiting_s > 2 else ""
    elapsed, waited = span(standing.elapsed_s), span(standing.waited_s)
    return words("time", elapsed=elapsed, waited=waited, now=now, left=_left(standing, words))


def json_line(standing: Standing, crawl: int | None, spider: str) -> str:
    """One JSON document in one line."""
    told = {"crawl": crawl, "spider": spider, **standing.document()}
    return json.dumps({"progress": told}, ensure_ascii=False)


def _left(standing: Standing, words: Words) -> str:
    if standing.left_s is None:
        return words("left_unknown")
    key = "left_at_least" if standing.more else "left"
    return words(key, n=span(standing.left_s))
