"""The API asked whatever its own description allows, and much that it does not: it never fails,
refuses what it does not know, and answers in the form that it promises."""

from datetime import UTC, datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading_room.api.document import document
from reading_room.api.serving import OPERATIONS
from reading_room.cursors import sealed
from reading_room.language import Language, Say
from reading_room.words import WORDS

EXAMPLES = 10
_BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
_LISTS = [each for each in OPERATIONS if any(known.name == "after" for known in each.own)]


def _without_cursors() -> dict:
    """The document without `after`: a cursor is the archive's own word, made up it is refused."""
    told = document(OPERATIONS, Say(Language.EN, WORDS))
    for path in told["paths"].values():
        kept = [each for each in path["get"]["parameters"] if each["name"] != "after"]
        path["get"]["parameters"] = kept
    return told


described = schemathesis.openapi.from_dict(_without_cursors())
# Very long nonsense is refused by the guard, before it is looked at.
described.config.checks.negative_data_rejection.expected_statuses += ["414"]
described.config.checks.positive_data_acceptance.expected_statuses += ["414"]


@described.parametrize()
@_BOUNDED
@pytest.mark.fault("8.4")
def test_nothing_makes_it_fail_or_answer_otherwise_than_it_says(case, room):
    case.call_and_validate(base_url=room)


@pytest.mark.heavy
@described.parametrize()
@settings(_BOUNDED, max_examples=120)
def test_nor_does_very_much_of_it(case, room):
    case.call_and_validate(base_url=room)


_PARTS = {
    int: st.integers(-(2**40), 2**40),
    str: st.text(max_size=30) | st.sampled_from(["\x00", "2026-03-01", "9999-99-99", "'"]),
    datetime: st.sampled_from(
        [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC),
         datetime(2026, 3, 3, tzinfo=UTC)]
    ),
}  # fmt: skip


def _kinds(operation) -> tuple[type, ...]:
    (cursor,) = [each for each in operation.own if each.name == "after"]
    return cursor.read.args[0]


@pytest.mark.parametrize("operation", _LISTS, ids=lambda each: each.name)
@pytest.mark.fault("8.4")
def test_no_cursor_makes_it_fail(operation, visitor):
    path = operation.path.replace("{id}", "1")
    q = "&q=的" if any(known.name == "q" and known.required for known in operation.own) else ""

    @_BOUNDED
    @given(st.tuples(*(_PARTS[kind] for kind in _kinds(operation))).map(lambda p: sealed(*p)))
    def ask(after):
        assert visitor.get(f"{path}?after={after}{q}").status_code in (200, 400, 404)

    ask()
