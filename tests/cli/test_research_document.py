"""What docs/research.md shows works as it stands there, and the notebook's ten questions are
answered, over one small archive."""

import ast
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest

from tests.reading_room import regulation
from tests.storage.story import tell

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT, NOTEBOOK = ROOT / "docs" / "research.md", ROOT / "docs" / "ten-questions.ipynb"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A folder with an archive in it, and nothing else."""
    folder = tmp_path_factory.mktemp("research")
    archive = tell(f"sqlite:///{folder}/archive.db")
    regulation.record(archive)
    archive.close()
    return folder


def _typed(commands: str, folder: Path) -> str:
    """What a shell says to the commands of a block; they all end well."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    known = {"PATH": programs, "ARCHIVE_URL": "sqlite:///archive.db", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **known, "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        ["sh", "-e", "-c", commands], cwd=folder, env=environment, text=True, capture_output=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, (commands, ran.stdout, ran.stderr)
    return ran.stdout


@pytest.mark.slow
def test_the_documents_examples_work_one_after_the_other(desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    names = {"url": "sqlite:///archive.db"}
    said = []
    for language, block in BLOCK.findall(DOCUMENT.read_text("utf-8")):
        if language == "sh":
            said.append(_typed(block, desk))
        else:
            exec(compile(block, DOCUMENT.name, "exec"), names)
            said.append(capsys.readouterr().out)
    tables, datasette, duckdb, pandas, _warc, room = said
    assert len((desk / "articles.csv").read_text("utf-8-sig").splitlines()) == 1 + 9
    assert "| `first_captured_at` | instant |" in (desk / "versions.md").read_text("utf-8")
    assert '"title": "\\u505c\\u8f66' in datasette  # 停车…
    assert '"value": "edited"' in datasette
    assert "www.example.gov.cn" in duckdb
    assert "关于规范临时建设管理的通知" in duckdb
    assert re.search(r"www\.example\.gov\.cn +7\b", pandas)
    assert "['关于拟聘用人员的公示']" in room
    assert "Mon, 02 Mar 2026 02:01:00 GMT" in room
    assert 'rel="original"' in room
    assert "application/atom+xml" in room
    assert "versions.parquet" in tables


@pytest.fixture(scope="module")
def answers(desk) -> dict[str, object]:
    """The value of each cell's last line, by the cell's name."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    names: dict[str, object] = {}
    before = os.environ.get("ARCHIVE_URL")
    os.environ["ARCHIVE_URL"] = f"sqlite:///{desk}/archive.db"
    try:
        return {
            cell.id: _last_line(cell.source, names)
            for cell in book.cells
            if cell.cell_type == "code"
        }
    finally:
        names["archive"].close()
        names["engine"].dispose()
        os.environ.pop("ARCHIVE_URL") if before is None else os.environ.update(ARCHIVE_URL=before)


def _last_line(source: str, names: dict[str, object]) -> object:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with warnings.catch_warnings():
        exec(compile(tree, NOTEBOOK.name, "exec"), names)
        return (
            eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)
            if last
            else None
        )


@pytest.mark.parametrize("number", range(1, 11))
def test_every_question_has_an_answer(answers, number):
    assert len(answers[f"answer-{number}"]) > 0


def test_the_answers_are_those_of_the_story(answers):
    found = {number: answers[f"answer-{number}"] for number in range(1, 11)}
    assert "差 3 条" in " ".join(found[1]["because"])
    assert set(found[2]["title"]) >= {"停车管理办法（征求意见稿）", "关于拟聘用人员的公示"}
    assert list(found[3]["evidence"]) == ["404"]
    assert list(found[4]["days"]) == [12]
    assert "一律不得再" in set(found[5]["after"])
    assert any("500" in text and "800" in text for text in found[6]["context"])
    assert list(found[7]["now"]) == ["停车管理办法"]
    assert found[8]["share"].max() > 0
    assert ("www.example.gov.cn", "通知公告") in found[9].columns
    assert found[10].loc["示建发〔2026〕", "not held"] == [1, 2]


def test_the_notebook_is_a_notebook_without_leftovers():
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(code) == 11
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
