"""`cunzheng series`, typed as a researcher types it."""

import json

import pytest

from cli.series import EachName, SeriesName, StepName
from storage.consult.periods import Step
from storage.consult.series import Counted, Each
from tests.storage.story import HOST, NOTICES


def _counts(run, *typed):
    found = json.loads(run("series", *typed, "--json").stdout)["series"]
    return [[(p["period"], p["count"]) for p in each["points"]] for each in found]


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        (("published",), [[("2026-02", 6), ("2026-03", 1)]]),
        (("captured",), [[("2026-03", 7)]]),
        (("edited",), [[("2026-03", 2)]]),
        (("silent",), [[("2026-03", 1)]]),
        (("gone", "--by", "year"), [[("2026", 1)]]),
        (("words", "通知"), [[("2026-02", 2), ("2026-03", 0)]]),
        (("published", "--until", "2026-02-24"), [[("2026-02", 2)]]),
        (("published", "--site", "www.example.org"), []),
    ],
)
def test_what_is_asked_for_is_counted(run, typed, counts):
    assert _counts(run, *typed) == counts
    assert run("series", *typed).exit_code == 0


def test_bars_are_as_long_as_their_numbers(run):
    lines = run("series", "published").stdout.splitlines()
    bars = {line.split()[0]: line.count("█") for line in lines if line.startswith("2026")}
    assert bars == {"2026-02": 40, "2026-03": 7}
    assert "2/6" in run("series", "words", "通知").stdout


def test_channels_apart_are_named(run):
    told = run("series", "published", "--each", "channel", "--site", HOST).stdout
    assert f"{HOST} {NOTICES} 通知公告" in told


def test_what_is_held_is_told_against_what_is_claimed(run):
    found = json.loads(run("series", "held", "--channel", NOTICES, "--json").stdout)["channels"]
    claims = [(c["claimed_total"], c["listed"], c["held"]) for c in found[0]["claims"]]
    assert claims == [(7, 7, 6), (7, 7, 6), (6, 6, 5)]
    assert "complete" in run("series", "held", "--channel", NOTICES).stdout


@pytest.mark.parametrize("typed", [("words",), ("gone", "通知"), ("nothing",)])
def test_what_makes_no_series_is_refused(run, typed):
    refused = run("series", *typed)
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_options_offer_what_the_archive_has():
    assert [*SeriesName] == [*Counted, "words", "held"]
    assert [*StepName] == [*Step]
    assert [*EachName] == [*Each]
