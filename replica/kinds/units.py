"""The blocks of jpaas pages: the scripts that ask for them, and the answers as HTML in JSON."""

import json
from collections.abc import Iterable, Mapping
from hashlib import md5

from replica.kinds.base import Rows, Window

ENDPOINT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
LIST, NAV, FOOT = "信息列表", "导航", "页脚"

_SCRIPT = "/cms_files/default/script/AuthorizedRead/unitbuild.js?v=4.5.12.1-WCGXQ-U45"
_SET = "o4WcQGx7uYvRtr2eiKp1S"
_STYLE = (
    "<style>\n  .default_container {\n    position: relative;\n  }\n  .default_pgToolbar {\n"
    "    height: 30px;\n    font-size: 12px;\n  }\n  .default_pgBtn {\n    cursor: pointer;\n  }\n"
    "</style>\n"
)
_PAGER = (
    '<table class="pagination default_pgToolbar" width="100%" border="0" newPagination="1" '
    'pagestyle="custom" queryData="{query}" rows="{rows}" unitid="{tag}"{count} pageNo="{page}" '
    'unitUrl="{url}">\n  <tbody><tr>'
    '<td><a class="default_pgBtn default_pgFirst" title="首页"></a></td>'
    '<td>第 <input class="default_pgCurrentPage" type="number" title="页码" /> 页 / 共 '
    '<span class="default_pgTotalPage">0</span> 页</td>'
    '<td><a class="default_pgBtn default_pgNext" title="下页"></a></td>'
    '<td class="default_pgSearchInfo">检索到 <span class="default_pgTotalRecord">0</span> 条记录'
    "</td></tr></tbody>\n</table>\n"
    '<script src="/cms_files/default/script/ajax/page/pageNew.js"></script>\n'
)


def script(webid: int, page_id: int, tag: str) -> str:
    """The script that has one block of a channel's page built; fzggw.zj.gov.cn, 2026."""
    name = md5(f"{page_id}{tag}".encode(), usedforsecurity=False).hexdigest()
    return (
        f'<script>\nvar authorizedReadUnitId = "{name}";\n</script><script id="{name}" '
        f'src="{_SCRIPT}" webId="{webid}" parseType="bulidstatic" url="{ENDPOINT}" '
        f'queryData="{_query(webid, page_id, tag)}"></script>'
    )


def fits(asked: Mapping[str, str], webid: int) -> bool:
    """Whether a call names this site and its template: otherwise there is nothing to build."""
    named = {"webId": str(webid), "tplSetId": _SET, "pageType": "column"}
    return all(asked.get(name) == value for name, value in named.items())


def page_asked(asked: Mapping[str, str], rows: int) -> tuple[int, int]:
    """Number and size of the page. Only `paramJson` turns it: a bare pageNo is ignored.

    >>> page_asked({"paramJson": "{'pageNo':2,'pageSize':15}", "pageNo": "7"}, 10)
    (2, 15)
    """
    try:
        given = json.loads(asked.get("paramJson", "").replace("'", '"'))
    except ValueError:
        return 1, rows
    known = given if isinstance(given, dict) else {}
    return _positive(known.get("pageNo"), 1), _positive(known.get("pageSize"), rows)


def built(html: str) -> str:
    """A block. `code` is a string, and the block is HTML inside of JSON."""
    return _answer("生成成功", "200", {"html": html})


def refused() -> str:
    """What a call for no block of the site gets. Its form is inferred: no sample is known."""
    return _answer("生成失败", "500", None)


def list_block(items: Iterable[str], pager: str) -> str:
    """A list, a style sheet, and the pager."""
    return (
        f'<ul>  <div id="{LIST}">\n    <div class="page-content">\n{"".join(items)}\n    </div>\n'
        f"  </div>\n</ul>\n{_STYLE}{pager}"
    )


def pager(webid: int, page_id: int, window: Window, rows: Rows) -> str:
    """It repeats all that the next call needs. The numbers in its text are all 0."""
    return _PAGER.format(
        query=_query(webid, page_id, LIST),
        rows=window.page_rows,
        tag=LIST,
        count=f' count="{rows.total}"' if rows.told else "",
        page=window.page,
        url=ENDPOINT,
    )


def _query(webid: int, page_id: int, tag: str) -> str:
    return (
        f"{{'parseType':'bulidstatic','webId':'{webid}','tplSetId':'{_SET}',"
        f"'pageType':'column','tagId':'{tag}','editType':'null','pageId':'{page_id}'}}"
    )


def _positive(given: object, default: int) -> int:
    return given if isinstance(given, int) and given > 0 else default


def _answer(message: str, code: str, data: Mapping[str, str] | None) -> str:
    answer = {
        "roles": None,
        "permissions": None,
        "success": data is not None,
        "message": message,
        "code": code,
        "data": data,
        "traceId": "6ca703fe00000000b0e523a217f80848",
        "messageType": 2,
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
