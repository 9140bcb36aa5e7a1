"""Every word that the command says, in both languages."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from cli.words_doubts import DOUBTS
from cli.words_due import DUE
from cli.words_fixity import FIXITY
from cli.words_help import HELP
from cli.words_names import NAMES
from cli.words_sentences import SENTENCES


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


class Say:
    """The catalogue in one language. `say("events.none")` is its sentence.

    >>> Say(Language.EN)("search.total", n=3)
    '3 found'
    """

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key`, with its values put in. Raises KeyError for a key that is none."""
        zh, en = WORDS[key]
        return (zh if self.language is Language.ZH else en).format(**values)

    def knows(self, key: str) -> bool:
        """Whether there are words of that key."""
        return key in WORDS


def language_of(environment: Mapping[str, str]) -> Language:
    """Chinese where the locale is, else English.

    >>> language_of({"LC_ALL": "", "LANG": "zh_CN.UTF-8"})
    <Language.ZH: 'zh'>
    """
    locale = environment.get("LC_ALL") or environment.get("LANG") or ""
    return Language.ZH if locale.lower().startswith("zh") else Language.EN


WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    HELP | NAMES | SENTENCES | DOUBTS | DUE | FIXITY
)
