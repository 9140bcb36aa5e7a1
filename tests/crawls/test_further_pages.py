"""Articles whose text goes on elsewhere: read whole, or not taken at all."""

import json
from pathlib import Path

import pytest

from replica import KINDS, Twists, World, serve
from replica.content import Carried
from tests.crawler.reading.reading_pages import BEGIN, END, PARAGRAPHS, article_page, as_paragraphs
from tests.crawls import nursery
from tests.crawls.conftest import ROOT, Book, Crawl, night
from tests.crawls.test_recorded_pages import served

FOLDER = "/art/2022/3/5/"
STEM = "art_2107_4410923"
PIECES = (PARAGRAPHS[:2], PARAGRAPHS[2:4], PARAGRAPHS[4:])
PAGER = " ".join(f"<a href='{STEM}_{n}.html'>[{n}]</a>" for n in (2, 3))
NEXT = f"<a href='{STEM}_2.html'>下一页</a>"


def path_of(number: int) -> str:
    return f"{FOLDER}{STEM}{'' if number == 1 else f'_{number}'}.html"


def laid_out(folder: Path, *numbers: int) -> dict[str, Path]:
    """The pages of one article, in files that a server can serve."""
    pages = {}
    for number in numbers:
        body = as_paragraphs(PIECES[number - 1])
        file = folder / f"{number}.html"
        file.write_text(article_page(f"{BEGIN}{body}<p>{PAGER} {NEXT}</p>{END}"), "utf-8")
        pages[path_of(number)] = file
    return pages


def test_an_article_on_three_pages_is_one_version_of_all_its_text(
    crawl: Crawl, book: Book, tmp_path: Path
) -> None:
    with served(laid_out(tmp_path, 1, 2, 3)) as url:
        ended = crawl("hanweb", url=f"{url}{path_of(1)}")

    assert ended.code == 0, ended
    assert book.ask("SELECT body FROM versions") == [("\n".join(PARAGRAPHS),)]
    parts = book.ask(
        "SELECT p.position, f.url FROM capture_parts p JOIN capture_facts f ON f.id = p.part_id"
        " ORDER BY p.position"
    )
    assert parts == [(2, f"{url}{path_of(2)}"), (3, f"{url}{path_of(3)}")]
    assert book.ask("SELECT outcome FROM frontier WHERE kind = 'part'") == [("read",)] * 2


def test_an_article_of_which_a_page_is_missing_is_no_version_yet(
    crawl: Crawl, book: Book, tmp_path: Path
) -> None:
    with served(laid_out(tmp_path, 1, 2)) as url:
        ended = crawl("hanweb", url=f"{url}{path_of(1)}", clock=night(1))

    assert ended.code == 6
    assert book.count("versions") == 0
    ((reason,),) = book.ask("SELECT reason FROM captures WHERE page_kind = 'article'")
    assert "_3.html could not be had" in reason


def test_what_lacks_a_page_is_no_version_for_a_better_reader_either(
    crawl: Crawl, book: Book, environment: dict[str, str], tmp_path: Path
) -> None:
    pages = laid_out(tmp_path, 1, 2, 3)
    with served(pages) as url:
        crawl("hanweb", url=f"{url}{path_of(1)}", clock=night(1))
        del pages[path_of(3)]
        assert crawl("snapshot", due="all", clock=night(2)).code == 6
    book.ask("UPDATE capture_readings SET reader = 'hanweb/0'")

    told = nursery.typed(["cli.main", "reread", "--json"], environment, ROOT)

    assert told.code == 0, told.err
    assert json.loads(told.out)["captures"] >= 2
    assert book.ask("SELECT body FROM versions") == [("\n".join(PARAGRAPHS),)]
    assert book.ask("SELECT DISTINCT kind FROM events") == [("published",)]
    outcomes = book.ask("SELECT outcome FROM captures WHERE page_kind = 'article' ORDER BY id")
    assert [outcome for (outcome,) in outcomes] == ["new", "failed"]


def test_an_edit_on_a_further_page_is_an_edit(crawl: Crawl, book: Book, tmp_path: Path) -> None:
    pages = laid_out(tmp_path, 1, 2, 3)
    with served(pages) as url:
        crawl("hanweb", url=f"{url}{path_of(1)}", clock=night(1))
        third = pages[path_of(3)]
        third.write_text(third.read_text("utf-8").replace("。", "，", 1), "utf-8")
        crawl("snapshot", due="all", clock=night(2))

    assert book.ask("SELECT fields FROM events WHERE kind = 'edited'") == [('["body"]',)]
    edited = PARAGRAPHS[4].replace("。", "，", 1)
    text = "\n".join((*PARAGRAPHS[:4], edited, *PARAGRAPHS[5:]))
    assert book.ask("SELECT body FROM versions ORDER BY number DESC LIMIT 1") == [(text,)]


@pytest.mark.parametrize("kind", ["jpage_web", "jpaas"])
def test_bodies_in_frames_and_scripts_are_archived_whole_and_are_no_edit_the_next_night(
    crawl: Crawl, book: Book, kind: str
) -> None:
    world = World(seed=7, size=0.1, twists=Twists(varied=True))
    contents = [article.content for article in world.on(1).articles.values()]
    elsewhere = {c.title: c for c in contents if c.carried is not Carried.PAGE}
    assert {content.carried for content in elsewhere.values()} == {Carried.FRAME, Carried.SCRIPT}

    with serve(world, kind=KINDS[kind]) as site:
        ended = crawl("hanweb", url=site.url, clock=night(1))
        crawl("snapshot", due="all", clock=night(2))

    assert ended.code == 0, ended
    archived = dict(book.ask("SELECT title, body FROM versions"))
    assert {title: archived[title] for title in elsewhere} == {
        title: content.body for title, content in elsewhere.items()
    }
    parts = book.ask(
        "SELECT DISTINCT f.article_id FROM capture_parts p"
        " JOIN capture_facts f ON f.id = p.part_id WHERE f.url LIKE '%/content/%'"
    )
    assert len(parts) == len(elsewhere)
    assert book.ask("SELECT count(*) FROM events WHERE kind = 'edited'") == [(0,)]
