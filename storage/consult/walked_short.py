"""The walks of one crawl, and why some of them did not see all that the site claims."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.consult.coverage import Said, WalkSeen, why_short
from storage.schema import channels, sites, walks


@dataclass(frozen=True, slots=True)
class ShortWalk:
    """One walk over a channel's lists; `because` is None where nothing is missing."""

    host: str
    cms_id: str
    name: str | None
    verdict: str
    because: Said | None

    @property
    def is_short(self) -> bool:
        """Whether the walk did not see all that the site claims."""
        return self.verdict.startswith(("short", "failed", "shifted"))


def walks_of(connection: Connection, crawl_id: int) -> list[ShortWalk]:
    """The last walk of each channel in a crawl: one that fell short is walked once more."""
    rows = connection.execute(
        select(walks, channels.c.cms_id, channels.c.name, sites.c.host)
        .join(channels, channels.c.id == walks.c.channel_id)
        .join(sites, sites.c.id == channels.c.site_id)
        .where(walks.c.crawl_id == crawl_id)
        .order_by(walks.c.id)
    )
    last = {row.channel_id: row for row in rows}
    return [
        ShortWalk(row.host, row.cms_id, row.name, row.verdict, why_short(_seen(row), 0))
        for row in last.values()
    ]


def _seen(row: object) -> WalkSeen:
    names = WalkSeen.__dataclass_fields__
    return WalkSeen(**{name: getattr(row, name) for name in names})
