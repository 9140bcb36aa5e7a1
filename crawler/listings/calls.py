"""The jpage calls of a page: `$('#423656').jpage({…})`, and the parameters they send."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crawler.listings import jsliteral
from crawler.listings.jsliteral import Bare, Value

_CALL = re.compile(r"""\(\s*["']#([\w-]{1,80})["']\s*\)\s*\.\s*jpage\s*\(\s*(?=\{)""")
_PARAM = re.compile(r"\b(param_?[\w-]{1,80})\s*=\s*(?=\{)")
_BEFORE = 600
_ESSENTIAL = frozenset({"columnid", "unitid"})
MOST_CALLS = 200  # no page was seen with more than a dozen


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the widget for the unit `unit`. `options` are read as the page states them.

    `dummy` marks the call inside `function jpage_<unit>()`, the search form's, whose
    `totalRecord:1000` is of no list (seen on fzggw.jiangsu.gov.cn, 2026).
    """

    unit: str
    options: dict[str, Value]
    dummy: bool

    @property
    def total(self) -> int | None:
        """The number of rows that the call claims; None where it says nothing to rely on."""
        return None if self.dummy else jsliteral.number(self.options.get("totalRecord"))

    @property
    def page_size(self) -> int:
        """Rows a page, 10 by the widget's default."""
        return jsliteral.number(self.options.get("perPage")) or 10

    @property
    def window(self) -> int:
        """Rows that the widget asks for at once: pages of a group times rows of a page."""
        return self.page_size * (jsliteral.number(self.options.get("groupSize")) or 1)

    @property
    def proxy_url(self) -> str:
        """The address that is asked for more rows, as the page spells it."""
        given = self.options.get("proxyUrl")
        return given if isinstance(given, str) and given else "dataproxy.jsp"


def find_calls(html: str) -> dict[str, Call]:
    """The call that counts for each unit: the one that has its rows, else one that is no dummy."""
    chosen: dict[str, Call] = {}
    for call in islice(_calls(html), MOST_CALLS):
        before = chosen.get(call.unit)
        if before is None or _weight(call) > _weight(before):
            chosen[call.unit] = call
    return chosen


def variables(html: str) -> dict[str, Value]:
    """The objects that the page's scripts keep for the widget: `var param_423656 = {…}`."""
    return {found[1]: value for found, value in _literals(_PARAM, html)}


def parameters(call: Call, known: dict[str, Value]) -> tuple[tuple[str, str], ...]:
    """What the widget sends along: `ajaxParam`, inline or by the name of a `known` variable.

    Empty where it does not name both channel and unit: an expression hides them from us.
    """
    given = call.options.get("ajaxParam")
    if isinstance(given, Bare) or given is None:
        given = known.get(str(given or f"param_{call.unit}"))
    sent = jsliteral.pairs(given) if given is not None else ()
    return sent if dict(sent).keys() >= _ESSENTIAL else ()


def array_of(call: Call, html: str) -> list[Value] | None:
    """The rows where `dataStore` is a JavaScript array, inline or by name; None where it is XML."""
    given = call.options.get("dataStore")
    if isinstance(given, list):
        return given
    if not isinstance(given, Bare) or not given.isidentifier():
        return None
    assigned = re.search(rf"\b{re.escape(given)}\s*=\s*(?=\[)", html)
    return read_array(html, assigned.end()) if assigned else None


def read_array(text: str, start: int) -> list[Value] | None:
    """The array that stands at `start`; None where none can be read there."""
    try:
        value, _ = jsliteral.read(text, start)
    except jsliteral.Unreadable:
        return None
    return value if isinstance(value, list) else None


def _calls(html: str) -> Iterator[Call]:
    for found, value in _literals(_CALL, html):
        lead = html[max(0, found.start() - _BEFORE) : found.start()]
        form = lead.rfind(f"function jpage_{found[1]}") > lead.rfind("$(function")
        yield Call(found[1], value, dummy=form and "dataStore" not in value)


def _literals(
    start: re.Pattern[str], html: str
) -> Iterator[tuple[re.Match[str], dict[str, Value]]]:
    """Every object that follows a match; what cannot be read is passed over, once."""
    position = 0
    while found := start.search(html, position):
        try:
            value, position = jsliteral.read(html, found.end())
        except jsliteral.Unreadable as unreadable:
            position = max(unreadable.position, found.end())
            continue
        if isinstance(value, dict):
            yield found, value


def _weight(call: Call) -> int:
    return 2 * ("dataStore" in call.options) + (not call.dummy)
