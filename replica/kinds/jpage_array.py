"""Old releases of jpage: rows are strings of a JavaScript array, and so are answers.

The page says `InitData80324=['…','…']` (zfcg.nantong.gov.cn, 2014) or has the array inside the
call. An answer is a script that the widget runs: it sets the total and the rows anew (jpage 1.3,
2011). In a row the widget puts the running number in place of `#id#`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from replica import channels
from replica.channels import Channel
from replica.kinds.base import Rows, View, Window
from replica.kinds.classic import Classic
from replica.kinds.datastore import ajax_param, call, inline_script
from replica.kinds.records import numbered_row, own_table
from replica.words import SITE_NAME

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\r": "\\r", "\n": "\\n"})


@dataclass(frozen=True, kw_only=True)
class ArrayLists(Classic):
    """A classic site whose lists are arrays. `inside_on`: the channel whose call holds its own."""

    inside_on: int

    def listing(self, view: View, window: Window | None, rows: Rows) -> str | None:  # noqa: ARG002
        """`totalRecord=72;dataStore=['…'];` for the widget to run."""
        records = self._records(window.channel, rows.found) if window else []
        total = f"totalRecord={rows.total};" if rows.told else ""
        return f"{total}dataStore={_array(records)};"

    def _blocks(self, view: View, channel: Channel) -> Iterable[str]:
        for unit in self._units(view, channel):
            first_group = view.day.rows(channel.number)[: self.per_page * self.group_size]
            array = _array(self._records(channel, first_group))
            inside = channel.number == self.inside_on
            name = array if inside else f"InitData{unit.unit}"
            given = "" if inside else f"var {name}={array};"
            only = call(unit, ajax_param(unit), name)
            yield f'<div id="{unit.unit}"></div><script>{given}$(function(){{{only}}});</script>'


def _array(records: Sequence[str]) -> str:
    return "[" + ",".join(f"'{record.translate(_ESCAPES)}'" for record in records) + "]"


JPAGE_ARRAY = ArrayLists(
    name="jpage_array",
    proxy="/module/jslib/jquery/jpage/dataproxy.jsp",
    webid=60,
    unit_base=49466,
    record=numbered_row,
    records={channels.WORK: own_table, channels.CONDUCT: own_table},
    script=inline_script,
    article_pages=("article_table", "article_open"),
    webname=SITE_NAME,
    listing_type="text/html;charset=UTF-8",
    generator=True,
    twin_on=0,
    inside_on=channels.POLICY,
)
