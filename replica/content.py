"""What an article holds: blocks of text, tables, pictures and files; all values, none of HTML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

FIELDS = (
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
"""The fields that are content, in the order in which changes name them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, without indent or line break."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `span` is the number of columns that it covers."""

    text: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; the first row is its heading."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text; `path` is its address on the site."""

    path: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the text that offers the article's attachment number `index`, counted from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Video:
    """A film in the text; `path` is its address on the site."""

    path: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph that is a link to another document."""

    text: str
    path: str


Block = Paragraph | Table | Picture | FileLine | Video | Reference


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article offers: the name shown, and the opaque file name on the server.
    Another edition has other bytes at the same address."""

    name: str
    filename: str
    edition: int = 1

    @property
    def path(self) -> str:
        """The file's address: PDFs go through the download page, others lie in a folder."""
        if self.filename.endswith(".pdf"):
            return f"/module/download/downfile.jsp?classid=0&filename={self.filename}"
        return f"/attach/0/{self.filename}"


class Carried(StrEnum):
    """Where the text of an article stands."""

    PAGE = "page"
    FRAME = "frame"
    """In a document of its own, which the page shows in a frame."""
    SCRIPT = "script"
    """In a script, which writes it into the page."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that an article states on one day. `published` is 'YYYY-MM-DD HH:MM'; `pages` is how
    many pages its body is spread over."""

    title: str
    published: str
    blocks: tuple[Block, ...]
    source: str | None = None
    author: str | None = None
    doc_number: str | None = None
    info: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    subtitle: str | None = None
    pages: int = 1
    carried: Carried = Carried.PAGE

    def on_page(self, page: int) -> tuple[Block, ...]:
        """The blocks that stand on one of the pages, counted from 1."""
        share = -(-len(self.blocks) // self.pages)
        return self.blocks[(page - 1) * share : page * share]

    @property
    def body(self) -> str:
        """Paragraphs separated by one newline, tables as rows of tab-separated cells."""
        return "\n".join(line for block in self.blocks for line in self._lines(block))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts of the plain paragraphs alone."""
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def images(self) -> tuple[str, ...]:
        """The addresses of the pictures, in reading order."""
        return tuple(block.path for block in self.blocks if isinstance(block, Picture))

    @property
    def videos(self) -> tuple[str, ...]:
        """The addresses of the films, in reading order."""
        return tuple(block.path for block in self.blocks if isinstance(block, Video))

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """The links to other documents, each with its words and its address."""
        found = (block for block in self.blocks if isinstance(block, Reference))
        return tuple((block.text, block.path) for block in found)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the office says of the document's own validity."""
        state = dict(self.info).get(VALIDITY, "有效")
        return () if state == "有效" else (f"{VALIDITY}：{state}",)

    @property
    def loose_attachments(self) -> tuple[Attachment, ...]:
        """Those that no line of the text offers: they stand in a box under it."""
        offered = {block.index for block in self.blocks if isinstance(block, FileLine)}
        return tuple(file for i, file in enumerate(self.attachments) if i not in offered)

    def file_line(self, line: FileLine) -> str:
        """The words of a line that offers an attachment."""
        return f"附件：{self.attachments[line.index].name}"

    def changed_fields(self, before: "Content") -> tuple[str, ...]:
        """Names of the fields that differ from an earlier content, in the order of `FIELDS`."""
        return tuple(name for name in FIELDS if getattr(self, name) != getattr(before, name))

    def _lines(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield text
            case Table(rows):
                yield from ("\t".join(cell.text for cell in row) for row in rows)
            case FileLine():
                yield self.file_line(block)
            case Reference(text):
                yield text
            case Picture() | Video():
                return


VALIDITY = "有效性"

INFO_LABELS: Mapping[str, str] = {
    "index": "索引号",
    "subject": "主题分类",
    "office": "发布机构",
    "made": "生成日期",
    "doc_number": "文号",
    "access": "公开方式",
}
"""The labels of a 信息公开 head table, as seen on fzggw.zj.gov.cn, 2026."""
