"""Every word that the room says stands in the catalogue, in both languages."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

import reading_room
from reading_room.rendering import templates
from reading_room.words import WORDS
from storage.article import CONTENT_FIELDS
from storage.guard import Why
from storage.history import EventKind, State
from storage.judging import Absence

ROOM = Path(reading_room.__file__).parent
_TEMPLATES = sorted(path.name for path in (ROOM / "templates").glob("*.html"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", _TEMPLATES)
def test_every_key_that_a_template_says_exists(name):
    environment = templates()
    parsed = environment.parse(environment.loader.get_source(environment, name)[0])
    said = [
        call.args[0].value
        for call in parsed.find_all(nodes.Call)
        if getattr(call.node, "name", "") == "say" and isinstance(call.args[0], nodes.Const)
    ]
    assert sorted(set(said) - set(WORDS)) == []


@pytest.mark.parametrize("name", _TEMPLATES)
def test_no_template_lifts_the_escaping_or_speaks_by_itself(name):
    text = (ROOM / "templates" / name).read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)
    assert _CHINESE.findall(text.replace('lang="zh">存证<', "")) == []


def test_every_word_stands_in_both_languages_with_the_same_values():
    for key, (zh, en) in WORDS.items():
        assert zh, key
        assert en, key
        assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en)), key


@pytest.mark.parametrize(
    ("family", "names"),
    [
        ("event", EventKind),
        ("state", State),
        ("field", CONTENT_FIELDS),
        ("absence", Absence),
        ("held", Why),
    ],
)
def test_everything_that_the_archive_names_is_called_something(family, names):
    assert [name for name in names if f"{family}.{name}" not in WORDS] == []
