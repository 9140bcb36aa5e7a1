"""The drawing of how questions grow."""

from xml.etree import ElementTree

from benchmarks.growth.__main__ import as_text
from benchmarks.growth.drawing import drawn

CURVES = {"search <a>": {30: 2.0, 300: 4.0}, "history": {30: 1.0, 300: 1.0}}


def test_each_kind_of_question_is_a_curve_and_is_named():
    root = ElementTree.fromstring(drawn(CURVES))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}polyline")) == len(CURVES)
    assert "search <a>" in [each.text for each in root.findall(f"{space}text")]


def test_a_question_that_costs_more_ends_higher():
    lines = [line for line in drawn(CURVES).splitlines() if line.startswith("<polyline")]
    ends = [float(line.split('"')[1].split(",")[-1]) for line in lines]
    assert ends[0] < ends[1]


def test_the_last_line_is_the_ratio():
    assert as_text(CURVES).splitlines()[-1] == ("10 times as many versions cost 1.50 times as much")
