"""Opening the archive for a command, and the one place where its errors become exit codes."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from cli.output import clean, console
from cli.words import WORDS, Language, Say, language_of

if TYPE_CHECKING:
    from storage import ArchiveError, Consultation
    from storage.consult.articles import ArticleHeld

EXIT_CODES = {
    "UnknownArticle": 2,
    "ExtraMissing": 4,
    "NoCopy": 2,
    "UnknownCrawl": 2,
    "NotHeld": 2,
    "DiskFull": 3,
    "NoArchive": 4,
    "ArchiveVersion": 4,
    "ArchiveUnusable": 4,
    "ArchiveLocked": 5,
}
"""By the class of an ArchiveError; 1 for any other. Usage errors are 2 as well."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with: the archive to ask, the language, the terminal."""

    archive: "Consultation"
    say: Say
    screen: Console

    def find(self, name: str) -> "ArticleHeld":
        """The article that a person means. Raises UnknownArticle."""
        from crawler.hanweb import article_address, host_of
        from storage.errors import UnknownArticle

        try:
            return self.archive.find(name)
        except UnknownArticle:
            # The same article under a channel in which it was never seen: its id says which.
            address = article_address(name)
            if address is None:
                raise
            host = host_of(name) if "//" in name else name.partition("/")[0]
            return self.archive.find(f"{host}/{address.cms_id}")


@contextmanager
def opened(archive: str | None, lang: Language | None) -> Iterator[Desk]:
    """The archive, open for reading while a command runs."""
    say = speaking(lang)
    url = address(archive, say)
    with errors_told(say):
        from storage import Consultation  # here: `--help` must not wait for SQLAlchemy

        consultation = Consultation.open(url)
        try:
            yield Desk(consultation, say, console())
        finally:
            consultation.close()


@contextmanager
def errors_told(say: Say) -> Iterator[None]:
    """An ArchiveError becomes one line on stderr and an exit code."""
    from storage.errors import ArchiveError

    try:
        yield
    except ArchiveError as error:
        typer.echo(_line(error, say), err=True)
        raise typer.Exit(EXIT_CODES.get(type(error).__name__, 1)) from error


def speaking(lang: Language | None) -> Say:
    """The language asked for, else the system's."""
    return Say(lang or language_of(os.environ))


def address(archive: str | None, say: Say) -> str:
    """The archive's address: the one given, else the settings' own."""
    if archive is not None:
        return archive
    try:
        return str(importlib.import_module("settings").ARCHIVE_URL)
    except ModuleNotFoundError as error:
        typer.echo(say("error.settings"), err=True)
        raise typer.Exit(4) from error


def settings_named() -> dict[str, Any]:
    """The settings by their names; none outside a checkout."""
    try:
        return vars(importlib.import_module("settings"))
    except ModuleNotFoundError:
        return {}


def moment(text: str | None, say: Say, *, last: bool) -> datetime | None:
    """A date as typed, its first or last moment. Raises typer.BadParameter."""
    from storage.consult.moments import first_moment, last_moment

    if text is None:
        return None
    try:
        return last_moment(text) if last else first_moment(text)
    except ValueError as error:
        raise typer.BadParameter(say("error.date", text=clean(text))) from error


def _line(error: "ArchiveError", say: Say) -> str:
    key = f"error.{type(error).__name__}"
    said = say(key if key in WORDS else "error.ArchiveError")
    return f"cunzheng: {said} ({clean(str(error))})".replace("\n", " ")
