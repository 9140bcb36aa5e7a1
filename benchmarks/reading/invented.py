"""The replica's articles, as each of its kinds shows them: many pages whose truth is known."""

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from benchmarks.reading.furniture import furnished
from benchmarks.reading.pages import Page
from crawler.reading import decode
from replica import KINDS, Article, Day, Placed, World
from replica.kinds.base import Kind, View

GROUP = "replica"
_ROOT = "http://www.wangchuan.example"
_SIGNS = re.compile(
    r"<!--.*?-->|<meta[^<>]*Content(?:Start|End)[^<>]*>"
    r"|(?<=[\w\"'])\s+(?:id|class)=(?:\"[^\"]*\"|'[^']*')",
    re.DOTALL,
)


def replica_pages(size: float) -> list[Page]:
    """Every article of a world of that size, in every kind, before and after the redesign, on
    pages of the size that they have on real sites."""
    day = World(seed=7, size=size).on(1)
    return [
        _page(kind, day, article, skin=at % 2)
        for kind in KINDS.values()
        for at, article in enumerate(day.articles.values())
    ]


def fewer(pages: Sequence[Page]) -> list[Page]:
    """A quarter of the pages, drawn by chance but always the same ones."""
    return Random(7).sample(pages, k=-(-len(pages) // 4))


def stripped(pages: Sequence[Page]) -> list[Page]:
    """The same pages without the marks, ids and classes that say where the body is."""
    return [
        replace(page, name=f"{page.name} stripped", group=f"{page.group}, stripped",
                html=without_signs(page.html))
        for page in pages
    ]  # fmt: skip


def without_signs(html: str) -> str:
    """A page without comments, content marks, ids and classes.

    >>> without_signs('<!--begin--><div class="menu" id="zoom"><p>一</p></div>')
    '<div><p>一</p></div>'
    """
    return _SIGNS.sub("", html)


def _page(kind: Kind, day: Day, article: Article, skin: int) -> Page:
    placed = Placed(article, day.tree.named(article.channels[0]))
    text = kind.article(View(day, _ROOT, serial=article.number, skin=skin), placed)
    charset = kind.page_type.partition("charset=")[2] or None
    text = furnished(text, day, kind, seed=article.number)
    html = decode(text.encode(kind.encoding, "xmlcharrefreplace"), charset)
    name = f"{kind.name}/{article.number}/skin {skin}"
    return Page(name, GROUP, _ROOT + kind.article_path(placed), html, _truth(day, placed))


def _truth(day: Day, placed: Placed) -> dict[str, Any]:
    content = placed.article.content
    own = ("title", "published", "source", "author", "doc_number", "body")
    return {name: getattr(content, name) for name in own} | {
        "info": dict(content.info),
        "breadcrumb": ["首页", *(channel.name for channel in day.tree.chain(placed.channel))],
        "attachments": [[file.name, _ROOT + file.path] for file in content.attachments],
        "images": [_ROOT + path for path in content.images],
    }
