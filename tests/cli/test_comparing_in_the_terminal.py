"""`cunzheng diff` on a regulation that was amended."""

import pytest

from storage import Article
from tests.storage.story import DAYS, NOTICES, Day, tell

_BEFORE = (
    "第一条　市公安机关负责停车场的监督管理工作。\n"
    "第二条　停车场经营者应当公示收费标准。\n"
    "第三条　大力发展立体停车场，鼓励单位开放车位。"
)
_AFTER = (
    "第一条　大力建设立体停车场，鼓励单位开放车位。\n"
    "第二条　市公安机关负责停车场的监督管理工作。\n"
    "第三条　停车场应当设置无障碍车位。\n"
    "第四条　停车场经营者应当公示收费标准。"
)


@pytest.fixture(scope="module")
def amended(tmp_path_factory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('amended')}/archive.db"
    pages = (Article(title="停车管理办法", body=body) for body in (_BEFORE, _AFTER))
    days = (Day({"1": page}, {NOTICES: ("1",)}) for page in pages)
    tell(url, zip(DAYS, days, strict=False)).close()
    return url


def test_what_moved_came_and_was_renumbered_is_told_apart(run, amended):
    lines = run("diff", "1", archive=amended).stdout.splitlines()
    assert lines[4:9] == [
        "[moved from paragraph 3] 第一条　[-大力发展-][+大力建设+]立体停车场，鼓励单位开放车位。",
        "… (1 paragraphs only renumbered)",
        "[+第三条　停车场应当设置无障碍车位。+]",
        "… (1 paragraphs only renumbered)",
        f"[moved to paragraph 1] {_BEFORE.splitlines()[2]}",
    ]


def test_a_change_may_be_marked_by_characters(run, tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    pages = (Article(title="题", body=body) for body in ("大力发展农业", "大力发展林业"))
    days = (Day({"1": page}, {NOTICES: ("1",)}) for page in pages)
    tell(url, zip(DAYS, days, strict=False)).close()
    assert "大力发展[-农业-][+林业+]" in run("diff", "1", archive=url).stdout
    assert "大力发展[-农-][+林+]业" in run("diff", "1", "--by", "character", archive=url).stdout
