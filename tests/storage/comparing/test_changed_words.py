"""Which words an edit added or removed, in the index and on the texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Article
from storage.comparing.changed_words import (
    MARKS,
    Way,
    as_runs,
    changed_tokens,
    of_runs,
    ways_of,
)
from storage.comparing.diff import diff
from storage.search_index import tokens

_PAGE = Article(title="通知", body="")


def _fields(before: str, after: str):
    return diff(replace(_PAGE, body=before), replace(_PAGE, body=after))


@pytest.mark.parametrize(
    ("before", "after", "word", "ways"),
    [
        ("大力发展农业", "大力发展林业", "林业", {Way.ADDED}),
        ("大力发展农业", "大力发展林业", "农业", {Way.REMOVED}),
        ("大力发展农业", "大力发展林业", "发展林业", {Way.ADDED}),
        ("大力发展农业", "大力发展林业", "发展", set()),
        ("企业应当报告，也应当备案", "企业可以报告，也应当备案", "应当", {Way.REMOVED}),
        ("试点\n甲段内容", "甲段内容", "试点", {Way.REMOVED}),
        ("甲段最先说的话。\n乙段最后说的话。", "乙段最后说的话。\n甲段最先说的话。", "甲段", set()),
        ("第二条 附则如下。", "第三条 附则如下。", "三条", set()),
        ("可以申请。\n此后段落。", "此后段落。\n应当申请。", "申请", {Way.ADDED, Way.REMOVED}),
        ("ＧＤＰ增长", "增长", "gdp", {Way.REMOVED}),
    ],
)
def test_a_word_is_added_where_there_is_more_of_it(before, after, word, ways):
    assert ways_of([word], _fields(before, after)) == ways


def test_all_words_must_have_gone_the_same_way():
    fields = _fields("大力发展农业", "大力发展林业和渔业")
    assert ways_of(["林业", "渔业"], fields) == {Way.ADDED}
    assert ways_of(["林业", "农业"], fields) == set()


def test_titles_count_and_other_fields_do_not():
    draft = replace(_PAGE, title="办法（征求意见稿）", source="市府办")
    fields = diff(draft, replace(draft, title="办法", source="市司法局"))
    assert ways_of(["征求意见"], fields) == {Way.REMOVED}
    assert ways_of(["司法局"], fields) == set()


_TEXTS = st.text(alphabet="甲乙丙丁，\n1a", max_size=20)


@given(_TEXTS, _TEXTS, st.text(alphabet="甲乙丙丁", min_size=1, max_size=2))
def test_the_index_holds_every_word_of_one_or_two_characters_that_changed(before, after, word):
    fields = _fields(before, after)
    indexed = changed_tokens(fields)
    for way in ways_of([word], fields):
        marked = [token[1:] for token in indexed if token.startswith(MARKS[way])]
        wanted = tokens(word)[0]
        assert any(token.startswith(wanted) for token in marked)


@given(
    st.lists(st.tuples(st.sampled_from(list(MARKS.values())), st.text("甲乙é𠮷，1a", max_size=9)))
)
def test_tokens_are_kept_as_the_runs_that_they_came_from(said):
    marked = [mark + token for mark, text in said for token in tokens(text)]
    assert of_runs(as_runs(marked)) == marked
    assert of_runs(" ".join(marked)) == marked, "as earlier programs wrote them"
    assert len(as_runs(marked)) <= len(" ".join(marked))
