"""A site whose pages try whatever a page can try on those who read it later."""

from datetime import UTC, date, datetime, timedelta

from storage.archive import Archive
from storage.article import Article, ArticleKey, Attachment, Link
from storage.values import (
    ATTACHMENT,
    Captured,
    ChannelSeen,
    DocumentRead,
    Listed,
    Placed,
    SiteSeen,
    Walked,
    Wanted,
)

HOST = "hostile.example.gov.cn"
FIRST = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
PAGE = f"http://{HOST}/art/2026/3/1/art_9_9001.html"
FILE = f"http://{HOST}/attach/0/a.docx"
SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)></textarea></title></bdi>"
OVERRIDE = "\u202e反写\u202c"
PAYLOAD = (
    "<html><head><meta http-equiv=refresh content='0;url=http://evil.example/'>"
    "<script src=http://evil.example/x.js></script></head>"
    "<body onload=alert(1)><img src=http://evil.example/p.gif>"
    "<a href=http://evil.example/a>正文</a><form action=http://evil.example/f></form></body></html>"
).encode("gb18030")
FILE_BYTES = b"PK\x03\x04 not really"

BEFORE = Article(
    title=f"通知{SCRIPT}{BREAKOUT}{OVERRIDE}",
    subtitle=SCRIPT,
    body=f"第一段{SCRIPT}\n{BREAKOUT}\n甲\t{SCRIPT}\n乙\t{BREAKOUT}",
    published="2026-03-01",
    source=BREAKOUT,
    author=SCRIPT,
    doc_number=SCRIPT,
    info={SCRIPT: BREAKOUT, "索引号": "javascript:alert(1)"},
    attachments=(Attachment('../../\u202exe.doc"\r\nX-Evil: 1', FILE),),
    images=("javascript:alert(1)", f"http://{HOST}/p.jpg"),
    videos=(f"data:text/html,{SCRIPT}",),
    notes=(SCRIPT,),
    links=(Link(SCRIPT, "javascript:alert(document.domain)"), Link("他处", PAGE)),
)
AFTER = Article(
    title=f"公告{SCRIPT}{BREAKOUT}",
    body=f"第一段{BREAKOUT}\n{SCRIPT}\n甲\t{BREAKOUT}\n乙\t{SCRIPT}",
    published="2026-03-01",
    attachments=BEFORE.attachments,
)


def record(archive: Archive) -> None:
    """The site's page twice, and its file, as two crawls saw them."""
    for day, article in enumerate((BEFORE, AFTER)):
        at = FIRST + timedelta(days=day)
        with archive.record("hanweb", f"http://{HOST}/{SCRIPT}", [HOST]) as crawl:
            key = ArticleKey(HOST, "9001")
            crawl.add(SiteSeen(host=HOST, name=f"网站{SCRIPT}", generation=SCRIPT, at=at))
            crawl.add(
                ChannelSeen(
                    host=HOST, cms_id="9", name=f"=HYPERLINK栏目{BREAKOUT}{day}",
                    url=f"javascript:alert('{SCRIPT}')", parent_cms_id=None, dialect=SCRIPT,
                    own=True, at=at,
                )
            )  # fmt: skip
            entry = Placed(key, PAGE, f"条目{SCRIPT}{BREAKOUT}", date(2026, 3, 1))
            crawl.add(Listed(host=HOST, channel="9", at=at, entries=(entry,)))
            crawl.add(
                Walked(
                    host=HOST, channel="9", walked_at=at, claimed_total=2, entries_seen=1,
                    articles_seen=1, repeats=0, off_site=0, pages=1,
                    stop_reason=f"failed: {SCRIPT}", verdict="short by 1", whole=True,
                )
            )  # fmt: skip
            crawl.add(Wanted(url=PAGE, kind="article", key=key, listed_title=None, at=at))
            crawl.add(_page(key, article, at))
            crawl.add(Wanted(url=FILE, kind=ATTACHMENT, key=key, listed_title=None, at=at))
            crawl.add(_file(key, at))


def _page(key: ArticleKey, article: Article, at: datetime) -> Captured:
    return Captured(
        url=PAGE,
        captured_at=at,
        status=200,
        headers={
            "Content-Type": "text/html; charset=gb18030",
            "X-Sign": f"{SCRIPT}",
            "Set-Cookie": "a=1",
        },
        payload=PAYLOAD + article.title.encode(),
        page_kind="article",
        reader="story/1",
        key=key,
        article=article,
        reason=f"led to {SCRIPT}",
    )


def _file(key: ArticleKey, at: datetime) -> Captured:
    return Captured(
        url=FILE,
        captured_at=at,
        status=200,
        headers={"Content-Type": "text/html"},
        payload=FILE_BYTES,
        page_kind=ATTACHMENT,
        reader="story/1",
        key=key,
        outcome=None,
        document=DocumentRead(format="docx", text=f"附件{SCRIPT}", reader="story/1"),
    )
