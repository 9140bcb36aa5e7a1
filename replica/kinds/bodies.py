"""How a body is marked up: plain, pasted from Word, lines with breaks, or divs."""

import re
from collections.abc import Callable
from html import escape

from replica.content import (
    Block,
    Carried,
    Content,
    FileLine,
    Paragraph,
    Picture,
    Reference,
    Table,
    Video,
)
from replica.writing import LAYOUTS

CARRIED = "/content"
_FRAGMENTS = re.compile(r"\d+(?:\.\d+)?|[^\d]+")


def body(content: Content, layout: str, skin: int = 0, page: int = 1) -> str:
    """The markup of a body, or of one of its pages. After a redesign every article has another
    layout, the same words."""
    at = (LAYOUTS.index(layout) + skin) % len(LAYOUTS)
    show = _SHOW[LAYOUTS[at]]
    return "\r\n".join(_block(content, block, show) for block in content.on_page(page))


def shown(content: Content, layout: str, skin: int, page: int, path: str) -> str:
    """What stands in the place of the body on the article's page at `path`."""
    match content.carried:
        case Carried.FRAME:
            frame = f'<iframe src="{carried_path(path, content.carried)}"'
            return f'{frame} width="100%" height="900" frameborder="0"></iframe>'
        case Carried.SCRIPT:
            return f'<script src="{carried_path(path, content.carried)}"></script>'
        case Carried.PAGE:
            return body(content, layout, skin, page)


def carried_path(path: str, carried: Carried) -> str:
    """The address of the file that holds the body of the article at `path`."""
    ending = "js" if carried is Carried.SCRIPT else "html"
    return f"{CARRIED}{path.removesuffix('.html')}.{ending}"


def carrying(content: Content, layout: str, skin: int) -> str:
    """That file: a document with the body alone, or a script that writes it."""
    text = body(content, layout, skin)
    if content.carried is Carried.FRAME:
        return f"<html><head><title></title></head><body>{text}</body></html>"
    lines = (line.replace("\\", "\\\\").replace("'", "\\'") for line in text.split("\r\n"))
    return "".join(f"document.write('{line}');\r\n" for line in lines)


def marked(body: str) -> str:
    """A body between the CMS's own marks, nested as on fzggw.jiangsu.gov.cn, 2026."""
    return (
        '<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">'
        f'{body}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->'
    )


def _block(content: Content, block: Block, show: Callable[[str], str]) -> str:
    match block:
        case Paragraph(text):
            return show(escape(text, quote=False))
        case Table():
            return _table(block)
        case Picture(path):
            return f'<p style="text-align: center;"><img src="{path}" border="0" alt=""></p>'
        case Video(path):
            return f'<p><video src="{path}" controls="controls" width="600"></video></p>'
        case Reference(text, path):
            return f'<p>　　<a href="{path}" target="_blank">{escape(text, quote=False)}</a></p>'
        case FileLine(index):
            icon = '<img src="/module/jslib/icons/word.png" style="vertical-align:middle">'
            link = f'<a href="{escape(content.attachments[index].path)}">'
            words = escape(content.file_line(block), quote=False)
            return f"<p>{icon}{words.replace('：', f'：{link}', 1)}</a></p>"


def _plain(text: str) -> str:
    return f"<p>　　{text}</p>"


def _word(text: str) -> str:
    # Word gives digits a span of their own; seen on fzggw.jiangsu.gov.cn, 2026.
    spans = "".join(_span(fragment) for fragment in _FRAGMENTS.findall(text))
    style = "margin: 0pt; text-indent: 31.6pt; line-height: 29.5pt; mso-pagination: widow-orphan"
    return f'<p class="MsoNormal" style="{style}">{spans}<o:p></o:p></p>'


def _span(fragment: str) -> str:
    if fragment[0].isdigit():
        return f'<span lang="EN-US" style="font-size: 16pt;">{fragment}</span>'
    return f'<span style="font-family:宋体; font-size: 16pt;">{fragment}</span>'


def _line(text: str) -> str:
    return f"　　{text}<br>"


def _div(text: str) -> str:
    return f'<div style="text-indent: 2em;">{text}</div>'


def _table(table: Table) -> str:
    rows = "\r\n".join(
        "<tr>" + "".join(_cell(cell.text, cell.span) for cell in row) + "</tr>"
        for row in table.rows
    )
    return f'<table border="1" cellspacing="0" width="100%"><tbody>\r\n{rows}\r\n</tbody></table>'


def _cell(text: str, span: int) -> str:
    covers = f' colspan="{span}"' if span > 1 else ""
    return f"<td{covers}><p>{escape(text, quote=False)}</p></td>"


_SHOW: dict[str, Callable[[str], str]] = {
    "plain": _plain,
    "word": _word,
    "br": _line,
    "div": _div,
}
