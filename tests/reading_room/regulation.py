"""A regulation that is edited twice, as regulations are: a clause put in, one moved, a cell of a
table, a width; and then a word in its title."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from storage.archive import Archive
from storage.article import Article, ArticleKey
from storage.values import Captured, ChannelSeen, Listed, Placed, SiteSeen, Walked, Wanted

HOST = "rules.example.gov.cn"
FIRST = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)
ID = "7001"
_COMMON = "\n".join(
    f"附录{n}　本条自公布之日起由各有关部门遵照执行，不另行文。" for n in range(1, 7)
)
_MOVED = "对弄虚作假骗取补贴资金的企业，由主管部门责令限期退回并记入信用档案。"
ONE = Article(
    title="小微企业补贴办法",
    body=(
        "第一章　总则\n第一条　为了扶持小微企业，制定本办法。\n"
        f"{_MOVED}\n{_COMMON}\n第二条　补贴标准如下：\n"
        "档次\t金额\t期限\n一档\t500\t12\n二档\t300\t6\n"
        "第三条　办理时限为5日。"
    ),
    published="2026-03-01T09:00+08:00",
    source="示例市财政局",
    doc_number="示财发〔2026〕7号",
)
TWO = replace(
    ONE,
    body=(
        "第一章　总则\n第一条　为了扶持小微企业，制定本办法。\n"
        f"{_COMMON}\n第二条　补贴标准如下：\n档次\t金额\t期限\n一档\t800\t12\n二档\t300\t6\n"
        "第三条　企业应当在每年三月底前申请。\n第四条　办理时限为５日。\n"
        f"{_MOVED}"
    ),
)
THREE = replace(TWO, title="小微企业补贴办法（试行）")


def record(archive: Archive) -> None:
    """The regulation as three crawls saw it."""
    for day, article in enumerate((ONE, TWO, THREE)):
        _crawl(archive, FIRST + timedelta(days=day), article)


def _crawl(archive: Archive, at: datetime, article: Article) -> None:
    key, url = ArticleKey(HOST, ID), f"http://{HOST}/art/2026/3/1/art_5_{ID}.html"
    entry = Placed(key, url, article.title, date(2026, 3, 1))
    with archive.record("hanweb", f"http://{HOST}/", [HOST]) as crawl:
        crawl.add(SiteSeen(host=HOST, name="示例市财政局", generation="classic", at=at))
        crawl.add(
            ChannelSeen(
                host=HOST, cms_id="5", name="规章", url=f"http://{HOST}/col/col5/index.html",
                parent_cms_id=None, dialect="jpage", at=at,
            )
        )  # fmt: skip
        crawl.add(Listed(host=HOST, channel="5", at=at, entries=(entry,)))
        crawl.add(
            Walked(
                host=HOST, channel="5", walked_at=at, claimed_total=1, entries_seen=1,
                articles_seen=1, repeats=0, off_site=0, pages=1,
                stop_reason="the claimed total is reached", verdict="complete", whole=True,
            )
        )  # fmt: skip
        crawl.add(Wanted(url=url, kind="article", key=key, listed_title=None, at=at))
        crawl.add(
            Captured(
                url=url, captured_at=at, status=200, headers={"Content-Type": "text/html"},
                payload=f"<html><body>{article.body}</body></html>".encode(),
                page_kind="article", reader="story/1", key=key, article=article,
            )
        )  # fmt: skip
