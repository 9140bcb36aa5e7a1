"""What is held of crawls, and why: site by site."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, select

from storage.guard import Reason, Why
from storage.schema import holds, sites


@dataclass(frozen=True, slots=True)
class HoldSeen:
    """What of a crawl was put aside at a site: all of it where `whole`, else its signs of absence.
    `because` is empty for crawls of earlier programs. `released_by` is `command` or `reader`."""

    host: str
    whole: bool
    because: tuple[Reason, ...]
    held_at: datetime
    released_at: datetime | None
    released_by: str | None

    def by(self, at: datetime) -> Self:
        """The same as it was known at an instant: what was released later still was put aside."""
        if self.released_at is None or self.released_at <= at:
            return self
        return replace(self, released_at=None, released_by=None)


def holds_of(
    connection: Connection, crawl_ids: Sequence[int]
) -> Mapping[int, tuple[HoldSeen, ...]]:
    """What was held of these crawls, by crawl; nothing for one that never was."""
    rows = connection.execute(
        select(holds, sites.c.host)
        .join(sites, sites.c.id == holds.c.site_id)
        .where(holds.c.crawl_id.in_(crawl_ids))
        .order_by(holds.c.crawl_id, sites.c.host)
    )
    found = defaultdict[int, tuple[HoldSeen, ...]](tuple)
    for row in rows:
        because = tuple(Reason(Why(each["why"]), each["n"], each["of"]) for each in row.because)
        found[row.crawl_id] += (
            HoldSeen(row.host, row.whole, because, row.held_at, row.released_at, row.released_by),
        )
    return found
