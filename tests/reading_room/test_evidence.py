"""The evidence: every look, its bytes, and the page as it was received behind glass."""

import hashlib

import pytest

from reading_room.pages.captures import unconnected
from tests.reading_room import hostile
from tests.reading_room.conftest import said
from tests.storage.story import TAKEN_DOWN


@pytest.fixture
def evil(numbered) -> int:
    return numbered("9001", hostile.HOST)


@pytest.fixture
def capture(archive, evil) -> int:
    """The first capture of the hostile page."""
    return archive.history(archive.find(str(evil))).captures[0].id


def test_each_look_says_what_it_showed(read, numbered):
    rows = read(f"/articles/{numbered(TAKEN_DOWN)}/captures").xpath("//tbody/tr")
    shown = [" ".join(row.text_content().split()) for row in rows]
    assert ["404" in row for row in shown] == [True, True, False]
    assert "不见" in shown[0]
    assert "找不到" in shown[0]
    assert "第 1 版" in shown[2]


def test_looks_page_by_a_cursor(visitor, numbered):
    address, seen = f"/articles/{numbered(TAKEN_DOWN)}/captures.json?limit=1", []
    while address:
        answer = visitor.get(address).json()
        seen += [look["id"] for look in answer["captures"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 3


def test_a_capture_names_its_bytes_by_their_digest(read, visitor, capture):
    page = read(f"/captures/{capture}")
    received = visitor.get(f"/captures/{capture}/received")
    assert hashlib.sha256(received.content).hexdigest() in said(page)
    assert received.content.startswith(hostile.PAYLOAD)
    assert received.headers["content-type"] == "application/octet-stream"
    assert received.headers["content-disposition"].startswith("attachment;")


def test_why_a_page_was_taken_for_what_it_is_is_said_in_the_readers_language(read, capture):
    assert "跳转到 <script>" in said(read(f"/captures/{capture}"))
    assert "led to <script>" in said(read(f"/captures/{capture}", **{"accept-language": "en"}))


def test_the_page_as_received_stands_in_a_frame_that_lets_nothing_out(read, visitor, capture):
    (frame,) = read(f"/captures/{capture}").xpath("//iframe")
    assert frame.get("sandbox") == ""
    framed = visitor.get(frame.get("src"))
    policy = framed.headers["content-security-policy"]
    assert policy.startswith(
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    assert "allow" not in policy
    assert "script-src" not in policy
    assert framed.headers["content-type"] == "text/html; charset=gb18030"
    assert framed.content.startswith(unconnected(hostile.PAYLOAD))


def test_the_framed_page_does_not_open_by_itself(visitor, capture):
    opened = visitor.get(f"/captures/{capture}/framed", headers={"sec-fetch-dest": "document"})
    assert opened.headers["location"] == f"/captures/{capture}"


def test_what_is_no_page_is_never_shown_as_one(visitor, archive, evil):
    looks = archive.history(archive.find(str(evil))).captures
    (file,) = {look.id for look in looks if look.url == hostile.FILE} - {looks[-1].id}
    assert visitor.get(f"/captures/{file}/framed").status_code == 404
    assert visitor.get(f"/captures/{file}").text.count("<iframe") == 0


def test_an_archived_file_is_handed_over_under_a_harmless_name(read, visitor, evil):
    page = read(f"/articles/{evil}/versions/2")
    (link,) = page.xpath("//ul[@class='files']//a[@download]/@href")
    file = visitor.get(link)
    assert file.content == hostile.FILE_BYTES
    assert file.headers["content-type"] == "application/octet-stream"
    assert "x-evil" not in file.headers
    name = file.headers["content-disposition"].partition("''")[2]
    assert not set('/\\"\r\n ') & set(name)
    assert "附件<script>" in page.xpath("//details")[0].text_content()


@pytest.mark.parametrize("path", ["/captures/99999", "/captures/99999/framed", "/captures/x"])
def test_a_capture_that_is_not_held_is_not_found(visitor, path):
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_links_and_frames_of_a_received_page_lead_nowhere_in_any_charset(charset):
    page = (
        "<P>正文<A\nhref=//evil.example>甲</a><iFrame/src=//evil.example></IFRAME><abbr>乙</abbr>"
    )
    shown = unconnected(page.encode(charset)).decode(charset)
    assert shown == (
        "<P>正文<A-\nhref=//evil.example>甲</a-><iFrame-/src=//evil.example></IFRAME-><abbr>乙</abbr>"
    )
