"""The frontier: every address that a crawl decided to fetch, and how it ended."""

from sqlalchemy import update

from storage.judging import Outcome
from storage.schema import frontier
from storage.values import Ended, Wanted
from storage.writers.scope import Scope


def write_wanted(scope: Scope, wanted: Wanted) -> None:
    scope.connection.execute(
        scope.insert(frontier)
        .values(
            crawl_id=scope.crawl_id,
            url=wanted.url,
            kind=wanted.kind,
            cms_id=wanted.key.cms_id if wanted.key else None,
            listed_title=wanted.listed_title,
            added_at=wanted.at,
        )
        .on_conflict_do_nothing()
    )


def write_ended(scope: Scope, ended: Ended) -> None:
    end(scope, ended.url, ended.outcome, ended.detail, ended)


def end(
    scope: Scope, url: str, outcome: Outcome, detail: str | None, value: Ended | None = None
) -> None:
    """Give an address its outcome. The first one stands; an address not decided on has no row."""
    at = value.at if value else scope.recorded_at
    scope.connection.execute(
        update(frontier)
        .where(
            frontier.c.crawl_id == scope.crawl_id,
            frontier.c.url == url,
            frontier.c.outcome.is_(None),
        )
        .values(outcome=outcome.value, detail=detail, ended_at=at)
    )
