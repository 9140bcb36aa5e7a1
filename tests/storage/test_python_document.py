"""What docs/python.md shows works as it stands there."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from storage import Consultation
from tests.storage.seeing import DAY, JAN, NOTICE, look
from tests.storage.story import tell

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "python.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_document_run_one_after_the_other(tmp_path, capsys):
    names = {"url": f"sqlite:///{tmp_path}/story.db", "another_url": f"sqlite:///{tmp_path}/b.db"}
    tell(names["url"]).close()
    blocks = BLOCK.findall(DOCUMENT.read_text("utf-8"))
    for block in blocks:
        exec(compile(block, DOCUMENT.name, "exec"), names)
    said = capsys.readouterr().out
    assert len(blocks) >= 8
    assert "present 1 关于规范临时建设管理的通知" in said
    assert "关于拟聘用人员的公示 1 2026-03-02 02:09:00+00:00" in said
    assert "['一月经济运行情况']" in said
    assert "gone" in said
    assert "原则上可以 一律不得再" in said
    assert "停车管理办法 (<Way.REMOVED: 'removed'>,)" in said
    assert "通知公告 [('2026-02', 6), ('2026-03', 1)]" in said
    assert "[('2026-02', 2, 6, 0.3333333333333333), ('2026-03', 0, 1, 0.0)]" in said
    recorded = Consultation.open(names["another_url"])
    assert recorded.find("www.example.org/7").title == "关于节水的通知"
    assert recorded.crawls()[0].finish_reason == "finished"
    recorded.close()


def test_a_crawl_that_a_program_leaves_by_an_error_goes_on_where_it_stopped(told):
    def record(then: Exception | None, at: datetime) -> int:
        told.now = at
        with told.archive.record("import", "old copies", ["www.example.org"]) as crawl:
            crawl.add(look(NOTICE, at))
            if then is not None:
                raise then
        return crawl.crawl_id

    with pytest.raises(ValueError, match="page 7"):
        record(ValueError("page 7"), JAN)
    assert told.one("SELECT count(*) FROM capture_facts") == 1
    record(None, JAN + DAY)
    assert told.ask("SELECT id, finish_reason FROM crawls") == [(1, "finished")]
    assert told.one("SELECT count(*) FROM capture_facts") == 2
