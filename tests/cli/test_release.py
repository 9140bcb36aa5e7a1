"""What an operator types when a crawl is held."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from storage.archive import Archive
from storage.judging import Absence
from tests.cli.conftest import Run
from tests.storage.seeing import HOST, NOTICE, channel_page, look

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
IDS = [str(number) for number in range(1001, 1031)]
BEGAN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def held(tmp_path) -> str:
    """An archive of two crawls, of which the second met a third of the articles no more."""
    url = f"sqlite:///{tmp_path}/archive.db"
    now = [BEGAN]
    archive = Archive.open(url, clock=lambda: now[0])
    for day, missing in enumerate((0, 10)):
        now[0] = at = BEGAN + timedelta(days=day)
        with archive.record("hanweb", f"http://{HOST}/", [HOST]) as crawl:
            crawl.add(channel_page(at))
            for n, cms_id in enumerate(IDS):
                crawl.add(look(Absence.NOT_FOUND if n < missing else NOTICE, at, cms_id))
    archive.close()
    return url


@BOTH
def test_crawls_says_why_one_is_held_and_what_to_type(run: Run, held: str, lang: str) -> None:
    told = "".join(run("crawls", archive=held, lang=lang).stdout.split())
    assert ("30篇文章中有10篇似乎同时消失" if lang == "zh" else "10of30articles") in told
    assert "cunzhengrelease2" in told


def test_the_same_in_json(run: Run, held: str) -> None:
    newest = json.loads(run("crawls", "--json", archive=held).stdout)["crawls"][0]
    assert newest["held_because"] == f"{HOST}: 10 of 30 articles seemed to have vanished at once"
    (hold,) = newest["holds"]
    assert (hold["host"], hold["whole"], hold["released_at"]) == (HOST, True, None)
    assert hold["because"] == [{"why": "vanished", "n": 10, "of": 30}]


@BOTH
def test_it_is_released_and_then_no_longer_held(run: Run, held: str, lang: str) -> None:
    told = run("release", "2", archive=held, lang=lang)
    assert (told.exit_code, told.stderr) == (0, "")
    assert HOST in told.stdout
    kinds = [e["kind"] for e in json.loads(run("events", "--json", archive=held).stdout)["events"]]
    assert kinds.count("missing") == 10
    (newest, _) = json.loads(run("crawls", "--json", archive=held).stdout)["crawls"]
    assert newest["held_because"] is None
    assert newest["holds"][0]["released_by"] == "command"
    assert ("已采信" if lang == "zh" else "released") in run(
        "crawls", archive=held, lang=lang
    ).stdout


def test_released_as_json(run: Run, held: str) -> None:
    told = json.loads(run("release", "2", "--json", archive=held).stdout)
    assert told == {"crawl_id": 2, "hosts": [HOST], "articles": 30}


@BOTH
@pytest.mark.parametrize(("number", "said"), [("1", "is not held"), ("77", "no crawl 77")])
def test_what_cannot_be_released_is_told_in_one_line(
    run: Run, held: str, number: str, said: str, lang: str
) -> None:
    told = run("release", number, archive=held, lang=lang)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert said in told.stderr


def test_releasing_twice_says_when_it_was_released(run: Run, held: str) -> None:
    run("release", "2", archive=held)
    told = run("release", "2", archive=held)
    assert told.exit_code == 2
    assert "crawl 2 was released on" in told.stderr


def test_where_there_is_no_archive_none_is_made(run: Run, tmp_path) -> None:
    told = run("release", "2", archive=f"sqlite:///{tmp_path}/none.db")
    assert told.exit_code == 4
    assert not (tmp_path / "none.db").exists()


@BOTH
def test_help_has_an_example(run: Run, lang: str) -> None:
    told = run("release", "--help", lang=lang)
    assert told.exit_code == 0
    assert "cunzheng release 12" in " ".join(told.stdout.split())
