"""Judging a capture: what it shows, compared with what stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.article import Article, changed_fields


class Outcome(StrEnum):
    """How the fetch of one address ended. Every address of a crawl ends in exactly one."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE_SIGNAL = "gone-signal"
    NOT_AN_ARTICLE = "not-an-article"
    CHALLENGED = "challenged"
    OFF_SITE = "off-site"
    DISALLOWED = "disallowed"
    FAILED = "failed"
    READ = "read"
    """A page that is no article (home, channel, listing, robots.txt) and was read as such."""
    HELD = "held"
    """It shows an article, and is put aside with its crawl. No address ends so, only captures."""


class Absence(StrEnum):
    """Evidence classes of an article that is not where it was."""

    NOT_FOUND = "404"
    GONE = "410"
    SOFT_NOT_FOUND = "soft-404"
    REDIRECTED_HOME = "redirected-home"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reading is against the version that stands: its outcome and the changed fields."""

    outcome: Outcome
    fields: tuple[str, ...] = ()


def judge(latest: Mapping[str, str] | None, article: Article) -> Judgement:
    """Compare an article with the field digests of the version that stands, None if none does.

    Going back to earlier content is a change like any other.
    """
    return judge_digests(latest, article.field_digests)


def judge_digests(latest: Mapping[str, str] | None, digests: Mapping[str, str]) -> Judgement:
    """The same, from the digests alone: what re-folding a history has at hand."""
    if latest is None:
        return Judgement(Outcome.NEW)
    fields = changed_fields(latest, digests)
    return Judgement(Outcome.CHANGED, fields) if fields else Judgement(Outcome.UNCHANGED)
