"""Every word that the command says, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from cli.words_cluster import CLUSTER
from cli.words_doctor import DOCTOR
from cli.words_doubts import DOUBTS
from cli.words_due import DUE
from cli.words_edits import EDITS
from cli.words_fixity import FIXITY
from cli.words_fleet import FLEET
from cli.words_help import HELP
from cli.words_holding import HOLDING
from cli.words_names import NAMES
from cli.words_notify import NOTIFY
from cli.words_report import REPORT
from cli.words_schedule import SCHEDULE
from cli.words_sentences import SENTENCES
from reading_room.language import Language
from reading_room.language import Say as Spoken

__all__ = ["WORDS", "Language", "Say", "language_of"]


class Say(Spoken):
    """The catalogue in one language. `say("events.none")` is its sentence.

    >>> Say(Language.EN)("search.total", n=3)
    '3 found'
    """

    def __init__(self, language: Language) -> None:
        super().__init__(language, WORDS)


def language_of(environment: Mapping[str, str]) -> Language:
    """Chinese where CUNZHENG_LANG or the locale is, else English.

    >>> language_of({"CUNZHENG_LANG": "zh", "LANG": "C"})
    <Language.ZH: 'zh'>
    >>> language_of({"LC_ALL": "", "LANG": "zh_CN.UTF-8"})
    <Language.ZH: 'zh'>
    """
    locale = (
        environment.get("CUNZHENG_LANG")
        or environment.get("LC_ALL")
        or environment.get("LANG")
        or ""
    )
    return Language.ZH if locale.lower().startswith("zh") else Language.EN


WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    CLUSTER
    | DOCTOR
    | HELP
    | NAMES
    | SENTENCES
    | DOUBTS
    | DUE
    | EDITS
    | FIXITY
    | HOLDING
    | FLEET
    | NOTIFY
    | REPORT
    | SCHEDULE
)
