"""The shapes of one row of a list, each as seen on the site named."""

from collections.abc import Callable
from html import escape

from replica.state import Placed

RecordShape = Callable[[Placed, str], str]
"""The markup of a row, from the article and its address."""


def date_after(placed: Placed, href: str) -> str:
    """Title attribute before the address, in single quotes; fzggw.jiangsu.gov.cn, 2026."""
    title, day = _parts(placed)
    return (
        f'\r\n    <li class="clearfix bt-list-new"><a title=\'{title}\' target="_blank" '
        f'href="{href}">            {title}</a>'
        f'<span class="bt-list-time">{day}</span>    </li>    '
    )


def date_bold(placed: Placed, href: str) -> str:
    """The date in bold type; zwgk.dingxi.gov.cn, 2022."""
    title, day = _parts(placed)
    link = f'<a target="_blank" href="{href}" title="{title}">{title}</a>'
    return f'\r\n<li class="clearfix">{link}<b>{day}</b></li>'


def date_inside(placed: Placed, href: str) -> str:
    """The date within the link; www.yuhang.gov.cn, 2020."""
    title, day = _parts(placed)
    link = f'<a href="{href}" target="_blank" title="{title}">'
    return f"\r\n<li>{link}<span>{title}</span><i>{day}</i></a></li>"


def table_row(placed: Placed, href: str) -> str:
    """A table row with a cut title and the date in brackets; zfcg.nantong.gov.cn, 2017."""
    title, day = _parts(placed)
    full = placed.article.content.title
    shown = title if len(full) <= 24 else escape(full[:24]) + "..."
    return (
        '\r\n<tr><td width=15 valign="middle"><IMG src="/picture/0/090604143856634.gif" '
        "align=absMiddle></td><td style='border-bottom:1px dashed #999999;'>"
        f"<a href='{href}' title='{title}' target='_blank' style='font-size:10.5pt'>{shown}</a>"
        f"</td><td width='100' align='right' valign=\"middle\">[{day}]</td></tr>"
    )


def _parts(placed: Placed) -> tuple[str, str]:
    return escape(placed.article.content.title), placed.article.dated.isoformat()
