"""The search index: texts as character bigrams, so that Chinese words of any length are found.

One function makes the tokens for both databases (`storage.fulltext`). On SQLite they fill a
contentless FTS5 table with `detail=none`, measured at a fifth of a trigram index's size; trigrams,
besides, find no word of two characters. A phrase of several bigrams is checked again on the text
itself. A title's tokens stand once more under a mark of their own, so that hits in titles can rank
higher.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

TITLE_MARK = "\ue000"
"""Before a title's token: a private-use character, which no token of a text can begin with."""

_NO_WIDTH = {0x200B: None, 0xFEFF: None}
_PLAIN = re.compile("[\u4e00-\u9fff]+")
"""Words of the common Chinese characters, which folding leaves as they are."""
_FOLDS_TO_PLAIN = re.compile(
    "[\u200b\ufeff\u2e80-\u2fdf\u3038-\u303a\u3190-\u319f\u3200-\u33ff\uf900-\ufaff"
    "\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f]"
)
"""What folding turns into common Chinese characters, or into nothing."""
_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def folded(text: str) -> str:
    """The form in which text is searched: NFKC (full-width to half-width), lower case, without
    the spaces of no width, which nobody sees and nobody types.

    >>> folded("ＧＤＰ\\u200b增　长")
    'gdp增 长'
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_NO_WIDTH)


def tokens(text: str) -> list[str]:
    """The tokens of a text: each run of Latin letters or digits whole, other runs as bigrams.

    The last character of a run stands alone as well: so every character begins some token, and a
    search for one character is a search for a prefix.

    >>> tokens("经济GDP增3%")
    ['经济', '济', 'gdp', '增', '3']
    """
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        if run.isascii():
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run)))
    return found


def index_tokens(title: str, body: str) -> list[str]:
    """What is indexed for one content: its distinct tokens, the title's marked ones among them."""
    in_title = tokens(title)
    marked = [TITLE_MARK + token for token in in_title]
    return list(dict.fromkeys(marked + in_title + tokens(body)))


@dataclass(frozen=True, slots=True)
class Term:
    """A token to look for; `prefix` where any token that begins so will do."""

    token: str
    prefix: bool


def terms(words: Iterable[str], *, in_title: bool = False) -> tuple[Term, ...]:
    """What a text that may hold all the words must have in the index, each once; empty where
    nothing of the words is searchable.

    >>> terms(["绿化率", "GDP"])
    (Term(token='绿化', prefix=False), Term(token='化率', prefix=False), \
Term(token='gdp', prefix=True))
    """
    mark = TITLE_MARK if in_title else ""
    runs = (run for word in words for run in _RUN.findall(folded(word)))
    return tuple(dict.fromkeys(term for run in runs for term in _terms(run, mark)))


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text really holds every word: the check that bigrams alone cannot give."""
    asked = list(words)
    if all(_PLAIN.fullmatch(word) for word in asked):
        # Folding takes ten times as long as looking; it makes no such character of any other one
        # but of these.
        if all(word in text for word in asked):
            return True
        if not _FOLDS_TO_PLAIN.search(text):
            return False
    form = folded(text)
    return all(folded(word) in form for word in asked)


def indexed(text: str, words: Iterable[str]) -> bool:
    """Whether a text that `holds` the words is found by them: Latin letters and digits are found
    by the beginning of their run alone.

    >>> indexed("全市GDP增长", ["gd"]), indexed("全市GDP增长", ["dp"])
    (True, False)
    """
    latin = [term.token for term in terms(words) if term.token.isascii()]
    runs = [run for run in _RUN.findall(folded(text)) if run.isascii()] if latin else []
    return all(any(run.startswith(each) for run in runs) for each in latin)


def _terms(run: str, mark: str) -> list[Term]:
    if run.isascii() or len(run) == 1:
        return [Term(mark + run, prefix=True)]
    return [Term(mark + run[i : i + 2], prefix=False) for i in range(len(run) - 1)]
