"""How sure the archive is of what it read."""

from storage import Consultation
from storage.consult.doubts import DoubtQuery
from storage.values import DocumentRead
from tests.storage.seeing import HOST, JAN, MINUTE, NOTICE, Told, look
from tests.storage.test_files import PLAN, WITH_PLAN, fetched


def _ask(told: Told, **query):
    consultation = Consultation.open(told.url)
    try:
        return consultation.doubts(DoubtQuery(**query))
    finally:
        consultation.close()


def test_doubts_are_counted_by_kind_and_by_why_the_walker_read(told):
    told.crawl(
        JAN,
        look(NOTICE, JAN, "1001", origins={"body": "trafilatura"}),
        look(
            WITH_PLAN,
            JAN,
            "1002",
            origins={"body": "walker"},
            doubts=("trafilatura-dropped-text", "no-date"),
        ),
    )
    held = _ask(told)
    assert (held.read, held.doubted, held.walked) == (2, 1, 1)
    assert held.reasons == {"trafilatura-dropped-text": 1, "no-date": 1}
    (article,) = held.articles
    assert (article.title, article.doubts) == (
        "关于节水的通知",
        ("trafilatura-dropped-text", "no-date"),
    )


def test_doubts_are_looked_up_by_kind_and_by_site(told):
    told.crawl(JAN, look(NOTICE, JAN, doubts=("no-date",)))
    assert len(_ask(told, doubt="no-date", host=HOST).articles) == 1
    assert _ask(told, doubt="no-title").articles == ()
    assert _ask(told, host="www.example.org").read == 0


def test_pages_of_doubts_follow_each_other(told):
    for cms_id in ("1001", "1002", "1003"):
        told.crawl(JAN, look(NOTICE, JAN, cms_id, doubts=("no-date",)))
    (first,) = _ask(told, limit=1).articles
    rest = _ask(told, after=first.article_id).articles
    assert len(rest) == 2
    assert first not in rest


def test_files_that_are_pictures_or_cannot_be_read_are_told(told):
    scan = DocumentRead(format="pdf", text="", pages=3, scanned=True, reader="document/1")
    told.crawl(JAN, look(WITH_PLAN, JAN), fetched(PLAN, b"scan", JAN + MINUTE, scan))
    held = _ask(told)
    assert (held.files, held.scanned, held.unreadable) == (1, 1, {})
    shut = DocumentRead(
        format=None, text=None, unreadable="the file is damaged", reader="document/1"
    )
    told.crawl(JAN + MINUTE, fetched(PLAN, b"shut", JAN + 2 * MINUTE, shut))
    assert _ask(told).unreadable == {"the file is damaged": 1}
