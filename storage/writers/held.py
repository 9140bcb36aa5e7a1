"""Which crawls are held, as a condition on rows."""

from sqlalchemy import ColumnElement, exists, true

from storage.schema import holds


def not_held(crawl_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether what a crawl's walks saw counts. A crawl walks one site's lists."""
    return ~exists().where(holds.c.crawl_id == crawl_id, *_still(whole=True))


def is_held(
    crawl_id: ColumnElement[int], site_id: ColumnElement[int], *, whole: bool
) -> ColumnElement[bool]:
    """Whether a crawl is held at a site: all of it where `whole`, else at least its signs of
    absence."""
    this = (holds.c.crawl_id == crawl_id) & (holds.c.site_id == site_id)
    return exists().where(this, *_still(whole=whole))


def _still(*, whole: bool) -> tuple[ColumnElement[bool], ...]:
    return holds.c.released_at.is_(None), holds.c.whole if whole else true()
