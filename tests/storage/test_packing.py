"""Payloads are kept by what they say beyond what is held, and come back to the byte."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage import Consultation
from storage.article import Article
from storage.backup import backup
from storage.consult.looks import payload
from storage.moving import move
from storage.payloads import payload_digest
from storage.writers.packing import SAMPLES
from tests.places import Database
from tests.storage.seeing import APR, DAY, FEB, JAN, MAR, Told, channel_page, look, only_sqlite
from tests.storage.test_verifying import altered, found

MENU = "".join(f"<li><a href='/col/col{n}/index.html'>政务公开第{n}栏</a></li>" for n in range(60))
EDITIONS = ("各单位请节约用水。", "各单位应当节约用水。", "各单位必须节约用水。")


def page(number: int, edition: int = 0) -> bytes:
    """A page of a site: much that stands on all of them, and a little that is its own."""
    chance = random.Random(number)
    own = "".join(chance.choices("一二三四五六七八九十通知公告水电路桥城乡建设规划", k=200))
    return f"<html><ul>{MENU}</ul><p>{own}</p><p>{EDITIONS[edition]}</p></html>".encode()


def seen(number: int, at: Any, edition: int = 0, **more: Any) -> Any:
    said = Article(title=f"通知第{number}号", body=f"{number}\n{EDITIONS[edition]}")
    return look(said, at, f"{1000 + number}", **({"payload": page(number, edition)} | more))


@pytest.fixture
def packed(told: Told) -> Told:
    """An archive of a site with enough pages for a dictionary, one of them edited twice."""
    told.crawl(JAN, *(seen(number, JAN) for number in range(SAMPLES)))
    told.crawl(FEB, *(seen(SAMPLES + number, FEB) for number in range(4)), seen(3, FEB, 1))
    told.crawl(MAR, seen(3, MAR, 2))
    return told


def sizes(told: Told, pages: Any) -> list[int]:
    kept = "SELECT length(data) FROM payloads WHERE digest = ?"
    return [told.one(kept, payload_digest(each)) for each in pages]


def test_once_a_site_is_known_its_pages_take_a_fraction(packed):
    before = sizes(packed, (page(number) for number in range(SAMPLES)))
    after = sizes(packed, (page(SAMPLES + number) for number in range(4)))
    assert packed.one("SELECT count(*) FROM dictionaries") == 1
    assert max(after) < 0.75 * min(before)


def test_an_edited_page_is_kept_by_what_differs_and_hangs_on_one_row_alone(packed):
    first, *later = (payload_digest(page(3, edition)) for edition in range(3))
    base = "SELECT base_digest FROM payloads WHERE digest = ?"
    assert [packed.one(base, digest) for digest in (first, *later)] == [None, first, first]
    assert max(sizes(packed, (page(3, 1), page(3, 2)))) < 100


def test_every_page_comes_back_to_the_byte_wherever_it_is_asked_for(packed, tmp_path):
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    if packed.url.startswith("sqlite"):
        backup(packed.url, tmp_path / "copy.db")
    for url in (packed.url, copy) if packed.url.startswith("sqlite") else (packed.url,):
        archive = Consultation.open(url)
        for each in (page(3), page(3, 1), page(3, 2), page(SAMPLES + 1)):
            assert archive.ask(payload, payload_digest(each)) == each
        archive.close()
    assert found(packed) == []


def test_a_page_without_articles_is_kept_by_what_differs_as_well(told):
    for day, at in enumerate((JAN, FEB, MAR)):
        values = vars_of(channel_page(at)) | {"payload": page(1, day)}
        told.crawl(at, type(channel_page(at))(**values))
    base = "SELECT count(*) FROM payloads WHERE base_digest = ?"
    assert told.one(base, payload_digest(page(1))) == 2


def vars_of(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def test_another_site_has_a_dictionary_of_its_own(packed):
    other = "www.other.example"
    packed.crawl(APR, *(seen(n, APR, host=other) for n in range(SAMPLES)), host=other)
    packed.crawl(APR + DAY, seen(200, APR + DAY, host=other), host=other)
    sites = "SELECT s.host FROM dictionaries d JOIN sites s ON s.id = d.site_id ORDER BY d.id"
    assert packed.ask(sites) == [("www.example.gov.cn",), (other,)]
    assert found(packed) == []


@pytest.mark.parametrize(
    "attack", ["DELETE FROM dictionaries", "UPDATE dictionaries SET data = ''"]
)
def test_a_dictionary_can_be_neither_altered_nor_deleted(packed, attack):
    with pytest.raises((sqlite3.IntegrityError, psycopg.Error), match="append-only"):
        packed.ask(attack)


@only_sqlite
def test_a_bit_that_flips_in_a_dictionary_is_found_and_the_dictionary_named(packed):
    ((number, data),) = packed.ask("SELECT id, data FROM dictionaries")
    for bit in random.Random(5).sample(range(8 * len(data)), 12):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        altered(packed, f"UPDATE dictionaries SET data = X'{flipped.hex()}'")
        assert (f"dictionaries {number}", "digest") in found(packed)
    altered(packed, f"UPDATE dictionaries SET data = X'{data.hex()}'")
    assert found(packed) == []


def test_what_hangs_on_a_damaged_page_is_found_with_it(packed):
    digest = payload_digest(page(3))
    altered(packed, f"DELETE FROM payloads WHERE digest = '{digest}'")
    hanging = {f"payloads {payload_digest(page(3, edition))}" for edition in (1, 2)}
    assert {row for row, problem in found(packed) if problem == "damaged"} == hanging


@only_sqlite
def test_nothing_new_hangs_on_what_is_damaged(packed):
    digest = payload_digest(page(3))
    altered(packed, f"UPDATE payloads SET data = X'00' WHERE digest = '{digest}'")
    packed.crawl(APR, seen(3, APR, 0, payload=page(3) + b"<!-- once more -->"))
    newest = payload_digest(page(3) + b"<!-- once more -->")
    assert packed.one("SELECT base_digest FROM payloads WHERE digest = ?", newest) is None


@only_sqlite
def test_packed_pages_move_to_postgresql(packed, postgres):
    with closing(Database(postgres, postgres.new())) as empty:
        move(packed.url, empty.url)
        archive = Consultation.open(empty.url)
        assert archive.ask(payload, payload_digest(page(3, 2))) == page(3, 2)
        assert [each.findings for each in archive.verify() if each.findings] == []
        archive.close()


@only_sqlite
def test_a_program_of_another_s_unpacks_as_the_document_says(packed):
    document = Path(__file__).resolve().parents[2] / "docs" / "sql.md"
    after = document.read_text().partition("## The bytes themselves")[2]
    code = after.partition("```python")[2].partition("```")[0]
    told: dict[str, Any] = {}
    exec(code, told)
    packed.rest()
    with closing(sqlite3.connect(packed.path)) as connection:
        for each in (page(0), page(3, 2), page(SAMPLES + 2)):
            assert told["payload"](connection, payload_digest(each)) == each
