"""What an article of the replica states, in the words of the archive."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from replica import Article as Replicated
from replica.content import Content
from storage.article import Article, Attachment, Link


@dataclass(frozen=True, slots=True)
class Said:
    """All that is content, for comparing. Files and pictures by their paths, with the query."""

    title: str
    subtitle: str | None
    body: str
    published: str | None
    source: str | None
    author: str | None
    doc_number: str | None
    info: tuple[tuple[str, str], ...]
    attachments: tuple[tuple[str, str], ...]
    images: tuple[str, ...]
    videos: tuple[str, ...]
    notes: tuple[str, ...]


def said(content: Content) -> Said:
    """What a page with this content says. Bytes of files are no part of it."""
    return Said(
        content.title,
        content.subtitle,
        one_space(content.body),
        moment(content.published),
        content.source,
        content.author,
        content.doc_number,
        tuple(sorted(content.info)),
        tuple((file.name, file.path) for file in content.attachments),
        content.images,
        content.videos,
        content.notes,
    )


def as_article(content: Content, root: str) -> Article:
    """The same as a reader without fault would hand it to the archive."""
    return Article(
        title=content.title,
        subtitle=content.subtitle,
        body=content.body,
        published=moment(content.published),
        source=content.source,
        author=content.author,
        doc_number=content.doc_number,
        info=dict(content.info),
        attachments=tuple(Attachment(f.name, root + f.path) for f in content.attachments),
        images=tuple(root + path for path in content.images),
        videos=tuple(root + path for path in content.videos),
        notes=content.notes,
        links=tuple(Link(words, root + path) for words, path in content.references),
    )


def address(host: str, article: Replicated, channel: int | None = None) -> str:
    """Where an article stands in one of its channels, its own where none is named."""
    year, month, day = (int(part) for part in article.content.published[:10].split("-"))
    place = channel or article.channels[0]
    return f"http://{host}/art/{year}/{month}/{day}/art_{place}_{article.number}.html"


def moment(published: str) -> str:
    """The archive's form of a moment as the replica gives it.

    >>> moment("2022-02-26 11:38")
    '2022-02-26T11:38+08:00'
    """
    return published.replace(" ", "T") + "+08:00"


def one_space(text: str) -> str:
    """Text with its white space within a line as single spaces, as pages may show it.

    >>> one_space("第一条　本办法  适用")
    '第一条 本办法 适用'
    """
    lines = text.split("\n")
    return "\n".join(
        "\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in lines
    )


def path_of(url: str) -> str:
    """The path of an address, with its query.

    >>> path_of("http://127.0.0.1:8807/attach/0/a.doc")
    '/attach/0/a.doc'
    """
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
