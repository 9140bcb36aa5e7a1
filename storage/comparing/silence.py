"""Whether a publisher said that an article was changed. Pure."""

import re
from collections.abc import Mapping

from storage.article import Article
from storage.comparing.spans import form_of

_OWN_TIME = re.compile(r"(?:发布|公开|更新|修改|修订|更正|校对|生成).{0,2}(?:日期|时间)")


def is_silent(before: Article, after: Article) -> bool:
    """Whether the one took the other's place without a word.

    An edit speaks where the page's own title or time differs, also a time in its information
    table, or where the publisher adds a note about the article (更正, 修订).
    """
    if before.published != after.published:
        return False
    if form_of(before.title) != form_of(after.title):
        return False
    return _times(before.info) == _times(after.info) and not _new_notes(before, after)


def _times(info: Mapping[str, str]) -> dict[str, str]:
    return {label: form_of(said) for label, said in info.items() if _OWN_TIME.search(label)}


def _new_notes(before: Article, after: Article) -> set[str]:
    return {form_of(note) for note in after.notes} - {form_of(note) for note in before.notes}
