"""Bodies that stand elsewhere: in a frame, or in a file that a script writes into the page."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.hanweb import counts_visits
from crawler.reading.attachments import is_file
from crawler.reading.links import absolute
from crawler.reading.players import is_video

_LOADED = re.compile(
    r"(?:\.load\(|\$\.get\(|\$\.ajax\(\s{0,9}\{\s{0,9}url\s?:|fetch\(|getScript\()\s{0,9}"
    r"[\"']([^\"'\s<>]{1,300}\.(?:html?|js|txt|shtml)(?:\?[^\"'\s<>]{0,200})?)[\"']"
)
_STRING = r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
_WRITTEN = re.compile(
    rf"(?:document\.write(?:ln)?\s?\(|\.html\s?\(|\.innerHTML\s?=|\b(?:content|html|str)\w?\s?\+?="
    rf"|\.append\s?\()\s{{0,9}}(?P<text>(?:{_STRING})(?:\s{{0,9}}\+\s{{0,9}}(?:{_STRING}))*+)"
)
_LITERAL = re.compile(_STRING)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n|.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "", "t": "\t", "\n": ""}
_LIBRARY = re.compile(
    r"jquery|/jslib/|/script/|/plugins?/|share|statistic|analytic|tongji|/vc/|gettitle\.jsp"
    r"|dataproxy|(?:visit|art)count|hits\.",
    re.IGNORECASE,
)
_SMALL = re.compile(r"0(?:px)?|1(?:px)?|none")
_MAIN = re.compile(r"main|content|zoom|article|body|text|detail", re.IGNORECASE)
_MOST = 5


def framed(embedded: Sequence[HtmlElement], url: str, *, in_body: bool) -> tuple[str, ...]:
    """The pages of the same site that the frames of a body show; no counters, files or players.
    Where nothing says what the body is (`in_body` False), only frames that are named for it."""
    frames = (
        node
        for node in embedded
        if node.tag == "iframe" and not _is_unseen(node) and (in_body or _is_named_for_it(node))
    )
    return _own((node.get("src") for node in frames), url)


def scripted(embedded: Sequence[HtmlElement], url: str) -> tuple[str, ...]:
    """The files of the same site that the scripts of a body write into it."""
    return _own((a for node in embedded if node.tag == "script" for a in _loaded(node)), url)


def written(script: str) -> str:
    """The markup that a script writes: its string literals, joined.

    >>> written("document.write('<p>\\\\u7532<\\\\/p>' + \\"<p>乙</p>\\");")
    '<p>甲</p><p>乙</p>'
    """
    texts = (found["text"] for found in _WRITTEN.finditer(script))
    literals = (literal[1:-1] for text in texts for literal in _LITERAL.findall(text))
    return _ESCAPE.sub(_unescaped, "".join(literals))


def written_inline(embedded: Sequence[HtmlElement]) -> str:
    """The markup that the scripts of a body write into it where they stand."""
    scripts = (node.text or "" for node in embedded if node.tag == "script")
    return "".join(written(script) for script in scripts)


def is_script(text: str) -> bool:
    """Whether a part is a script that writes markup, and not markup itself."""
    opening = text.lstrip("\ufeff \t\r\n")[:200]
    return not opening.startswith("<") and _WRITTEN.search(text) is not None


def _own(addresses: Iterator[str | None], url: str) -> tuple[str, ...]:
    found = (absolute(url, written) for written in addresses)
    kept = (a for a in found if a and a != url and _same_site(a, url) and not _leads_elsewhere(a))
    return tuple(dict.fromkeys(kept))[:_MOST]


def _leads_elsewhere(address: str) -> bool:
    return bool(
        counts_visits(address)
        or is_file(address)
        or is_video(address)
        or _LIBRARY.search(urlsplit(address).path)
    )


def _same_site(address: str, url: str) -> bool:
    return urlsplit(address).netloc.lower() == urlsplit(url).netloc.lower()


def _is_unseen(frame: HtmlElement) -> bool:
    sizes = (frame.get("width") or "", frame.get("height") or "")
    style = (frame.get("style") or "").replace(" ", "").lower()
    return any(_SMALL.fullmatch(size) for size in sizes) or "display:none" in style


def _is_named_for_it(frame: HtmlElement) -> bool:
    names = f"{frame.get('id') or ''} {frame.get('name') or ''} {frame.get('class') or ''}"
    return _MAIN.search(names) is not None


def _loaded(script: HtmlElement) -> Iterator[str]:
    if source := script.get("src"):
        yield source
    yield from (found[1] for found in _LOADED.finditer(script.text or ""))


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _PLAIN.get(found[3], found[3])
