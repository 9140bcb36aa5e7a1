"""Why a walk stopped, as recorded in English, said in Chinese. Pure."""

import re

_SAID: tuple[tuple[str, str], ...] = (
    (r"the claimed total is reached", "已达网站自称的总数"),
    (r"held accounts for the claimed total", "已存的与自称的总数相符"),
    (r"the site offers no further page", "网站没有下一页了"),
    (r"a page brought no new entry", "翻页不再出现新条目"),
    (r"a page before the end was empty", "中间有一页是空的"),
    (r"(\d+) rows were passed over: (.+)", r"跳过了 \1 条：\2"),
    (r"the total changed midway from (\d+) to (\d+)", r"走列表时总数由 \1 变为 \2"),
    (r"(\d+) older entries were pushed off its end", r"末尾有 \1 条较早的被挤出列表"),
    (r"the pages changed midway from (\d+) to (\d+)", r"走列表时页数由 \1 变为 \2"),
    (r"failed: the list shrank from (\d+) to (\d+) rows", r"列表由 \1 条骤减为 \2 条，暂不采信"),
    (r"failed: the site offers a page that was already walked", "网站给出的下一页已经走过"),
    (r"failed: the channel's page has status (\d+)", r"栏目页状态为 \1"),
    (r"failed: more than (\d+) pages", r"超过 \1 页"),
    (r"failed: interrupted|interrupted", "中断"),
    (r"failed: status (\d+)|status (\d+)", r"状态 \1\2"),
    (r"an answer without <datastore>", "返回的不是列表"),
)
"""Recorded words, and how each is said; what is not here is told as recorded."""


def stop_in_chinese(reason: str) -> str:
    """A stop reason with all its parts in Chinese.

    >>> stop_in_chinese("the site offers no further page; 30 rows were passed over: status 500")
    '网站没有下一页了；跳过了 30 条：状态 500'
    """
    return "；".join(_part(part) for part in reason.split("; "))


def _part(part: str) -> str:
    for recorded, said in _SAID:
        if found := re.fullmatch(recorded, part):
            whole = found.expand(said)
            inner = found[found.lastindex] if found.lastindex else None
            return whole.replace(inner, _part(inner)) if inner and not inner.isdigit() else whole
    return part
