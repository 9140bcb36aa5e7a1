"""Bounds: what a list that says how many pages it has, and not how many rows, must hold. Pure."""

from collections import Counter


class Bounds:
    """The pages of one walk by number, and the rows that each brought.

    A list of N pages, all read and all but the last full, holds what it must: more rows than N - 1
    full pages do, and no more than N. How many it should have exactly nobody says.
    """

    def __init__(self) -> None:
        self.pages: int | None = None
        self.first_pages: int | None = None
        self.shrunk = False
        self._rows: Counter[int] = Counter()

    def take(self, number: int, rows: int, pages: int | None) -> None:
        """Note a page, the rows not seen before that it brought, and how many pages it claims;
        0 is the number of a page that has none."""
        self._rows[number] += rows
        if pages is None:
            return
        self.shrunk = self.shrunk or pages < (self.pages or 0)
        self.first_pages = self.first_pages or pages
        self.pages = pages

    @property
    def lacking(self) -> int | None:
        """How many rows are lacking at the least; None where pages are not told or not numbered,
        and of a list that is empty.

        >>> bounds = Bounds()
        >>> for number, rows in enumerate((10, 7, 2), start=1):
        ...     bounds.take(number, rows, 3)
        >>> bounds.lacking
        3
        """
        full = max(self._rows.values(), default=0)
        if not full or not self.pages or self._rows[0]:
            return None
        before_last = sum(full - self._rows[number] for number in range(1, self.pages))
        return before_last + (0 if self._rows[self.pages] else 1)

    def told(self) -> str:
        """Whether the claimed number of pages changed."""
        if self.first_pages == self.pages:
            return ""
        return f"; the pages changed midway from {self.first_pages} to {self.pages}"
