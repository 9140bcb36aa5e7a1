"""`cunzheng silent-edits` and `cunzheng changes`, typed as a researcher types them."""

import json

import pytest

from cli.edits import EditKindName
from cli.words import WORDS
from storage.comparing.changed_words import Way
from storage.comparing.substance import EditKind
from tests.storage.story import EDITED, HOST, RETITLED

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def test_a_silent_edit_is_told_with_what_changed_and_when(run):
    told = run("silent-edits").stdout
    assert "关于规范临时建设管理的通知" in told
    assert "must, may, must not" in told
    assert "between 2026-03-02 10:01 and 2026-03-03 10:01" in told
    assert "[-原则上可以-][+一律不得再+]继续建设" in told
    assert "停车管理办法" not in told  # its title says that it changed
    assert "1 in all" in told


def test_in_chinese_the_same_is_told(run):
    told = run("silent-edits", lang="zh").stdout
    assert "应当／可以／不得" in told
    assert "发生在 2026-03-02 10:01 与 2026-03-03 10:01 之间" in told


@BOTH
@pytest.mark.parametrize(
    ("question", "found"),
    [
        (("silent-edits", "--kind", "obligation"), [EDITED]),
        (("silent-edits", "--kind", "money"), []),
        (("silent-edits", "--site", HOST, "--channel", "11"), [EDITED]),
        (("silent-edits", "--since", "2026-03-04"), []),
        (("silent-edits", "--until", "2026-03-03"), [EDITED]),
        (("changes", "原则上"), [EDITED]),
        (("changes", "原则上", "--removed"), [EDITED]),
        (("changes", "原则上", "--added"), []),
        (("changes", "征求意见稿"), [RETITLED]),
        (("changes", "不得", "--site", "www.example.org"), []),
        (("changes", "沙漠"), []),
    ],
)
def test_questions_are_answered_in_json_and_in_words(run, question, found, lang):
    answered = json.loads(run(*question, "--json", lang=lang).stdout)
    edits = answered.get("edits") or [change["edit"] for change in answered.get("changes", [])]
    assert [edit["article"]["cms_id"] for edit in edits] == found
    plain = run(*question, lang=lang)
    assert plain.exit_code == 0
    assert bool(found) == ("cunzheng diff" in plain.stdout)


def test_a_page_goes_on_where_the_last_one_ended(run):
    first = json.loads(run("changes", "的", "稿", "--limit", "1", "--json").stdout)
    assert first["next"] is None
    refused = run("silent-edits", "--after", "next")
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_the_kinds_are_those_of_the_archive_and_each_is_called_something():
    assert [*EditKindName] == [*EditKind]
    for key in [*(f"edit.kind.{kind}" for kind in EditKind), *(f"way.{way}" for way in Way)]:
        assert key in WORDS
