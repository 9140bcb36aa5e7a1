"""What is due, told in the terminal."""

import json

from cli.words import WORDS
from storage.revisits import Why


def test_the_queue_says_of_every_article_why_it_is_due(run):
    shown = run("due")
    assert shown.exit_code == 0, shown.output
    assert "articles are due" in shown.output
    assert any(WORDS[f"why.{why}"][1][:8] in shown.output for why in Why)


def test_the_queue_speaks_chinese(run):
    assert "需要复查的有" in run("due", lang="zh").output


def test_a_budget_and_a_limit_are_kept(run):
    everything = json.loads(run("due", "--json").output)
    one = json.loads(run("due", "--budget", "1", "--json").output)
    assert one["due"] == len(one["queue"]) == sum(one["why"].values()) == 1
    assert one["queue"][0]["why"] in set(Why)
    assert everything["due"] > 1
    first = json.loads(run("due", "--limit", "1", "--json").output)
    assert first["due"] == everything["due"]
    assert [each["key"] for each in first["queue"]] == [everything["queue"][0]["key"]]
    assert "see more with --limit" in run("due", "--limit", "1").output


def test_a_site_of_which_nothing_is_held_has_nothing_due(run):
    assert run("due", "--site", "www.nowhere.example").output == "Nothing is due.\n"


def test_every_reason_is_called_something():
    assert [why for why in Why if f"why.{why}" not in WORDS] == []
