"""Every word that the command says stands in the catalogue, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from cli.options import EventName, SortName, StateAtName, StateName, WithinName
from cli.words import WORDS
from storage.article import CONTENT_FIELDS
from storage.consult.query import Sort, Within
from storage.consult.versions import UNKNOWN
from storage.errors import ArchiveError
from storage.history import EventKind, State
from storage.judging import Outcome

SOURCES = sorted(Path(cli.__file__).parent.glob("*.py"))
_KEY = re.compile(r"(?:help|option|argument|example|panel|head|title|label|error)\.\w+")


def _said(source: Path) -> Iterator[str]:
    """Keys that a module names: what it gives to `say`, and whatever looks like one."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "say":
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _KEY.findall(node.value) if _KEY.fullmatch(node.value) else ()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_key_that_is_used_exists(source):
    assert sorted(set(_said(source)) - set(WORDS)) == []


def test_every_word_stands_in_both_languages_with_the_same_values():
    for key, (zh, en) in WORDS.items():
        assert zh, key
        assert en, key
        assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en)), key


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("event", list(EventKind)),
        ("state", [*State, UNKNOWN, "superseded"]),
        ("field", CONTENT_FIELDS),
        ("outcome", list(Outcome)),
        ("verdict", ["complete", "short", "over", "total", "windowed", "failed"]),
        (
            "error",
            {kind.__name__ for kind in ArchiveError.__subclasses__()} - {"NaiveTime"},
        ),
    ],
)
def test_everything_that_the_archive_names_is_called_something(prefix, names):
    assert [name for name in names if f"{prefix}.{name}" not in WORDS] == []


def test_options_offer_what_the_archive_has():
    assert [*StateName] == [*State]
    assert [*StateAtName] == [*State, UNKNOWN]
    assert [*EventName] == [*EventKind]
    assert [*WithinName] == [*Within]
    assert [*SortName] == [*Sort]
