"""Generation 3: jpaas, whose pages hold no row; a call for each block of the page brings it.

The site moved to it in the middle of 2021: what was published before keeps its numbered address,
in the lists without a scheme; newer articles are known by 32 hexadecimal digits, the same in all
their channels. As on fzggw.zj.gov.cn, 2026.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import md5
from html import escape

from replica.channels import Channel
from replica.kinds import addresses, bodies, front, metas, parts, units
from replica.kinds.base import Role, Rows, View, Window
from replica.kinds.records import built
from replica.kinds.template import fill, meta, page
from replica.state import Article, Day, Placed, Row
from replica.words import SITE_NAME

MOVED = date(2021, 7, 1)
"""The first day of the new addresses."""

_FURTHER = re.compile(r"_[2-9]\.html$")
_ARTICLE = re.compile(r"/col/col(\d+)/art/(\d{4})/art_([0-9a-f]{32})\.html")
_PAGES = ("jpaas_article", "jpaas_article_open")
_BUILT = 1646064000000  # a moment in milliseconds, as the pages state it


@dataclass(frozen=True, kw_only=True)
class Jpaas:
    """One jpaas site. `base` is added to channel numbers, `per_page` is the template's rows."""

    name: str
    webid: int
    base: int
    per_page: int = 15
    encoding: str = "utf-8"
    page_type: str = "text/html;charset=utf-8"
    listing_type: str = "application/json;charset=UTF-8"

    def role(self, path: str) -> Role:
        if _ARTICLE.fullmatch(_FURTHER.sub(".html", path)):
            return Role.ARTICLE
        return addresses.role(path, units.ENDPOINT)

    def channel_path(self, channel: Channel) -> str:
        return addresses.channel_path(channel, self.base)

    def article_path(self, placed: Placed) -> str:
        """By the day it is dated; an article of before the move keeps its numbered address."""
        if placed.dated < MOVED:
            return addresses.article_path(placed, self.base)
        folder = f"/col/col{self.base + placed.channel.number}/art/{placed.dated.year}"
        return f"{folder}/art_{hex_id(placed.article.number)}.html"

    def cms_id(self, article: Article) -> str:
        return str(article.number) if article.dated < MOVED else hex_id(article.number)

    def find_channel(self, day: Day, path: str) -> Channel | None:
        return addresses.find_channel(day, path, self.base)

    def find_article(self, day: Day, path: str) -> Placed | None:
        found = _ARTICLE.fullmatch(path)
        if found is None:
            placed = addresses.find_article(day, path, self.base)
        else:
            numbers = (n for n in day.articles if hex_id(n) == found[3])
            placed = day.placed(next(numbers, 0), int(found[1]) - self.base)
        return placed if placed and self.article_path(placed) == path else None

    def window(self, day: Day, path: str, asked: Mapping[str, str]) -> Window | None:  # noqa: ARG002
        """A call must name site, template and page. Blocks that are no list have no rows."""
        channel = day.tree.find(addresses.whole(asked.get("pageId"), 0) - self.base)
        tag = asked.get("tagId", "")
        if channel is None or tag not in _BLOCKS or not units.fits(asked, self.webid):
            return None
        if tag != units.LIST:
            return Window(channel, 1, 0, tag, self.per_page)
        number, rows = units.page_asked(asked, self.per_page)
        return Window(channel, (number - 1) * rows + 1, number * rows, tag, rows, number)

    def home(self, view: View) -> str:
        return fill(
            page("jpaas_home"),
            charset=self.encoding,
            site=SITE_NAME,
            nav=front.nav(view.day.tree, self.channel_path),
            headlines=front.headlines(view, self.channel_path, lambda row: self._href(view, row)),
        )

    def channel(self, view: View, channel: Channel) -> str:
        number = self.base + channel.number
        menu = parts.menu_of(view.day.tree, channel)
        return fill(
            page("jpaas_channel"),
            charset=self.encoding,
            title=channel.name,
            colid=str(number),
            metas=self._channel_metas(view, channel),
            built=str(_BUILT + view.day.number),
            crumbs=self._crumbs(view, channel),
            menu="\n".join(f"<li>{self._menu_link(c)}</li>" for c in menu),
            head=units.script(self.webid, number, units.NAV),
            list=units.script(self.webid, number, units.LIST),
            foot=units.script(self.webid, number, units.FOOT),
        )

    def listing(self, view: View, window: Window | None, rows: Rows) -> str | None:
        if window is None:
            return units.refused()
        if window.unit == units.NAV:
            return units.built(f"<ul>{front.nav(view.day.tree, self.channel_path)}</ul>")
        if window.unit == units.FOOT:
            return units.built(f'<div class="foot">主办：{SITE_NAME}</div>')
        items = (built(row, self._href(view, row)) for row in rows.found)
        pager = units.pager(self.webid, self.base + window.channel.number, window, rows)
        return units.built(units.list_block(items, pager))

    def article(self, view: View, placed: Placed) -> str:
        content = placed.article.content
        links = self._related(view, placed)
        path = self.article_path(placed)
        return fill(
            page(_PAGES[view.skin]),
            charset=self.encoding,
            title=escape(content.title, quote=False),
            cmsid=self.cms_id(placed.article),
            metas=self._article_metas(view, placed),
            built=str(_BUILT + view.serial),
            crumbs=self._crumbs(view, placed.channel),
            subtitle=parts.subtitle(content),
            info=parts.info_table(content),
            published=content.published,
            source=f"<span>信息来源：{content.source}</span>" if content.source else "",
            body=bodies.shown(content, placed.article.layout, view.skin, view.page, path)
            + parts.pager(path, view.page, content.pages),
            files=parts.attachment_box(content),
            related=parts.related(view, placed, links),
            foot=units.script(self.webid, self.base + placed.channel.number, units.FOOT),
        )

    def notice(self, view: View, words: str) -> str:  # noqa: ARG002
        return fill(page("notice"), charset=self.encoding, site=SITE_NAME, words=words)

    def _href(self, view: View, row: Row) -> str:
        """As lists have it: the old addresses stand without a scheme."""
        if not isinstance(row, Placed):
            return row.url
        host = view.root.partition(":")[2] if row.dated < MOVED else ""
        return host + self.article_path(row)

    def _related(self, view: View, placed: Placed) -> list[str]:
        others = (p for p in view.day.listed(placed.channel.number)[:12] if p != placed)
        return [parts.link(self.article_path(p), p.title, "xg") for p in others]

    def _crumbs(self, view: View, channel: Channel) -> str:
        chain = view.day.tree.chain(channel)
        return parts.breadcrumb((c.name, self.channel_path(c)) for c in chain)

    def _menu_link(self, channel: Channel) -> str:
        name = f'<div class="lanmu_old">{channel.name}</div>'
        return f'<a title="{channel.name}" href="{self.channel_path(channel)}">{name}</a>'

    def _channel_metas(self, view: View, channel: Channel) -> str:
        domain = view.root.partition("//")[2]
        own = metas.jpaas_metas(view, self.base + channel.number, channel)
        more = (
            ("ColumnDescription", channel.name),
            ("ColumnKeywords", channel.name),
            ("server", f"{domain}{self.channel_path(channel)}"),
        )
        return "\n".join((own, *(meta(name, value) for name, value in more)))

    def _article_metas(self, view: View, placed: Placed) -> str:
        content, path = placed.article.content, self.article_path(placed)
        own = metas.jpaas_metas(view, self.base + placed.channel.number, placed.channel)
        more = (
            ("ArticleTitle", content.title),
            ("PubDate", content.published),
            ("ContentSource", content.source or ""),
            ("Keywords", ""),
            ("Author", content.author or ""),
            ("Description", ""),
            ("Url", path),
            ("server", path),
        )
        return "\n".join((own, *(meta(name, value) for name, value in more)))


_BLOCKS = (units.LIST, units.NAV, units.FOOT)


@cache
def hex_id(number: int) -> str:
    """The id of an article of after the move, by its number in the world."""
    return md5(f"article {number}".encode(), usedforsecurity=False).hexdigest()


JPAAS = Jpaas(name="jpaas", webid=3185, base=1229000000)
