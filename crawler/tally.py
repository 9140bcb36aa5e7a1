"""What a walk has counted: rows, what they name, and what the list itself holds twice. Pure."""

from collections.abc import Sequence

from crawler.hanweb import canonical
from crawler.keys import article_key
from crawler.listings import Entry, ListingRequest


class Tally:
    """The rows of one walk. `twice` counts those that the list itself holds twice (pinned, and in
    their place), as the site counts them; rows that come again at the seam of two pages are of
    the walk, not of the list."""

    def __init__(self, host: str) -> None:
        self.rows = self.articles = self.off_site = self.twice = 0
        self._host = host
        self._seen: dict[str, None] = {}
        self._page_before: list[str] = []

    @property
    def distinct(self) -> int:
        """Rows that name something not named before in this walk."""
        return self.articles + self.off_site

    @property
    def counted(self) -> int:
        """The rows as the site counts them."""
        return self.distinct + self.twice

    def take(
        self, entries: Sequence[Entry], asked: ListingRequest | None, *, looking: bool
    ) -> tuple[Entry, ...]:
        """Count one page that answered what was `asked`; its entries not seen before. `looking`
        where the page does not follow the one before."""
        names = [self._name(entry) for entry in entries]
        before = list(self._seen)[-len(names) :]
        fresh = [self._first_time(name, entry) for name, entry in zip(names, entries, strict=True)]
        self.rows += len(entries)
        if asked is not None and asked.anew:
            self.twice = max(self.twice, len(names) - len(set(names)))
        elif looking:
            self.twice += _inside(fresh)
        elif True in fresh and not (asked is not None and asked.again):
            repeats = [name for name, new in zip(names, fresh, strict=True) if not new]
            seam = max(_seam(before, repeats), _seam(self._page_before, repeats))
            self.twice += len(repeats) - seam
        self._page_before = names
        return tuple(entry for entry, new in zip(entries, fresh, strict=True) if new)

    def _name(self, entry: Entry) -> str:
        key = article_key(entry.url, self._host)
        return key.cms_id if key else canonical(entry.url)

    def _first_time(self, name: str, entry: Entry) -> bool:
        if name in self._seen:
            return False
        self._seen[name] = None
        if article_key(entry.url, self._host) is None:
            self.off_site += 1
        else:
            self.articles += 1
        return True


def _seam(before: Sequence[str], repeats: Sequence[str]) -> int:
    """How many of the repeated rows are the end of what came before once more: a server pads its
    pages, or new articles pushed the list down while it was walked."""
    longest = min(len(before), len(repeats))
    lengths = range(longest, 0, -1)
    return next((n for n in lengths if list(repeats[:n]) == list(before[-n:])), 0)


def _inside(fresh: Sequence[bool]) -> int:
    """Repeated rows that stand after a new one: those before it were asked for once more."""
    if True not in fresh:
        return 0
    return fresh[fresh.index(True) :].count(False)
