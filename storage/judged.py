"""What the archive made of the captures of a crawl, as it goes on."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from storage.article import ArticleKey
from storage.schema import articles, capture_facts, capture_readings, sites


@dataclass(frozen=True, slots=True)
class Judged:
    """Articles with their outcomes, in the order of their captures; `up_to` is the last one's."""

    up_to: int
    articles: tuple[tuple[ArticleKey, str], ...]


def newest_capture(connection: Connection) -> int:
    """The number of the newest capture; 0 where there is none."""
    return connection.scalar(select(func.max(capture_facts.c.id))) or 0


def judged_since(connection: Connection, crawl_id: int, after: int) -> Judged:
    """What was made of the articles that this crawl captured after capture number `after`."""
    rows = connection.execute(
        select(capture_facts.c.id, sites.c.host, articles.c.cms_id, capture_readings.c.outcome)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(
            capture_facts.c.id > after,
            capture_facts.c.crawl_id == crawl_id,
            capture_readings.c.page_kind == "article",
        )
        .order_by(capture_facts.c.id)
    ).all()
    up_to = rows[-1].id if rows else after
    return Judged(up_to, tuple((ArticleKey(row.host, row.cms_id), row.outcome) for row in rows))
