"""A better reader reads both sides again: it withdraws false edits and invents none."""

from dataclasses import replace
from itertools import islice

import pytest

from storage.article import Article
from storage.judging import Absence
from storage.rereading import Reread, Stored
from storage.verifying.index import check_index
from tests.storage.seeing import DAY, EDITED, JAN, NOTICE, Told, look

OLD, NEW = "seeing/1", "seeing/2"
NOISY = replace(NOTICE, body=NOTICE.body + "\n浏览次数：12")
NOISIER = replace(NOTICE, body=NOTICE.body + "\n浏览次数：13")


def better(stored: Stored) -> Reread:
    """A reader that leaves visit counts out, and knows a soft 404 when it sees one."""
    said = stored.page.payload.decode()
    if "页面不存在" in said:
        return Reread(page_kind="not_found", reader=NEW, absence=Absence.SOFT_NOT_FOUND)
    title, _, body = said.partition("\n")
    lines = [line for line in body.split("\n") if not line.startswith("浏览次数")]
    article = Article(title=title, body="\n".join(lines), published=NOTICE.published)
    return Reread(page_kind="article", reader=NEW, article=article)


def served(article: Article, at, **more):
    payload = f"{article.title}\n{article.body}".encode()
    return look(article, at, payload=payload, **more)


def reread(told: Told) -> list:
    return list(told.archive.reread(better, NEW))


def test_edits_that_were_noise_are_withdrawn_and_stay_reachable(told):
    for day, article in enumerate((NOISY, NOISIER, NOISY)):
        told.crawl(JAN + day * DAY, served(article, JAN + day * DAY))
    assert told.events() == ["published", "edited", "edited"]
    (mended,) = reread(told)
    assert (mended.read, mended.altered) == (3, 3)
    assert told.events() == ["published"]
    assert told.one("SELECT body FROM versions") == NOTICE.body
    withdrawn = told.ask(
        "SELECT w.number, c.body FROM withdrawn_versions w"
        " JOIN contents c ON c.id = w.content_id ORDER BY w.number"
    )
    assert withdrawn == [(1, NOISY.body), (2, NOISIER.body), (3, NOISY.body)]


def test_a_version_keeps_its_id_as_long_as_its_first_capture_is_the_same(told):
    told.crawl(JAN, served(NOISY, JAN))
    told.crawl(JAN + DAY, served(EDITED, JAN + DAY))
    before = told.ask("SELECT id, number FROM versions ORDER BY id")
    reread(told)
    assert told.ask("SELECT id, number FROM versions ORDER BY id") == before
    assert told.ask("SELECT DISTINCT reader FROM versions") == [(NEW,)]


def test_rereading_gives_what_the_better_reader_would_have_recorded(told_anew):
    mended, from_the_start = told_anew(), told_anew()
    for day, article in enumerate((NOISY, NOISIER, EDITED)):
        at = JAN + day * DAY
        mended.crawl(at, served(article, at))
        page = NOTICE if article is not EDITED else EDITED
        payload = served(article, at).payload
        from_the_start.crawl(at, look(page, at, payload=payload, reader=NEW))
    reread(mended)
    assert mended.dump() == from_the_start.dump()


def test_a_soft_404_that_was_taken_for_an_article_becomes_a_signal(told):
    gone = Article(title="提示", body="页面不存在")
    told.crawl(JAN, served(NOTICE, JAN))
    for day in (1, 3):
        told.crawl(JAN + day * DAY, served(gone, JAN + day * DAY))
    assert told.state() == "present"
    reread(told)
    assert told.events() == ["published", "missing", "gone"]
    assert told.state() == "gone"


def test_it_touches_no_fact_and_reads_nothing_twice(told):
    told.crawl(JAN, served(NOISY, JAN))
    facts = told.ask("SELECT * FROM capture_facts"), told.ask("SELECT * FROM payloads")
    assert len(reread(told)) == 1
    assert reread(told) == []
    assert (told.ask("SELECT * FROM capture_facts"), told.ask("SELECT * FROM payloads")) == facts


@pytest.mark.parametrize("until", [1, 2])
def test_interrupted_and_run_again_it_ends_the_same(told_anew, until):
    whole, interrupted = told_anew(), told_anew()
    for told in (whole, interrupted):
        for cms_id in ("1001", "1002", "1003"):
            for day, article in enumerate((NOISY, NOISIER)):
                at = JAN + day * DAY
                told.crawl(at, served(article, at, cms_id=cms_id))
    reread(whole)
    half = interrupted.archive.reread(better, NEW, batch=1)
    assert len(list(islice(half, until))) == until
    half.close()
    assert interrupted.archive.outdated(NEW) == 3 - until
    reread(interrupted)
    assert whole.dump() == interrupted.dump()


def test_a_crawl_with_a_newer_reader_mends_what_it_compares_with(told):
    told.crawl(JAN, served(NOISY, JAN))
    crawl = told.begin(JAN + DAY)
    page = served(NOTICE, JAN + DAY)
    mended = crawl.reread(page.key, better, NEW)
    crawl.add(replace(page, reader=NEW))
    crawl.close("finished", {})
    assert mended.altered == 1
    assert told.events() == ["published"]


def spaced(stored: Stored) -> Reread:
    """A reader that keeps the spaces as the page has them, where the last one folded them."""
    title, _, body = stored.page.payload.decode().partition("\n")
    article = Article(title=title, body=body, published=NOTICE.published)
    return Reread(page_kind="article", reader=NEW, article=article)


def test_spaces_that_a_better_reader_keeps_are_stored_and_found_and_are_no_edit(told):
    shown = replace(NOTICE, body=f"{NOTICE.body}\n云川区财政局　　　　　　王　伟")
    folded = replace(NOTICE, body=f"{NOTICE.body}\n云川区财政局王伟")
    payload = f"{shown.title}\n{shown.body}".encode()
    for day in range(2):
        told.crawl(JAN + day * DAY, look(folded, JAN + day * DAY, payload=payload))
    (mended,) = told.archive.reread(spaced, NEW)
    assert (mended.read, mended.altered) == (2, 0)
    assert told.events() == ["published"]
    assert told.one("SELECT body FROM versions") == shown.body
    assert told.one("SELECT count(*) FROM contents") == 1
    assert not [
        found for looked in check_index(told.archive.engine, None) for found in looked.findings
    ]
