"""Disclosed information: the policy channels are searched out by `/module/xxgk/search.jsp`.

The column page holds the search and no row (www.zj.gov.cn, xxgk.harbin.gov.cn); the answer is a
fragment of nested tables that says how many pages there are. Other channels are jpage lists.
`/module/xxgk/tree.jsp` is known by its requests alone: the form of its answer here is invented.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from replica import channels
from replica.channels import Channel
from replica.kinds.addresses import whole
from replica.kinds.base import Role, Rows, View, Window
from replica.kinds.classic import Classic
from replica.kinds.datastore import param_scripts
from replica.kinds.records import date_after
from replica.state import Day, Placed, Row
from replica.words import SITE_NAME

_SEARCH = "/module/xxgk/search.jsp"
_TREE = "/module/xxgk/tree.jsp"
_AREA = "014320900"
_SORT = ",createdatetime:0,orderid:0"
_EMPTY = '<table width="100%"><tr><td align="center">没有检索到相关信息！</td></tr></table>'


@dataclass(frozen=True, kw_only=True)
class Xxgk(Classic):
    """A classic site on which the channels in `nodes` are searches for a node of the catalogue.

    The tree of the catalogue hangs below the first of them.
    """

    nodes: Mapping[int, str]

    def role(self, path: str) -> Role:
        return Role.LISTING if path in (_SEARCH, _TREE) else Classic.role(self, path)

    def window(self, day: Day, path: str, asked: Mapping[str, str]) -> Window | None:
        """A search needs the site's number (`jdid`) and the node (`infotypeId`)."""
        if path == _TREE and asked.get("area") == _AREA:
            return Window(day.tree.named(next(iter(self.nodes))), 1, 0, _TREE, 1)
        if path != _SEARCH:
            return Classic.window(self, day, path, asked)
        numbers = {node: number for number, node in self.nodes.items()}
        channel = day.tree.find(numbers.get(asked.get("infotypeId", ""), 0))
        if channel is None or asked.get("jdid") != str(self.webid):
            return None
        page, rows = max(1, whole(asked.get("currpage"), 1)), self.per_page
        return Window(channel, (page - 1) * rows + 1, page * rows, _box(channel), rows, page)

    def listing(self, view: View, window: Window | None, rows: Rows) -> str | None:
        if window and window.unit == _TREE:
            return self._tree(view)
        if window and not window.unit.startswith("div"):
            return Classic.listing(self, view, window, rows)
        return self._fragment(window, rows) if window and rows.total else _EMPTY

    def _blocks(self, view: View, channel: Channel) -> Iterable[str]:
        node = self.nodes.get(channel.number)
        if node is None:
            return Classic._blocks(self, view, channel)
        return [f'<div id="{_box(channel)}"></div>', _ASKED[channel.number](self, channel, node)]

    def _fragment(self, window: Window, rows: Rows) -> str:
        lines = "\n".join(self._line(i, row) for i, row in enumerate(rows.found))
        pages = rows.pages(window.page_rows)
        return (
            '<table width="100%" border="0" cellspacing="0"><tr><td>\n'
            '<table width="100%" class="tb_main"><tr class="tr_main_title"><td width="40"></td>'
            f"<td>名称</td><td>发布机构</td><td>发布日期</td></tr>\n{lines}\n</table></td></tr>\n"
            f'<tr><td><table class="tb_title" align="center"><tr><td>'
            f"{_pager(window.page, pages, rows.told)}</td></tr></table></td></tr></table>"
        )

    def _tree(self, view: View) -> str:
        """The catalogue as a script that draws it: whatever stands below the first node."""
        top, *below = ((self.nodes[c.number], c.name) for c in self._filed(view))
        nodes = [f"{{id:'{top[0]}',pId:'0',name:'{top[1]}',open:true}}"]
        nodes += [f"{{id:'{node}',pId:'{top[0]}',name:'{name}'}}" for node, name in below]
        return f"<html><body><script>var zNodes=[{','.join(nodes)}];</script></body></html>"

    def _filed(self, view: View) -> Iterable[Channel]:
        found = (view.day.tree.find(number) for number in self.nodes)
        return [channel for channel in found if channel]

    def _line(self, index: int, row: Row) -> str:
        shown = row.title if len(row.title) <= 28 else row.title[:28] + "..."
        title, name = escape(row.title), escape(shown, quote=False)
        office = row.article.content.source if isinstance(row, Placed) else None
        return (
            f'<tr class="tr_main_value_{("odd", "even")[index % 2]}"><td>·</td><td>'
            f'<a href="{self._href(row)}" target="_blank" class="bt_link" title="{title}" '
            f'mc="{title}" gkfs="主动公开" rq="{row.dated}">{name}</a></td>'
            f'<td align="center">{office or ""}</td><td align="center">{row.dated}</td></tr>'
        )

    def form(self, channel: Channel, node: str) -> dict[str, str]:
        """The fields of a search for a node, but for the page."""
        return {
            "infotypeId": node,
            "jdid": str(self.webid),
            "area": "",
            "divid": _box(channel),
            "vc_title": "",
            "vc_number": "",
            "sortfield": _SORT,
            "vc_filenumber": "",
            "vc_all": "",
            "texttype": "0",
            "fbtime": "-1",
        }


def _box(channel: Channel) -> str:
    return f"div{channel.number}"


def _pager(page: int, pages: int, told: bool) -> str:
    parts = [f"第{page}页", f"共{pages}页"] if told else [f"第{page}页"]
    for words, number, leads in (
        ("首 页", 1, page > 1),
        ("上一页", page - 1, page > 1),
        ("下一页", page + 1, page < pages),
        ("尾 页", pages, page < pages),
    ):
        link = f'<a href="javascript:void(0)" onclick="goPage({number})">{words}</a>'
        parts.append(link if leads else words)
    return "&nbsp;&nbsp;".join(parts)


def _by_call(kind: Xxgk, channel: Channel, node: str) -> str:
    query = f"texttype=0&fbtime=-1&vc_all=&vc_title=&vc_number=&currpage=1&sortfield={_SORT}"
    return (
        f"<script>loadDynamic('{_SEARCH}?{query}','{_box(channel)}','{node}','','',"
        f"'{kind.webid}');</script>"
    )


def _by_form(kind: Xxgk, channel: Channel, node: str) -> str:
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{value}">'
        for name, value in kind.form(channel, node).items()
    )
    return f'<form id="searchform" method="post" action="{_SEARCH}">{fields}</form>'


def _by_tree(kind: Xxgk, channel: Channel, node: str) -> str:
    asked = f"area={_AREA}&divid={_box(channel)}&infotypeId={node}&jdid={kind.webid}"
    return f'<iframe src="/module/xxgk/tree.jsp?{asked}" width="210" height="500"></iframe>'


_ASKED = {channels.OPEN: _by_tree, channels.POLICY: _by_call, channels.READINGS: _by_form}

XXGK = Xxgk(
    name="xxgk",
    proxy="/module/web/jpage/dataproxy.jsp",
    webid=49,
    unit_base=423655,
    record=date_after,
    script=param_scripts,
    article_pages=("article_web", "article_open"),
    webname=quote(quote(SITE_NAME)),
    listing_type="text/html;charset=UTF-8",
    nodes={channels.OPEN: "A02", channels.POLICY: "A0212", channels.READINGS: "A0213"},
)
