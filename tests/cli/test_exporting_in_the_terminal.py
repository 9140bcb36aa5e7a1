"""`cunzheng export`, as a researcher types it."""

import csv
import io
import json
import sys

import pyarrow.parquet
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.storage.story import HOST


def test_csv_goes_to_a_pipe_or_a_file(run, tmp_path):
    piped = run("export", "--format", "csv", "--articles").stdout
    rows = list(csv.DictReader(io.StringIO(piped.removeprefix("\ufeff"))))
    assert len(rows) == 8
    path = tmp_path / "articles.csv"
    run("export", "--format", "csv", "--articles", "--output", str(path))
    assert path.read_bytes().decode().replace("\r\n", "\n") == piped


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (("--table", "versions"), 9),
        (("--table", "versions", "--state", "gone"), 1),
        (("--table", "events", "--since", "2026-03-04", "--site", HOST), 4),
        (("--table", "versions", "--until", "2026-03-02"), 6),
    ],
)
def test_parquet_holds_the_part_that_is_asked_for(run, tmp_path, asked, count):
    path = tmp_path / "rows.parquet"
    told = run("export", "--format", "parquet", *asked, "--output", str(path), "--json")
    assert json.loads(told.stdout)["rows"] == count
    assert pyarrow.parquet.read_table(path).num_rows == count


def test_a_web_archive_holds_every_capture(run, tmp_path):
    path = tmp_path / "site.warc.gz"
    told = run("export", "--format", "warc", "--site", HOST, "--output", str(path), "--json")
    with path.open("rb") as source:
        kinds = [record.rec_type for record in ArchiveIterator(source)]
    assert kinds[0] == "warcinfo"
    assert len(kinds) == 1 + json.loads(told.stdout)["rows"]
    assert "revisit" in kinds


@pytest.mark.parametrize("form", ["parquet", "warc"])
def test_what_is_no_text_does_not_go_to_the_screen(run, form):
    refused = run("export", "--format", form)
    assert refused.exit_code == 2
    assert "--output" in refused.output


@pytest.mark.parametrize(("form", "library"), [("parquet", "pyarrow"), ("warc", "warcio")])
def test_a_library_that_is_missing_is_named(run, tmp_path, monkeypatch, form, library):
    for name in [each for each in sys.modules if each.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    refused = run("export", "--format", form, "--output", str(tmp_path / "out"))
    assert refused.exit_code == 4
    assert f"needs {library}" in refused.output
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_written_is_left(run, tmp_path):
    broken = run("export", "--format", "csv", "--output", str(tmp_path))
    assert broken.exit_code == 4
    assert list(tmp_path.glob("*.part")) == []


def test_the_dictionary_names_every_field_in_both_languages(run):
    told = run("export", "--dictionary", "--table", "events").stdout
    assert "| `evidence` | json | 依据 | how it is known |" in told
    fields = json.loads(run("export", "--dictionary", "--json").stdout)["fields"]
    assert {"name", "kind", "zh", "en"} == set(fields[0])
