"""How a version is cited: by its address and the instant at which it was seen. Pure.

The first form follows GB/T 7714-2015 for electronic resources: responsible body. title[EB/OL].
(published)[cited]. address. The day of citation is the day of the capture, since that is when
the page said this.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.consult.articles import ArticleHeld
from storage.consult.moments import BEIJING
from storage.consult.versions import Version

_DAY = 10


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: `form` says after which rule, `text` is to be copied as it is."""

    form: str
    text: str


def citations(article: ArticleHeld, version: Version, site: str | None) -> tuple[Citation, ...]:
    """The ways to cite a version of an article; `site` is what its site is called."""
    return (
        Citation("gbt7714", _gbt7714(article, version, site)),
        Citation("plain", _plain(article, version, site)),
    )


def _gbt7714(article: ArticleHeld, version: Version, site: str | None) -> str:
    content, seen = version.content, _beijing(version.first_captured_at)
    by = content.source or content.author or site or article.host
    published = f"({content.published[:_DAY]})" if content.published else ""
    return (
        f"{_line(by)}. {_line(content.title)}[EB/OL]. {published}[{seen:%Y-%m-%d}]. {article.url}."
    )


def _plain(article: ArticleHeld, version: Version, site: str | None) -> str:
    content, seen = version.content, _beijing(version.first_captured_at)
    parts = [
        f"《{_line(content.title)}》",
        _line(content.doc_number or ""),
        _line(content.source or site or article.host),
        content.published or "",
        article.url,
        f"存证第 {version.number} 版，采集于 {seen:%Y-%m-%d %H:%M:%S}（北京时间）",
        f"内容指纹 {version.digest}",
    ]
    return "，".join(part for part in parts if part) + "。"


def _beijing(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING)


def _line(text: str) -> str:
    return " ".join(text.split())
