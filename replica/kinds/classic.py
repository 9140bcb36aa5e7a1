"""The classic generations: jcms pages with jpage lists. A kind of this family is one value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from replica.channels import NOTICES, POLICY, Channel
from replica.kinds import addresses, bodies, datastore, front, metas, parts
from replica.kinds.base import Role, Rows, View, Window
from replica.kinds.datastore import Unit
from replica.kinds.records import RecordShape
from replica.kinds.template import fill, page
from replica.state import Article, Day, Placed, Row
from replica.words import SITE_NAME


@dataclass(frozen=True, kw_only=True)
class Classic:
    """One dialect of the classic generations.

    `base` is added to channel numbers. `record` shapes the rows of all lists but those named in
    `records`. `script` writes what stands beside the datastore. `article_pages` are the
    templates before and after a redesign. `unmarked` names the body layout whose pages lack the
    CMS's content markers. `webname` is the site's name as the next-group link spells it, and
    `quote` the mark around it. `page_rows` is how many rows `page=N` brings.
    """

    name: str
    proxy: str
    webid: int
    unit_base: int
    record: RecordShape
    script: Callable[[Unit], str]
    article_pages: tuple[str, str]
    webname: str
    records: Mapping[int, RecordShape] = field(default_factory=dict)
    encoding: str = "utf-8"
    charset: str = "UTF-8"
    page_type: str = "text/html"
    listing_type: str = "text/xml;charset=UTF-8"
    base: int = 0
    per_page: int = 10
    group_size: int = 3
    page_rows: int = 100
    quote: str = ""
    next_relative: bool = False
    unmarked: str = ""
    generator: bool = False
    twin_on: int = NOTICES
    stray_table_on: int = POLICY

    def role(self, path: str) -> Role:
        return addresses.role(path, self.proxy)

    def channel_path(self, channel: Channel) -> str:
        return addresses.channel_path(channel, self.base)

    def article_path(self, placed: Placed) -> str:
        return addresses.article_path(placed, self.base)

    def cms_id(self, article: Article) -> str:
        return str(article.number)

    def find_channel(self, day: Day, path: str) -> Channel | None:
        return addresses.find_channel(day, path, self.base)

    def find_article(self, day: Day, path: str) -> Placed | None:
        return addresses.find_article(day, path, self.base)

    def window(self, day: Day, path: str, asked: Mapping[str, str]) -> Window | None:  # noqa: ARG002
        """The site's number, the channel and the unit must fit; nothing else is needed."""
        plain = {name: value.strip("'") for name, value in asked.items()}
        channel = self._channel_asked(day, plain.get("columnid", ""))
        unit = plain.get("unitid", "")
        if channel is None or unit not in self.units(day, channel):
            return None
        if plain.get("webid") != str(self.webid):
            return None
        return self._span(channel, unit, plain)

    def units(self, day: Day, channel: Channel) -> tuple[str, ...]:
        """The list blocks on a channel's page. Channels of one depth share a template."""
        unit = self.unit_base + len(day.tree.chain(channel))
        return (str(unit), str(unit + 3678)) if channel.number == self.twin_on else (str(unit),)

    def home(self, view: View) -> str:
        return fill(
            page("home"),
            **self._frame(),
            title=SITE_NAME,
            nav=front.nav(view.day.tree, self.channel_path),
            headlines=front.headlines(view, self.channel_path, self._href),
            counter=parts.visit_frame(0, 1, self.webid, self.base + 17800, None),
        )

    def channel(self, view: View, channel: Channel) -> str:
        return self._channel_page(view, channel, "\n".join(self._blocks(view, channel)))

    def listing(self, view: View, window: Window | None, rows: Rows) -> str | None:
        if window is None:
            return datastore.no_such_list()
        # The link names no perpage: it counts in pages of the site's own size.
        reached = window.page or window.last // self.page_rows
        following = self._next(view, window.channel, window.unit, reached)
        proxy = "./dataproxy.jsp" if self.next_relative else self._proxy_of(window.channel)
        more = window.last < rows.total
        records = self._records(window.channel, rows.found)
        return datastore.answer(window, rows, records, proxy + following if more else None)

    def article(self, view: View, placed: Placed) -> str:
        template = page(self.article_pages[view.skin])
        return fill(
            template,
            **self._frame(),
            **self._statements(view, placed),
            **self._surroundings(view, placed),
        )

    def notice(self, view: View, words: str) -> str:  # noqa: ARG002
        return fill(page("notice"), charset=self.charset, site=SITE_NAME, words=words)

    def _frame(self) -> dict[str, str]:
        return {
            "charset": self.charset,
            "site": SITE_NAME,
            "webid": str(self.webid),
            "generator": metas.generator_metas() if self.generator else "",
            "footer": parts.HANWEB_FOOTER,
        }

    def _statements(self, view: View, placed: Placed) -> dict[str, str]:
        """What the article states: everything that is content."""
        content = placed.article.content
        return {
            "title": escape(content.title, quote=False),
            "metas": metas.current_metas(view, placed, self.article_path(placed)),
            "portal": metas.portal_metas(view, placed),
            "published": content.published,
            "source": content.source or "",
            "subtitle": parts.subtitle(content),
            "info": parts.info_table(content),
            "body": self._body(view, placed),
            "files": parts.attachment_box(content),
        }

    def _surroundings(self, view: View, placed: Placed) -> dict[str, str]:
        """What stands around it and is none of it: the way here, counters, neighbours, tokens."""
        number, channel = placed.article.number, self.base + placed.channel.number
        crumbs = self._crumbs(view, placed.channel)
        return {
            "maketime": metas.maketime(view, placed),
            "location": parts.hidden_location(self.webid, crumbs),
            "crumbs": parts.breadcrumb(crumbs),
            "neighbours": parts.neighbour_scripts(self.webid, channel, number),
            "related": parts.related(view, placed, self._related_links(view, placed)),
            "hits": f"/module/visitcount/articlehits.jsp?colid={channel}&artid={number}",
            "count": str(1000 + view.serial),
            "token": f"{view.serial * 2654435761 % 2**32:08x}",
            "counter": parts.visit_frame(4, 3, self.webid, channel, number),
        }

    def _related_links(self, view: View, placed: Placed) -> list[str]:
        others = (p for p in view.day.listed(placed.channel.number)[:12] if p != placed)
        return [parts.link(self.article_path(p), p.article.content.title, "xg") for p in others]

    def _channel_asked(self, day: Day, columnid: str) -> Channel | None:
        return day.tree.find(addresses.whole(columnid, 0) - self.base)

    def _span(self, channel: Channel, unit: str, plain: Mapping[str, str]) -> Window:
        """`page` wins over `startrecord`."""
        if "page" in plain:
            rows = addresses.whole(plain.get("perpage"), self.page_rows)
            page = max(1, addresses.whole(plain["page"], 1))
            return Window(channel, (page - 1) * rows + 1, page * rows, unit, rows, page)
        rows = addresses.whole(plain.get("perpage"), self.per_page)
        first = max(1, addresses.whole(plain.get("startrecord"), 1))
        last = addresses.whole(plain.get("endrecord"), first + rows * self.group_size - 1)
        return Window(channel, first, last, unit, rows)

    def _channel_page(self, view: View, channel: Channel, units: str) -> str:
        below = parts.menu_of(view.day.tree, channel)
        menu = (parts.link(self.channel_path(c), c.name, "list-group-item") for c in below)
        return fill(
            page("channel"),
            **self._frame(),
            title=f"{SITE_NAME} {channel.name}",
            metas=metas.channel_metas(view, channel, self.channel_path(channel)),
            crumbs=parts.breadcrumb(self._crumbs(view, channel)),
            name=view.day.tree.chain(channel)[0].name,
            menu="\n".join(menu),
            units=units,
            counter=parts.visit_frame(2, 2, self.webid, self.base + channel.number, None),
        )

    def _blocks(self, view: View, channel: Channel) -> Iterable[str]:
        for block in self._units(view, channel):
            first_group = view.day.rows(channel.number)[: self.per_page * self.group_size]
            yield datastore.inline_block(
                block,
                self._records(channel, first_group),
                # The link says page 1 although that group stands here already; jsfgw, dingxi.
                block.proxy + self._next(view, channel, block.unit, 0),
                stray_table=channel.number == self.stray_table_on,
            )
            yield self.script(block)

    def _units(self, view: View, channel: Channel) -> Iterable[Unit]:
        total = len(view.day.rows(channel.number)) if view.told else None
        for unit, mode in zip(self.units(view.day, channel), ("full", "mini"), strict=False):
            yield Unit(
                unit,
                self.webid,
                self._columnid(view.day, channel),
                total,
                self._proxy_of(channel),
                self.per_page,
                self.group_size,
                SITE_NAME,
                mode,
            )

    def _proxy_of(self, channel: Channel) -> str:  # noqa: ARG002
        return self.proxy

    def _columnid(self, day: Day, channel: Channel) -> str:  # noqa: ARG002
        return str(self.base + channel.number)

    def _records(self, channel: Channel, rows: Iterable[Row]) -> list[str]:
        shape = self.records.get(channel.number, self.record)
        return [shape(row, self._href(row)) for row in rows]

    def _href(self, row: Row) -> str:
        return self.article_path(row) if isinstance(row, Placed) else row.url

    def _next(self, view: View, channel: Channel, unit: str, reached: int) -> str:
        """The query for the page after `reached` pages."""
        path, name = (f"{self.quote}{value}{self.quote}" for value in ("/", self.webname))
        return (
            f"?page={reached + 1}&appid=1&appid=1&webid={self.webid}&path={path}"
            f"&columnid={self._columnid(view.day, channel)}&unitid={unit}&webname={name}"
            "&permissiontype=0"
        )

    def _body(self, view: View, placed: Placed) -> str:
        content, layout = placed.article.content, placed.article.layout
        path = self.article_path(placed)
        body = bodies.shown(content, layout, view.skin, view.page, path)
        body += parts.pager(path, view.page, content.pages)
        if placed.article.layout == self.unmarked and not view.skin:
            return body
        return bodies.marked(body)

    def _crumbs(self, view: View, channel: Channel) -> list[tuple[str, str]]:
        return [(c.name, self.channel_path(c)) for c in view.day.tree.chain(channel)]
