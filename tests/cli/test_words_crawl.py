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
