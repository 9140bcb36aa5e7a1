"""Two versions beside each other: what a reader of regulations sees at once."""

import pytest

from tests.reading_room import regulation
from tests.reading_room.conftest import said
from tests.storage.story import EDITED


@pytest.fixture
def rules(numbered) -> int:
    return numbered(regulation.ID, regulation.HOST)


def _marked(page, tag: str) -> list[str]:
    return [mark.text_content() for mark in page.xpath(f"//section//{tag}[not(@class)]")]


def test_what_went_and_what_came_are_marked_on_their_own_sides(read, numbered):
    page = read(f"/articles/{numbered(EDITED)}/diff/1..2")
    assert page.xpath("//*[contains(@class, 'before')]//ins") == []
    assert page.xpath("//*[contains(@class, 'after')]//del") == []
    assert "原则上可以" in "".join(_marked(page, "del"))
    assert "一律不得" in "".join(_marked(page, "ins"))


def test_in_one_column_both_stand_in_place(read, numbered):
    page = read(f"/articles/{numbered(EDITED)}/diff/1..2?view=column")
    (changed,) = page.xpath("//p[contains(@class, 'single changed')]")
    assert changed.xpath(".//del")
    assert changed.xpath(".//ins")
    before = "".join(changed.xpath(".//text()[not(ancestor::ins)]"))
    assert before == "已经开工的项目原则上可以继续建设，并应当依法办理手续。"


def test_a_moved_clause_is_no_removal_and_each_place_leads_to_the_other(read, rules):
    page = read(f"/articles/{rules}/diff/1..2")
    (away,) = page.xpath("//div[contains(@class, 'moved_away')]//a")
    (here,) = page.xpath("//div[contains(@class, 'moved_here')]//a")
    for link in (away, here):
        (target,) = page.xpath("//*[@id=$id]", id=link.get("href")[1:])
        assert "弄虚作假" in target.text_content()
    assert "弄虚作假" not in "".join(_marked(page, "del") + _marked(page, "ins"))


def test_a_table_is_compared_by_cell(read, rules):
    page = read(f"/articles/{rules}/diff/1..2")
    cells = page.xpath("//*[contains(@class, 'after')]//span[@class='cell changed']")
    assert [cell.text_content() for cell in cells] == ["800"]


def test_a_new_number_or_width_is_quiet(read, rules):
    page = read(f"/articles/{rules}/diff/1..2")
    assert page.xpath("//div[contains(@class, 'quiet-change')]//ins[@class='quietly']")
    assert "5" not in _marked(page, "del")


def test_differences_of_form_are_left_unmarked_on_request(read, visitor, rules):
    page = read(f"/articles/{rules}/diff/1..2?form=hidden")
    assert page.xpath("//*[@class='quietly']") == []
    before, after = (
        "".join(page.xpath(f"//*[contains(@class, '{side}')]//text()"))
        for side in ("before", "after")
    )
    assert "第三条　办理时限为5日" in before
    assert "第四条　办理时限为５日" in after
    chosen = visitor.get(f"/articles/{rules}/diff?from=1&to=2&form=hidden")
    assert chosen.headers["location"] == f"/articles/{rules}/diff/1..2?form=hidden"


def test_what_did_not_change_is_folded_and_still_there(read, rules):
    page = read(f"/articles/{rules}/diff/1..2")
    (folded,) = page.xpath("//details")
    assert "段未变" in folded.xpath("./summary")[0].text
    assert "附录3" in folded.text_content()


def test_a_form_leads_to_any_pair_in_any_layout(visitor, rules):
    chosen = visitor.get(f"/articles/{rules}/diff?from=1&to=3&view=column&by=character")
    assert chosen.headers["location"] == f"/articles/{rules}/diff/1..3?view=column&by=character"
    last_two = visitor.get(f"/articles/{rules}/diff")
    assert last_two.headers["location"] == f"/articles/{rules}/diff/2..3"


def test_the_same_version_twice_says_so(read, rules):
    assert "两版内容相同" in said(read(f"/articles/{rules}/diff/2..2"))


def test_its_twin_holds_the_spans_and_both_versions(visitor, rules):
    told = visitor.get(f"/articles/{rules}/diff/2..3.json").json()
    assert [field["name"] for field in told["fields"]] == ["title"]
    assert (told["before"]["number"], told["after"]["number"]) == (2, 3)
    spans = told["fields"][0]["paragraphs"][0]["spans"]
    assert "".join(span["text"] for span in spans if span["kind"] != "removed").endswith("（试行）")


@pytest.mark.parametrize(
    ("pair", "status"), [("1..9", 404), ("0..1", 404), ("1-2", 400), ("a..b", 400), ("1..", 400)]
)
def test_a_pair_that_is_none_says_what_to_do(visitor, rules, pair, status):
    assert visitor.get(f"/articles/{rules}/diff/{pair}").status_code == status
