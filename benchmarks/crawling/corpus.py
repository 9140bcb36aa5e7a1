"""The corpus: a replica site of many articles, its pages as heavy as real ones are.

The replica's own pages hold about 10 KB; real ones carry menus, style sheets and scripts besides.
These are put around its pages, so that an article has about 40 KB.
"""

from collections.abc import Iterator
from dataclasses import replace

from replica import KINDS, World
from replica.answers import Answer, answer
from replica.kinds.base import Role
from replica.site import Site

PER_SIZE = 120
PAGE_BYTES = 40_000
_MENU_ROWS = 90
_ROW = "<li class='m-{n}'><a href='/images/{n}/menu.png' title='栏目{n}'>政务公开第{n}组</a></li>"
_RULE = ".bt-box-{n} .inner-{n}{{margin:{n}px auto;padding:0 {n}px;background:#f{n:03}ff}}\n"
_CALL = "window.bt_{n}=function(e){{return e&&e.dataset?e.dataset.k{n}:'{n}';}};\n"


def heavy_site(articles: int, url: str) -> Site:
    """A replica of at least so many articles at an address."""
    world = World(seed=7, size=articles / PER_SIZE)
    return Site(world=world, kind=KINDS["jpage_web"], url=url)


def article_paths(site: Site) -> list[str]:
    """The addresses of the site's articles, each in its own channel."""
    numbers = site.world.on(site.day).articles
    return [site.article_url(number).removeprefix(site.url) for number in numbers]


def heavy(site: Site, path: str, asked: dict[str, str]) -> Answer:
    """What the replica answers; around an article's own page stands what real pages carry."""
    given = answer(site, path, asked)
    if given.status != 200 or site.kind.role(path) is not Role.ARTICLE:
        return given
    lacking = PAGE_BYTES - len(given.body)
    head, body = furniture(max(0, lacking))
    page = given.body.replace(b"</head>", head + b"</head>", 1)
    return replace(given, body=page.replace(b"</body>", body + b"</body>", 1))


def furniture(size: int) -> tuple[bytes, bytes]:
    """So many bytes of style sheet, menu and script: what goes into the head, and what behind."""
    menu = "".join(_ROW.format(n=n) for n in range(_MENU_ROWS))
    lists = f"<ul class='bt-menu'>{menu}</ul>".encode()
    half = max(0, size - len(lists)) // 2
    style = f"<style>{_filled(_RULE, half)}</style>"
    script = f"<script>{_filled(_CALL, half)}</script>"
    return style.encode(), lists + script.encode()


def _filled(line: str, size: int) -> str:
    return "".join(_until(line, size))


def _until(line: str, size: int) -> Iterator[str]:
    taken, number = 0, 0
    while taken < size:
        text = line.format(n=number % 1000)
        taken, number = taken + len(text), number + 1
        yield text
