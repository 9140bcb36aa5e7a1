"""What holds of every page: it is there, in both languages, for every reader, and safe."""

import re
from itertools import pairwise

import pytest
from lxml.html import HtmlElement

from storage.consult.events import EventQuery
from tests.reading_room.addresses import NAMES

_HTML_WORDS = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=NAMES)
def address(request, pages) -> str:
    return pages[request.param]


@pytest.fixture(params=["zh-CN", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def read_once(archive_url) -> dict[tuple[str, str], HtmlElement]:
    """The pages of this archive that were read already, by address and language."""
    return {}


@pytest.fixture(scope="session")
def led_to(archive_url) -> dict[str, int]:
    """The links of this archive's pages that were followed already, and how they were answered."""
    return {}


@pytest.fixture
def page(read, address, language, read_once) -> HtmlElement:
    if (address, language) not in read_once:
        read_once[address, language] = read(address, **{"accept-language": language})
    return read_once[address, language]


def test_no_page_is_forgotten(pages):
    assert sorted(pages) == sorted(NAMES)


def test_it_says_in_which_language_it_speaks_and_what_is_in_another(page, language):
    assert page.get("lang") == language
    if language == "en":
        # Names of channels within a sentence need no mark (WCAG 3.1.2: proper names).
        chinese = "ancestor::*[@lang='zh' or @lang='zh-CN' or @class='how']"
        own = page.xpath(f"//main//text()[not({chinese})]")
        spoken = [text for text in own if _HTML_WORDS.search(text)]
        assert spoken == []


def test_it_has_landmarks_one_heading_and_a_way_past_the_frame(page):
    assert [len(page.xpath(f"//{tag}")) for tag in ("header[@class='top']", "main", "h1")] == [
        1
    ] * 3
    assert page.xpath("//body/*[1]")[0].get("href") == "#content"
    assert page.xpath("//title")[0].text.strip()
    levels = [
        int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_field_has_a_label_and_every_table_headings(page):
    for field in page.xpath("//input[@type!='hidden'] | //select"):
        labelled = (
            field.get("aria-label")
            or field.xpath("ancestor::label")
            or page.xpath(f"//label[@for='{field.get('id')}']")
        )
        assert labelled, field.attrib
    for table in page.xpath("//table[thead]"):
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead//th"))
    assert [i for i in page.xpath("//*/@id") if page.xpath("count(//*[@id=$i])", i=i) > 1] == []


def test_nothing_on_it_runs_or_calls_away(page):
    assert (
        page.xpath("//script[not(@src)] | //style | //*[@style] | //base | //object | //embed")
        == []
    )
    assert [name for name in page.xpath("//@*") if name.attrname.startswith("on")] == []
    assert [tag.get("sandbox") for tag in page.xpath("//iframe")] in ([], [""])
    for link in page.xpath("//@href | //@src | //@action"):
        assert link.startswith(("/", "#")), link
        assert not link.startswith("//")


def test_every_link_on_it_leads_somewhere(page, visitor, led_to):
    for link in sorted(set(page.xpath("//main//a/@href")))[:40]:
        if link not in led_to:
            led_to[link] = visitor.get(link).status_code
        assert led_to[link] in (200, 303), link


def test_its_twin_for_machines_is_there(page, visitor):
    (twin,) = page.xpath("//link[@type='application/json']/@href")
    answer = visitor.get(twin)
    assert answer.status_code == 200
    assert isinstance(answer.json(), dict)


def test_the_story_is_worth_reading(archive):
    kinds = {event.kind for event in archive.events(EventQuery(limit=100))}
    assert {"edited", "missing", "gone", "restored", "moved"} <= kinds
