"""An invented county site of 大汉版通, and the recorded pages that lie beside the checkout."""

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).resolve().parents[4] / "shared" / "pages"
WHY_SKIPPED = f"the recorded pages are not beside this checkout ({RECORDED.parent.name}/pages)"

URL = "http://www.yunxi.gov.cn/art/2022/3/5/art_2107_4410923.html"
TITLE = "云溪县召开春耕备耕工作推进会"
BEGIN = '<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">'
END = '<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->'
PARAGRAPHS = (
    "本报讯（记者 方田）3月4日，云溪县召开春耕备耕工作推进会，部署当前重点任务。",
    "会议指出，全县计划播种早稻12.6万亩，比上年增加0.8万亩，种子、化肥已经到位。",
    "会议要求，各乡镇要把水利设施检修放在首位，3月20日前完成沟渠清淤。",
    "又讯 3月5日，县农业农村局组织技术人员下乡，指导农户育秧。",
    "据了解，全县已开展培训36场，覆盖农户4100余户。",
)


def labels() -> dict[str, Any]:
    path = RECORDED / "labels.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def recorded(name: str) -> str:
    return (RECORDED / name).read_text("utf-8")


def as_paragraphs(lines=PARAGRAPHS) -> str:
    return "".join(f"<p>　　{line}</p>" for line in lines)


def as_breaks(lines=PARAGRAPHS) -> str:
    return "<br/>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in lines)


def as_boxes(lines=PARAGRAPHS) -> str:
    return "\n".join(f"<div>　　{line}</div>" for line in lines)


def as_word(lines=PARAGRAPHS) -> str:
    """Pasted from Word: a span for each few characters, an empty <o:p> at the end of each."""
    pieces = (
        "".join(f"<span style='font-size:16pt'><font>{c}</font></span>" for c in line)
        for line in lines
    )
    return "".join(f"<p class='MsoNormal'>{spans}<o:p></o:p></p>" for spans in pieces)


def article_page(body: str, *, head: str = "", above: str = "", below: str = "") -> str:
    """A page of the old table template: breadcrumb, title, date line, body, buttons."""
    return f"""<html><head><title>{TITLE}</title>{head}</head><body>
<div class="menu"><a href="/">网站首页</a> <a href="/col/col2100/index.html">政务公开</a></div>
<table><tr><td>当前位置：</td><td><a href="/index.html">首页</a></td><td><table><tr>
<td> &gt; <a href="/col/col2100/index.html">要闻动态</a></td>
<td> &gt; <a href="/col/col2107/index.html">农业农村</a></td></tr></table></td></tr></table>
<table><tr><td align="center">{TITLE}</td></tr>
<tr><td>发布日期:2022-03-05 09:12 字体:[<a href="#">大</a> <a>中</a> <a>小</a>] 浏览次数:</td></tr>
{above}<tr><td>{body}</td></tr>{below}
<tr><td><a href="javascript:window.print()">打印</a> <a>关闭</a></td></tr></table>
<a href='http://www.hanweb.com' style='display:none'>Produced By 大汉网络 大汉版通发布系统</a>
</body></html>"""


def marked_page(body: str, **around: str) -> str:
    """The same page where the CMS delimits the content."""
    return article_page(f"{BEGIN}{body}{END}", **around)
