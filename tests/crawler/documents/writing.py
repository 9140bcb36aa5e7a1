"""Documents written for the tests, each by another hand than the reader's: libraries where there
are any, and for DOC and OFD the bytes that their standards ask for."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import docx
import openpyxl
import xlwt
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

TITLE = "关于做好春季植树工作的通知"
NUMBER = "苏发改〔2022〕15号"
SENTENCE = "各单位要在清明以前完成今年的植树任务，树种以本地的为主。"
LINES = (TITLE, NUMBER, SENTENCE)
TEXT = "\n".join(LINES)


def pdf(*pages: Sequence[str], password: str | None = None) -> bytes:
    """A page for each sequence of lines; a page without lines is a scan."""
    file = io.BytesIO()
    locked = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(file, encrypt=locked)
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * number, line)
        if not lines:
            canvas.drawImage(ImageReader(io.BytesIO(picture())), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_in(encoding: str, codec: str, lines: Sequence[str] = LINES) -> bytes:
    """A PDF as Word and WPS printed it before 2010: a font that is not embedded, and a CMap."""
    shown = b"".join(b"<%s> Tj T* " % line.encode(codec).hex().encode() for line in lines)
    content = b"BT /F1 12 Tf 72 700 Td 16 TL " + shown + b"ET"
    return _pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/%s/DescendantFonts[6 0 R]>>"
            % encoding.encode(),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor 7 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
            b"<</Type/FontDescriptor/FontName/SimSun/Flags 32/ItalicAngle 0/Ascent 859"
            b"/Descent -141/CapHeight 800/StemV 91/FontBBox[0 -141 1000 859]>>",
        ]
    )


def _pdf_of(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + head + end


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 80), 200).save(file, "PNG")
    return file.getvalue()


def word(document: "docx.document.Document | None" = None) -> bytes:
    """A DOCX: the one that is given, or one of three paragraphs."""
    if document is None:
        document = docx.Document()
        for line in LINES:
            document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def sheet(*rows: Sequence[object], **others: Sequence[Sequence[object]]) -> bytes:
    """An XLSX: the rows of its first sheet, and other sheets by name."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, content in others.items():
        added = book.create_sheet(name)
        for row in content:
            added.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def old_sheet(*rows: Sequence[object]) -> bytes:
    """An XLS."""
    book = xlwt.Workbook(encoding="utf-8")
    added = book.add_sheet("名单")
    dated = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            added.write(y, x, value, *([dated] if hasattr(value, "year") else []))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def zipped_by_windows(names: Sequence[str], codec: str = "gbk") -> bytes:
    """A ZIP whose names are in the code page of the machine, which nothing says."""
    stand_ins = {
        f"{number:03d}".ljust(len(n.encode(codec)), "_"): n for number, n in enumerate(names)
    }
    data = zipped(dict.fromkeys(stand_ins, b"content"))
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name.encode(codec))
    return data


def ofd(*pages: str, template: str = "") -> bytes:
    """An OFD (GB/T 33190) whose pages hold the objects given, as XML."""
    places = [f"Pages/Page_{number}/Content.xml" for number in range(len(pages))]
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{place}"/>' for n, place in enumerate(places))
    common = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    uses = '<ofd:Template TemplateID="90"/>' if template else ""
    return zipped(
        {
            "OFD.xml": _ofd_xml(
                "OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
            ),
            "Doc_0/Document.xml": _ofd_xml(
                "Document",
                f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>",
            ),
            "Doc_0/Tpls/Tpl_0/Content.xml": _ofd_page(template),
            **{
                f"Doc_0/{place}": _ofd_page(page, uses)
                for place, page in zip(places, pages, strict=True)
            },
        }
    )


def ofd_text(x: float, y: float, text: str, steps: str = "") -> str:
    return (
        f'<ofd:TextObject ID="5" Boundary="{x} {y} 150 8" Font="2" Size="4">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def _ofd_page(objects: str, head: str = "") -> str:
    layer = f'<ofd:Layer ID="3">{objects}</ofd:Layer>'
    return _ofd_xml("Page", f"{head}<ofd:Content>{layer}</ofd:Content>")


def _ofd_xml(root: str, inside: str) -> str:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} {space}>{inside}</ofd:{root}>'


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of sectors of 512 bytes, one FAT sector, no small streams."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, [0xFFFFFFFD]
    bodies, starts = b"", []
    for content in streams.values():
        # Streams below 4096 bytes would have to stand in a stream of their own.
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\x00")
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + len(padded) // 512), end]
        bodies += padded
    directory = [_ole_entry("Root Entry", 5, child=1, start=end, size=0)]
    for number, (name, content) in enumerate(streams.items()):
        right = number + 2 if number + 1 < len(streams) else free
        size = max(4096, len(content))
        directory.append(_ole_entry(name, 2, right=right, start=starts[number], size=size))
    listed = b"".join(directory).ljust(-(-len(directory) // 4) * 512, b"\x00")
    first = len(fat)
    fat += [*range(first + 1, first + len(listed) // 512), end]
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, first, 0, 4096, end, 0, end, 0, 0,
    )  # fmt: skip
    head += struct.pack("<I", free) * 108
    return head + struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff") + bodies + listed


def _ole_entry(
    name: str, kind: int, *, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    coded = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack(
        "<64sHBBIII16sI16sIQ", coded, len(coded), kind, 1, 0xFFFFFFFF, right, child, b"", 0, b"",
        start, size,
    )  # fmt: skip


def old_word(
    *pieces: str | bytes,
    notes: int = 0,
    spans: Sequence[tuple[int, int, bytes]] = (),
    flags: int = 0,
) -> bytes:
    """A DOC of Word 97 on: pieces of UTF-16 (str) and of 8 bits (bytes), in this order.

    The last `notes` characters are foot notes. `spans` are paragraphs of 16-bit text, by the
    character positions where they begin and end, and the properties that they have.
    """
    text, places, bounds = b"", [], [0]
    for piece in pieces:
        at = 2048 + len(text)
        places.append(at * 2 | 0x40000000 if isinstance(piece, bytes) else at)
        coded = piece if isinstance(piece, bytes) else piece.encode("utf-16-le")
        text += coded + b"\x00" * (len(coded) % 2)
        bounds.append(bounds[-1] + (len(piece)))
    plc = struct.pack(f"<{len(bounds)}I", *bounds)
    plc += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\x01\x02\x00\x00\x00" + b"\x02" + struct.pack("<I", len(plc)) + plc
    bins = struct.pack("<III", 2048, 2048 + len(text), 1536 // 512) if spans else b""
    head = bytearray(2048)
    struct.pack_into("<HH6xH", head, 0, 0xA5EC, 0xC1, 0x0200 | flags)
    struct.pack_into("<II", head, 0x4C, bounds[-1] - notes, notes)
    struct.pack_into("<II", head, 0x102, len(clx), len(bins))
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    head[1536:2048] = _paragraphs(spans)
    return ole({"WordDocument": bytes(head) + text, "1Table": clx + bins})


def _paragraphs(spans: Sequence[tuple[int, int, bytes]]) -> bytes:
    """A page of paragraph properties ([MS-DOC] PapxFkp); the spans follow upon each other."""
    page, end = bytearray(512), 511
    bounds = [2048 + 2 * start for start, _, _ in spans] + [2048 + 2 * s[1] for s in spans[-1:]]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    for number, (_, _, properties) in enumerate(spans):
        papx = b"\x00\x00" + properties
        papx = (
            bytes([0, len(papx) // 2]) + papx
            if len(papx) % 2 == 0
            else bytes([len(papx) // 2 + 1]) + papx
        )
        end = (end - len(papx)) // 2 * 2
        page[end : end + len(papx)] = papx
        page[4 * len(bounds) + 13 * number] = end // 2
    page[511] = len(spans)
    return bytes(page)


def word_95(text: str, codec: str, magic: int = 0xA5DC) -> bytes:
    """A DOC of Word 95, saved whole."""
    coded = text.encode(codec)
    head = bytearray(768)
    struct.pack_into("<HH", head, 0, magic, 104)
    struct.pack_into("<II", head, 0x18, 768, 768 + len(coded))
    struct.pack_into("<I", head, 0x34, len(coded) // (2 if codec == "utf-16-le" else 1))
    return ole({"WordDocument": bytes(head) + coded})
