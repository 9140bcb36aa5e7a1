"""What stands around an article on a page of such a site: style, script, menus, lists, links.

The replica's templates leave most of it out, as a crawl has no use for it. For a reader it is most
of the work: measured on such sites' pages (the crawling corpus that the goals were set on), a page
has 40 to 130 menu entries and 44 KB on average, most of them between 31 and 57.
"""

from collections.abc import Iterator, Sequence
from random import Random

from replica import Day
from replica.kinds.base import Kind
from replica.state import Placed
from replica.words import SLOTS

_ENTRIES = (40, 130)
_BYTES = (31_000, 57_000)
_LISTED = 12
_LINKED = 16
_STYLE = (
    ".nav-{n} li a,.list-{n} span{{float:left;padding:0 {n}px;line-height:2{n}px;color:#33{n}6}}\n"
)
_SCRIPT = (
    '$(".tab-{n} li").hover(function(){{$(this).addClass("on").siblings().removeClass("on");'
    '$(".box-{n}").eq($(this).index()).show();}});\n'
)


def furnished(html: str, day: Day, kind: Kind, seed: int) -> str:
    """An article's page of the replica, grown to the size of a real one; what it states is the
    same. One seed gives one page."""
    random = Random(seed)
    above = f"{_menu(day, kind, random)}"
    below = f"{_lists(day, kind, random)}{_links(random)}"
    lacking = random.randint(*_BYTES) - len(f"{html}{above}{below}".encode())
    head = _head(lacking)
    html = html.replace("</head>", f"{head}</head>", 1)
    opened = html.index(">", html.index("<body")) + 1
    closed = html.rindex("</body>")
    return f"{html[:opened]}\n{above}{html[opened:closed]}{below}{html[closed:]}"


def _head(lacking: int) -> str:
    """Style and script, about as many bytes as the page lacks."""
    half = max(0, lacking) // 2
    style, script = (_repeated(line, half) for line in (_STYLE, _SCRIPT))
    return (
        f'<style type="text/css">\n{style}</style>\n'
        f'<script type="text/javascript">\n$(function(){{\n{script}}});\n</script>\n'
    )


def _repeated(line: str, size: int) -> str:
    return "".join(line.format(n=n) for n in range(size // len(line)))


def _menu(day: Day, kind: Kind, random: Random) -> str:
    left = random.randint(*_ENTRIES)
    blocks: list[str] = []
    for channel in day.tree.menu:
        href = kind.channel_path(channel)
        below = list(_entries(href, min(left, random.randint(5, 18)), random))
        left -= len(below)
        items = "\n".join(below)
        blocks.append(
            f'<li class="nav-item"><a href="{href}" target="_blank">{channel.name}</a>'
            f'<ul class="nav-sub">\n{items}\n</ul></li>\n'
        )
    rest = "\n".join(_entries("/col/col17800/index.html", left, random))
    return (
        '<div class="top-bar"><div class="wrap"><a href="/index.html">设为首页</a>'
        f'<span class="weather"></span></div></div>\n<div class="nav" id="nav"><ul>\n'
        f'{"".join(blocks)}</ul></div>\n<div class="side-nav"><ul>\n{rest}\n</ul></div>\n'
    )


def _entries(href: str, count: int, random: Random) -> Iterator[str]:
    for _ in range(count):
        name = random.choice(SLOTS["matter"])
        target = href.replace("index", f"index_{random.randint(1, 999)}")
        yield f'<li><a href="{target}" title="{name}" target="_blank">{name}</a></li>'


def _lists(day: Day, kind: Kind, random: Random) -> str:
    """Hot and new articles beside the text, as every page of such a site shows them."""
    articles = list(day.articles.values())
    chosen = random.sample(articles, k=min(_LISTED, len(articles)))
    placed = [Placed(article, day.tree.named(article.channels[0])) for article in chosen]
    items = "\n".join(
        f'<li><a href="{kind.article_path(one)}" target="_blank">{one.article.content.title}</a>'
        f"<span>{1 + at % 12:02}-{1 + at % 28:02}</span></li>"
        for at, one in enumerate(placed)
    )
    return f'<div class="hot-list"><h3>热点信息</h3><ul>\n{items}\n</ul></div>\n'


def _links(random: Random) -> str:
    offices: Sequence[str] = random.choices(SLOTS["who"], k=_LINKED)
    options = "".join(
        f'<option value="http://www.d{at}.wangchuan.example/">{name}</option>'
        for at, name in enumerate(offices)
    )
    items = "".join(
        f'<li><a href="http://www.d{at}.wangchuan.example/" target="_blank">{name}</a></li>'
        for at, name in enumerate(offices)
    )
    return (
        f'<div class="friend-link"><select><option>区政府部门</option>{options}</select>'
        f"<ul>{items}</ul></div>\n"
    )
