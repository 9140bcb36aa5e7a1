"""Two versions of an article side by side, or in one column."""

import re

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked, Elsewhere
from reading_room.folding import folds
from reading_room.params import BadQuestion
from reading_room.serving import page
from reading_room.then import history_then, seen_by_then
from storage.comparing.spans import By
from storage.consult.articles import ArticleHeld

VIEWS = ("side", "column")
FORMS = ("shown", "hidden")
"""Whether differences of form alone (width, white space, numbers of clauses) are marked."""
_PAIR = re.compile(r"(\d{1,9})\.\.(\d{1,9})", re.ASCII)


def compare(asked: Asked) -> Answer:
    article = asked.article()
    before, after = _pair(asked.parts["pair"])
    by = By(asked.params.chosen("by", By) or By.WORD)
    compared = asked.archive.compare(article, before, after, by)
    for version in (compared.before, compared.after):
        seen_by_then(version, asked.as_of)
    view = asked.params.chosen("view", VIEWS) or VIEWS[0]
    form = asked.params.chosen("form", FORMS) or FORMS[0]
    return Answer(
        "compare.html",
        {
            "article": article,
            "versions": _known(asked, article),
            "compared": compared,
            "fields": [
                (field, folds(field.paragraphs))
                for field in compared.fields
                if form == "shown" or not field.form_only
            ],
            "form": form,
            "view": view,
            "by": by.value,
        },
        {
            "article": compared.article,
            "before": compared.before,
            "after": compared.after,
            "fields": compared.fields,
        },
    )


def choose(asked: Asked) -> Elsewhere:
    """The comparison that a form asks for; the last two versions where it names none."""
    article = asked.article()
    most = _known(asked, article)
    before = asked.params.number("from", max(most - 1, 1), most=most)
    after = asked.params.number("to", most, most=most)
    kept = {
        "view": asked.params.chosen("view", VIEWS),
        "by": asked.params.chosen("by", By),
        "form": asked.params.chosen("form", FORMS),
    }
    twin = ".json" if asked.here.machine else ""
    return Elsewhere(
        asked.here.to("articles", article.id, "diff", f"{before}..{after}{twin}", **kept)
    )


def _known(asked: Asked, article: ArticleHeld) -> int:
    """How many versions there are to choose from, by the instant that is asked about; at least
    one, so that a form has a choice."""
    if asked.as_of is None:
        return max(article.versions, 1)
    return max(len(history_then(asked.archive.history(article), asked.as_of).versions), 1)


def _pair(text: str) -> tuple[int, int]:
    found = _PAIR.fullmatch(text)
    if found is None:
        raise BadQuestion("bad.pair", value=text[:40])
    return int(found[1]), int(found[2])


ROUTES: list[BaseRoute] = [
    *page("/articles/{id:number}/diff", choose),
    *page("/articles/{id:number}/diff/{pair}", compare),
]
