"""`cunzheng doubts`: what the readers were not sure of."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Desk, opened
from cli.options import ArchiveUrl, Json, Lang, Limit, Site
from cli.output import cell, clean, print_json, table
from cli.words import Language, Say

if TYPE_CHECKING:
    from storage.consult.doubts import Doubted, DoubtsHeld


def doubts(
    doubt: Annotated[
        str | None, typer.Option("--doubt", metavar="WORD", help="option.doubt")
    ] = None,
    site: Site = None,
    limit: Limit = 20,
    after: Annotated[
        int, typer.Option("--after", metavar="ID", min=0, help="option.after_article")
    ] = 0,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.consult.doubts import DoubtQuery

        held = desk.archive.doubts(DoubtQuery(site, doubt, limit, after))
        if as_json:
            print_json(held)
            return
        for sentence in _summary(desk.say, held):
            desk.screen.print(sentence, soft_wrap=True)
        _print_articles(desk, held.articles, limit)


def doubt_name(word: str, say: Say) -> str:
    """What a doubt is called; its own word where no other is known."""
    if say.knows(f"doubt.{word}"):
        return say(f"doubt.{word}")
    return reason_name(word, say)


def reason_name(reason: str, say: Say) -> str:
    """Why a file cannot be read, which is kept in English, in the language at hand."""
    from crawler.documents import Reason

    known = say.language is Language.ZH and reason in set(Reason)
    return Reason(reason).zh if known else clean(reason)


def _summary(say: Say, held: "DoubtsHeld") -> Iterator[str]:
    yield say("doubts.read", read=held.read, doubted=held.doubted)
    if held.read:
        share = f"{100 * held.walked / held.read:.1f}"
        yield say("doubts.walked", walked=held.walked, share=share)
        yield from _counts(say, held.reasons)
    if held.doubts:
        yield say("doubts.kinds")
        yield from _counts(say, held.doubts)
    if held.files:
        unread = sum(held.unreadable.values())
        yield say("doubts.files", files=held.files, scanned=held.scanned, unreadable=unread)
        yield from _counts(say, held.unreadable)


def _counts(say: Say, counts: Mapping[str, int]) -> Iterator[str]:
    for word, count in counts.items():
        yield f"  {count:>6}  {doubt_name(word, say)}"


def _print_articles(desk: Desk, found: tuple["Doubted", ...], limit: int) -> None:
    if not found:
        desk.screen.print(desk.say("doubts.none"))
        return
    shown = table(desk.say, "head.id", "head.article", "head.doubts")
    for article in found:
        words = ", ".join(doubt_name(word, desk.say) for word in article.doubts)
        shown.add_row(cell(article.article_id), cell(article.title or article.url), cell(words))
    desk.screen.print(shown)
    if len(found) == limit:
        desk.screen.print(desk.say("page.more", option=f"--after {found[-1].article_id}"))
