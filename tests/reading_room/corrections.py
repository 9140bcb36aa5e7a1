"""A site that corrects itself: a slip of writing, a sum, and a word that goes in one place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.archive import Archive
from storage.article import Article, ArticleKey
from storage.values import Captured, SiteSeen, Wanted

HOST = "edits.example.gov.cn"
FIRST = datetime(2026, 2, 8, 2, 0, tzinfo=UTC)
SLIP, SUM = "8001", "8002"
_SLIP = Article(
    title="停水通知",
    body="因管道检修，今晚十时起停水，水费帐户照常缴款。",
    published="2026-02-07",
)
_SUM = Article(
    title="养老服务补助标准",
    body="每人每月补助500元，由试点街道按月发放。\n其余街道另行通知。",
    published="2026-02-06",
)
SEEN = (
    {SLIP: _SLIP, SUM: _SUM},
    {
        SLIP: replace(_SLIP, body=_SLIP.body.replace("帐户", "账户")),
        SUM: replace(_SUM, body=_SUM.body.replace("500元", "300元").replace("试点", "")),
    },
)


def record(archive: Archive) -> None:
    """Both pages as two crawls saw them."""
    for day, pages in enumerate(SEEN):
        at = FIRST + timedelta(days=day)
        with archive.record("hanweb", f"http://{HOST}/", [HOST]) as crawl:
            crawl.add(SiteSeen(host=HOST, name="示例市民政局", generation="classic", at=at))
            for cms_id, article in pages.items():
                key, url = (
                    ArticleKey(HOST, cms_id),
                    f"http://{HOST}/art/2026/2/7/art_3_{cms_id}.html",
                )
                crawl.add(Wanted(url=url, kind="article", key=key, listed_title=None, at=at))
                crawl.add(
                    Captured(
                        url=url, captured_at=at, status=200, headers={},
                        payload=article.body.encode(), page_kind="article", reader="story/1",
                        key=key, article=article,
                    )
                )  # fmt: skip
