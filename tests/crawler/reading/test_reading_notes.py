"""The publisher's notes about the article itself, told from texts about other documents."""

import pytest
from reading_pages import TITLE, URL, as_paragraphs, marked_page

from crawler.reading import read_article


def notes(*, body=("各乡镇：", "现将办法印发给你们。"), above: str = "", title: str = TITLE):
    page = marked_page(as_paragraphs(body), above=above).replace(TITLE, title)
    return read_article(page, URL).article.notes


BANNERS = (
    "【已废止】",
    "（失效）",
    "本文件已于2023年5月1日废止。",
    "此文件已失效",
    "该文件已被《云溪县农业补贴办法》（云政发〔2024〕3号）替代",
    "注：本文已被云政发〔2024〕3号修改",
    "更正：文中第三段“12.6万亩”应为“12.8万亩”。",
    "勘误：附件表二单位应为万元",
    "自2024年1月1日起废止",
    "本通知自2024年1月1日起停止执行",
    "★本行政规范性文件已被修订",
)


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_above_the_body_is_a_note(banner):
    assert notes(above=f"<tr><td>{banner}</td></tr>") == (banner,)


@pytest.mark.parametrize("banner", BANNERS)
def test_at_the_head_of_the_body_it_is_a_note_and_stays_in_the_body(banner):
    page = marked_page(as_paragraphs((banner, "各乡镇：", "现将办法印发给你们。")))
    article = read_article(page, URL).article
    assert article.notes == (banner,)
    assert article.body.startswith(banner)


@pytest.mark.parametrize(
    "line",
    [
        "本办法自2022年4月1日起施行，《云溪县农业补贴办法》同时废止。",
        "县政府决定废止3件规范性文件。",
        "会议审议了关于修改《云溪县议事规则》的决定。",
        "原有规定与本办法不一致的，以本办法为准，原规定失效。",
        "本通知自发布之日起施行，原通知同时废止。",
        "废止下列文件",
        "修改",
        "失效日期",
    ],
)
def test_a_text_about_other_documents_is_no_note(line):
    assert notes(body=(line, "各乡镇：", line)) == ()
    assert notes(above=f"<tr><td>{line}</td></tr>") == ()


def test_the_table_says_that_a_document_is_no_longer_in_force():
    def table(state: str) -> str:
        cells = f"<td>索引号</td><td>A-1</td><td>时效性</td><td>{state}</td>"
        return f"<tr><td><table><tr>{cells}</tr></table></td></tr>"

    assert notes(above=table("已废止")) == ("时效性：已废止",)
    assert notes(above=table("失效")) == ("时效性：失效",)
    assert [notes(above=table(state)) for state in ("有效", "现行有效", "", "无")] == [()] * 4


def test_a_date_of_repeal_in_the_table_is_a_note_a_dash_is_none():
    rows = "<tr><td>索引号</td><td>A-1</td><td>废止日期</td><td>{}</td></tr>"
    dated = rows.format("2023-12-31")
    assert notes(above=f"<tr><td><table>{dated}</table></td></tr>") == ("废止日期：2023-12-31",)
    assert notes(above=f"<tr><td><table>{rows.format('-')}</table></td></tr>") == ()


def test_the_headline_s_own_brackets_say_it_too():
    assert notes(title="云溪县农业补贴办法（已废止）") == ("（已废止）",)
    assert notes(title="关于废止部分文件的决定") == ()


def test_a_remark_in_brackets_at_the_end_is_a_note():
    remark = "（本文件已于2023年5月1日失效）"
    assert notes(body=("各乡镇：", "一、二。", remark)) == (remark,)
