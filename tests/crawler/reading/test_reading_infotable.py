"""The table of a disclosed document: its many shapes and spellings, and our terms for them."""

import pytest
from reading_pages import URL, as_paragraphs, marked_page

from crawler.reading import read_article
from crawler.reading.infotable import normalised_info
from crawler.reading.spellings import ORDINARY, TERM_OF, TERMS

PAIRS = {
    "索引号": "014500858/2022-00018",
    "制发机构": "云溪县人民政府",
    "发文字号": "云政发[2022]8号",
    "生成日期": "2022-03-01",
    "公开日期": "2022-03-04",
    "时效性": "有效",
}


def shown(name: str) -> str:
    cells = list(PAIRS.items())
    if name == "cells":
        rows = "".join(f"<tr><td>{k}：</td><td>{v}</td></tr>" for k, v in cells)
        return f"<table>{rows}</table>"
    if name == "headed":
        rows = "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in cells)
        return f"<table>{rows}</table>"
    if name == "one cell":
        rows = "".join(f"<tr><td><b>{k}</b>：{v}</td></tr>" for k, v in cells)
        return f"<table>{rows}</table>"
    if name == "definitions":
        return f"<dl>{''.join(f'<dt>{k}：</dt><dd>{v}</dd>' for k, v in cells)}</dl>"
    if name == "items":
        return f"<ul>{''.join(f'<li><b>{k}：</b><span>{v}</span></li>' for k, v in cells)}</ul>"
    if name == "boxes":
        rows = "".join(f"<div><span>{k}：</span><span>{v}</span></div>" for k, v in cells)
        return f"<div class='head'>{rows}</div>"
    if name == "paragraphs":
        return f"<div>{''.join(f'<p><b>【{k}】</b>{v}</p>' for k, v in cells)}</div>"
    spaced = ((" ".join(k), v) for k, v in cells)
    return f"<table>{''.join(f'<tr><td>{k} ：</td><td>{v}</td></tr>' for k, v in spaced)}</table>"


SHAPES = ("cells", "headed", "one cell", "definitions", "items", "boxes", "paragraphs", "spaced")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_disclosure_table_is_read_in_whatever_shape(shape):
    page = marked_page(as_paragraphs(), above=f"<tr><td>{shown(shape)}</td></tr>")
    article = read_article(page, URL).article
    assert dict(article.info) == PAIRS
    assert article.doc_number == "云政发〔2022〕8号"
    assert dict(normalised_info(article.info)) == {
        "索引号": "014500858/2022-00018",
        "发布机构": "云溪县人民政府",
        "文号": "云政发[2022]8号",
        "成文日期": "2022-03-01",
        "发布日期": "2022-03-04",
        "有效性": "有效",
    }


@pytest.mark.parametrize("label", sorted(TERM_OF))
def test_every_spelling_has_its_term_beside_a_telling_one(label):
    table = f"<table><tr><td>索引号</td><td>A</td><td>{label}</td><td>乙</td></tr></table>"
    page = marked_page(as_paragraphs(), above=f"<tr><td>{table}</td></tr>")
    info = read_article(page, URL).article.info
    value = "A" if label == "索引号" else "乙"
    if label not in {"索引号"}:
        assert info[label] == value
    assert normalised_info({label: value}) == {TERM_OF[label]: value}


def test_no_spelling_stands_for_two_terms():
    spellings = [label for labels in TERMS.values() for label in labels]
    assert len(spellings) == len(set(spellings))
    assert set(spellings) >= ORDINARY


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>名称</td><td>发布时间</td></tr><tr><td>早稻</td><td>3月</td></tr></table>",
        "<ul><li>时间：周五</li><li>地点：县政府</li><li>名称：座谈会</li></ul>",
        "<div><p>主题：春耕</p><p>来源：上级补助</p></div>",
    ],
)
def test_what_any_table_may_say_makes_no_disclosure_table(table):
    page = marked_page(as_paragraphs(), above=f"<tr><td>{table}</td></tr>")
    assert dict(read_article(page, URL).article.info) == {}


def test_the_table_s_day_is_the_publication_where_the_page_gives_no_other():
    table = shown("cells")
    page = f"<html><body>{table}<div id='zoom'>正文。</div></body></html>"
    read = read_article(page, URL)
    assert (read.article.published, read.origins["published"]) == ("2022-03-04", "table")
