"""What an archive takes of a disk is weighed whole, and its pages are packed."""

import json

from benchmarks.space.__main__ import main, per_article
from benchmarks.space.corpus import edited_site, pages


def test_every_page_of_the_second_night_was_edited_and_is_as_heavy_as_real_ones():
    site = edited_site(20)
    first, second = (list(pages(site, night)) for night in (0, 1))
    assert [page.number for page in first] == [page.number for page in second]
    assert all(a.payload != b.payload for a, b in zip(first, second, strict=True))
    assert all(len(page.payload) > 38_000 for page in (*first, *second))


def test_a_changed_version_takes_less_of_its_page_than_the_first(tmp_path):
    first, changed = per_article(f"sqlite:///{tmp_path / 'space.db'}", 90)
    assert first["payloads"] < 10_000
    assert changed["payloads"] < 1_000
    assert min(first["contents"], first["content_search"], first["capture_facts"]) > 0


def test_it_says_of_each_table_what_it_takes(capsys):
    main(["--articles", "20", "--database", "sqlite", "--json"])
    told = json.loads(capsys.readouterr().out)["sqlite"]
    assert {"payloads", "contents", "capture_facts"} <= told["first"].keys()
    assert sum(told["changed"].values()) > 0
