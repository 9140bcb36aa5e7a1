"""Admission: whether a response is the article that was asked for. Pure.

A response becomes a version only with positive evidence; everything else is kept as a capture
and says why. What looks like an article's absence is only named here: whether it counts is
settled at the end of the crawl.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.hanweb import any_channel_id, article_address
from crawler.reading import (
    Fingerprint,
    Judged,
    PageKind,
    Reading,
    Seen,
    fingerprint,
    kind_of,
    read_seen,
    resembles,
    title_resembles,
)
from crawler.reading.values import Part
from crawler.reading.wholeness import breaks_off
from storage.article import ArticleKey
from storage.judging import Absence, Outcome

BLOCKED = frozenset({401, 403, 412, 418, 429, 521})
"""Status codes by which such sites, or what stands before them, turn a crawler away."""

BROKE_OFF = "the answer broke off before its end"
FURTHER_PAGE = "its further page"
"""How the reasons begin for which a fetch failed that the page alone does not show."""

_HOME_PATHS = frozenset({"", "/", "/index.html", "/index.htm", "/index.jsp"})


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, as far as admission is concerned. `url` is where redirects led, `parts` the
    pages that continue it, `listed` the title by which a listing names the article."""

    url: str
    status: int
    text: str
    partial: bool = False
    parts: tuple[Part, ...] = ()
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """The verdict on a response: an admitted reading, a signal of absence, or another outcome."""

    page_kind: str
    reading: Reading | None = None
    absence: Absence | None = None
    outcome: Outcome | None = None
    reason: str | None = None


def admit(
    asked: ArticleKey, asked_url: str, response: Response, not_found: Sequence[Fingerprint]
) -> Admission:
    """Judge a response to the request for an article.

    `not_found` are the fingerprints of what this host serves for addresses that cannot exist.
    """
    if response.partial:
        return _refused(PageKind.OTHER, Outcome.FAILED, BROKE_OFF)
    if response.status in (404, 410):
        absence = Absence.NOT_FOUND if response.status == 404 else Absence.GONE
        return Admission(PageKind.NOT_FOUND, absence=absence, reason=f"status {response.status}")
    page = Seen(response.text, response.url, response.status)
    judged = kind_of(page)
    if judged.kind is PageKind.CHALLENGE or response.status in BLOCKED:
        return _refused(judged.kind, Outcome.CHALLENGED, judged.reason_en)
    if response.status != 200:
        return _refused(judged.kind, Outcome.FAILED, f"status {response.status}")
    if led_away := _led_away(asked, asked_url, response):
        return led_away
    if breaks_off(response.text):
        return _refused(judged.kind, Outcome.FAILED, "the page breaks off before its end")
    return _judge_page(asked, response, page, judged, not_found)


def _led_away(asked: ArticleKey, asked_url: str, response: Response) -> Admission | None:
    if response.url == asked_url:
        return None
    if urlsplit(response.url).path in _HOME_PATHS or any_channel_id(response.url):
        return Admission(
            PageKind.HOME, absence=Absence.REDIRECTED_HOME, reason=f"led to {response.url}"
        )
    address = article_address(response.url)
    if address is not None and address.cms_id != asked.cms_id and article_address(asked_url):
        return _refused(
            PageKind.ARTICLE, Outcome.NOT_AN_ARTICLE, f"led to another article: {response.url}"
        )
    return None


def _judge_page(
    asked: ArticleKey,
    response: Response,
    page: Seen,
    judged: Judged,
    not_found: Sequence[Fingerprint],
) -> Admission:
    kind, reason = judged.kind, judged.reason_en
    if kind is PageKind.NOT_FOUND:
        return Admission(kind, absence=Absence.SOFT_NOT_FOUND, reason=reason)
    if kind is PageKind.LEADS_HOME:
        return Admission(kind, absence=Absence.REDIRECTED_HOME, reason=reason)
    if kind is PageKind.BLANK:
        return Admission(kind, absence=Absence.BLANK, reason=reason)
    if _is_what_is_served_for_none(response, not_found):
        return Admission(
            PageKind.NOT_FOUND,
            absence=Absence.SOFT_NOT_FOUND,
            reason="what this site serves for addresses that cannot exist",
        )
    if kind is not PageKind.ARTICLE:
        return _refused(kind, Outcome.NOT_AN_ARTICLE, reason)
    return _admit_reading(asked, response, page)


def _is_what_is_served_for_none(response: Response, not_found: Sequence[Fingerprint]) -> bool:
    # By its title first: that is asked of every article, and hardly any page has such a one.
    if not not_found or not title_resembles(response.text, not_found):
        return False
    shown = fingerprint(response.text, response.status, response.url)
    return any(resembles(shown, known) for known in not_found)


def _admit_reading(asked: ArticleKey, response: Response, page: Seen) -> Admission:
    reading = read_seen(page, parts=response.parts, listed=response.listed)
    if reading.cms_id not in (None, asked.cms_id) and article_address(response.url):
        said = f"the page says that it is article {reading.cms_id}"
        return _refused(PageKind.ARTICLE, Outcome.NOT_AN_ARTICLE, said)
    if not reading.article.title:
        return _refused(
            PageKind.ARTICLE, Outcome.NOT_AN_ARTICLE, "an article's page without a title"
        )
    return Admission(PageKind.ARTICLE, reading=reading)


def _refused(kind: str, outcome: Outcome, reason: str) -> Admission:
    return Admission(kind, outcome=outcome, reason=reason)
