"""The language of the reader, and words said in it. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"

    @property
    def tag(self) -> str:
        """As HTML and HTTP name it."""
        return "zh-CN" if self is Language.ZH else "en"

    @property
    def other(self) -> "Language":
        return Language.EN if self is Language.ZH else Language.ZH


class Say:
    """A catalogue of words in one language: to each key its Chinese and its English.

    >>> Say(Language.EN, {"found": ("共 {n} 篇", "{n} found")})("found", n=3)
    '3 found'
    """

    def __init__(self, language: Language, words: Mapping[str, tuple[str, str]]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key`, with its values put in. Raises KeyError for a key that is none."""
        zh, en = self._words[key]
        return (zh if self.language is Language.ZH else en).format(**values)

    def knows(self, key: str) -> bool:
        """Whether there are words of that key."""
        return key in self._words

    def name(self, family: str, value: str) -> str:
        """What a value of the archive is called (`event.edited`); the value itself where the
        catalogue does not know it."""
        key = f"{family}.{value}"
        return self(key) if self.knows(key) else value

    def listed(self, values: object) -> str:
        """Several things in a row, with the comma of the language."""
        several = values if isinstance(values, list | tuple) else [values]
        return ("、" if self.language is Language.ZH else ", ").join(str(each) for each in several)


def preferred(asked: str | None, remembered: str | None, accepted: str) -> Language:
    """The language asked for, else the one chosen before, else the browser's; Chinese at last.

    >>> preferred(None, None, "fr;q=0.9, en-GB;q=0.8, zh;q=0.7")
    <Language.EN: 'en'>
    >>> preferred(None, "zh", "en")
    <Language.ZH: 'zh'>
    """
    for name in (asked, remembered):
        if name in tuple(Language):
            return Language(name)
    return next(iter(_spoken(accepted)), Language.ZH)


def _spoken(accepted: str) -> list[Language]:
    """The languages of an Accept-Language header that we speak, best first."""
    ranked: list[tuple[float, Language]] = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";q=")
        name = tag.strip().lower().split("-")[0]
        if name in tuple(Language):
            ranked.append((_weight(weight), Language(name)))
    return [language for weight, language in sorted(ranked, key=lambda r: -r[0]) if weight > 0]


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
