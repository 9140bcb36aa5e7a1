"""A declared site: a few lines of data in sites.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_KNOWN = frozenset({"title", "url", "channels", "delay", "articles_at_least"})


class SitesFileError(Exception):
    """sites.toml says something that cannot be. The message names the site and the line's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is declared of a site: only what cannot be found out.

    `channels` limits the crawl to these ids, `delay` is seconds between requests where the site
    asks for more than our own manners, `articles_at_least` is an expectation: a crawl after which
    fewer are held is incomplete.
    """

    name: str
    title: str
    url: str
    channels: tuple[str, ...] = ()
    delay: float | None = None
    articles_at_least: int = 0


def load_sites(path: Path) -> tuple[Site, ...]:
    """The declared sites, in order. Raises SitesFileError; a missing file declares none."""
    if not path.exists():
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SitesFileError(f"{path.name}: {error}") from error
    return tuple(_site(path.name, name, table) for name, table in tables.items())


def _site(file: str, name: str, table: Any) -> Site:
    if not isinstance(table, dict) or not isinstance(table.get("url"), str):
        raise SitesFileError(f'{file}: [{name}] needs url = "http://…"')
    if unknown := sorted(set(table) - _KNOWN):
        raise SitesFileError(
            f"{file}: [{name}] has {', '.join(unknown)}; known are {', '.join(sorted(_KNOWN))}"
        )
    return Site(
        name=name,
        title=str(table.get("title", name)),
        url=table["url"],
        channels=tuple(str(channel) for channel in table.get("channels", ())),
        delay=table.get("delay"),
        articles_at_least=int(table.get("articles_at_least", 0)),
    )
