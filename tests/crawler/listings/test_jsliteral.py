"""The objects that pages hold in scripts and attributes, which are no JSON."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.listings.jsliteral import Unreadable, number, pairs, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a:1,'b':'2',\"c\":\"3\",}", {"a": "1", "b": "2", "c": "3"}),
        ("{ a : 'it\\'s' , b: '\\u4e2d\\x41\\n' }", {"a": "it's", "b": "中A\n"}),
        ("['<tr>', // first\n '</tr>' /* last */]", ["<tr>", "</tr>"]),
        ("{a:'x'+ 'y'}", {"a": "xy"}),
        ("{a:$('#1').html(),b:2}", {"a": "$('#1').html()", "b": "2"}),
        ("{f:function(){ return {a:[1]}; },b:2}", {"f": "function(){ return {a:[1]}; }", "b": "2"}),
        ("{'webId':'3185','tagId': '信息列表'}", {"webId": "3185", "tagId": "信息列表"}),
        ("{}", {}),
    ],
)
def test_what_a_browser_would_read_is_read(text, value):
    found, end = read(text + "; and more")
    assert found == value
    assert text[:end] == text


@pytest.mark.parametrize("text", ["", "{", "{a", "{a:", "{a:'", "{a:'x\n'}", "}", "{a:(}"])
def test_what_is_no_literal_says_where_it_stopped(text):
    with pytest.raises(Unreadable) as stopped:
        read(text)
    assert 0 <= stopped.value.position <= len(text)


def test_an_expression_is_not_taken_for_a_text_to_send():
    value, _ = read("{a:1, b:'', c:window.x, d:true, e:null, f:[1]}")
    assert pairs(value) == (("a", "1"), ("b", ""), ("d", "true"), ("e", ""))


def test_numbers_are_numbers_quoted_or_not():
    value, _ = read("{a:138, b:' 15 ', c:'x', d:[]}")
    assert [number(value.get(name)) for name in "abcdz"] == [138, 15, None, None, None]


@given(st.text(alphabet="{}[]()'\"`,:;+/*\\ \na1中", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        _, end = read(text)
    except Unreadable as refused:
        end = refused.position
    assert 0 <= end <= len(text)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.text(max_size=20)))
@settings(max_examples=60, deadline=None)
def test_what_is_written_as_a_literal_comes_back(members):
    def quoted(text):
        return "".join(f"\\u{ord(c):04x}" if ord(c) < 65536 else c for c in text)

    text = "{" + ",".join(f"{name}:'{quoted(value)}'" for name, value in members.items()) + "}"
    assert read(text)[0] == members
