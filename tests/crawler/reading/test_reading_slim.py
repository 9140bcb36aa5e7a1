"""What is taken out of a page before it is parsed says nothing, and takes nothing else along."""

import pytest
from reading_pages import PARAGRAPHS, URL, article_page, as_paragraphs

from crawler.reading import read_article

ENTRY = '<li><a href="/col/col{n}/index.html">栏目{n}</a></li>'
MENU = "<ul>" + "\n".join(ENTRY.format(n=n) for n in range(40)) + "</ul>"
RELATED = "".join(
    f'<li><a href="/art/2022/2/26/art_12_{n}.html">关于第{n}批项目的公示</a><span>02-26</span></li>'
    for n in range(12)
)
OPTIONS = "<select>" + '<option value="1">省级部门网站</option>' * 30 + "</select>"
STYLE = '<style type="text/css">.nav { top: 0 }</style>'
SCRIPT = "<script>var shown = 1;</script>"
MARKED = "<!--ZJEG_RSS.content.begin-->{}<!--ZJEG_RSS.content.end-->"


def body_of(inside: str, below: str = "") -> str:
    return read_article(article_page(MARKED.format(inside), below=below), URL).article.body


@pytest.mark.parametrize("furniture", [MENU, RELATED, OPTIONS, STYLE + SCRIPT + MENU])
def test_menus_styles_and_scripts_beside_an_article_change_nothing_of_it(furniture):
    bare = read_article(article_page(MARKED.format(as_paragraphs())), URL)
    beside = read_article(article_page(MARKED.format(as_paragraphs()), below=furniture), URL)
    assert beside.article == bare.article


def test_a_list_of_links_to_channels_in_the_article_itself_is_kept():
    assert body_of(MENU).split("\n") == [f"栏目{n}" for n in range(40)]


def test_a_long_list_of_files_beside_the_article_loses_none():
    files = "".join(
        f'<li><a href="/art/2022/2/26/art_12_{n}.pdf">附件第{n}号清单.pdf</a></li>'
        for n in range(9)
    )
    page = article_page(MARKED.format(as_paragraphs()), below=f"<ul>{files}</ul>")
    assert len(read_article(page, URL).article.attachments) == 9


def test_a_longer_menu_is_the_same_skeleton():
    marked = MARKED.format(as_paragraphs())
    longer = MENU.replace("</ul>", ENTRY.format(n=99) * 30 + "</ul>")
    one, other = (read_article(article_page(marked, below=menu), URL) for menu in (MENU, longer))
    assert one.skeleton == other.skeleton


def test_the_entry_of_a_menu_that_has_a_class_tells_templates_apart():
    marked = MARKED.format(as_paragraphs())
    chosen = MENU.replace(ENTRY.format(n=20), f'<li class="on">{ENTRY.format(n=20)[4:]}')
    one, other = (read_article(article_page(marked, below=menu), URL) for menu in (MENU, chosen))
    assert one.skeleton != other.skeleton


@pytest.mark.parametrize(
    "odd",
    [
        "<style>p { top: 0 }",
        "<style><!-- p > a { top: 0 } --></style>",
        "<script>document.write('<style>p { top: 0 }</style>')</script>",
        "<!-- <style> --><p></p>",
        "<style",
    ],
)
def test_a_style_sheet_written_oddly_swallows_no_sentence(odd):
    said = body_of(as_paragraphs(), below="<style>b { top: 0 }</style>")
    assert said.split("\n") == list(PARAGRAPHS)
    page = article_page(MARKED.format(as_paragraphs())).replace("<body", f"{odd}</style><body", 1)
    assert read_article(page, URL).article.body == said
