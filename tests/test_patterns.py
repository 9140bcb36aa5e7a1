"""No text, however long and however odd, keeps a pattern of ours busy for long."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BOUNDED = {
    "crawler.documents.formats._PAGE_IN_ONE_FILE": "matched at the beginning of 4096 bytes",
    "crawler.listings.days._TIGHTEN": "of texts of 60 characters at most",
    "crawler.reading.dates._UNAMBIGUOUS": "of texts of 64 characters at most",
    "storage.comparing.numbering._LABEL": "matched at the beginning of a paragraph only",
    "storage.consult.addresses._SCHEME": "matched at the beginning of an address only",
    "cli.words_crawl._COUNTED": "of lines that this program itself wrote",
}
"""Patterns that may take the square of a text's length, and why it does not matter."""


def _time_s(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


@pytest.mark.heavy
@pytest.mark.fault("4.25")
def test_every_pattern_takes_time_in_proportion_to_the_text() -> None:
    """239 patterns on some 30 texts of 20,000 characters each: one that takes the square of the
    length would need most of a minute by itself, and the kernel ends the process first."""
    tried = subprocess.run(
        [sys.executable, "-m", "tests.patterns", *BOUNDED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=lambda: _time_s(60),
    )
    assert tried.returncode == 0, f"it did not end: {tried.stdout.splitlines()[-1:]}{tried.stderr}"
    assert tried.stdout.splitlines()[-1] == "all"


def test_what_is_excused_is_still_there() -> None:
    from tests.patterns import patterns

    names = {name.rpartition(".")[0] for name in patterns()}
    assert sorted(set(BOUNDED) - names) == []
    assert len(names) > 100


_UNBOUNDED_IN_UNBOUNDED = re.compile(r"\((?:\?:)?(?:\[[^]]*\]|\\\w|[^\\()])[+*]\)[+*]")


@pytest.mark.fault("4.25")
def test_no_pattern_repeats_without_bound_what_repeats_without_bound() -> None:
    """`(a+)+` takes a time that doubles with each character: no limit on texts is small enough."""
    from tests.patterns import patterns

    found = [
        name
        for name, pattern in patterns().items()
        if _UNBOUNDED_IN_UNBOUNDED.search(
            pattern.pattern
            if isinstance(pattern.pattern, str)
            else pattern.pattern.decode("latin-1")
        )
    ]
    assert found == []


@pytest.mark.fault("4.18")
def test_strangers_xml_is_never_read_by_a_parser_that_expands_entities() -> None:
    careless = re.compile(
        r"import xml\.|from xml\.(?:dom|sax)|from xml\.etree\S* import .*(?:parse|fromstring|XML)"
        r"|resolve_entities\s*=\s*True|huge_tree\s*=\s*True|no_network\s*=\s*False"
    )
    for room in ("crawler", "storage", "cli", "spiders", "reading_room"):
        for module in (ROOT / room).rglob("*.py"):
            lines = module.read_text("utf-8").splitlines()
            assert [line for line in lines if careless.search(line)] == [], module
