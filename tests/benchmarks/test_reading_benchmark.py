"""A benchmark is believed only if its own arithmetic is: known texts, known figures."""

import json
from dataclasses import replace

import pytest

from benchmarks.reading.__main__ import _options
from benchmarks.reading.invented import replica_pages, stripped
from benchmarks.reading.others import OURS, reader
from benchmarks.reading.pages import FIELDS, Page
from benchmarks.reading.recorded import recorded_pages
from benchmarks.reading.report import Report, as_text, group
from benchmarks.reading.runner import Progress, measure
from benchmarks.reading.scoring import Overlap, common_length, moment, overlap, same_lines
from benchmarks.reading.sums import fallbacks, is_exact, located, mistakes, not_asked, summed
from replica import KINDS

TRUTH = {
    "title": "关于春耕的通知",
    "published": "2022-02-26 11:38",
    "source": None,
    "author": None,
    "doc_number": "云政发〔2022〕3号",
    "info": {"文号": "云政发〔2022〕3号"},
    "breadcrumb": ["首页", "通知公告"],
    "attachments": [["申报表.doc", "http://www.yunxi.gov.cn/attach/0/a.doc"]],
    "images": [],
    "body": "各乡镇：\n现将　春耕事项通知如下。",
}
PAGE = Page("a page", "invented", "http://www.yunxi.gov.cn/art/1.html", "", TRUTH)


@pytest.mark.parametrize(
    ("got", "truth", "precision", "recall", "f1"),
    [
        ("甲乙丙丁", "甲乙丙丁", 1, 1, 1),
        ("甲 乙\n丙　丁", "甲乙丙丁", 1, 1, 1),
        ("首页甲乙丙丁关闭", "甲乙丙丁", 0.5, 1, 2 / 3),
        ("甲乙", "甲乙丙丁", 1, 0.5, 2 / 3),
        ("丙丁甲乙", "甲乙丙丁", 0.5, 0.5, 0.5),
        ("戊己", "甲乙", 0, 0, 0),
        ("", "甲乙", 0, 0, 0),
        ("甲乙", "", 0, 0, 0),
        (" \n", "", 1, 1, 1),
    ],
)
def test_characters_count_where_they_stand_in_order(got, truth, precision, recall, f1):
    found = overlap(got, truth)
    assert found == Overlap(precision, recall)
    assert found.f1 == pytest.approx(f1)


@pytest.mark.parametrize(
    ("left", "right", "length"),
    [("", "", 0), ("abc", "", 0), ("aaaa", "aa", 2), ("abcbdab", "bdcaba", 4), ("ab" * 99, "b", 1)],
)
def test_the_longest_common_subsequence_is_the_longest(left, right, length):
    assert common_length(left, right) == common_length(right, left) == length


def test_the_same_text_with_its_lines_ending_elsewhere_is_another():
    assert same_lines("甲\n\n乙　丙", "甲\n乙丙")
    assert not same_lines("甲乙丙", "甲\n乙丙")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-02-26T11:38+08:00", "2022-02-26 11:38"),
        ("2022-02-26 11:38:05.0", "2022-02-26 11:38"),
        ("2022/2/6 9:05", "2022-02-06 09:05"),
        ("2022年2月26日", "2022-02-26"),
        ("昨天", None),
        (None, None),
    ],
)
def test_a_moment_is_the_same_in_every_spelling(text, expected):
    assert moment(text) == expected


def test_a_tool_without_a_field_is_neither_right_nor_wrong():
    given = {"title": " 关于春耕的通知\n", "body": "各乡镇：\n现将春耕事项通知如下。"}
    assert is_exact("title", PAGE, given) is True
    assert is_exact("source", PAGE, given) is None
    assert is_exact("source", PAGE, {"source": ""}) is True
    assert is_exact("source", PAGE, {"source": "县农业局"}) is False


def test_a_date_without_its_minutes_is_right_to_the_day_alone():
    given = {"published": "2022-02-26", "body": ""}
    assert is_exact("day", PAGE, given) is True
    assert is_exact("published", PAGE, given) is False


def test_shares_and_times_of_two_pages():
    right = {"title": TRUTH["title"], "body": TRUTH["body"]}
    wrong = {"title": "通知", "body": ""}
    sums = summed([PAGE, PAGE], [right, wrong], [0.001, 0.003])
    assert (sums.exact["title"], sums.exact["body"], sums.exact["info"]) == (0.5, 0.5, None)
    assert (sums.precision, sums.recall, sums.f1) == (0.5, 0.5, 0.5)
    assert (sums.median_ms, sums.p95_ms, sums.total_ms) == pytest.approx((2, 2.9, 4))


def test_the_reasons_why_the_walker_stood_in_are_counted():
    def read(body, *doubts):
        return {"how": {"layout": "zoom", "body": body, "doubts": doubts}}

    answers = [
        read("trafilatura"),
        read("walker", "no-date", "trafilatura-dropped-text"),
        read("walker", "trafilatura-dropped-text"),
        read("walker", "no-region"),
        read("walker"),
    ]
    assert fallbacks(answers) == {
        "trafilatura-dropped-text": 2,
        "no-region": 1,
        "its lines end elsewhere (zoom)": 1,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_our_reader_reads_the_replica_without_a_mistake(kind):
    pages = [page for page in replica_pages(0.02) if page.name.startswith(f"{kind}/")]
    _, read = reader(OURS)
    answers = [read(page.html, page.url) for page in pages]
    sums = summed(pages, answers, [0.0] * len(pages))
    assert (sums.precision, sums.recall, sums.f1) == (1, 1, 1)
    assert set(FIELDS) <= set(answers[0])
    assert list(mistakes(pages, answers)) == []


def test_a_stripped_page_says_nowhere_where_its_body_is():
    [page, *_] = stripped(replica_pages(0.02)[:1])
    _, read = reader(OURS)
    assert "no-region" in read(page.html, page.url)["how"]["doubts"]


def test_labelled_articles_are_read_from_a_folder_with_their_addresses_made_whole(tmp_path):
    label = {
        **{name: TRUTH[name] for name in ("title", "published", "source", "author", "doc_number")},
        "kind": "article",
        "url": PAGE.url,
        "info_table": TRUTH["info"],
        "breadcrumb": TRUTH["breadcrumb"],
        "attachments": [{"name": "申报表.doc", "url": "/attach/0/a.doc"}],
        "images": [],
        "paragraphs": TRUTH["body"].split("\n"),
    }
    labels = {"article.html": label, "list.html": {"kind": "listing"}}
    (tmp_path / "labels.json").write_text(json.dumps(labels), "utf-8")
    (tmp_path / "article.html").write_bytes("<p>各乡镇：</p>".encode("gb18030"))

    [page] = recorded_pages(tmp_path)

    assert (page.name, page.url) == ("article.html", PAGE.url)
    assert page.html == "<p>各乡镇：</p>"
    assert page.truth == TRUTH


def test_without_the_recorded_pages_the_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError) as lacking:
        recorded_pages(tmp_path)
    assert lacking.value.filename == str(tmp_path / "labels.json")


def test_a_reader_is_run_beside_the_benchmark_and_its_mistakes_are_told():
    good = replica_pages(0.02)[0]
    doubted = replace(good, name="mislabelled", truth={**good.truth, "title": "另一个标题"})
    pages = [good, doubted]

    measured, absent = measure((OURS,), pages, 1, Progress())

    assert absent == {}
    assert all(seconds > 0 for seconds in measured[OURS].seconds)
    figures = group(good.group, pages, measured)
    assert figures.sums[OURS].exact["title"] == 0.5
    assert [(m.page, m.field, m.expected) for m in figures.mistakes] == [
        ("mislabelled", "title", "另一个标题")
    ]
    report = Report(rounds=1, versions={OURS: "1"}, trafilatura=OURS, settings=[],
                    groups=[figures], notes=["skipped: nothing"], ratio=0.5)  # fmt: skip
    lines = as_text(report).split("\n")
    assert lines[-2:] == ["skipped: nothing", "ratio: 0.500"]
    assert any(line.startswith("not exact: mislabelled: title: ") for line in lines)
    assert report.for_machines()["groups"][0]["sums"][OURS]["f1"] == 1


def test_the_pages_of_the_default_size_have_every_field_that_is_compared(monkeypatch):
    monkeypatch.setattr("sys.argv", ["benchmarks.reading"])
    truths = [page.truth for page in replica_pages(_options().size)]
    assert [name for name in FIELDS if not any(truth[name] for truth in truths)] == []


def test_a_page_is_located_by_the_layout_that_its_reading_names():
    def read(layout):
        return {"how": {"layout": layout, "body": "walker", "doubts": []}}

    assert [located(read(name)) for name in ("zoom", "marker 信息内容", "whole page")] == [
        True, True, False,
    ]  # fmt: skip


def test_regions_that_trafilatura_was_not_asked_about_are_counted_apart():
    answers = [
        {"how": {"layout": "zoom", "body": body, "doubts": ()}}
        for body in ("walker:plain", "walker:plain", "trafilatura", "walker", None)
    ]
    assert not_asked(answers) == 2
    assert sum(fallbacks(answers).values()) == 1


def test_the_replicas_pages_are_as_large_as_real_ones_and_state_the_same():
    pages = replica_pages(0.02)
    sizes = [len(page.html.encode()) for page in pages]
    assert 38_000 < sum(sizes) / len(sizes) < 50_000
    assert all(30_000 < size < 70_000 for size in sizes)
    _, read = reader(OURS)
    assert not list(mistakes(pages, [read(page.html, page.url) for page in pages]))
