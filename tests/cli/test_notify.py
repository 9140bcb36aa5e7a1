"""Who should know is told of the night, and of what needs a person: once, until it is over."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

import settings
from cli.main import app
from storage.consult.alarms import Alarm
from storage.judging import Absence, Outcome
from storage.values import Captured, ChannelSeen, Walked
from tests.cli.conftest import Run
from tests.cli.test_report import BEGAN, DAY, Nights, some
from tests.storage.seeing import HOST, NOTICES, entry, walk


class Receiver:
    """A webhook on loopback. `status` is what it answers."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(json.loads(body) | {"path": self.path})
                self.send_response(outer.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"json://me:Canary1@127.0.0.1:{self.server.server_port}/hook/Canary2"


@pytest.fixture
def hook(monkeypatch, tmp_path) -> Iterator[Receiver]:
    receiver = Receiver()
    monkeypatch.setattr(settings, "NOTIFY", receiver.address)
    monkeypatch.setattr(settings, "STATE_FOLDER", str(tmp_path / "state"))
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def nights(tmp_path) -> Iterator[Nights]:
    made = Nights(f"sqlite:///{tmp_path}/archive.db")
    yield made
    made.archive.close()


def failed_walk(at: Any, verdict: str = "failed", channel: str = NOTICES) -> Walked:
    return Walked(
        host=HOST, channel=channel, walked_at=at, claimed_total=None, entries_seen=0,
        articles_seen=0, repeats=0, off_site=0, pages=0, verdict=verdict, whole=False,
        stop_reason="failed: status 404",
    )  # fmt: skip


def kinds(run: Run, nights: Nights) -> list[str]:
    done = run("notify", "--dry-run", "--json", archive=nights.url)
    assert done.exit_code == 0, done.output
    return [alarm["kind"] for alarm in json.loads(done.stdout)["standing"]]


def test_the_night_is_told_to_a_webhook(run: Run, nights: Nights, hook: Receiver) -> None:
    nights.crawl(0, *some(BEGAN, "1001", "1002"))
    done = run("notify", archive=nights.url, lang="zh")
    assert (done.exit_code, done.stdout) == (0, "")
    (message,) = hook.got
    assert message["title"] == "存证：夜间报告"
    assert "新见 2" in message["message"] or "2" in message["message"]
    assert HOST in message["message"]


def test_a_dead_channel_is_an_alarm_after_the_next_crawl_once_until_it_is_over(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    one, two, three, four = (BEGAN + n * DAY for n in range(4))
    nights.crawl(0, *walk(one, entry("1001")), *some(one, "1001"))
    assert run("notify", "--alarms", archive=nights.url).exit_code == 0
    assert hook.got == []

    nights.crawl(1, failed_walk(two))
    run("notify", "--alarms", archive=nights.url)
    (message,) = hook.got
    assert "the channel is dead" in message["message"]
    assert message["title"] == "Cunzheng: 1 new alarms"

    nights.crawl(2, failed_walk(three))
    run("notify", "--alarms", archive=nights.url)
    told = [each["message"] for each in hook.got]
    assert sum("the channel is dead" in text for text in told) == 1, "it is told once"

    nights.crawl(3, *walk(four, entry("1001")))
    run("notify", "--alarms", archive=nights.url)
    assert "over: " in hook.got[-1]["message"]
    assert "the channel is dead" in hook.got[-1]["message"]
    before = len(hook.got)
    run("notify", "--alarms", archive=nights.url)
    assert len(hook.got) == before


def test_a_channel_whose_page_is_gone_is_dead(run: Run, nights: Nights, hook: Receiver) -> None:
    one, two = BEGAN, BEGAN + DAY
    url = f"http://{HOST}/col/col{NOTICES}/index.html"
    seen = ChannelSeen(host=HOST, cms_id=NOTICES, name="通知公告", url=url, at=one)
    gone = Captured(
        url=url, captured_at=two, status=404, headers={}, payload=b"no", page_kind="not_found",
        reader="seeing/1", outcome=Outcome.NOT_AN_ARTICLE,
    )  # fmt: skip
    nights.crawl(0, seen, *walk(one, entry("1001")))
    nights.crawl(1, gone, *walk(two, entry("1002"), channel="12"))
    run("notify", "--alarms", archive=nights.url, lang="zh")
    assert "通知公告：栏目失效，其页面返回状态 404" in hook.got[0]["message"]


def test_a_channel_that_the_sites_menus_drop_is_told_when_it_is_not_asked_for_any_more(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    def shown(cms_id: str, at: Any) -> ChannelSeen:
        url = f"http://{HOST}/col/col{cms_id}/index.html"
        return ChannelSeen(host=HOST, cms_id=cms_id, name=f"栏目{cms_id}", url=url, at=at)

    both = (shown(NOTICES, BEGAN), shown("12", BEGAN))
    nights.crawl(0, *both, *walk(BEGAN, entry("1001")), *walk(BEGAN, entry("1002"), channel="12"))
    for night in (10, 20):
        at = BEGAN + night * DAY
        nights.crawl(night, shown("12", at), *walk(at, entry("1002"), channel="12"))
        expected = ["dropped"] if night == 20 else []
        assert [kind for kind in kinds(run, nights) if kind == "dropped"] == expected
    run("notify", "--alarms", archive=nights.url, lang="zh")
    assert f"栏目{NOTICES}：网站的页面自 2026-03-02 起不再提到这个栏目" in hook.got[0]["message"]
    at = BEGAN + 21 * DAY
    nights.crawl(21, shown(NOTICES, at), *walk(at, entry("1001")))
    assert "dropped" not in kinds(run, nights)


def test_a_channel_that_never_gave_anything_is_no_dead_one(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    nights.crawl(0, failed_walk(BEGAN))
    assert kinds(run, nights) == []


def test_a_channel_is_silent_where_it_pauses_longer_than_ever(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    days = [date(2026, 3, 1) - timedelta(days=3 * n) for n in range(12)]
    entries = [entry(str(2000 + n), on=day) for n, day in enumerate(days)]
    nights.crawl(0, *walk(BEGAN, *entries))
    assert kinds(run, nights) == []
    nights.crawl(6, *walk(BEGAN + 6 * DAY, *entries))
    assert kinds(run, nights) == [], "a week is no silence"
    nights.crawl(9, *walk(BEGAN + 9 * DAY, *entries))
    assert kinds(run, nights) == ["silent"]
    run("notify", archive=nights.url)
    assert (
        "nothing new for 10 days (the last on 2026-03-01), 3 at the most"
        in (hook.got[0]["message"])
    )


def test_a_channel_that_had_ended_before_it_was_first_seen_is_no_alarm_until_it_ends_again(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    days = [date(2019, 3, 1) - timedelta(days=3 * n) for n in range(12)]
    entries = [entry(str(2000 + n), on=day) for n, day in enumerate(days)]
    nights.crawl(0, *walk(BEGAN, *entries))
    assert kinds(run, nights) == []
    woken = [entry(str(3000 + n), on=date(2026, 3, 2) + timedelta(days=n)) for n in range(10)]
    nights.crawl(12, *walk(BEGAN + 12 * DAY, *woken, *entries))
    assert kinds(run, nights) == []
    nights.crawl(10_000, *walk(BEGAN + 10_000 * DAY, *woken, *entries))
    assert kinds(run, nights) == ["silent"]


def test_short_of_the_total_is_an_alarm_the_second_time(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    for n, expected in enumerate([[], ["short"], ["short"]]):
        at = BEGAN + n * DAY
        nights.crawl(n, *walk(at, entry("1001"))[:1], failed_walk(at, "short by 3"))
        assert kinds(run, nights) == expected
    nights.crawl(3, *walk(BEGAN + 3 * DAY, entry("1001")))
    assert kinds(run, nights) == []


def test_a_site_that_is_down_is_one_alarm_and_its_channels_none(
    run: Run, nights: Nights, hook: Receiver
) -> None:
    nights.crawl(0, *walk(BEGAN, entry("1001")))
    given_up = {HOST: "given up after 8 failures in a row"}
    nights.crawl(1, failed_walk(BEGAN + DAY), given_up=given_up)
    assert kinds(run, nights) == ["down"]
    nights.crawl(2, ends="blocked")
    assert kinds(run, nights) == ["blocked"]


def test_what_the_guard_holds_is_an_alarm(run: Run, nights: Nights, hook: Receiver) -> None:
    ids = [str(number) for number in range(1001, 1031)]
    nights.crawl(0, *some(BEGAN, *ids))
    nights.crawl(
        1, *some(BEGAN + DAY, *ids[:15], what=Absence.NOT_FOUND), *some(BEGAN + DAY, *ids[15:])
    )
    run("notify", archive=nights.url)
    assert "cunzheng release 2" in hook.got[0]["message"]
    assert run("release", "2", archive=nights.url).exit_code == 0
    assert "held" not in kinds(run, nights)


def test_a_full_disk_is_an_alarm(run: Run, nights: Nights, hook: Receiver, monkeypatch) -> None:
    monkeypatch.setattr("storage.checkup.LEAST_ROOM", 10**18)
    nights.crawl(0)
    assert kinds(run, nights) == ["disk"]


def test_what_did_not_arrive_is_told_again_and_no_secret_with_it(
    run: Run, nights: Nights, hook: Receiver, caplog
) -> None:
    nights.crawl(0, *walk(BEGAN, entry("1001")))
    nights.crawl(1, failed_walk(BEGAN + DAY))
    hook.status = 500
    done = run("notify", archive=nights.url)
    assert done.exit_code == 6
    assert "address 1 (JSON) was not reached" in done.stderr
    assert "Canary" not in done.output + caplog.text
    hook.status = 200
    assert run("notify", archive=nights.url).exit_code == 0
    assert "the channel is dead" in hook.got[-1]["message"]
    assert hook.got[-1]["path"] == "/hook/Canary2"


@pytest.mark.parametrize("setting", ["", "nosuch://Canary1", "json://127.0.0.1 wecombot://"])
def test_an_address_that_is_none_is_refused_by_its_place(
    run: Run, nights: Nights, hook: Receiver, setting: str, monkeypatch
) -> None:
    monkeypatch.setattr(settings, "NOTIFY", setting)
    nights.crawl(0)
    done = run("notify", archive=nights.url)
    assert done.exit_code == 4
    assert "CUNZHENG_NOTIFY" in done.stderr
    assert "Canary" not in done.output
    assert hook.got == []


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("mailto://user:password@example.org?to=me@example.org", "E-Mail"),
        ("mailtos://user:password@smtp.example.org:465?from=a@example.org&to=b@example.org", None),
        ("wecombot://0123456789abcdef0123456789abcdef0123", "WeCom Bot"),
        ("dingtalk://SECabcdef@0123456789abcdef", "DingTalk"),
        ("feishu://0123456789abcdef", "Feishu"),
        ("json://127.0.0.1:9/hook", "JSON"),
    ],
)
def test_the_addresses_of_the_document_are_known(address: str, service: str | None) -> None:
    from pathlib import Path

    from apprise import Apprise

    made = Apprise.instantiate(address)
    assert made is not None
    assert service in (None, str(made.service_name))
    scheme = address.partition("://")[0]
    assert f"`{scheme}://" in (Path(settings.ROOT) / "docs/operating.md").read_text("utf-8")


def test_a_message_tries_the_addresses(hook: Receiver) -> None:
    done = CliRunner().invoke(app, ["notify", "--test", "--lang", "en"])
    assert (done.exit_code, hook.got[0]["message"]) == (0, "This is a test.")


def test_an_alarm_is_named_by_what_it_is_about() -> None:
    assert Alarm("dead", "a.gov.cn", "11", "通知", {"status": 404}).key == "dead a.gov.cn 11"
