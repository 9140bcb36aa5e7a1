"""What a page is, whatever its status says: evidence for an article, signs of anything else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlsplit

from crawler.hanweb import channel_id
from crawler.reading import signs
from crawler.reading.identity import Identity, address_in, identity_of
from crawler.reading.layouts import locate
from crawler.reading.markers import FAMILIES, markers_of, open_span, spans
from crawler.reading.noise import visible_strings
from crawler.reading.page import parse
from crawler.reading.tags import tags_of
from crawler.reading.text import dense, markup


class PageKind(StrEnum):
    """What was served. `other` is a page of which nothing is known: never evidence of anything."""

    ARTICLE = "article"
    CHANNEL = "channel"
    HOME = "home"
    LISTING = "listing"
    ROBOTS = "robots"
    NOT_FOUND = "not_found"
    CHALLENGE = "challenge"
    LOGIN = "login"
    ERROR = "error"
    BLANK = "blank"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's kind with its reason, in one line for a person, in English and in Chinese."""

    kind: PageKind
    reason_en: str
    reason_zh: str


_GONE_STATUSES = frozenset({404, 410})
_CHALLENGE_STATUSES = frozenset({412, 521})
_HOME_PATH = re.compile(r"/(?:index\.(?:html?|jsp|php))?$", re.IGNORECASE)
_LISTING = re.compile(r"\s{0,99}(?:<\?xml[^<>]{0,99}>\s{0,99})?<datastore\b|\s{0,99}\{\"roles\"")
_TAG = re.compile(r"<[^<>]*>")


def page_kind(html: str, url: str, status: int) -> Judged:
    """Judge a page by what it shows. `status` is only asked where the page itself says nothing.

    A page that says it is an article is one even under status 404; a page is `not_found` under
    status 200 when it is a short notice and carries no evidence of an article. Never raises.
    """
    page = _Seen(markup(html), url, status)
    verdicts = (judge(page) for judge in _JUDGES)
    return next(
        (verdict for verdict in verdicts if verdict),
        Judged(
            PageKind.OTHER, "nothing on the page says what it is", "页面上没有任何可供判断的标志"
        ),
    )


class _Seen:
    """A page with what the judges ask of it, each worked out once and only if asked."""

    def __init__(self, text: str, url: str, status: int) -> None:
        self.text = text
        self.url = url
        self.status = status
        self.root = parse(text).root

    @cached_property
    def tags(self) -> Mapping[str, str]:
        return tags_of(self.root)

    @cached_property
    def identity(self) -> Identity:
        return identity_of(self.text, self.tags, self.url)

    @cached_property
    def path(self) -> str:
        try:
            return urlsplit(self.url).path
        except ValueError:
            return ""

    @cached_property
    def title(self) -> str:
        title = self.root.find(".//title")
        return dense(title.text or "") if title is not None else ""

    @cached_property
    def shown(self) -> str:
        return dense("".join(visible_strings(self.root)))

    @cached_property
    def delimits_content(self) -> bool:
        """Whether the CMS's content markers stand around something."""
        markers = markers_of(self.text)
        found = [span for name in FAMILIES for span in spans(markers, name)]
        left = open_span(markers)
        inside = [
            self.text[s.inner_start : s.inner_end] for s in (*found, *((left,) if left else ()))
        ]
        return any("<img" in part.lower() or dense(_TAG.sub("", part)) for part in inside)

    def is_notice(self, words: re.Pattern[str]) -> bool:
        """Whether one of these phrases stands on a page that says little else."""
        return len(self.shown) <= signs.NOTICE_AT_MOST and bool(
            words.search(self.shown) or words.search(self.title)
        )


def _by_form(page: _Seen) -> Judged | None:
    if page.path == "/robots.txt" and "<html" not in page.text[:2000].lower():
        return Judged(PageKind.ROBOTS, "the site's robots.txt", "网站的 robots.txt")
    if _LISTING.match(page.text):
        return Judged(PageKind.LISTING, "an answer of the listing service", "栏目列表接口的应答")
    return None


def _by_own_word(page: _Seen) -> Judged | None:
    """What the CMS writes into every page it generates: the visit counter's type, `pagetype`."""
    says = page.identity.page_type or {"1": "3", "2": "2"}.get(page.tags.get("pagetype", ""))
    if says == "1":
        return Judged(PageKind.HOME, "its visit counter is the home page's", "访问计数类型为首页")
    if says == "2":
        return Judged(PageKind.CHANNEL, "it says that it is a channel's page", "页面自称栏目页")
    if says == "3" and not (page.is_notice(signs.GONE_WORDS) and not page.delimits_content):
        return Judged(PageKind.ARTICLE, "it says that it is an article's page", "页面自称文章页")
    return None


def _by_content(page: _Seen) -> Judged | None:
    if page.delimits_content and not channel_id_in(page.url):
        return Judged(PageKind.ARTICLE, "the CMS's content markers", "有系统的正文标记")
    if "articletitle" in page.tags or ("pubdate" in page.tags and "title" in page.tags):
        return Judged(
            PageKind.ARTICLE, "the tags ArticleTitle or PubDate", "有文章标题、发布日期标签"
        )
    if address_in(page.url) and page.status not in _GONE_STATUSES and not _looks_foreign(page):
        region = locate(page.root)
        if region and dense("".join(visible_strings(region.element))):
            name = region.layout.name
            return Judged(
                PageKind.ARTICLE,
                f"an article's address and a known container ({name})",
                f"文章地址与已知的正文容器（{name}）",
            )
    return None


def _by_challenge(page: _Seen) -> Judged | None:
    short = len(page.shown) <= signs.NOTICE_AT_MOST
    if short and signs.CHALLENGE_SCRIPT.search(page.text):
        return Judged(PageKind.CHALLENGE, "a script that tests the visitor", "人机识别脚本")
    if page.is_notice(signs.CHALLENGE_WORDS):
        return Judged(PageKind.CHALLENGE, "a notice of the site's firewall", "防火墙的验证或拦截页")
    if short and page.status in _CHALLENGE_STATUSES:
        return Judged(
            PageKind.CHALLENGE,
            f"status {page.status}, as firewalls answer",
            f"状态码 {page.status}，常见于防火墙",
        )
    return None


def _by_notice(page: _Seen) -> Judged | None:
    if page.is_notice(signs.LOGIN_WORDS):
        return Judged(PageKind.LOGIN, "it asks for a login", "要求登录")
    if page.is_notice(signs.ERROR_WORDS):
        return Judged(PageKind.ERROR, "the server says that it failed", "服务器报错或维护")
    if signs.GONE_TITLE.search(page.title) or page.is_notice(signs.GONE_WORDS):
        return Judged(PageKind.NOT_FOUND, "a notice that there is no such page", "页面不存在的提示")
    return None


def _by_address(page: _Seen) -> Judged | None:
    if "<datastore" in page.text or ("columnname" in page.tags and channel_id_in(page.url)):
        return Judged(PageKind.CHANNEL, "a channel's list or name", "有栏目列表或栏目名")
    if "siteurl" in page.tags or (page.shown and _HOME_PATH.match(page.path)):
        return Judged(PageKind.HOME, "the site's root address or its tags", "网站根地址或首页标签")
    if page.shown and channel_id_in(page.url):
        return Judged(PageKind.CHANNEL, "a channel's address", "栏目地址")
    return None


def _by_status(page: _Seen) -> Judged | None:
    if page.status in _GONE_STATUSES:
        return Judged(PageKind.NOT_FOUND, f"status {page.status}", f"状态码 {page.status}")
    if page.status >= 500:
        return Judged(PageKind.ERROR, f"status {page.status}", f"状态码 {page.status}")
    if not page.shown and page.root.find(".//img") is None and page.root.find(".//iframe") is None:
        return Judged(PageKind.BLANK, "there is nothing to see on it", "页面没有可见内容")
    return None


def channel_id_in(url: str) -> str | None:
    """The channel's id in an address, None where it is none or cannot be read."""
    try:
        return channel_id(url)
    except ValueError:
        return None


def _looks_foreign(page: _Seen) -> bool:
    return bool(signs.GONE_TITLE.search(page.title)) or any(
        page.is_notice(words)
        for words in (signs.CHALLENGE_WORDS, signs.LOGIN_WORDS, signs.GONE_WORDS, signs.ERROR_WORDS)
    )


_JUDGES: tuple[Callable[[_Seen], Judged | None], ...] = (
    _by_form, _by_own_word, _by_content, _by_challenge, _by_notice, _by_address, _by_status,
)  # fmt: skip
