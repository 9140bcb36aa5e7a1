"""A parent channel that merges the lists of several, through `morecolumndataproxy.jsp`.

As on jshrss.jiangsu.gov.cn: `columnid=77276,77277,…`, `sourceContentType` 3 and a
`keyWordCount`. The channels below it list their own in the usual way.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from replica import channels
from replica.channels import Channel
from replica.kinds.base import Role, View
from replica.kinds.classic import Classic
from replica.kinds.datastore import Unit, param_scripts
from replica.kinds.records import date_after, date_bold
from replica.state import Day
from replica.words import SITE_NAME

_MERGING = "/module/web/jpage/morecolumndataproxy.jsp"


@dataclass(frozen=True, kw_only=True)
class MoreColumn(Classic):
    """A classic site on which the channel `merging_on` merges what stands below it."""

    merging_on: int

    def role(self, path: str) -> Role:
        return Role.LISTING if path == _MERGING else Classic.role(self, path)

    def _channel_asked(self, day: Day, columnid: str) -> Channel | None:
        parent = day.tree.find(self.merging_on)
        if parent and columnid == self._columnid(day, parent):
            return parent
        return Classic._channel_asked(self, day, columnid)

    def _units(self, view: View, channel: Channel) -> Iterable[Unit]:
        for unit in Classic._units(self, view, channel):
            if channel.number == self.merging_on:
                yield replace(unit, source_type=3, more="keyWordCount:30,")
            else:
                yield unit

    def _proxy_of(self, channel: Channel) -> str:
        return _MERGING if channel.number == self.merging_on else self.proxy

    def _columnid(self, day: Day, channel: Channel) -> str:
        if channel.number != self.merging_on:
            return Classic._columnid(self, day, channel)
        below = sorted(day.tree.holds(channel) - {channel.number})
        return ",".join(str(self.base + number) for number in below)


MORECOLUMN = MoreColumn(
    name="morecolumn",
    proxy="/module/web/jpage/dataproxy.jsp",
    webid=67,
    unit_base=313353,
    record=date_after,
    records={channels.NEWS: date_bold},
    script=param_scripts,
    article_pages=("article_web", "article_open"),
    webname=quote(quote(SITE_NAME)),
    per_page=5,
    merging_on=channels.NEWS,
)
