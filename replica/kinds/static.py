"""Lists that the server writes into its pages: `index.html`, `index_2.html`, ….

Not the CMS's own way (index_1.html is a 404 on www.cma.gov.cn): hybrid and migrated sites have it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from replica import channels
from replica.channels import Channel
from replica.kinds.base import Role, Rows, View, Window
from replica.kinds.classic import Classic
from replica.kinds.datastore import no_script
from replica.kinds.records import date_bold, month_and_day, table_row
from replica.state import Day, Row
from replica.words import SITE_NAME

_FURTHER = re.compile(r"(/col/col\d+/)index_([1-9]\d{0,4})\.html")


@dataclass(frozen=True, kw_only=True)
class StaticPages(Classic):
    """A classic site whose further list pages are pages of their own, each with its pager.

    The channels in `untold_on` say how many pages there are, but not how many rows.
    """

    untold_on: Collection[int]

    def role(self, path: str) -> Role:
        return Role.LISTING if _FURTHER.fullmatch(path) else Classic.role(self, path)

    def window(self, day: Day, path: str, asked: Mapping[str, str]) -> Window | None:  # noqa: ARG002
        """Page 1 is the channel's own, and behind the last page there is none."""
        found = _FURTHER.fullmatch(path)
        channel = self.find_channel(day, found[1]) if found else None
        number, rows = int(found[2]) if found else 0, self.per_page
        if channel is None or number < 2:
            return None
        return Window(channel, (number - 1) * rows + 1, number * rows, "", rows, number)

    def channel(self, view: View, channel: Channel) -> str:
        found = view.day.rows(channel.number)
        rows = Rows(found[: self.per_page], len(found), view.told)
        return self._list_page(view, channel, rows, 1, self.per_page)

    def listing(self, view: View, window: Window | None, rows: Rows) -> str | None:
        if window is None or window.page > rows.pages(window.page_rows):
            return None
        return self._list_page(view, window.channel, rows, window.page, window.page_rows)

    def _list_page(
        self, view: View, channel: Channel, rows: Rows, number: int, page_rows: int
    ) -> str:
        told = rows.told and channel.number not in self.untold_on
        total = f"共{rows.total}条&nbsp;" if told else ""
        pager = _pager(number, rows.pages(page_rows), total, rows.told)
        return self._channel_page(view, channel, f"{self._list(channel, rows.found)}\n{pager}")

    def _list(self, channel: Channel, rows: Iterable[Row]) -> str:
        before, after = _WRAPPERS.get(channel.number, ('<ul class="news-list">', "</ul>"))
        return f"{before}{''.join(self._records(channel, rows))}\n{after}"


def _pager(number: int, pages: int, total: str, told: bool) -> str:
    parts = [
        f"{total}第{number}页/共{pages}页" if told else f"第{number}页",
        _link("首页", 1, number > 1),
        _link("上一页", number - 1, number > 1),
        _link("下一页", number + 1, number < pages),
        _link("尾页", pages, number < pages),
    ]
    return f'<div class="page">{"&nbsp;".join(parts)}</div>'


def _link(words: str, number: int, leads: bool) -> str:
    if not leads:
        return f"<span>{words}</span>"
    name = "index.html" if number == 1 else f"index_{number}.html"
    return f'<a href="{name}">{words}</a>'


_TABLE = ('<table width="100%" class="list"><tbody>', "</tbody></table>")
_BOXES = ('<div class="news-list">', "</div>")
_WRAPPERS = {
    channels.POLICY: _TABLE,
    channels.READINGS: _TABLE,
    channels.WORK: _BOXES,
    channels.CONDUCT: _BOXES,
}

STATIC = StaticPages(
    name="static",
    # No address of this site asks for rows by parameters.
    proxy="/module/web/jpage/none.jsp",
    webid=12,
    unit_base=0,
    record=date_bold,
    records={
        channels.POLICY: table_row,
        channels.READINGS: table_row,
        channels.WORK: month_and_day,
        channels.CONDUCT: month_and_day,
    },
    script=no_script,
    article_pages=("article_table", "article_open"),
    webname=SITE_NAME,
    per_page=15,
    twin_on=0,
    untold_on=(channels.WORK, channels.OPEN),
)
