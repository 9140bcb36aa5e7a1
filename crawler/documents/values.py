"""What becomes of an attachment's bytes: their text, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

DOCUMENT_READER = "document/1"
"""Which reader read a text; it changes whenever the same bytes would give another text."""


class Reason(StrEnum):
    """Why a file cannot be read: one line in English, which is what is kept, and `zh`.

    >>> Reason("the file is empty").zh
    '文件为空'
    """

    zh: str

    def __new__(cls, english: str, chinese: str = "") -> Self:
        reason = str.__new__(cls, english)
        reason._value_ = english
        reason.zh = chinese
        return reason

    EMPTY = "the file is empty", "文件为空"
    ENCRYPTED = "the file is protected by a password", "文件有密码保护"
    DAMAGED = "the file is damaged or not made as its format demands", "文件已损坏或不合格式规范"
    ARCHIVE = "RAR and 7z archives are not read", "不读取 RAR、7z 压缩包"
    UNKNOWN = "the file is of a format that is not read", "不支持读取此文件格式"
    BOMB = "the file unpacks to more than is allowed", "文件解压后超出允许的大小"
    ENTITIES = (
        "the file declares XML entities, which no honest document does",
        "文件含有 XML 实体声明，疑为恶意构造",
    )
    LARGE = "the file is larger than is read", "文件超出可读取的大小"
    SLOW = "reading the file took too long", "读取文件超时"
    MEMORY = "reading the file takes more memory than is allowed", "读取文件所需内存超出限制"
    CRASHED = "the reader crashed on the file", "读取程序在处理此文件时崩溃"


class Unreadable(Exception):
    """Raised by a format's reader; at the door it becomes a `DocumentUnreadable`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DocumentUnreadable:
    """No text could be had. `reason` is one English line; `reason.zh` says it in Chinese."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a file says: a line a paragraph or printed line, table cells between tabs.

    `format` is what the bytes are (`pdf`, `docx`, `xlsx`, `xls`, `doc`, `ofd`, `rtf`, `zip`,
    `html`, `mht`, `txt`, `csv`, `png` …), whatever the file is called. `pages` counts pages or
    sheets where the format has them. `scanned` says that the pages (PDF, OFD) are pictures with
    almost no text.
    A picture's text is empty; a ZIP's is the list of its files, each with its size in bytes.

    `doubts`, one word each: `named-otherwise`, `typed-otherwise` (the file name, the declared
    media type is that of another format), `cut` (longer than is kept), `scanned-pages` (some of
    the pages are pictures), `pages-unread` (some could not be read), `numbers-not-shown` (list
    numbers that the program makes are not in the text), `hidden-sheets` (they are in the text),
    `characters-unknown` (a tenth and more have no meaning outside the file's own fonts),
    `unpacks-hugely` (a ZIP's files), `no-text` (and no picture that would explain it).
    """

    format: str
    text: str
    pages: int | None = None
    scanned: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. Sizes in bytes; `seconds` by the clock on the wall.

    `unpacked` and `ratio` are of all files in a ZIP together (DOCX, XLSX and OFD are such), and
    are held against what it declares, before anything is unpacked. `documents` is how many files
    one process reads before a new one takes its place.
    """

    size: int = 64 * 2**20
    memory: int = 2**30
    cpu_seconds: int = 20
    seconds: float = 30.0
    characters: int = 2_000_000
    unpacked: int = 256 * 2**20
    ratio: int = 200
    files: int = 10_000
    cells: int = 2_000_000
    pages: int = 5_000
    documents: int = 50

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The limits as settings give them: DOCUMENT_SIZE, DOCUMENT_CPU_SECONDS and so on.

        >>> Limits.of({"DOCUMENT_PAGES": "7"}).pages
        7
        """
        given = {
            field.name: settings.get(f"DOCUMENT_{field.name.upper()}") for field in fields(cls)
        }
        read: Mapping[str, Any] = {
            name: (float if name == "seconds" else int)(value)
            for name, value in given.items()
            if value is not None
        }
        return cls(**read)
