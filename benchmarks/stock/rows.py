"""The rows that the recorder writes for one version of an article, made without asking a database:
all of a night's come from the plan alone, so that processes can make them side by side. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from benchmarks.stock.plan import READER, Stock, Told, numbers, told
from storage.article import Article, changed_fields
from storage.comparing.changed_words import as_runs, changed_tokens
from storage.comparing.diff import diff
from storage.comparing.passages import passages
from storage.comparing.silence import is_silent
from storage.comparing.substance import RULE, substance
from storage.payloads import compress, payload_digest
from storage.search_index import TITLE_MARK, tokens
from storage.values import Placed

CHUNK = 400
"""Articles that are made together."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A version's rows, as far as they hang on the plan alone."""

    told: Told
    payload: Row
    content: Row
    tokens: list[str]
    fields: tuple[str, ...]
    edit: Row | None
    edit_tokens: list[str]


def chunk_of(stock: Stock, site: int, night: int, at: int) -> list[Made]:
    """The versions that a night shows at a site, `CHUNK` articles from the `at`-th on."""
    some = told(stock, numbers(stock, site)[at : at + CHUNK])
    return [_made(each, night) for each in some if night < len(each.texts)]


def placed(told_: Told) -> Placed:
    """The article as its list has it."""
    return Placed(told_.key, told_.url, told_.texts[0].title, told_.listed_on)


def payload_of(told_: Told, night: int) -> bytes:
    """The bytes that are captured: a short page, since no question reads them."""
    return f"<title>{told_.texts[night].title}</title>{told_.key.cms_id}.{night}".encode()


def _made(told_: Told, night: int) -> Made:
    article = told_.texts[night]
    payload = payload_of(told_, night)
    digest = payload_digest(payload)
    before = told_.texts[night - 1] if night else None
    edit, edit_tokens = _edit(before, article) if before else (None, [])
    fields = changed_fields(before.field_digests, article.field_digests) if before else ()
    return Made(
        told_,
        {"digest": digest, "size": len(payload), "data": compress(payload), "base_digest": None},
        _content(article),
        _tokens(article),
        fields,
        edit,
        edit_tokens,
    )


def _content(article: Article) -> Row:
    return {
        "digest": article.digest,
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "author": None,
        "doc_number": article.doc_number,
        "body": article.body,
        "fields": {},
        "images": [],
        "subtitle": None,
        "videos": [],
        "notes": [],
        "links": [],
        "field_digests": dict(article.field_digests),
        "origins": {},
        "doubts": [],
        "reader": READER,
    }


def _tokens(article: Article) -> list[str]:
    """As `index_tokens`, from paragraphs: most stand in the version before, too."""
    in_title = tokens(article.title)
    found = dict.fromkeys(TITLE_MARK + token for token in in_title)
    found |= dict.fromkeys(in_title)
    for paragraph in article.body.split("\n"):
        found |= _of_paragraph(paragraph)
    return list(found)


@lru_cache(maxsize=64)
def _of_paragraph(paragraph: str) -> dict[str, None]:
    return dict.fromkeys(tokens(paragraph))


def _edit(before: Article, after: Article) -> tuple[Row, list[str]]:
    fields = diff(*_around(before, after))
    found = substance(passages(fields))
    changed = changed_tokens(fields)
    row = {
        "silent": is_silent(before, after),
        "weight": found.weight,
        "kinds": [kind.value for kind in found.kinds],
        "tokens": as_runs(changed),
        "rule": RULE,
    }
    return row, list(changed)


def _around(before: Article, after: Article) -> tuple[Article, Article]:
    """Both texts without the paragraphs that stand alike in both, but for one at either side."""
    old, new = before.body.split("\n"), after.body.split("\n")
    alike = min(len(old), len(new))
    head = max(0, _common(old, new, alike) - 1)
    tail = max(0, _common(old[::-1], new[::-1], alike - head - 1) - 1)
    cut = ("\n".join(body[head : len(body) - tail]) for body in (old, new))
    return replace(before, body=next(cut)), replace(after, body=next(cut))


def _common(old: list[str], new: list[str], most: int) -> int:
    pairs = enumerate(zip(old[:most], new[:most], strict=True))
    return next((at for at, (a, b) in pairs if a != b), max(most, 0))


def chunks(stock: Stock, site: int, night: int) -> Iterator[tuple[Stock, int, int, int]]:
    """What `chunk_of` is asked for, one after the other."""
    for at in range(0, len(numbers(stock, site)), CHUNK):
        yield stock, site, night, at
