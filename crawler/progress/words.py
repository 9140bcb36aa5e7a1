"""What is said of progress, in Chinese and English. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "channel": ("栏目", "channel"),
        "listings": ("列表页", "listings"),
        "articles": ("文章", "articles"),
        "new": ("新", "new"),
        "changed": ("改", "changed"),
        "failed": ("失败", "failed"),
        "state": ("状态", "state"),
        "unlisted": ("不在列表中", "not in a list"),
        "waits": ("待走", "waiting"),
        "walks": ("走列表", "walking"),
        "fetches": ("取文章", "fetching"),
        "done": ("完成", "done"),
        "more_channels": ("另有 {n} 个栏目", "{n} more channels"),
        "line": (
            "栏目 {walked}/{to_walk} · 列表页 {listings} · 文章 {ended}/{articles} "
            "· 新 {new} · 改 {changed} · 失败 {failed}",
            "channels {walked}/{to_walk} · listings {listings} · articles {ended}/{articles} "
            "· new {new} · changed {changed} · failed {failed}",
        ),
        "time": (
            "已用 {elapsed}，其中为礼貌而等 {waited}{now}；{left}",
            "{elapsed} so far, of which waiting for politeness {waited}{now}; {left}",
        ),
        "waits_now": ("（再等 {n}）", " ({n} more)"),
        "left": ("还需约 {n}", "about {n} left"),
        "left_at_least": ("还需至少约 {n}", "at least {n} left"),
        "left_unknown": ("还需多久尚不知", "time left not known yet"),
    }
)


class Words:
    """The words in one language.

    >>> Words("zh_CN.UTF-8")("left", n="3:00"), Words("C")("left", n="3:00")
    ('还需约 3:00', 'about 3:00 left')
    """

    def __init__(self, locale: str) -> None:
        self._which = 0 if locale.lower().startswith("zh") else 1

    def __call__(self, word: str, **values: object) -> str:
        return _WORDS[word][self._which].format(**values)


def span(seconds: float) -> str:
    """A span of time.

    >>> [span(s) for s in (4.4, 75, 3700)]
    ['0:04', '1:15', '1:01:40']
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
