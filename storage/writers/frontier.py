"""The frontier: every address that a crawl decided to fetch, and how it ended."""

from storage.judging import Outcome
from storage.values import Ended, Wanted
from storage.writers.scope import Scope


def write_wanted(scope: Scope, wanted: Wanted) -> None:
    row = {
        "kind": wanted.kind,
        "cms_id": wanted.key.cms_id if wanted.key else None,
        "listed_title": wanted.listed_title,
        "added_at": wanted.at,
    }
    scope.addresses.want(wanted.url, row, scope.insert)


def write_ended(scope: Scope, ended: Ended) -> None:
    end(scope, ended.url, ended.outcome, ended.detail, ended)


def end(
    scope: Scope, url: str, outcome: Outcome, detail: str | None, value: Ended | None = None
) -> None:
    """Give an address its outcome. The first one stands; an address not decided on has no row."""
    at = value.at if value else scope.recorded_at
    scope.addresses.end(url, {"outcome": outcome.value, "detail": detail, "ended_at": at})
