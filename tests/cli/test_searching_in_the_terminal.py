"""`cunzheng search` with its filters, typed as a researcher types them."""

import json

import pytest

from tests.storage.story import EDITED, LATE, MOVED, QUIET, RETITLED, TAKEN_DOWN


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("临时建设",), [EDITED, LATE]),
        (("临时建设", "--sort", "date"), [LATE, EDITED]),
        (("临时建设", "--in", "title"), [EDITED]),
        (("临时建设", "--in", "body"), [LATE]),
        (("请", "--source", "园林"), [QUIET]),
        (("--doc-number", "示建发[2026]3号"), [EDITED]),
        (("--state", "gone"), [TAKEN_DOWN]),
        (("--edited",), [EDITED, RETITLED]),
        (("原则上可以", "--as-of", "2026-03-02"), [EDITED]),
        (("原则上可以", "--as-of", "2026-03-03"), []),
        (("聘用", "--as-of", "2026-03-02"), [TAKEN_DOWN]),
        (("聘用", "--as-of", "2026-03-04"), []),
        (("贷款", "--in", "title"), []),
        (("贷款",), [MOVED]),
    ],
)
def test_filters_choose(run, typed, found):
    answered = json.loads(run("search", *typed, "--json").stdout)
    assert [hit["article"]["cms_id"] for hit in answered["hits"]] == found
    assert run("search", *typed).exit_code == 0


def test_nothing_asked_for_is_nothing_found(run):
    assert "Nothing found" in run("search").stdout
