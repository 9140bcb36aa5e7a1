"""What an article is: its content as read and normalised, and the digests that name it."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

DIGEST_SCHEME = "1"
"""Changes only when the rule of what counts as content changes; part of every content digest."""

CONTENT_FIELDS = (
    "title",
    "subtitle",
    "body",
    "published",
    "source",
    "author",
    "doc_number",
    "info",
    "attachments",
    "images",
    "videos",
    "notes",
)
"""The fields that are content, in the order in which they are named to users."""


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """Which article: the site's host (with its port where that is not the default) and the
    CMS's own article id, or the canonical URL where the CMS gives none."""

    host: str
    cms_id: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article offers: the name as shown, and where it lies (absolute URL).
    `payload_digest` names the bytes that lay there; None where they were not fetched."""

    name: str
    url: str
    media_type: str | None = None
    payload_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another document, as the body shows it (absolute URL)."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """What an article page states.

    `body` is paragraphs separated by one newline, tables as rows of tab-separated cells.
    `published` is ISO 8601 as the page claims it, Asia/Shanghai, no more precise than the page
    (`2022-02-26`, `2022-02-26T11:38+08:00`). `info` is the information-disclosure table as the
    page labels it. `subtitle` is the lines above and below the headline (引题, 副题). `images` and
    `videos` are absolute URLs in reading order. `notes` are what the publisher says about the
    article itself: that it was corrected, repealed, has expired. `links` lead from the body to
    other documents; they are kept, and are not content. Text is stored exact; what is compared is
    derived from it.
    """

    title: str
    subtitle: str | None = None
    body: str = ""
    published: str | None = None
    source: str | None = None
    author: str | None = None
    doc_number: str | None = None
    info: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    images: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @cached_property
    def field_digests(self) -> Mapping[str, str]:
        """SHA-256 of each non-empty content field's comparable form, by field name.

        Empty fields are left out, so that a field added later changes no old digest.
        """
        return {name: _sha256(form) for name in CONTENT_FIELDS if (form := self.comparable(name))}

    @cached_property
    def digest(self) -> str:
        """Names the content: equal digests mean that no researcher would see a change."""
        return f"{DIGEST_SCHEME}:{_sha256(json.dumps(self.field_digests, sort_keys=True))}"

    def comparable(self, name: str) -> str:
        """The form of a content field that is compared; empty where it has none."""
        value = getattr(self, name)
        match name:
            case "info":
                return _joined(f"{label}={text}" for label, text in sorted(value.items()))
            case "attachments":
                return _joined(f"{a.name} {file_key(a.url)}" for a in value)
            case "images" | "videos":
                return _joined(file_key(url) for url in value)
            case "notes":
                return _joined(value)
            case _:
                return comparable(value or "")


def comparable(text: str) -> str:
    """The form of a text that is compared: white space and full-width spaces are not content.

    The boundary between two filled cells of a table (a tab) stays, so that moving a digit from
    one cell to the next is a change.

    >>> comparable("第一条　本办法 适用于…\\n") == comparable("第一条本办法适用于…")
    True
    >>> comparable("12\\t3") == comparable("1\\t23")
    False
    """
    dense = _WHITE.sub("", unicodedata.normalize("NFC", text))
    return _CELL_GAP.sub("\t", _LINE_END.sub("", dense))


# All white space but the two characters that carry structure, and what no reader can see.
_WHITE = re.compile(r"[^\S\t\n]|[\u200b-\u200d\u2060\ufeff\u00ad]")
_LINE_END = re.compile(r"\t*\n\t*|\A\t+|\t+\Z")
_CELL_GAP = re.compile(r"\t+")


def changed_fields(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the content fields whose digests differ, in the order of `CONTENT_FIELDS`."""
    return tuple(name for name in CONTENT_FIELDS if before.get(name) != after.get(name))


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(comparable(part) for part in parts)


def file_key(url: str) -> str:
    """What of a file's address names the file: scheme and host move without the file changing
    (http to https, a site's cloud bucket).

    >>> file_key("https://www.example.gov.cn/attach/0/a.pdf")
    'attach/0/a.pdf'
    """
    return url.split("//", 1)[-1].partition("/")[2] or url


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
