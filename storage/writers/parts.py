"""The further pages of an article: which captures were read together with which."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import func, select

from storage.schema import capture_facts, capture_parts
from storage.writers.scope import Scope


def write(scope: Scope, capture_id: int, names: Sequence[str]) -> None:
    """Join a capture with the latest captures of these addresses in its crawl."""
    rows = [
        {"capture_id": capture_id, "position": position, "part_id": _part(scope, name)}
        for position, name in enumerate(names, 2)
    ]
    if rows:
        scope.connection.execute(capture_parts.insert(), rows)


def _part(scope: Scope, name: str) -> int:
    part_id = scope.connection.scalar(
        select(func.max(capture_facts.c.id)).where(
            capture_facts.c.crawl_id == scope.crawl_id, capture_facts.c.url == name
        )
    )
    assert part_id is not None, f"{name} is captured before the page that it continues"
    return cast(int, part_id)
