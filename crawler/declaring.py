"""Declaring a site: its table at the end of sites.toml; nothing else of the file is touched."""

import ipaddress
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from crawler.hanweb import host_of
from crawler.site import Site, load_sites

_ENDINGS = re.compile(
    r"(?:\.(?:gov|com|org|edu|net|ac|mil))?\.[a-z]{2}$|\.(?:gov|com|org|edu|net)$"
)
_LONGEST_TITLE = 80
_SPIDERS = frozenset({"hanweb", "snapshot"})
"""Names that `scrapy crawl` knows already; a site of that name would stand in front of them."""


class AlreadyDeclared(Exception):
    """The file declares the site, or another one by its name. The message says which."""


def is_address(url: str) -> bool:
    """Whether a site could be there: http, a host, and a port that can be."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def name_of(host: str) -> str:
    """The name by which a site is declared: its host from the general to the particular.

    >>> [name_of(h) for h in ("fzggw.jiangsu.gov.cn", "www.nhsa.gov.cn", "127.0.0.1:8807")]
    ['jiangsu_fzggw', 'nhsa', 'site_127_0_0_1_8807']
    """
    parts = urlsplit(f"//{host}")
    name = (parts.hostname or "").removeprefix("www.")
    labels = [name] if _is_number(name) else (_ENDINGS.sub("", name) or name).split(".")[::-1]
    words = [*labels, str(parts.port or "")]
    joined = re.sub(r"[^a-z0-9]+", "_", "_".join(words)).strip("_")
    return joined if joined[:1].isalpha() and joined not in _SPIDERS else f"site_{joined}"


def declared_at(sites: Iterable[Site], host: str) -> Site | None:
    """The site that is declared for this host."""
    return next((site for site in sites if host_of(site.url) == host), None)


def refuse_declared(file: str, sites: Sequence[Site], host: str) -> None:
    """Raises AlreadyDeclared where one of the `sites` of `file` has this host or its name."""
    if (site := declared_at(sites, host)) is not None:
        raise AlreadyDeclared(f"{file}: {host} is declared already, as [{site.name}]")
    name = name_of(host)
    if (other := next((site for site in sites if site.name == name), None)) is not None:
        raise AlreadyDeclared(
            f"{file}: [{name}] is declared already, for {other.url}; "
            f"write a table for {host} under another name by hand"
        )


def declare(path: Path, url: str, title: str | None) -> Site:
    """Append the site at `url` to the file, which need not exist yet; the site as declared.

    Raises AlreadyDeclared, SitesFileError where the file cannot be read as it stands, and
    OSError where it cannot be written.
    """
    host = host_of(url)
    refuse_declared(path.name, load_sites(path), host)
    site = Site(name=name_of(host), title=_one_line(title or "") or host, url=url)
    old = path.read_bytes() if path.exists() else b""
    gap = "" if not old else "\n" if old.endswith(b"\n") else "\n\n"
    with path.open("a", encoding="utf-8", newline="\r\n" if b"\r\n" in old else "\n") as file:
        file.write(gap + _table(site))
    return site


def _table(site: Site) -> str:
    # A JSON string of printable characters is a TOML string as well.
    title, url = (json.dumps(text, ensure_ascii=False) for text in (site.title, site.url))
    return f"[{site.name}]\ntitle = {title}\nurl = {url}\n"


def _one_line(text: str) -> str:
    """What a page calls itself, without what could not stand in the file or harm a terminal."""
    line = " ".join(text.split())
    return "".join(char for char in line if char.isprintable())[:_LONGEST_TITLE].strip()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
