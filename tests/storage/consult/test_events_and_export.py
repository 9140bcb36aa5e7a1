"""What happened over the whole archive, and its rows for other tools."""

import pytest

from storage.consult.events import EventQuery
from storage.consult.export import ARTICLE_FIELDS, VERSION_FIELDS, Selection
from storage.consult.moments import first_moment, last_moment
from tests.storage.story import (
    BACK,
    EDITED,
    HOST,
    LATE,
    MOVED,
    NOTICES,
    POLICIES,
    RETITLED,
    TAKEN_DOWN,
)


def _told(archive, **query):
    return [(e.kind, e.cms_id) for e in archive.events(EventQuery(**query))]


def test_events_come_newest_first_with_title_and_fields(archive):
    newest = archive.events(EventQuery(since=first_moment("2026-03-04")))
    assert {(e.kind, e.cms_id) for e in newest} == {
        ("moved", MOVED),
        ("gone", TAKEN_DOWN),
        ("restored", BACK),
        ("edited", RETITLED),
    }
    assert [e.at for e in newest] == sorted((e.at for e in newest), reverse=True)
    (edit,) = [e for e in newest if e.kind == "edited"]
    assert (edit.title, edit.fields) == ("停车管理办法", ("title",))
    assert (edit.version, edit.previous_version) == (2, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kinds": ("edited",)}, [("edited", RETITLED), ("edited", EDITED)]),
        ({"kinds": ("gone", "restored"), "channel": POLICIES}, []),
        ({"kinds": ("gone",), "channel": NOTICES}, [("gone", TAKEN_DOWN)]),
        ({"kinds": ("gone",), "host": "www.example.org"}, []),
        ({"kinds": ("edited",), "until": last_moment("2026-03-03")}, [("edited", EDITED)]),
        (
            {"kinds": ("published",), "since": first_moment("2026-03-03")},
            [("published", LATE)],
        ),
    ],
)
def test_events_are_filtered_by_kind_place_and_time(archive, query, expected):
    assert _told(archive, **query) == expected


def test_pages_of_events_follow_each_other(archive):
    whole = archive.events(EventQuery(limit=100))
    pages, before = [], None
    while page := archive.events(EventQuery(limit=4, before=before)):
        pages += page
        before = page[-1].id
    assert pages == whole


def test_every_version_is_a_row_of_the_documented_fields(archive):
    rows = list(archive.export_versions(chunk=2))
    assert len(rows) == 9
    assert {tuple(row) for row in rows} == {VERSION_FIELDS}
    late = next(row for row in rows if row["cms_id"] == LATE)
    assert late["attachments"] == [
        {
            "position": 1,
            "name": "附表.xlsx",
            "url": f"http://{HOST}/attach/0/a.xlsx",
            "payload_digest": None,
            "media_type": None,
            "format": None,
            "text": None,
            "pages": None,
            "scanned": None,
            "unreadable": None,
        }
    ]
    assert (late["channels"], late["state"]) == (["通知公告"], "present")
    assert late["first_captured_at"] == "2026-03-03T02:01:00.000000Z"


def test_every_article_is_a_row_and_a_selection_narrows_them(archive):
    rows = list(archive.export_articles(chunk=3))
    assert len(rows) == 8
    assert {tuple(row) for row in rows} == {ARTICLE_FIELDS}
    listed = archive.export_articles(Selection(host=HOST, channel=POLICIES))
    assert MOVED in [row["cms_id"] for row in listed]
    assert list(archive.export_versions(Selection(host="www.example.org"))) == []
