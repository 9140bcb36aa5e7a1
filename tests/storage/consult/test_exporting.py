"""Exports read back by others' programs: nothing is lost, nothing runs."""

import csv
import hashlib
import io
import json
from datetime import UTC, datetime

import pyarrow.parquet
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from storage import Archive, Article, ArticleKey, Consultation
from storage.consult.export import Selection
from storage.consult.export_fields import TABLES, Kind
from storage.consult.export_files import write_csv, write_jsonl, write_parquet
from storage.consult.export_warc import write_warc
from storage.values import Captured
from tests.storage.story import DAYS, EDITED, HOST, NOTICES, POLICIES, address


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(request, story):
    consultation = Consultation.open(story(request.param).url)
    yield consultation
    consultation.close()


def _rows(archive, table, **chosen):
    return list(archive.export(table, Selection(**chosen)))


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_row_is_in_the_dictionary_and_is_what_it_says(archive, table):
    kinds = {
        Kind.INTEGER: int, Kind.TEXT: str, Kind.INSTANT: str, Kind.TEXTS: list, Kind.JSON: object,
    }  # fmt: skip
    rows = _rows(archive, table)
    assert rows
    for row in rows:
        assert list(row) == [field.name for field in TABLES[table]]
        for field in TABLES[table]:
            assert row[field.name] is None or isinstance(row[field.name], kinds[field.kind])
            if field.kind is Kind.INSTANT and row[field.name]:
                assert datetime.fromisoformat(row[field.name]).tzinfo is not None
    assert all(field.zh and field.en for field in TABLES[table])


@pytest.mark.parametrize("table", TABLES)
def test_the_three_forms_hold_the_same(archive, table, tmp_path):
    rows = _rows(archive, table)
    lines = io.BytesIO()
    assert write_jsonl(iter(rows), lines) == len(rows)
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == rows
    path = tmp_path / "rows.parquet"
    with path.open("wb") as target:
        assert write_parquet(table, iter(rows), target) == len(rows)
    told = pyarrow.parquet.read_table(path)
    assert told.schema.field("url").metadata[b"zh"]
    for row, parquet_row in zip(rows, told.to_pylist(), strict=True):
        for field in TABLES[table]:
            assert _plain(field, parquet_row[field.name]) == row[field.name]
    text = io.BytesIO()
    assert write_csv(table, iter(rows), text) == len(rows)
    assert text.getvalue().startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(text.getvalue().decode("utf-8-sig"))))
    assert [row["url"] for row in read] == [row["url"] for row in rows]


def _plain(field, value):
    if value is None:
        return None
    if field.kind is Kind.INSTANT:
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return json.loads(value) if field.kind is Kind.JSON else value


@pytest.mark.parametrize("begun", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx"])
@pytest.mark.fault("4.21")
def test_no_cell_of_csv_is_a_formula(archive, begun):
    row = _rows(archive, "versions")[0] | {"title": begun, "channels": [begun]}
    text = io.BytesIO()
    write_csv("versions", [row], text)
    (read,) = csv.DictReader(io.StringIO(text.getvalue().decode("utf-8-sig"), newline=""))
    assert read["title"] == f"'{begun}"
    assert json.loads(read["channels"]) == [begun]
    assert read["number"] == "1"


@pytest.mark.parametrize(
    ("table", "chosen", "count"),
    [
        ("versions", {}, 9),
        ("versions", {"host": "nowhere.example.cn"}, 0),
        ("versions", {"state": "gone"}, 1),
        ("versions", {"since": DAYS[1]}, 3),
        ("versions", {"until": DAYS[1]}, 6),
        ("articles", {"channel": POLICIES}, 2),
        ("articles", {"channel": NOTICES, "state": "present"}, 5),
        ("events", {"since": DAYS[2], "host": HOST}, 4),
    ],
)
def test_a_part_is_exported(archive, table, chosen, count):
    assert len(_rows(archive, table, **chosen)) == count


def _records(path):
    with path.open("rb") as source:
        for record in ArchiveIterator(source):
            told = dict(record.rec_headers.headers)
            yield record, told, record.content_stream().read()


@pytest.fixture
def visited(tmp_path):
    """A page that came, came again with the same bytes, was confirmed, changed, and was asked by
    an address that led elsewhere."""
    url, page = f"sqlite:///{tmp_path}/visits.db", address(EDITED)
    archive = Archive.open(url)
    key, article = ArticleKey(HOST, EDITED), Article(title="通知", body="正文")
    sent = {
        "Content-Type": "text/html",
        "Transfer-Encoding": "chunked",
        "Set-Cookie": ["a=1", "b=2"],
    }
    whole = {"url": page, "status": 200, "headers": sent, "payload": "页面".encode(), "key": key,
             "page_kind": "article", "reader": "story/1", "article": article}  # fmt: skip
    visits = [
        whole,
        whole,
        whole | {"status": 304, "payload": b"", "revalidates": 1},
        whole | {"payload": "新页面".encode()},
        whole | {"asked_url": page.replace("http:", "https:"), "payload": "另一页面".encode()},
    ]
    for day, visit in enumerate(visits, 1):
        with archive.record("hanweb", f"http://{HOST}/", [HOST]) as crawl:
            crawl.add(Captured(captured_at=datetime(2026, 4, day, 1, tzinfo=UTC), **visit))
    archive.close()
    consultation = Consultation.open(url)
    path = tmp_path / "visits.warc.gz"
    with path.open("wb") as target:
        assert write_warc(consultation.export_captures(), target) == 5
    consultation.close()
    return path


@pytest.mark.trap("0.7")
def test_a_web_archive_is_sound(visited, archive, tmp_path, capsys):
    story = tmp_path / "story.warc.gz"
    with story.open("wb") as target:
        assert write_warc(archive.export_captures(), target) == len(list(archive.export_captures()))

    class Command:
        inputs = (str(visited), str(story))
        verbose = True

    assert Checker(Command).process_all() == 0
    assert "digest pass" in capsys.readouterr().out


def test_records_tell_what_came_and_what_only_came_again(visited):
    found = list(_records(visited))
    assert [told["WARC-Type"] for _, told, _ in found] == [
        "warcinfo", "response", "revisit", "revisit", "response", "response", "metadata",
    ]  # fmt: skip
    _, first, page = found[1]
    assert page == "页面".encode()
    assert first["WARC-Target-URI"] == address(EDITED)
    assert first["WARC-Date"] == "2026-04-01T01:00:00.000000Z"
    assert first["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(page).hexdigest()}"
    again, confirmed = found[2][1], found[3][1]
    for revisit in (again, confirmed):
        assert revisit["WARC-Refers-To"] == first["WARC-Record-ID"]
        assert revisit["WARC-Refers-To-Date"] == first["WARC-Date"]
        assert revisit["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]
    assert again["WARC-Profile"].endswith("identical-payload-digest")
    assert confirmed["WARC-Profile"].endswith("server-not-modified")
    assert found[3][0].http_headers.get_statuscode() == "304"
    assert found[6][2].decode() == f"via: {address(EDITED).replace('http:', 'https:')}\r\n"


def test_a_head_says_how_the_body_is_kept_not_how_it_was_sent(visited):
    _, (record, _, page), *_ = _records(visited)
    head = record.http_headers
    assert head.statusline == "200 OK"
    assert head.get_header("Content-Length") == str(len(page))
    assert head.get_header("Transfer-Encoding") is None
    assert head.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert [value for name, value in head.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_the_same_record_has_the_same_name_in_every_export(archive, tmp_path):
    names = []
    for name in ("a", "b"):
        path = tmp_path / name
        with path.open("wb") as target:
            write_warc(archive.export_captures(Selection(since=DAYS[1])), target)
        names.append([told["WARC-Record-ID"] for _, told, _ in _records(path)][1:])
    assert names[0] == names[1]
    assert len(set(names[0])) == len(names[0]) > 5
