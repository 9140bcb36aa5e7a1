"""What an operator reads in the morning."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.ending import ExitCode
from crawler.nights import WORST_FIRST, worst
from storage.archive import Archive
from storage.judging import Absence, Outcome
from storage.values import Ended, Walked, Wanted
from tests.cli.conftest import Run
from tests.storage.seeing import (
    EDITED,
    HOST,
    NOTICE,
    NOTICES,
    address,
    channel_page,
    entry,
    look,
    walk,
    wanted,
)

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
BEGAN = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Nights:
    """An archive told night by night; each crawl takes ten minutes."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.now = BEGAN
        self.archive = Archive.open(url, clock=lambda: self.now)

    def crawl(self, night: int, *values: object, host: str = HOST, ends: str = "finished", **stats):
        self.now = BEGAN + night * DAY
        crawl = self.archive.crawl("hanweb", f"http://{host}/", [host])
        for value in (channel_page(self.now, host), *values):
            crawl.add(value)  # type: ignore[arg-type]
        self.now += timedelta(minutes=10)
        crawl.close(ends, stats)


@pytest.fixture
def nights(tmp_path):
    made = Nights(f"sqlite:///{tmp_path}/archive.db")
    yield made
    made.archive.close()


def told(run: Run, nights: Nights, *args: str, code: int = 0) -> dict:
    done = run("report", "--json", *args, archive=nights.url)
    assert (done.exit_code, done.stderr) == (code, "")
    return json.loads(done.stdout)


def some(at: datetime, *ids: str, what: object = NOTICE) -> list[object]:
    return [each for cms_id in ids for each in (wanted(cms_id, at), look(what, at, cms_id))]  # type: ignore[arg-type]


def test_a_night_tells_what_came_went_and_was_edited(run: Run, nights: Nights) -> None:
    one, two, three, four = (BEGAN + n * DAY for n in range(4))
    nights.crawl(0, *some(one, "1001", "1002", "1003"))
    nights.crawl(1, *some(two, "1001", what=EDITED), *some(two, "1002", what=Absence.NOT_FOUND))
    nights.crawl(2, *some(three + DAY / 2, "1002", what=Absence.NOT_FOUND))
    nights.crawl(3, *some(four, "1002"), *some(four, "1004"))

    (newest,) = told(run, nights, "--last")["crawls"]
    assert newest["events"] == {"restored": 1, "published": 1}
    kinds = [crawl["events"] for crawl in told(run, nights, "--since", "2026-03-01")["crawls"]]
    assert kinds[:3] == [{"published": 3}, {"edited": 1, "missing": 1}, {"gone": 1}]
    (second,) = told(run, nights, "2")["crawls"]
    assert (second["id"], second["hosts"]) == (2, [HOST])


def test_what_lists_alone_show_belongs_to_the_crawl_that_walked_them(
    run: Run, nights: Nights
) -> None:
    one, two = BEGAN, BEGAN + DAY
    nights.crawl(0, *walk(one, entry("1001"), entry("1002")), *some(one, "1001", "1002"))
    nights.crawl(1, *walk(two, entry("1001")), host=HOST)

    first, second = told(run, nights, "--since", "2026-03-01")["crawls"]
    assert "unlisted" not in first["events"]
    assert second["events"] == {"unlisted": 1}


@BOTH
def test_a_list_that_fell_short_is_named_with_the_reason(
    run: Run, nights: Nights, lang: str
) -> None:
    short = Walked(
        host=HOST, channel=NOTICES, walked_at=BEGAN, claimed_total=5, entries_seen=2,
        articles_seen=2, repeats=0, off_site=0, pages=1, verdict="short by 3", whole=True,
        stop_reason="the site offers no further page",
    )  # fmt: skip
    nights.crawl(0, *walk(BEGAN, entry("1001"), entry("1002"))[:1], short)

    done = run("report", archive=nights.url, lang=lang)
    assert done.exit_code == 0
    said = "称共 5 条" if lang == "zh" else "claims 5 entries"
    assert said in done.stdout
    assert run("report", "--exit-code", archive=nights.url).exit_code == ExitCode.INCOMPLETE


@BOTH
def test_a_site_that_is_down_and_one_that_is_blocked_are_told_as_such(
    run: Run, nights: Nights, lang: str
) -> None:
    nights.crawl(0, host="down.example.gov.cn", ends="site_down")
    nights.crawl(0, host="closed.example.gov.cn", ends="blocked")
    url = address("1001", host="ill.example.gov.cn")
    ill = [
        Wanted(url=url, kind="article", at=BEGAN),
        Ended(url=url, outcome=Outcome.FAILED, detail="503", at=BEGAN),
    ]
    given_up = {"ill.example.gov.cn": "given up after 8 failures in a row, the last: status 503"}
    nights.crawl(0, *ill, host="ill.example.gov.cn", given_up=given_up)

    document = told(run, nights, "--exit-code", code=8)
    assert [crawl["exit_code"] for crawl in document["crawls"]] == [9, 8, 6]
    text = run("report", archive=nights.url, lang=lang).stdout
    assert ("网站不通" if lang == "zh" else "the site is down") in text
    assert "given up after 8 failures" in text


def test_what_the_guard_holds_is_told_until_it_is_released(run: Run, nights: Nights) -> None:
    ids = [str(number) for number in range(1001, 1031)]
    nights.crawl(0, *some(BEGAN, *ids))
    nights.crawl(
        1, *some(BEGAN + DAY, *ids[:15], what=Absence.NOT_FOUND), *some(BEGAN + DAY, *ids[15:])
    )
    nights.crawl(9, *some(BEGAN + 9 * DAY, *ids))

    document = told(run, nights, "--last")
    assert list(document["held"]) == ["2"]
    assert "cunzheng release 2" in run("report", "--last", archive=nights.url).stdout
    assert told(run, nights, "2", "--exit-code", code=7)["crawls"][0]["ending"] == "HELD"
    assert run("release", "2", archive=nights.url).exit_code == 0
    assert told(run, nights, "--last")["held"] == {}


def test_a_figure_is_unusual_only_against_enough_runs_of_the_same_crawl(
    run: Run, nights: Nights
) -> None:
    for n in range(4):
        nights.crawl(n, **{"downloader/request_count": 40 + n})
    nights.crawl(4, **{"downloader/request_count": 900})
    assert told(run, nights, "--last")["crawls"][0]["odd"] == [], "four runs are too few"

    for n in range(5, 50):
        nights.crawl(n, **{"downloader/request_count": 40 + n % 4})
    nights.crawl(50, **{"downloader/request_count": 900})
    nights.crawl(51, host="other.example.gov.cn", **{"downloader/request_count": 7})
    crawls = told(run, nights, "--since", "2026-04-21")["crawls"]
    assert [crawl["odd"] for crawl in crawls] == [["requests"], []]
    (usual,) = [each for each in crawls[0]["usual"] if each["figure"] == "requests"]
    assert (usual["least"], usual["most"], usual["runs"]) == (40, 43, 30)


def test_what_is_within_the_last_runs_or_near_to_them_is_not_unusual(
    run: Run, nights: Nights
) -> None:
    for n, requests in enumerate([40, 41, 40, 42, 40, 44]):
        nights.crawl(n, **{"downloader/request_count": requests})
    assert told(run, nights, "--last")["crawls"][0]["odd"] == []


def test_many_quiet_crawls_take_one_line(run: Run, nights: Nights) -> None:
    for n in range(30):
        nights.crawl(0, host=f"s{n}.example.gov.cn")
    nights.crawl(0, *some(BEGAN, "1001"))
    lines = run("report", archive=nights.url).stdout.splitlines()
    assert len(lines) < 8
    assert any(line.startswith("30 more crawls") for line in lines)


def test_the_last_night_is_told_where_nothing_is_asked(run: Run, nights: Nights) -> None:
    for n in (0, 3):
        nights.crawl(n)
    assert [crawl["id"] for crawl in told(run, nights)["crawls"]] == [2]


def test_a_crawl_that_has_not_ended_is_told_by_its_addresses(run: Run, nights: Nights) -> None:
    nights.now = BEGAN
    crawl = nights.archive.crawl("hanweb", f"http://{HOST}/", [HOST])
    for value in (*some(BEGAN, "1001"), wanted("1002", BEGAN)):
        crawl.add(value)  # type: ignore[arg-type]
    crawl.flush()
    (running,) = told(run, nights)["crawls"]
    assert (running["ending"], running["unended"]) == ("INTERRUPTED", 1)
    assert running["outcomes"] == {"new": 1}


def test_a_crawl_that_never_was_is_refused(run: Run, nights: Nights) -> None:
    assert run("report", "99", archive=nights.url).exit_code == 2


def test_every_ending_has_its_place_in_the_order() -> None:
    assert sorted(WORST_FIRST) == sorted(ExitCode)
    assert worst([]) is ExitCode.COMPLETE
