"""A small archive that tells a story: one invented site over three days, as crawls recorded it.

| article | 2 March | 3 March | 4 March |
|---|---|---|---|
| `QUIET` | new | the same | the same |
| `EDITED` | new | five characters differ | the same |
| `RETITLED` | new, a draft | the same | its title drops 征求意见稿 |
| `TAKEN_DOWN` | new | 404, and in no list | 404 again: gone |
| `BACK` | new | 404 | there again, the same text |
| `MOVED` | new | the same | listed under another channel |
| `LATE` | | new, with figures, a table and an attachment | the same |
| `UNREAD` | listed, never read | | |
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from storage.archive import Archive
from storage.article import Article, ArticleKey, Attachment
from storage.judging import Absence
from storage.recorder import Recorder
from storage.values import Captured, ChannelSeen, Listed, Placed, SiteSeen, Walked, Wanted

HOST = "www.example.gov.cn"
DAYS = tuple(datetime(2026, 3, day, 2, 0, tzinfo=UTC) for day in (2, 3, 4))
QUIET, EDITED, RETITLED, TAKEN_DOWN, BACK, MOVED, LATE, UNREAD = (
    str(number) for number in range(1001, 1009)
)
OPEN, NOTICES, POLICIES = "10", "11", "12"
ELSEWHERE = Placed(None, "https://www.example.org/a.html", "转发：省里的通知", date(2026, 3, 1))
_CHANNELS = {OPEN: "政务公开", NOTICES: "通知公告", POLICIES: "政策文件"}

_FIRST = {
    QUIET: Article(
        title="关于春季绿化工作的通知",
        body="各街道办事处：\n请于三月底前完成辖区内行道树补植。",
        published="2026-02-26T11:38+08:00",
        source="市园林局",
    ),
    EDITED: Article(
        title="关于规范临时建设管理的通知",
        body="一、总体要求\n已经开工的项目原则上可以继续建设，并应当依法办理手续。\n二、附则",
        published="2026-02-27",
        doc_number="示建发〔2026〕3号",
    ),
    RETITLED: Article(
        title="停车管理办法（征求意见稿）", body="第一条　为了规范停车。", published="2026-02-25"
    ),
    TAKEN_DOWN: Article(
        title="关于拟聘用人员的公示", body="拟聘用人员名单如下。", published="2026-02-20"
    ),
    BACK: Article(title="供水抢修公告", body="今日夜间停水抢修。", published="2026-02-28"),
    MOVED: Article(title="惠企政策清单", body="企业可以申请贷款贴息。", published="2026-02-24"),
}
_LATE = Article(
    title="一月经济运行情况",
    body="全市GDP增长５.２%。\n行业\t产值\t增速\n工业\t120\t3.1%\n农业\t45\t1.0%\n临时建设项目清零。",
    published="2026-03-02",
    attachments=(Attachment("附表.xlsx", f"http://{HOST}/attach/0/a.xlsx"),),
)
_EDITED = replace(
    _FIRST[EDITED], body=_FIRST[EDITED].body.replace("原则上可以继续", "一律不得再继续")
)
_RETITLED = replace(_FIRST[RETITLED], title="停车管理办法")


@dataclass(frozen=True)
class Day:
    """What the site shows on one day: its pages (a sign of absence for one that is not there),
    and its lists."""

    pages: Mapping[str, Article | Absence]
    lists: Mapping[str, tuple[str, ...]]


STORY = (
    Day(_FIRST, {NOTICES: tuple(_FIRST), POLICIES: (UNREAD,)}),
    Day(
        _FIRST
        | {TAKEN_DOWN: Absence.NOT_FOUND, BACK: Absence.NOT_FOUND}
        | {EDITED: _EDITED, LATE: _LATE},
        {NOTICES: (LATE, QUIET, EDITED, RETITLED, BACK, MOVED), POLICIES: (UNREAD,)},
    ),
    Day(
        _FIRST
        | {TAKEN_DOWN: Absence.NOT_FOUND, RETITLED: _RETITLED}
        | {EDITED: _EDITED, LATE: _LATE},
        {NOTICES: (LATE, QUIET, EDITED, RETITLED, BACK), POLICIES: (UNREAD, MOVED)},
    ),
)


def address(cms_id: str, channel: str = NOTICES) -> str:
    return f"http://{HOST}/art/2026/3/1/art_{channel}_{cms_id}.html"


def tell(url: str, days: Iterable[tuple[datetime, Day]] = tuple(zip(DAYS, STORY, strict=True))):
    """Record the story into a new archive, day after day; the archive, open."""
    now = [DAYS[0]]
    archive = Archive.open(url, clock=lambda: now[0])
    for morning, day in days:
        now[0] = morning
        crawl = archive.crawl("hanweb", f"http://{HOST}/", [HOST])
        now[0] = morning + timedelta(minutes=9)
        _record(crawl, morning + timedelta(minutes=1), day)
        crawl.close("finished", {})
    return archive


def _record(crawl: Recorder, at: datetime, day: Day) -> None:
    crawl.add(SiteSeen(host=HOST, name="示例市人民政府", generation="classic", at=at))
    for cms_id, name in _CHANNELS.items():
        crawl.add(_channel(cms_id, name, at))
    for channel, listed in day.lists.items():
        _walk(crawl, at, channel, listed)
    where = {cms_id: channel for channel, listed in day.lists.items() for cms_id in listed}
    for cms_id, page in day.pages.items():
        _look(crawl, at, cms_id, where.get(cms_id, NOTICES), page)


def _channel(cms_id: str, name: str, at: datetime) -> ChannelSeen:
    return ChannelSeen(
        host=HOST,
        cms_id=cms_id,
        name=name,
        url=f"http://{HOST}/col/col{cms_id}/index.html",
        parent_cms_id=None if cms_id == OPEN else OPEN,
        dialect="jpage",
        at=at,
    )


def _walk(crawl: Recorder, at: datetime, channel: str, listed: tuple[str, ...]) -> None:
    entries = tuple(
        Placed(ArticleKey(HOST, i), address(i, channel), f"条目{i}", date(2026, 3, 1))
        for i in listed
    )
    if channel == NOTICES:
        entries += (ELSEWHERE,)
    crawl.add(Listed(host=HOST, channel=channel, at=at, entries=entries))
    crawl.add(
        Walked(
            host=HOST,
            channel=channel,
            walked_at=at,
            claimed_total=len(entries) + (3 if channel == POLICIES else 0),
            entries_seen=len(entries),
            articles_seen=len(listed),
            repeats=0,
            off_site=len(entries) - len(listed),
            pages=1,
            stop_reason="the site offers no further page",
            verdict="short by 3" if channel == POLICIES else "complete",
            whole=True,
        )
    )


def _look(
    crawl: Recorder, at: datetime, cms_id: str, channel: str, page: Article | Absence
) -> None:
    key, url = ArticleKey(HOST, cms_id), address(cms_id, channel)
    crawl.add(Wanted(url=url, kind="article", key=key, listed_title=None, at=at))
    there = isinstance(page, Article)
    crawl.add(
        Captured(
            url=url,
            captured_at=at,
            status=200 if there else 404,
            headers={},
            payload=f"{cms_id} {page!r}".encode(),
            page_kind="article" if there else "error",
            reader="story/1",
            key=key,
            article=page if there else None,
            absence=None if there else page,
        )
    )
