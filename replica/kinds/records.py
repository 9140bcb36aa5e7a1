"""The shapes of one row of a list, each as seen on the site named."""

from collections.abc import Callable
from html import escape

from replica.state import Row

RecordShape = Callable[[Row, str], str]
"""The markup of a row, from what it is about and its address."""

_SHORT = 24


def date_after(row: Row, href: str) -> str:
    """Title attribute before the address, in single quotes; fzggw.jiangsu.gov.cn, 2026."""
    title, day = _parts(row)
    return (
        f'\r\n    <li class="clearfix bt-list-new"><a title=\'{title}\' target="_blank" '
        f'href="{href}">            {title}</a>'
        f'<span class="bt-list-time">{day}</span>    </li>    '
    )


def date_bold(row: Row, href: str) -> str:
    """The date in bold type; zwgk.dingxi.gov.cn, 2022."""
    title, day = _parts(row)
    link = f'<a target="_blank" href="{href}" title="{title}">{title}</a>'
    return f'\r\n<li class="clearfix">{link}<b>{day}</b></li>'


def date_inside(row: Row, href: str) -> str:
    """The date within the link; www.yuhang.gov.cn, 2020."""
    title, day = _parts(row)
    link = f'<a href="{href}" target="_blank" title="{title}">'
    return f"\r\n<li>{link}<span>{title}</span><i>{day}</i></a></li>"


def date_in_div(row: Row, href: str) -> str:
    """Title and date in boxes within the link; wzkj.wenzhou.gov.cn, 2017."""
    title, day = _parts(row)
    link = f'<a href="{href}" target="_blank" title=\'{title}\'>'
    words = f'<div class="text">{_cut(row)}</div>\t  <div class="text-date">{day}</div>'
    return f"<li>\t{link}\t  {words}</a>  </li>"


def date_first(row: Row, href: str) -> str:
    """The date before a link without title attribute; a county site of Zhejiang, 2021."""
    title, day = _parts(row)
    return f'\r\n<li style="line-height:32px"><span>{day}</span> <a href="{href}">{title}</a></li>'


def table_row(row: Row, href: str) -> str:
    """A table row with a cut title and the date in brackets; zfcg.nantong.gov.cn, 2017."""
    title, day = _parts(row)
    return (
        '\r\n<tr><td width=15 valign="middle"><IMG src="/picture/0/090604143856634.gif" '
        "align=absMiddle></td><td style='border-bottom:1px dashed #999999;'>"
        f"<a href='{href}' title='{title}' target='_blank' style='font-size:10.5pt'>"
        f"{_cut(row, '...')}</a>"
        f"</td><td width='100' align='right' valign=\"middle\">[{day}]</td></tr>"
    )


def numbered_row(row: Row, href: str) -> str:
    """The running number as old releases write it: their script puts it in place of `#id#`."""
    title, day = _parts(row)
    return (
        f"<tr><td width='30'>#id#</td><td><a href='{href}' title='{title}' target='_blank'>"
        f"{_cut(row, '...')}</a></td><td width='80'>{day}</td></tr>"
    )


def own_table(row: Row, href: str) -> str:
    """A table of its own for each row, month and day only; www.coscoshipping.com, 2018."""
    title, _ = _parts(row)
    return (
        "<table width='330' border='0'><tr><td width='12'></td>"
        f"<td><a href='{href}' title='{title}' class='bt_link'>{_cut(row, '...')}</a></td>"
        f"<td width='50'>{row.dated:%m-%d}</td></tr></table>"
    )


def month_and_day(row: Row, href: str) -> str:
    """Boxes instead of list items, month and day only."""
    title, _ = _parts(row)
    link = f'<a href="{href}" title="{title}">{_cut(row)}</a>'
    return f'\r\n<div class="news-item">{link}<div class="sj1">{row.dated:%m-%d}</div></div>'


def built(row: Row, href: str) -> str:
    """A row of a jpaas block, the title cut; fzggw.zj.gov.cn, 2026."""
    title, day = _parts(row)
    return (
        f'\n      <li class="clearfix"><a class="bt-left" title="{title}" href="{href}" '
        f'target="_blank">{_cut(row, "...")}</a>'
        f'<span class="bt-right">{day}</span></li>\n'
    )


def _parts(row: Row) -> tuple[str, str]:
    return escape(row.title), row.dated.isoformat()


def _cut(row: Row, dots: str = "…") -> str:
    """The title as templates cut it; seen with three dots and with the sign of them."""
    return escape(row.title if len(row.title) <= _SHORT else row.title[:_SHORT] + dots)
