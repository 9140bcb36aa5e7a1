"""Holes: pages of a list that did not come as they should. The walk passes them over, and asks
for them again at its end. Pure."""

from dataclasses import replace

from crawler.listings import ListingRequest

MAX_HOLES = 3
"""So many answers in a row without rows are no holes in a list but a site that is not well."""


class Holes:
    """The holes of one walk. `rows` is how many rows were passed over where rows are asked for by
    number; a later answer does not change it, since the walk has gone on from there."""

    def __init__(self) -> None:
        self.rows = 0
        self._open: list[ListingRequest] = []
        self._asked_again: set[ListingRequest] = set()
        self._in_a_row = 0
        self._reason = ""

    @property
    def open(self) -> bool:
        """Whether something is still missing."""
        return bool(self._open)

    def came(self) -> None:
        """A page came as it should."""
        self._in_a_row = 0

    def pass_over(self, asked: ListingRequest, reason: str, *, can: bool) -> bool:
        """Note a hole; whether the walk may go on after it, which it `can` or not."""
        self._in_a_row += 1
        if not can or self._in_a_row >= MAX_HOLES:
            return False
        self._open.append(asked)
        self._reason = self._reason or reason
        self.rows += asked.rows
        return True

    def next_again(self) -> ListingRequest | None:
        """The hole to ask for once more, each one once; none of a site that is not well."""
        if self._in_a_row >= MAX_HOLES:
            return None
        for hole in self._open:
            if hole not in self._asked_again:
                self._asked_again.add(hole)
                return replace(hole, again=True)
        return None

    def fill(self, asked: ListingRequest) -> None:
        """The hole came when it was asked for again."""
        self._open.remove(replace(asked, again=False))

    def told(self) -> str:
        """What is still missing, and why; empty where nothing is."""
        if not self._open:
            return ""
        rows = sum(hole.rows for hole in self._open)
        pages = len(self._open)
        what = f"{rows} rows were" if rows else f"{pages} page{'s were' if pages > 1 else ' was'}"
        return f"; {what} passed over: {self._reason}"
