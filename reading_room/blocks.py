"""An archived text as blocks to set on a page: paragraphs, headings, tables by cell. Pure."""

import re
from dataclasses import dataclass
from itertools import groupby

_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,6}[编章节](?:[\s　]|$)")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、\S")
_INDENT = re.compile(r"^(?:　{1,2}|[ \xa0]{1,8})(?=[^\s　])")
_LONGEST_HEADING = 30


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a text: `kind` is `paragraph`, `chapter`, `heading`, `placed` (a line that its
    editor set apart with spaces, like a signature) or `table`. A table has `rows` of equally many
    cells; any other has one row of one cell."""

    kind: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return self.rows[0][0]


def blocks(body: str) -> list[Block]:
    """The blocks of a body: paragraphs separated by newlines, tables as rows with tabs.

    >>> [(b.kind, b.rows) for b in blocks("一、总则\\n行业\\t产值\\n工业\\t120")]
    [('heading', (('一、总则',),)), ('table', (('行业', '产值'), ('工业', '120')))]
    >>> [(b.kind, b.text) for b in blocks("　　各单位：\\n　　　　　　市政府")]
    [('paragraph', '各单位：'), ('placed', '　　　　　　市政府')]
    """
    lines = body.split("\n") if body else []
    found: list[Block] = []
    for tabular, group in groupby(lines, key=lambda line: "\t" in line):
        stretch = list(group)
        found += [_table(stretch)] if tabular else [_line(line) for line in stretch]
    return found


def _line(line: str) -> Block:
    # The page sets the indent of a paragraph itself; spaces beyond it have a meaning.
    text = _INDENT.sub("", line)
    kind = "placed" if text[:1] in (" ", "　") else _kind(text)
    return Block(kind, ((text,),))


def _kind(line: str) -> str:
    plain = line.strip(" 　")
    if len(plain) > _LONGEST_HEADING:
        return "paragraph"
    if _CHAPTER.match(plain):
        return "chapter"
    return "heading" if _HEADING.match(plain) and plain[-1] not in "。；，：" else "paragraph"


def _table(lines: list[str]) -> Block:
    rows = [line.split("\t") for line in lines]
    width = max(len(row) for row in rows)
    return Block("table", tuple((*row, *[""] * (width - len(row))) for row in rows))
