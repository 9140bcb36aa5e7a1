"""The classic generations: jcms pages with jpage lists. A kind of this family is one value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from replica.channels import BY_NUMBER, CHANNELS, LEAVES, NOTICES, POLICY, Channel, chain, children
from replica.kinds import addresses, bodies, datastore, metas, parts
from replica.kinds.base import Role, Rows, View, Window
from replica.kinds.datastore import Unit
from replica.kinds.records import RecordShape
from replica.kinds.template import fill, page
from replica.state import Day, Placed
from replica.words import SITE_NAME

_HEADLINES = 6


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

    def find_channel(self, day: Day, path: str) -> Channel | None:  # noqa: ARG002
        return addresses.find_channel(path, self.base)

    def find_article(self, day: Day, path: str) -> Placed | None:
        return addresses.find_article(day, path, self.base)

    def window(self, day: Day, asked: Mapping[str, str]) -> Window | None:  # noqa: ARG002
        """The site's number, the channel and the unit must fit; nothing else is needed."""
        plain = {name: value.strip("'") for name, value in asked.items()}
        channel = BY_NUMBER.get(_int(plain.get("columnid"), 0) - self.base)
        unit = plain.get("unitid", "")
        if channel is None or unit not in self.units(channel):
            return None
        if plain.get("webid") != str(self.webid):
            return None
        first, last, rows = self._span(plain)
        return Window(channel, max(1, first), last, unit, rows)

    def units(self, channel: Channel) -> tuple[str, ...]:
        """The list blocks on a channel's page. Channels of one depth share a template."""
        unit = self.unit_base + len(chain(channel))
        return (str(unit), str(unit + 3678)) if channel.number == self.twin_on else (str(unit),)

    def home(self, view: View) -> str:
        return fill(
            page("home"),
            **self._frame(),
            title=SITE_NAME,
            nav="\n".join(self._nav()),
            headlines="\n".join(self._headlines(view, channel) for channel in LEAVES),
            counter=parts.visit_frame(0, 1, self.webid, self.base + 17800, None),
        )

    def channel(self, view: View, channel: Channel) -> str:
        path = self.channel_path(channel)
        menu = (self._channel_link(c, "list-group-item") for c in parts.menu_of(channel))
        return fill(
            page("channel"),
            **self._frame(),
            title=f"{SITE_NAME} {channel.name}",
            metas=metas.channel_metas(view, channel, path),
            crumbs=parts.breadcrumb(self._crumbs(channel)),
            name=chain(channel)[0].name,
            menu="\n".join(menu),
            units="\n".join(self._blocks(view, channel)),
            counter=parts.visit_frame(2, 2, self.webid, self.base + channel.number, None),
        )

    def listing(self, view: View, window: Window | None, rows: Rows) -> str:  # noqa: ARG002
        if window is None:
            return datastore.no_such_list()
        reached = window.first + len(rows.placed) - 1
        more = rows.placed and reached < rows.total
        following = self._next(window.channel, window.unit, reached // self.page_rows + 1)
        href = "./dataproxy.jsp" + following if self.next_relative else self.proxy + following
        records = self._records(window.channel, rows.placed)
        return datastore.answer(window, rows, records, href if more else None)

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
            "info": parts.info_table(content),
            "body": self._body(view, placed),
            "files": parts.attachment_box(content),
        }

    def _surroundings(self, view: View, placed: Placed) -> dict[str, str]:
        """What stands around it and is none of it: the way here, counters, neighbours, tokens."""
        number, channel = placed.article.number, self.base + placed.channel.number
        crumbs = self._crumbs(placed.channel)
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

    def _span(self, plain: Mapping[str, str]) -> tuple[int, int, int]:
        """First and last row, and the rows of a page. `page` wins over `startrecord`."""
        if "page" in plain:
            rows = _int(plain.get("perpage"), self.page_rows)
            last = max(1, _int(plain["page"], 1)) * rows
            return last - rows + 1, last, rows
        rows = _int(plain.get("perpage"), self.per_page)
        first = _int(plain.get("startrecord"), 1)
        return first, _int(plain.get("endrecord"), first + rows * self.group_size - 1), rows

    def _blocks(self, view: View, channel: Channel) -> Iterable[str]:
        placed = view.day.listed(channel.number)
        for unit, mode in zip(self.units(channel), ("full", "mini"), strict=False):
            block = Unit(
                unit,
                self.webid,
                self.base + channel.number,
                len(placed),
                self.proxy,
                self.per_page,
                self.group_size,
                SITE_NAME,
                mode,
            )
            first_group = placed[: self.per_page * self.group_size]
            yield datastore.inline_block(
                block,
                self._records(channel, first_group),
                # The link says page 1 although that group stands here already; jsfgw, dingxi.
                self.proxy + self._next(channel, unit, 1),
                stray_table=channel.number == self.stray_table_on,
            )
            yield self.script(block)

    def _records(self, channel: Channel, placed: Iterable[Placed]) -> list[str]:
        shape = self.records.get(channel.number, self.record)
        return [shape(row, self.article_path(row)) for row in placed]

    def _next(self, channel: Channel, unit: str, number: int) -> str:
        path, name = (f"{self.quote}{value}{self.quote}" for value in ("/", self.webname))
        return (
            f"?page={number}&appid=1&appid=1&webid={self.webid}&path={path}"
            f"&columnid={self.base + channel.number}&unitid={unit}&webname={name}"
            "&permissiontype=0"
        )

    def _body(self, view: View, placed: Placed) -> str:
        body = bodies.body(placed.article.content, placed.article.layout, view.skin)
        if placed.article.layout == self.unmarked and not view.skin:
            return body
        return (
            '<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">'
            f'{body}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->'
        )

    def _crumbs(self, channel: Channel) -> list[tuple[str, str]]:
        return [(c.name, self.channel_path(c)) for c in chain(channel)]

    def _channel_link(self, channel: Channel, css: str) -> str:
        return parts.link(self.channel_path(channel), channel.name, css)

    def _nav(self) -> Iterable[str]:
        for top in children(None):
            below = (c for c in CHANNELS if c.parent == top.number)
            links = "".join(self._channel_link(c, "sub") for c in below)
            yield f"<li>{self._channel_link(top, 'top')}{links}</li>"

    def _headlines(self, view: View, channel: Channel) -> str:
        rows = view.day.listed(channel.number)[:_HEADLINES]
        items = "\n".join(
            f"<li>{parts.link(self.article_path(p), p.article.content.title)}"
            f"<span>{p.article.dated:%m-%d}</span></li>"
            for p in rows
        )
        return f"<h3>{self._channel_link(channel, 'more')}</h3>\n<ul>\n{items}\n</ul>"


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default
