"""The search index: texts as character bigrams, so that Chinese words of any length are found.

One function makes the tokens for both databases. On SQLite they fill a contentless FTS5 table
with `detail=none` (a phrase of several bigrams is checked again on the text itself), measured at
a fifth of a trigram index's size; trigrams, besides, find no word of two characters. A title's
tokens stand once more under a mark of their own, so that hits in titles can rank higher.
"""

import re
import unicodedata

TITLE_MARK = "\ue000"
"""Before a title's token: a private-use character, which no token of a text can begin with."""

_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def folded(text: str) -> str:
    """The form in which text is searched: NFKC (full-width to half-width), lower case."""
    return unicodedata.normalize("NFKC", text).lower()


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


def index_text(title: str, body: str) -> str:
    """What is indexed for one content: its distinct tokens, the title's marked ones among them."""
    in_title = tokens(title)
    marked = [TITLE_MARK + token for token in in_title]
    return " ".join(dict.fromkeys(marked + in_title + tokens(body)))


def match_expression(words: list[str], *, in_title: bool = False) -> str | None:
    """The FTS5 expression for texts that may hold all the words; None where nothing is searchable.

    Each token is quoted, so that nothing a user types is read as query syntax.
    """
    mark = TITLE_MARK if in_title else ""
    terms: list[str] = []
    for word in words:
        for run in _RUN.findall(folded(word)):
            terms.extend(_terms(run, mark))
    return " AND ".join(dict.fromkeys(terms)) or None


def holds(text: str, words: list[str]) -> bool:
    """Whether a text really holds every word: the check that bigrams alone cannot give."""
    form = folded(text)
    return all(folded(word) in form for word in words)


def _terms(run: str, mark: str) -> list[str]:
    if run.isascii() or len(run) == 1:
        return [f'"{mark}{run}"*']
    return [f'"{mark}{run[i : i + 2]}"' for i in range(len(run) - 1)]
