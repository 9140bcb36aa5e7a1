"""The small pieces that classic pages are put together from."""

from collections.abc import Iterable
from html import escape

from replica.channels import Channel, Tree
from replica.content import Content
from replica.kinds.base import View
from replica.state import Placed

HANWEB_FOOTER = (
    "<a href='http://www.hanweb.com' style='display:none'>Produced By 大汉网络 大汉版通发布系统</a>"
)


def link(href: str, text: str, css: str = "bt_link") -> str:
    """A plain link."""
    return f'<a href="{escape(href)}" class="{css}">{escape(text, quote=False)}</a>'


def breadcrumb(crumbs: Iterable[tuple[str, str]]) -> str:
    """The way from the home page: a small table inside another one."""
    cells = "".join(f"<td> > {link(href, name)}</td>" for name, href in crumbs)
    return (
        '<table cellspacing="0" cellpadding="0" border="0"><tr><td>'
        f'{link("/index.html", "首页")}</td><td><table width="100%" cellspacing="0">\n'
        f"<tr>\n{cells}\n</tr></table></td></tr></table>"
    )


def hidden_location(webid: int, crumbs: Iterable[tuple[str, str]]) -> str:
    """The same way for machines: number 1 is the leaf, the highest number the top."""
    named = list(enumerate(reversed(list(crumbs)), start=1))
    spans = "".join(
        f"<span id='col{i}_name'>{name}</span><span id='col{i}_url'>{href}</span>"
        for i, (name, href) in reversed(named)
    )
    web = f"<span id='ss_webid'>{webid}</span>"
    return f"<div id='hiddenLocation' style='display:none;'>{web}{spans}</div>"


def menu_of(tree: Tree, channel: Channel) -> tuple[Channel, ...]:
    """The left menu: the channel's children, or its siblings where it has none."""
    if below := tree.children(channel):
        return below
    above = tree.chain(channel)
    return tree.children(above[-2] if len(above) > 1 else None)


def visit_frame(depth: int, kind: int, webid: int, channel: int, article: int | None) -> str:
    """The visit counter at the end of every page; type 1 home, 2 channel, 3 article."""
    up = "../" * depth or "./"
    which = f"&i_articleid={article}" if article else ""
    src = f"{up}module/visitcount/visit.jsp?type={kind}&i_webid={webid}&i_columnid={channel}{which}"
    return (
        f'<!-- visitcount Begin --><iframe src=\'{src}\' name="vishidden" id="vishidden" '
        'frameborder="0" style="width:0; height:0; display:none"></iframe><!-- visitcount End -->'
    )


def info_table(content: Content) -> str:
    """The head table of a disclosed document, two pairs a row, an empty pair at the end."""
    if not content.info:
        return ""
    pairs = [*content.info, *([("", "")] if len(content.info) % 2 else [])]
    cells = [
        f"<td class='label'>{f'{k}：' if k else ''}</td><td>{escape(v)}</td>" for k, v in pairs
    ]
    rows = "\r\n".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
    return f'<table class="xxgktab" width="100%"><tbody>\r\n{rows}\r\n</tbody></table>'


def subtitle(content: Content) -> str:
    """The line under the headline, between the CMS's marks for it."""
    if content.subtitle is None:
        return ""
    words = escape(content.subtitle, quote=False)
    return f'<p class="bt-art-subtitle"><!--<$[副题]>begin-->{words}<!--<$[副题]>end--></p>'


def pager(path: str, page: int, pages: int) -> str:
    """The links to the other pages of an article, under the text of each."""
    if pages == 1:
        return ""
    shown = (f"<b>{n}</b>" if n == page else _turn(path, n, str(n)) for n in range(1, pages + 1))
    following = _turn(path, page + 1, "下一页") if page < pages else ""
    return f'<div class="page">{" ".join(shown)} {following}</div>'


def page_path(path: str, page: int) -> str:
    """The address of an article's page."""
    return path if page == 1 else f"{path.removesuffix('.html')}_{page}.html"


def _turn(path: str, page: int, words: str) -> str:
    return f'<a href="{page_path(path, page)}">{words}</a>'


def attachment_box(content: Content) -> str:
    """The files that the text itself does not offer."""
    items = "".join(
        f"<li>{link(file.path, file.name, 'fj')}</li>" for file in content.loose_attachments
    )
    return f'<ul class="fjxx">附件下载：{items}</ul>' if items else ""


def related(view: View, placed: Placed, links: list[str]) -> str:
    """Five others of the channel, turned on by each request: never the same twice running."""
    at = view.serial % max(1, len(links))
    shown = (links[at:] + links[:at])[:5]
    items = "".join(f"<li>{one}</li>" for one in shown)
    return f'<div class="related" id="xg_{placed.article.number}"><h4>相关信息</h4>{items}</div>'


def neighbour_scripts(webid: int, channel: int, article: int) -> str:
    """Previous and next, written by script: their titles are not in the page."""
    return "".join(
        f'<p>{word}：<script src="/module/changepage/gettitle.jsp?appid=1&showtip=0'
        f"&titlelimit=99&webid={webid}&cataid={channel}&catatype=2"
        f'&position={position}&infoid={article}"></script></p>'
        for word, position in (("上一篇", "prev"), ("下一篇", "next"))
    )
