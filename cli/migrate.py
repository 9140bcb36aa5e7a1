"""`cunzheng migrate`: bring an archive to this program's version of the schema."""

from typing import Annotated

import typer

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import print_json
from cli.words import Say


def migrate(
    create: Annotated[bool, typer.Option("--create", help="option.create")] = False,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    url = address(archive, say)
    with errors_told(say):
        if create and _made(url):
            _told_made(say, as_json=as_json)
            return
        before, after = _migrated(url)
    if as_json:
        print_json({"before": before, "after": after})
    elif before == after:
        typer.echo(say("migrate.already", version=after))
    else:
        typer.echo(say("migrate.done", before=before, after=after))


def _made(url: str) -> bool:
    """Whether there was no archive, and an empty one stands there now. A database that another
    program filled is left as it is."""
    from storage import migrations
    from storage.archive import Archive
    from storage.engine import in_our_words, opened
    from storage.errors import NoArchive

    try:
        with in_our_words(url), opened(url, read_only=True) as reader, reader.connect() as asked:
            if migrations.version_of(asked) is not None:
                return False
    except NoArchive:
        pass  # no file yet
    Archive.open(url).close()
    return True


def _told_made(say: Say, *, as_json: bool) -> None:
    from storage import migrations

    if as_json:
        print_json({"before": None, "after": migrations.HEAD})
    else:
        typer.echo(say("migrate.made", version=migrations.HEAD))


def _migrated(url: str) -> tuple[str, str]:
    """The archive's version before and after. Raises NoArchive rather than make one, and writes
    to no database that is not an archive."""
    from storage import crashing, migrations
    from storage.engine import in_our_words, opened
    from storage.errors import NoArchive

    with in_our_words(url):
        with opened(url, read_only=True) as reader, reader.connect() as connection:
            before = migrations.version_of(connection)
        if before is None:
            raise NoArchive("the database holds no archive yet; crawl a site first (make crawl)")
        if before < migrations.HEAD:
            with opened(url) as writer, writer.begin() as connection:
                migrations.upgrade(connection)
            crashing.at("migrate.committed")
        with opened(url, read_only=True) as reader, reader.connect() as connection:
            migrations.check(connection)
    _weigh_edits(url)
    return before, migrations.HEAD


def _weigh_edits(url: str) -> None:
    """Edits of before the step that brought them, also where a migration ended before it came to
    them."""
    from storage.archive import Archive
    from storage.engine import opened
    from storage.writers.edits import unweighed_articles

    with opened(url, read_only=True) as reader, reader.connect() as connection:
        if connection.scalar(unweighed_articles(0, 1)) is None:
            return
    archive = Archive.open(url)
    try:
        for _ in archive.weigh_edits():
            pass
    finally:
        archive.close()
