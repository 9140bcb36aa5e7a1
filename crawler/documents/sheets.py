"""XLSX through openpyxl and XLS through xlrd: each sheet's rows, with the sheet's name above."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

import openpyxl
import xlrd
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException
from xlrd.xldate import XLDateError, xldate_as_datetime

from crawler.documents.packed import Packed
from crawler.documents.text import gathered, one_line, row
from crawler.documents.values import DocumentText, Limits, Reason, Unreadable

_Rows = Iterable[Iterable[object]]


@dataclass
class _Sheets:
    """The lines of the sheets, no more than `left` cells of them; what was met on the way."""

    left: int
    cut: bool = False
    doubts: set[str] = field(default_factory=set)

    def lines(self, sheets: Iterable[tuple[str, _Rows]], *, named: bool) -> Iterator[str]:
        for name, rows in sheets:
            heading = [one_line(name)] if named else []
            for line in self._rows(rows):
                # A sheet without a row has no heading either.
                yield from (*heading, line)
                heading = []

    def _rows(self, rows: _Rows) -> Iterator[str]:
        for values in rows:
            cells = list(values)
            self.left -= len(cells) + 1
            if self.left < 0:
                self.cut = True
                return
            if line := row(cells):
                yield line


def read_xlsx(data: bytes, limits: Limits) -> DocumentText:
    """Read an XLSX: values as they were saved last, nothing is computed. Raises Unreadable."""
    try:
        Packed(data, limits).refuse_entities()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return _read(_Sheets(limits.cells), _xlsx_sheets(book), "xlsx", limits)
    except DefusedXmlException as error:
        raise Unreadable(Reason.ENTITIES) from error
    except (KeyError, ValueError, TypeError, ParseError) as error:
        raise Unreadable(Reason.DAMAGED) from error
    except (zipfile.BadZipFile, InvalidFileException, EOFError) as error:
        raise Unreadable(Reason.DAMAGED) from error


def read_xls(data: bytes, limits: Limits) -> DocumentText:
    """Read an XLS of any version that xlrd knows. Raises Unreadable."""
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            on_demand=True,
            logfile=io.StringIO(),
            ignore_workbook_corruption=True,
        )
    except xlrd.XLRDError as error:
        locked = "encrypted" in str(error)
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.DAMAGED) from error
    return _read(_Sheets(limits.cells), _xls_sheets(book), "xls", limits)


@dataclass(frozen=True)
class _Book:
    names: list[str]
    hidden: bool
    sheets: Iterable[tuple[str, _Rows]]


def _read(sheets: _Sheets, book: _Book, name: str, limits: Limits) -> DocumentText:
    named = len(book.names) > 1
    text, cut = gathered(sheets.lines(book.sheets, named=named), limits.characters)
    doubts = (
        *(("cut",) if cut or sheets.cut else ()),
        *(("hidden-sheets",) if book.hidden else ()),
    )
    return DocumentText(name, text, len(book.names), doubts=doubts)


def _xlsx_sheets(book: openpyxl.Workbook) -> _Book:
    sheets = book.worksheets
    for sheet in sheets:
        # The declared size is the file's to choose; rows are as wide as their last cell.
        sheet.reset_dimensions()
    return _Book(
        [sheet.title for sheet in sheets],
        any(sheet.sheet_state != "visible" for sheet in sheets),
        ((sheet.title, sheet.iter_rows(values_only=True)) for sheet in sheets),
    )


def _xls_sheets(book: xlrd.Book) -> _Book:
    names = book.sheet_names()
    return _Book(
        names,
        any(book._sheet_visibility),
        ((name, _xls_rows(book, number)) for number, name in enumerate(names)),
    )


def _xls_rows(book: xlrd.Book, number: int) -> Iterator[list[object]]:
    sheet = book.sheet_by_index(number)
    for index in range(sheet.nrows):
        yield [_xls_value(book, found) for found in sheet.row(index)]
    book.unload_sheet(number)


def _xls_value(book: xlrd.Book, found: xlrd.sheet.Cell) -> object:
    value: object = found.value
    if found.ctype == xlrd.XL_CELL_DATE:
        try:
            return xldate_as_datetime(found.value, book.datemode)
        except (XLDateError, OverflowError, ValueError):
            return value
    if found.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if found.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(found.value, "#ERROR!")
    return value
