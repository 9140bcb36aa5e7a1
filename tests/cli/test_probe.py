"""`cunzheng probe`: a stranger's address looked at, and told; nothing is kept of it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cli.main import app
from cli.waiting import Waiting
from crawler.declaring import AlreadyDeclared, declare, name_of
from crawler.ending import ExitCode
from crawler.probed import in_navigation
from crawler.site import SitesFileError, load_sites
from replica import Ailment, Faults, World, serve
from tests.crawls import nursery

ROOT = Path(__file__).parents[2]
PAGES = ROOT.parent / "shared" / "pages"
SMALL = World(seed=7, size=0.1)
OTHERS = '# Ours, and why.\n[other]\ntitle = "别的网站"\nurl = "http://other.example.gov.cn/"\n'


@dataclass(frozen=True)
class Desk:
    """A folder of somebody's own, with a file of sites; programs are run in it."""

    folder: Path

    @property
    def sites(self) -> Path:
        return self.folder / "sites.toml"

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess:
        ended = nursery.typed(args, self.told(env), self.folder)
        return subprocess.CompletedProcess(args, ended.code, ended.out, ended.err)

    def started(self, *args: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", *args],
            cwd=self.folder,
            env=self.told({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def told(self, env: dict[str, str]) -> dict[str, str]:
        return os.environ | {
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "ARCHIVE_URL": f"sqlite:///{self.folder / 'archive.db'}",
            "CUNZHENG_DELAY": "0.001",
            "CUNZHENG_SITES": str(self.sites),
            "CUNZHENG_TIMEOUT": "10",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "COLUMNS": "100",
            **env,
        }

    def probe(self, *args: str, **env: str) -> subprocess.CompletedProcess:
        return self.run("cli.main", "probe", *args, **env)

    def refused(self, *args: str) -> Result:
        """A probe that ends before anything is asked for needs no program of its own."""
        sites = [] if "--sites" in args else ["--sites", str(self.sites)]
        return CliRunner().invoke(app, ["probe", *args, *sites, "--lang", "en"])

    def seen(self, *args: str) -> dict:
        """What a probe that goes well answers with `--json`."""
        done = self.probe(*args, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "sites.toml").write_text(OTHERS, encoding="utf-8")
    return Desk(tmp_path)


Answers = Callable[[str], bytes | None]


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Somebody else's web server: `answers` gives the page of a path, None where there is none."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def port_of_nobody() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def assert_one_line(
    done: subprocess.CompletedProcess | Result, code: ExitCode, *words: str
) -> None:
    ended = done.exit_code if isinstance(done, Result) else done.returncode
    assert ended == code, (done, done.stderr)
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def pages_of_channels(site) -> list[str]:
    return [seen.path for seen in site.requests if "/col/col" in seen.path]


@pytest.mark.parametrize("kind", ["jpage_web", "jpage_cloud", "gbk"])
def test_a_site_is_told_by_its_own_words_and_claims(kind: str, desk: Desk) -> None:
    with serve(SMALL, kind=kind) as site:
        told = desk.seen(site.url)
        today = SMALL.on(1)
        urls = {site.channel_url(channel.number): channel for channel in today.channels}
    found = told["site"]
    assert (found["home"], found["generation"]) == (f"{site.url}/", "classic")
    assert "管理委员会" in found["name"]
    assert (told["not_looked_at"], told["written"], found["problem"]) == (0, None, None)
    assert {seen["url"] for seen in found["channels"]} == set(urls)
    for seen in found["channels"]:
        channel = urls[seen["url"]]
        assert (seen["name"], seen["dialect"], seen["problem"]) == (channel.name, "jpage", None)
        assert seen["claimed_total"] == len(today.listed(channel.number))
        parent = site.channel_url(channel.parent) if channel.parent else None
        by_id = {other["cms_id"]: other["url"] for other in found["channels"]}
        assert by_id.get(seen["parent_id"]) == parent


def test_only_robots_pages_and_lists_are_asked_for_and_nothing_is_kept(desk: Desk) -> None:
    with serve(SMALL) as site:
        desk.seen(site.url)
        asked = [seen.path for seen in site.requests]
        assert site.hits() == 0
    assert asked[:2] == ["/robots.txt", "/"]
    assert len(asked) == 2 + len(pages_of_channels(site)) == len(set(asked))
    assert desk.sites.read_text("utf-8") == OTHERS
    assert list(desk.folder.iterdir()) == [desk.sites]


def test_no_more_channels_are_looked_at_than_asked_for(desk: Desk) -> None:
    with serve(SMALL) as site:
        done = desk.probe(site.url, "--channels", "2")
        assert len(pages_of_channels(site)) == 2
    assert done.returncode == 0
    number = len(SMALL.on(1).channels)
    assert f"{number - 2} channels were not looked at" in done.stdout
    assert done.stdout.count("not looked at\n") + done.stdout.count("not looked at ") >= number - 2


def test_it_speaks_chinese(desk: Desk) -> None:
    with serve(SMALL) as site:
        done = desk.probe(site.url, "--channels", "0", "--lang", "zh")
    assert "大汉版通" in done.stdout
    assert "未看" in done.stdout
    assert "make crawl SITE=" in done.stdout


def test_a_channel_is_looked_at_first_where_its_address_is_given(desk: Desk) -> None:
    with serve(SMALL) as site:
        url = site.channel_url(17852)
        told = desk.seen(url, "--channels", "1")
        assert [site.url + path for path in pages_of_channels(site)] == [url]
    assert told["site"]["home"] == f"{site.url}/"
    assert [seen["cms_id"] for seen in told["site"]["channels"] if seen["looked"]] == ["17852"]


def test_a_list_that_only_a_script_fills_is_asked_what_it_claims(desk: Desk) -> None:
    if not PAGES.is_dir():
        pytest.skip(f"the recorded pages are not at {PAGES}")

    def answers(path: str) -> bytes | None:
        if path.startswith("/col/col1229565788/"):
            return (PAGES / "fzggw.zj.gov.cn__column__1.html").read_bytes()
        if path.startswith("/api-gateway/jpaas-publish-server/front/page/build/unit"):
            return (PAGES / "fzggw.zj.gov.cn__jpaas-unit__1.json").read_bytes()
        return None

    with serving(answers) as url:
        told = desk.seen(f"{url}col/col1229565788/index.html", "--channels", "1")
    first = told["site"]["channels"][0]
    assert told["site"]["generation"] == "jpaas"
    assert (first["dialect"], first["claimed_total"], first["problem"]) == ("jpaas", 388, None)


def test_channels_that_only_a_script_or_the_site_map_names_are_told(desk: Desk) -> None:
    pages = {
        "/": "<title>大汉版通</title><script src='/script/0/1607250824348226.js'></script>"
        "<a href='map/index.html'>网站地图</a>",
        "/script/0/1607250824348226.js": r"document.write('<a href=\"/col/col7/\">公告<\/a>');",
        "/map/index.html": "<a href='../col/col8/index.html'>政策文件</a>",
    }
    with serving(lambda path: pages[path].encode() if path in pages else None) as url:
        found = desk.seen(url)["site"]["channels"]
    assert {(seen["cms_id"], seen["name"]) for seen in found} == {("7", "公告"), ("8", "政策文件")}
    assert {seen["problem"] for seen in found} == {"status 404"}, "looked at as all others are"


def test_the_navigation_comes_first_and_a_channel_that_fails_hides_no_other(desk: Desk) -> None:
    home = """<a href="/col/col1/index.html">专题</a>
        <ul class="main-nav"><li><a href="/col/col2/index.html">要闻</a></li></ul>
        <nav><a href="/col/col3/index.html">公告</a><a href="/">首页</a></nav>"""
    assert in_navigation(home, "http://a.gov.cn/") == {"2", "3"}
    pages = {"/": home.encode(), "/col/col3/index.html": home.encode()}
    with serving(pages.get) as url:
        told = desk.seen(url, "--channels", "2")
    seen = [(c["cms_id"], c["looked"], c["problem"]) for c in told["site"]["channels"]]
    assert seen == [("2", True, "status 404"), ("3", True, None), ("1", False, None)]
    assert told["site"]["generation"] is None


def test_a_page_of_another_system_is_said_to_be_none(desk: Desk) -> None:
    with serving(lambda path: None if path == "/robots.txt" else b"<h1>Welcome</h1>") as url:
        assert_one_line(desk.probe(url), ExitCode.USAGE, url, "大汉版通")
        told = desk.probe(url, "--json", "--write")
    assert (told.returncode, json.loads(told.stdout)["site"]["home"]) == (ExitCode.USAGE, None)
    assert json.loads(told.stdout)["site"]["problem"]["exit_code"] == ExitCode.USAGE
    assert desk.sites.read_text("utf-8") == OTHERS


def test_a_host_that_refuses(desk: Desk) -> None:
    done = desk.probe(f"http://127.0.0.1:{port_of_nobody()}/")
    assert_one_line(done, ExitCode.SITE_DOWN, "refuses")
    assert done.stdout == ""


def test_robots_txt_is_obeyed(desk: Desk) -> None:
    with serve(SMALL) as site:
        site.robots = "User-agent: *\nDisallow: /\n"
        assert_one_line(desk.probe(site.url), ExitCode.BLOCKED, "robots.txt")
        assert [seen.path for seen in site.requests] == ["/robots.txt"]


def test_channels_that_robots_txt_keeps_are_named_and_not_read(desk: Desk) -> None:
    with serve(SMALL) as site:
        site.robots = "User-agent: *\nDisallow: /col/\n"
        told = desk.seen(site.url, "--channels", "3")
        assert pages_of_channels(site) == []
    assert ["robots.txt" in (c["problem"] or "") for c in told["site"]["channels"][:4]] == [
        True,
        True,
        True,
        False,
    ]


def test_a_challenge_on_the_way_ends_the_looking(desk: Desk) -> None:
    with serve(SMALL, faults=Faults(channels=Ailment.CHALLENGE)) as site:
        done = desk.probe(site.url, "--write")
        assert len(pages_of_channels(site)) == 1
    assert_one_line(done, ExitCode.BLOCKED, "challenge")
    assert "大汉版通 (classic)" in done.stdout
    assert desk.sites.read_text("utf-8") == OTHERS


def test_who_interrupts_it_gets_what_was_seen_by_then(desk: Desk) -> None:
    with (
        serve(SMALL, faults=Faults(channels=Ailment.SLOW, delay=1.0)) as site,
        desk.started("cli.main", "probe", site.url, "--json") as probing,
    ):
        while not pages_of_channels(site):
            assert probing.poll() is None
            sleep(0.05)
        probing.send_signal(signal.SIGINT)
        out, err = probing.communicate(timeout=180)
    assert (probing.returncode, err.count("\n")) == (ExitCode.INTERRUPTED, 1), err
    channels = json.loads(out)["site"]["channels"]
    assert len(channels) == 8
    assert all(c["claimed_total"] is not None for c in channels if c["looked"])
    assert not all(c["looked"] for c in channels)


@pytest.mark.parametrize("url", ["", "www.example.gov.cn", "file:///etc/passwd", "http://[", "ä"])
def test_what_is_no_address_is_said_to_be_none(url: str, desk: Desk) -> None:
    assert_one_line(desk.refused(url, "--write"), ExitCode.USAGE, "http://www.example.gov.cn/")


def test_manners_hold_here_too(desk: Desk) -> None:
    with serve(SMALL) as site:
        done = desk.probe(site.url, CUNZHENG_DELAY="0")
        assert_one_line(done, ExitCode.CONFIGURATION, "DOWNLOAD_DELAY")
        done = desk.probe(site.url, ALLOW_PRIVATE_ADDRESSES="0")
        assert_one_line(done, ExitCode.USAGE, "private")
        assert site.requests == []


def test_a_delay_that_is_declared_for_the_site_is_kept(desk: Desk) -> None:
    with serve(SMALL) as site:
        slow = f'[slow]\nurl = "{site.url}/"\ndelay = 0.6\n'
        desk.sites.write_text(slow, encoding="utf-8")
        desk.seen(site.url, "--channels", "1")
        home, channel = (seen.at for seen in site.requests[1:])
    assert (channel - home).total_seconds() > 0.3


def test_a_site_that_is_written_down_is_a_spider(desk: Desk) -> None:
    with serve(SMALL) as site:
        done = desk.probe(site.url, "--channels", "1", "--write")
        name = name_of(site.url.removeprefix("http://"))
        assert (done.returncode, done.stderr) == (0, "")
        assert f"scrapy crawl {name}" in done.stdout
        scrapy = {"SCRAPY_SETTINGS_MODULE": "settings", "PYTHONWARNINGS": "default"}
        assert name in desk.run("scrapy", "list", **scrapy).stdout.splitlines()
        crawled = desk.run("scrapy", "crawl", name, "-a", "channels=17863", **scrapy)
        assert crawled.returncode == 0, crawled
    text = desk.sites.read_text("utf-8")
    assert text.startswith(OTHERS + f"\n[{name}]\n")
    assert [(s.name, s.url) for s in load_sites(desk.sites)[1:]] == [(name, f"{site.url}/")]


def test_a_site_is_written_down_once(desk: Desk) -> None:
    with serve(SMALL) as site:
        own = desk.folder / "own.toml"
        first = desk.seen(site.url, "--channels", "0", "--write", "--sites", str(own))
        kept, asked = own.read_bytes(), len(site.requests)
        again = desk.refused(site.url, "--write", "--sites", str(own))
        assert len(site.requests) == asked
    assert first["written"]["name"] in again.stderr
    assert_one_line(again, ExitCode.USAGE, "own.toml", "declared already")
    assert own.read_bytes() == kept
    assert desk.sites.read_text("utf-8") == OTHERS


@pytest.mark.parametrize("content", [b"[broken", "[盐南]".encode("gbk"), b"a = 1", None])
def test_a_file_of_sites_that_cannot_be_used_is_named(content: bytes | None, desk: Desk) -> None:
    file = desk.folder / "own.toml"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    done = desk.refused("http://127.0.0.1:9/", "--write", "--sites", str(file))
    assert_one_line(done, ExitCode.CONFIGURATION, "own.toml")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("fzggw.jiangsu.gov.cn", "jiangsu_fzggw"),
        ("zwgk.dingxi.gov.cn", "dingxi_zwgk"),
        ("www.harbin.gov.cn", "harbin"),
        ("yjsy.example-univ.edu.cn", "example_univ_yjsy"),
        ("www.coscoshipping.com", "coscoshipping"),
        ("www.gov.cn", "gov"),
        ("xn--fiq228c.cn", "xn_fiq228c"),
        ("hanweb.com.cn", "site_hanweb"),
        ("12345.example.gov.cn", "example_12345"),
        ("[::1]:8807", "site_1_8807"),
        ("localhost:8807", "localhost_8807"),
    ],
)
def test_a_name_is_made_of_the_host(host: str, name: str) -> None:
    assert name_of(host) == name


def test_another_site_of_the_same_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    declare(file, "http://www.yancheng.gov.cn/", None)
    with pytest.raises(AlreadyDeclared, match=r"\[yancheng\].*http://www.yancheng.gov.cn/"):
        declare(file, "http://www.yancheng.com.cn/", None)
    assert [site.title for site in load_sites(file)] == ["www.yancheng.gov.cn"]


@pytest.mark.parametrize(
    "before", ["", "# only a comment", OTHERS, OTHERS.rstrip(), OTHERS.replace("\n", "\r\n")]
)
def test_what_stands_in_the_file_stays_to_the_byte(before: str, tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_bytes(before.encode())
    known = load_sites(file)
    site = declare(file, "http://a.gov.cn/", "甲")
    assert file.read_bytes().startswith(before.encode())
    assert load_sites(file) == (*known, site)
    assert (b"\r\n" in file.read_bytes().removeprefix(before.encode())) == ("\r\n" in before)


@given(title=st.text())
def test_whatever_a_site_calls_itself_the_file_can_be_loaded(title: str, tmp_path_factory) -> None:
    file = tmp_path_factory.mktemp("titles") / "sites.toml"
    site = declare(file, "http://a.gov.cn/", title)
    assert load_sites(file) == (site,)
    assert site.title.isprintable()


def test_a_file_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_text("[broken", encoding="utf-8")
    with pytest.raises(SitesFileError):
        declare(file, "http://a.gov.cn/", None)
    assert file.read_text("utf-8") == "[broken"


def test_who_waits_is_told_after_two_seconds() -> None:
    waiting = Waiting(lambda done, planned: f"{done}/{planned}", begun=10.0)
    waiting.tell(3, 12)
    assert waiting.line(11.9) is None
    assert waiting.line(12.1) == "3/12"
