"""`scrapy crawl` speaks Chinese where the operator's locale is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from cli.words_crawl import in_chinese
from crawler.ending import Ending, ExitCode
from crawler.failures import problem_of
from crawler.refusals import OffSite, Private, RobotsForbid, RobotsUnreachable, VisitCounter
from crawler.report import report
from storage.engine import _SQLITE_SAYS
from storage.guard import Reason, Why
from storage.postgresql import _BY_PHRASE, _BY_STATE

ROOT = Path(__file__).resolve().parents[2]
URL = "http://www.example.gov.cn/"
_ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize(
    "error",
    [
        CannotResolveHostError("x"),
        DownloadConnectionRefusedError("x"),
        DownloadTimeoutError("x"),
        ResponseDataLossError("x"),
        Private("x"),
        RobotsForbid("x"),
        RobotsUnreachable("x"),
        OffSite("x"),
        VisitCounter("x"),
        ValueError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_why_a_site_could_not_be_opened_is_said_in_chinese(error: Exception) -> None:
    line = in_chinese(problem_of(URL, error).line)

    assert line.startswith(f"{URL}：")
    assert not _ENGLISH.search(line)


@pytest.mark.parametrize("code", [ExitCode.COMPLETE, ExitCode.INCOMPLETE, ExitCode.INTERRUPTED])
def test_a_report_is_said_in_chinese_line_by_line(code: ExitCode) -> None:
    ending = Ending(
        finish_reason="finished",
        problem=None,
        outcomes={"new": 3, "gone-signal": 1, "failed": 2},
        unended=4,
        held_because=None,
        verdicts=("complete", "short by 3"),
        unmet="3 articles are held as present, 5 are expected (sites.toml)",
        files={"new": 1},
    )

    told = in_chinese(report("hanweb", URL, ending, code))

    assert "  网址：新 3、不在 1、失败 2" in told
    assert "  走过栏目 2 个，其中 1 个少于网站自称的数目" in told
    assert "  与预期不符：在存 3 篇，预期 5 篇" in told
    assert "  留给下一次：4 个网址" in told
    assert not _ENGLISH.search(told)


@pytest.mark.parametrize(
    "line",
    [
        "url must be an address without a name and password in it",
        "CUNZHENG_PROGRESS must be one of auto, plain, json, none, not 'loud'",
        "GUARD_FAILED must be a share between 0 and 1, not 3.0",
        "CLOCK must say its zone, like 2026-03-01T02:00:00+08:00; got 2026-03-01",
        "the database holds no archive yet; crawl a site first",
        "the archive is of a newer version (0099) than this program (0012); update it",
        "the server is PostgreSQL 12; the archive needs 15 or newer",
        "  a.gov.cn: given up after 5 failures in a row, the last: 503",
        "  certificate of a.gov.cn: expired; crawled all the same",
        "  this machine's clock: 0:20:00",
    ],
)
def test_what_may_be_wrong_is_said_in_chinese(line: str) -> None:
    assert not _ENGLISH.search(in_chinese(line)), in_chinese(line)


def test_whatever_the_database_says_is_said_in_chinese() -> None:
    said = [advice for *_, advice in (*_SQLITE_SAYS, *_BY_STATE, *_BY_PHRASE)]
    for advice in said:
        line = in_chinese(f"archive postgresql://me:***@db/archive: {advice}")
        assert line.startswith("存档 postgresql://me:***@db/archive："), advice


@pytest.mark.parametrize("why", list(Why))
def test_why_a_crawl_is_held_is_said_in_chinese(why: Why) -> None:
    ending = Ending("finished", None, {}, 0, str(Reason(why, 3, 30)), ("complete",))
    told = in_chinese(report("hanweb", URL, ending, ExitCode.HELD))
    assert not _ENGLISH.search(told), told


def test_a_language_that_is_asked_for_goes_before_the_locale(tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    env["ARCHIVE_URL"] = f"sqlite:///{tmp_path}/archive.db"
    (tmp_path / "sites.toml").write_text('[down]\nurl = "http://127.0.0.1:9/"\n')
    env |= {"CUNZHENG_SITES": f"{tmp_path}/sites.toml", "CUNZHENG_RETRIES": "0"}
    for command in (["scrapy", "crawl", "down"], ["cli.main", "crawl", "down"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, "--lang", "zh"],
            cwd=ROOT, env=env, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert "内网地址一律不抓取" in done.stderr, done


def test_what_is_not_known_is_told_as_it_stands() -> None:
    assert in_chinese("something new under the sun") == "something new under the sun"


def test_the_command_follows_the_locale(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "nobody"],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "LANG": "zh_CN.UTF-8",
            "PYTHONUTF8": "1",
            "ARCHIVE_URL": f"sqlite:///{tmp_path}/archive.db",
        },
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("cunzheng: 没有名为 nobody 的爬虫；有：")
