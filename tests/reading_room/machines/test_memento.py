"""An article's past by its own address, as RFC 7089 has it."""

# ruff: noqa: DTZ001 (the client speaks of GMT without saying so)

import re
from datetime import datetime
from io import BytesIO
from urllib.parse import quote

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memento_client import MementoClient
from requests.adapters import BaseAdapter

from tests.storage.story import EDITED, HOST, TAKEN_DOWN, UNREAD, address

PAGE = address(EDITED)
FIRST, SECOND = "Mon, 02 Mar 2026 02:01:00 GMT", "Tue, 03 Mar 2026 02:01:00 GMT"
_LINK = re.compile(r'<([^<>"]*)>((?:; [a-z]+="[^"]*")+)')


class SiteIsDown(BaseAdapter):
    """The site itself, which answers nothing any more."""

    def send(self, request, **_):
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 503, request.url, request
        answer.raw = BytesIO()
        return answer

    def close(self):
        pass


@pytest.fixture
def client(room) -> MementoClient:
    session = requests.Session()
    session.trust_env = False
    session.mount(f"http://{HOST}", SiteIsDown())
    yield MementoClient(timegate_uri=f"{room}/timegate/", session=session)
    session.close()


def _links(header: str) -> list[tuple[str, dict[str, str]]]:
    """The links of a header or a TimeMap, each with what is told of it; nothing else stands in
    it."""
    assert re.fullmatch(r"[\s,]*", _LINK.sub("", header)), header
    return [
        (found[1], dict(re.findall(r'([a-z]+)="([^"]*)"', found[2])))
        for found in _LINK.finditer(header)
    ]


def _by_rel(header: str, rel: str) -> str:
    (found,) = [link for link, told in _links(header) if rel in told["rel"].split()]
    return found


@pytest.mark.parametrize(
    ("at", "closest"),
    [
        (datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 2, 1)),
        (datetime(2026, 3, 3, 2, 1), datetime(2026, 3, 3, 2, 1)),
        (datetime(2026, 3, 3, 2, 0, 59), datetime(2026, 3, 2, 2, 1)),
        (datetime(1999, 1, 1), datetime(2026, 3, 2, 2, 1)),
        (datetime(2030, 1, 1), datetime(2026, 3, 3, 2, 1)),
    ],
)
def test_a_memento_client_finds_what_stood_on_a_day(client, at, closest):
    told = client.get_memento_info(PAGE, at)
    assert told["original_uri"] == PAGE
    found = told["mementos"]
    assert found["closest"]["datetime"] == closest
    assert found["closest"]["http_status_code"] == 200
    assert found["first"]["datetime"] == datetime(2026, 3, 2, 2, 1)
    assert found["last"]["datetime"] == datetime(2026, 3, 3, 2, 1)
    text = requests.get(found["closest"]["uri"][0], timeout=20).text
    assert ("原则上可以" in text) == (closest.day == 2)


def test_the_client_goes_from_one_memento_to_the_next(client):
    first = client.get_memento_info(PAGE, datetime(2026, 3, 2, 12))["mementos"]
    second = client.get_memento_info(first["next"]["uri"][0], datetime(2026, 3, 4))["mementos"]
    assert second["closest"]["uri"] == first["next"]["uri"]
    assert second["prev"]["uri"] == first["closest"]["uri"]


def test_the_gate_leads_with_what_the_standard_asks_for(visitor):
    answer = visitor.get(f"/timegate/{PAGE}", headers={"accept-datetime": FIRST})
    assert answer.status_code == 302
    assert "accept-datetime" in answer.headers["vary"].lower()
    assert "memento-datetime" not in answer.headers
    told = answer.headers["link"]
    assert _by_rel(told, "original") == PAGE
    assert _by_rel(told, "timemap").endswith(f"/timemap/link/{PAGE}")
    assert answer.headers["location"] == _by_rel(told, "first")


def test_without_a_moment_the_gate_leads_to_the_newest(visitor):
    answer = visitor.get(f"/timegate/{PAGE}")
    assert answer.headers["location"].endswith(f"/memento/20260303020100/{PAGE}")


def test_what_was_taken_down_is_still_reached(visitor):
    answer = visitor.get(f"/timegate/{address(TAKEN_DOWN)}")
    assert "拟聘用人员名单如下" in visitor.get(answer.headers["location"]).text


def test_a_memento_says_when_it_was_and_what_stands_around_it(visitor):
    answer = visitor.get(f"/memento/20260302020100/{PAGE}")
    assert answer.headers["memento-datetime"] == FIRST
    links = _links(answer.headers["link"])
    assert [told["rel"] for _, told in links] == [
        "original", "timegate", "timemap", "first memento", "last next memento",
    ]  # fmt: skip
    assert [told.get("datetime") for _, told in links][3:] == [FIRST, SECOND]
    assert "原则上可以" in answer.text


def test_a_moment_between_two_leads_to_the_one_that_stood(visitor):
    answer = visitor.get(f"/memento/20260302235959/{PAGE}")
    assert answer.status_code == 302
    assert answer.headers["location"].endswith(f"/memento/20260302020100/{PAGE}")


def test_a_map_lists_all_and_names_itself(visitor):
    answer = visitor.get(f"/timemap/link/{PAGE}")
    assert answer.headers["content-type"].partition(";")[0] == "application/link-format"
    links = _links(answer.text)
    assert [told["rel"] for _, told in links] == [
        "original", "timegate", "self", "first memento", "last memento",
    ]  # fmt: skip
    own = dict(links)[_by_rel(answer.text, "self")]
    assert (own["from"], own["until"]) == (FIRST, SECOND)
    listed = visitor.get(f"/timemap/json/{PAGE}").json()["mementos"]["list"]
    assert [each["uri"] for each in listed] == [link for link, _ in links[3:]]


@pytest.mark.parametrize(
    "spelling", [PAGE.replace("http:", "https:"), PAGE.removeprefix("http://"), f"{PAGE}?from=app"]
)
def test_an_address_is_understood_in_any_spelling(visitor, spelling):
    assert visitor.get(f"/timegate/{spelling}").status_code == 302


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/timegate/{PAGE}", {"accept-datetime": "yesterday"}, 400),
        (f"/timegate/{PAGE}", {"accept-datetime": "2026-03-02T02:01:00Z"}, 400),
        (f"/timegate/{PAGE}", {"accept-datetime": "Mon, 32 Mar 2026 02:01:00 GMT"}, 400),
        (f"/timegate/http://{HOST}/nowhere.html", {}, 404),
        (f"/timegate/{address(UNREAD)}", {}, 404),
        ("/timegate/", {}, 404),
        (f"/timemap/link/http://{HOST}/nowhere.html", {}, 404),
        (f"/memento/2026/{PAGE}", {}, 400),
        (f"/memento/20261399000000/{PAGE}", {}, 400),
        (f"/memento/20260302020100/http://{HOST}/nowhere.html", {}, 404),
    ],
)
def test_what_cannot_be_answered_says_so(visitor, path, headers, status):
    answer = visitor.get(path, headers=headers)
    assert answer.status_code == status
    if path.startswith("/timegate/"):
        assert "accept-datetime" in answer.headers["vary"].lower()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    address=st.text(max_size=60) | st.sampled_from(["http://[::1", "http:/", "//", f"{PAGE}\x00"]),
    moment=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    gate=st.sampled_from(["timegate", "timemap/link", "timemap/json", "memento/20260302020100"]),
)
def test_no_address_and_no_moment_make_it_fail(visitor, address, moment, gate):
    answer = visitor.get(f"/{gate}/{quote(address)}", headers={"accept-datetime": moment})
    assert answer.status_code in (302, 400, 404)
