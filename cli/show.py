"""`cunzheng show`: what an article says, or said."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, moment, opened
from cli.doubts import doubt_name
from cli.options import ArchiveUrl, ArticleName, AsOf, Json, Lang
from cli.output import at, clean, print_json
from cli.words import Language, Say

if TYPE_CHECKING:
    from storage.consult.versions import Shown, Version


def show(
    article: ArticleName,
    version: Annotated[
        int | None, typer.Option("--version", metavar="N", min=1, help="option.version")
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        if version is not None and as_of is not None:
            raise typer.BadParameter(desk.say("error.version_or_date"))
        instant = moment(as_of, desk.say, last=True)
        held = desk.find(article)
        if instant is not None:
            shown = desk.archive.show_as_of(held, instant)
        else:
            shown = desk.archive.show(held, number=version)
        if as_json:
            print_json(shown)
        else:
            _print_shown(desk, shown)


def _print_shown(desk: Desk, shown: "Shown") -> None:
    say, version = desk.say, shown.version
    title = version.content.title if version else shown.article.title
    desk.screen.print(Text(clean(title or shown.article.url), "bold"))
    for label, value in _lines(say, shown):
        desk.screen.print(_line(label, value, say), soft_wrap=True)
    for sentence in _sentences(say, shown):
        desk.screen.print(Text(sentence, "yellow"), soft_wrap=True)
    if version:
        desk.screen.print()
        desk.screen.print(Text(clean(version.content.body)), soft_wrap=True)


def _lines(say: Say, shown: "Shown") -> Iterator[tuple[str, str]]:
    article, version = shown.article, shown.version
    yield say("label.url"), article.url
    yield say("label.article"), f"{article.id}  ({article.host}/{article.cms_id})"
    yield say("label.state"), say(f"state.{shown.state}")
    if article.channels:
        yield say("label.channels"), ", ".join(article.channels)
    if version:
        yield say("label.version"), say("show.version", n=version.number, of=article.versions)
        first, last = at(version.first_captured_at), at(version.last_captured_at)
        yield say("label.seen"), say("show.span", first=first, last=last)
        yield from _stated(say, version)


def _stated(say: Say, version: "Version") -> Iterator[tuple[str, str]]:
    """What the article states besides its title and text."""
    content = version.content
    for name in ("subtitle", "published", "source", "author", "doc_number"):
        if value := getattr(content, name):
            yield say(f"field.{name}"), value
    yield from content.info.items()
    for attachment in content.attachments:
        yield say("field.attachments"), f"{attachment.name}  {attachment.url}"
    for url in content.images:
        yield say("field.images"), url
    for url in content.videos:
        yield say("field.videos"), url
    for note in content.notes:
        yield say("field.notes"), note
    for link in content.links:
        yield say("field.links"), f"{link.text}  {link.url}"
    if version.doubts:
        names = (doubt_name(word, say) for word in version.doubts)
        yield say("label.doubts"), "; ".join(names)
    yield say("label.digest"), version.digest


def _sentences(say: Say, shown: "Shown") -> Iterator[str]:
    if shown.as_of is None:
        if shown.version is None:
            yield say("show.unread")
        elif shown.current and shown.article.absent_since:
            yield say("show.vanished_now", since=at(shown.article.absent_since))
        return
    seen, following = shown.observed_at, shown.next_observed_at
    after = at(following) if following else say("never")
    if seen is None:
        yield say("show.unknown", at=at(shown.as_of), next=after)
        return
    yield say("show.looks", at=at(shown.as_of), before=at(seen), after=after)
    if shown.state in ("missing", "gone"):
        yield say("show.vanished")


def _line(label: str, value: str, say: Say) -> Text:
    colon = "：" if say.language is Language.ZH else ": "
    return Text(_capital(clean(label)) + colon, "cyan").append(
        clean(value).replace("\n", " "), "default"
    )


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
