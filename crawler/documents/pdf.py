"""PDF through PDFium: the printed lines of each page, and whether the pages are pictures."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from crawler.documents.text import gathered, lines
from crawler.documents.values import DocumentText, Limits, Reason, Unreadable

# A scan may carry a page number or a scanner's mark ("扫描全能王 创建") as text.
_ALMOST_NONE = 20
_DEPTH = 3
_HYPHEN_AT_A_LINES_END = "\x02"  # what PDFium makes of it


def read_pdf(data: bytes, limits: Limits) -> DocumentText:
    """Read a PDF; one that opens without a password is read whatever its owner forbids."""
    with _opened(data) as document:
        pages = _Pages(document, limits.pages)
        text, cut = gathered(pages.lines(), limits.characters)
        doubts = (
            *(("cut",) if cut or len(document) > limits.pages else ()),
            *(("pages-unread",) if pages.unread else ()),
            *(("scanned-pages",) if pages.pictures and pages.texts else ()),
        )
        scanned = pages.pictures > 0 and not pages.texts
        return DocumentText("pdf", text, len(document), scanned, doubts)


class _Pages:
    def __init__(self, document: pypdfium2.PdfDocument, most: int) -> None:
        self._document = document
        self._numbers = range(min(len(document), most))
        self.texts = self.pictures = self.unread = 0

    def lines(self) -> Iterator[str]:
        for number in self._numbers:
            try:
                page = self._document[number]
            except pypdfium2.PdfiumError:
                self.unread += 1
                continue
            yield from lines(self._text(page))
            page.close()

    def _text(self, page: pypdfium2.PdfPage) -> str:
        shown = page.get_textpage()
        text: str = shown.get_text_bounded().replace(_HYPHEN_AT_A_LINES_END, "-")
        shown.close()
        if len("".join(text.split())) >= _ALMOST_NONE:
            self.texts += 1
        elif next(page.get_objects((raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEPTH), None):
            self.pictures += 1
        return text


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.DAMAGED) from error
