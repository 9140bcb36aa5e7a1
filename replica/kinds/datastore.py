"""The jpage list block: the inline datastore, the scripts beside it, and dataproxy's answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from replica.kinds.base import Rows, Window

_STRAY_LIST = '<ul class="column-list bt-all bt-lists-cover">\r\n    \r\n</ul>'
_STRAY_TABLE = (
    "<table cellpadding='0' cellspacing='0' border='0' width='95%' align=center "
    'style="vertical-align:middle"></table>'
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One list block of a channel's page, with all that its scripts state."""

    unit: str
    webid: int
    column: str
    total: int | None
    proxy: str
    per_page: int
    group_size: int
    webname: str
    show_mode: str = "full"
    source_type: int = 1
    more: str = ""
    """Further parameters, as the script states them."""


def inline_block(unit: Unit, records: Iterable[str], next_href: str, *, stray_table: bool) -> str:
    """The first group as it stands in the page. It carries no totals.

    The wrapper before the first record has an unquoted attribute on some pages
    (zfcg.nantong.gov.cn, 2017): no XML parser reads that.
    """
    stray = _STRAY_TABLE if stray_table else _STRAY_LIST
    return (
        f'<div id="{unit.unit}"><script type="text/xml"><datastore>\n'
        f"<nextgroup><![CDATA[{_link(next_href)}]]></nextgroup>\n"
        f"<recordset>\n{stray}\n{_records(records)}\n</recordset>\n"
        "</datastore></script></div>"
    )


def param_scripts(unit: Unit) -> str:
    """The newer form: `param_…`, a handler with a dummy total, and the call that counts."""
    name = f"param_{unit.unit}"
    handler = f"function jpage_{unit.unit}(){{$('#jpageform_{unit.unit} :input').each();"
    return (
        f"<script>var {name} = {ajax_param(unit)}; {handler}"
        f"{call(replace(unit, total=1000), name, '')}}};"
        f"$(function(){{{call(unit, name, _own_store(unit))}}});</script>"
    )


def single_script(unit: Unit) -> str:
    """A page with `param_…` and one call only."""
    name = f"param_{unit.unit}"
    only = call(unit, name, _own_store(unit))
    return f"<script>var {name} = {ajax_param(unit)};$(function(){{{only}}});</script>"


def inline_script(unit: Unit) -> str:
    """The older form: no variable, the parameters inside the call."""
    only = call(unit, ajax_param(unit), _own_store(unit))
    return f"<script>$(function(){{{only}}});</script>"


def no_script(unit: Unit) -> str:  # noqa: ARG001
    """No call at all: only the datastore tells of the list, and its link to the next group."""
    return ""


def answer(window: Window, rows: Rows, records: Iterable[str], next_href: str | None) -> str:
    """What dataproxy.jsp says. The next group is empty on the last one."""
    pages = -(-rows.total // window.page_rows)
    total = f"<totalrecord>{rows.total}</totalrecord>\n<totalpage>{pages}</totalpage>\n"
    link = _link(next_href) if next_href else ""
    return (
        f"<datastore>\n{total if rows.told else ''}"
        f"<nextgroup><![CDATA[{link}]]></nextgroup>\n"
        f"<recordset>\n{_records(records)}\n</recordset>\n</datastore>"
    )


def no_such_list() -> str:
    """What a wrong unit gets: well formed, without totals or records."""
    return "<datastore>\n<nextgroup></nextgroup>\n<recordset></recordset>\n</datastore>"


def _records(records: Iterable[str]) -> str:
    return "\n".join(f"<record><![CDATA[{record}]]></record>" for record in records)


def _link(href: str) -> str:
    return f'<a href="{href}"></a>'


def ajax_param(unit: Unit) -> str:
    """The object that the script sends along as the form."""
    return (
        f"{{col:1,appid:'1',webid:{unit.webid},path:'/',columnid:{_column(unit)},"
        f"sourceContentType:{unit.source_type},unitid:'{unit.unit}',{unit.more}"
        f"webname:'{unit.webname}',permissiontype:0}}"
    )


def call(unit: Unit, ajax: str, store: str) -> str:
    """The call of the widget; `store` is where it finds its first rows, empty for nowhere."""
    total = "" if unit.total is None else f"totalRecord:{unit.total},"
    rows = f"dataStore:{store}," if store else ""
    return (
        f"$('#{unit.unit}').jpage({{themeName:'default',showMode:'{unit.show_mode}',"
        f"{total}openCookies:false,dataBefore:'<ul class=\"column-list\">',"
        f"{rows}dataAfter:'</ul>',groupSize:{unit.group_size},proxyUrl:'{unit.proxy}',"
        f"perPage:{unit.per_page},barPosition:'bottom',ajaxParam:{ajax}}});"
    )


def _own_store(unit: Unit) -> str:
    return f"$('#{unit.unit}').children('script').html()"


def _column(unit: Unit) -> str:
    return unit.column if unit.column.isdigit() else f"'{unit.column}'"
