"""Real input: recorded pages of real sites, served at their own paths, archived by the command."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.crawls.conftest import ROOT, Book, Crawl

PAGES = ROOT.parent / "shared" / "pages"
LABELS: dict[str, dict[str, Any]] = (
    json.loads((PAGES / "labels.json").read_text("utf-8")) if PAGES.is_dir() else {}
)
ARTICLES = sorted(name for name, label in LABELS.items() if label["kind"] == "article")
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"

needs_pages = pytest.mark.skipif(not LABELS, reason=f"no recorded pages at {PAGES}")


@contextmanager
def served(pages: dict[str, Path]) -> Iterator[str]:
    """A server that knows these paths and no other."""

    class Recorded(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(urlsplit(self.path).path)
            body = page.read_bytes() if page else b"<html><title>404</title></html>"
            self.send_response(200 if page else 404)
            kind = "application/json" if page and page.suffix == ".json" else "text/html"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Recorded) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def path_of(label: dict[str, Any]) -> str:
    return urlsplit(label["url"]).path


@needs_pages
@pytest.mark.parametrize("name", ARTICLES)
def test_a_recorded_article_becomes_a_version_as_a_person_reads_it(
    name: str, crawl: Crawl, book: Book
) -> None:
    label = LABELS[name]
    with served({path_of(label): PAGES / name}) as url:
        ended = crawl("hanweb", url=url + path_of(label))

    assert ended.code == 0, ended.err
    [(cms_id, title, published, source, doc_number, body, fields)] = book.ask(
        "SELECT a.cms_id, v.title, v.published, v.source, v.doc_number, v.body, v.fields"
        " FROM versions v JOIN articles a ON a.id = v.article_id"
    )
    assert cms_id == label["article_id"]
    assert title == label["title"]
    assert published == label["published"].replace(" ", "T") + "+08:00"
    assert source == label["source"]
    assert doc_number == label["doc_number"]
    assert body.split("\n") == label["paragraphs"]
    assert json.loads(fields) == label["info_table"]


@needs_pages
def test_a_recorded_channel_is_walked_as_far_as_it_was_recorded(crawl: Crawl, book: Book) -> None:
    listing = "fzggw.jiangsu.gov.cn__column__1.html"
    article = "fzggw.jiangsu.gov.cn__article__1.html"
    pages = {
        "/col/col284/index.html": PAGES / listing,
        path_of(LABELS[article]): PAGES / article,
    }
    with served(pages) as url:
        ended = crawl("hanweb", url=f"{url}/col/col284/index.html")

    # 29 of the 30 listed articles were not recorded: so many gone at once is not believed.
    assert ended.code == 7, ended
    seen = len(LABELS[listing]["entries"])
    short = (138, seen, "failed")
    walks = book.ask("SELECT claimed_total, entries_seen, verdict FROM walks")
    assert walks == [short, short], "walked once more, since the first walk could not be finished"
    listed = book.ask("SELECT listed_title, listed_on FROM placements ORDER BY id")
    assert listed == [(entry["title"], entry["date"]) for entry in LABELS[listing]["entries"]]
    assert book.ask("SELECT title FROM versions") == [(LABELS[article]["title"],)]
    assert book.ask("SELECT name, dialect FROM channels WHERE cms_id = '284'") == [
        ("通知公告", "jpage")
    ]


@needs_pages
def test_a_recorded_channel_of_the_third_generation_lists_its_articles(
    crawl: Crawl, book: Book
) -> None:
    listing = "fzggw.zj.gov.cn__jpaas-unit__1.json"
    article = "fzggw.zj.gov.cn__article__1.html"
    pages = {
        "/col/col1229565788/index.html": PAGES / "fzggw.zj.gov.cn__column__1.html",
        UNIT: PAGES / listing,
        path_of(LABELS[article]): PAGES / article,
    }
    with served(pages) as url:
        crawl("hanweb", url=f"{url}/col/col1229565788/index.html")

    # The list links its older articles on its own host by name, which is not this machine's.
    here = [e for e in LABELS[listing]["entries"] if e["url"].startswith("/col/")]
    elsewhere = len(LABELS[listing]["entries"]) - len(here)
    claimed = LABELS[listing]["claimed_total"]
    assert book.ask("SELECT DISTINCT claimed_total FROM walks") == [(claimed,)]
    assert book.ask("SELECT listed_title FROM placements ORDER BY id") == [
        (entry["title"],) for entry in here
    ]
    assert book.count("elsewhere") == elsewhere
    assert book.ask("SELECT title FROM versions") == [(LABELS[article]["title"],)]
