"""Learnt soft 404s: the page that a site serves for addresses that cannot exist."""

import pytest
from reading_pages import PARAGRAPHS

from crawler.reading import fingerprint, resembles

FRAME = "云溪县人民政府门户网站 首页 政务公开 互动交流 走进云溪 主办：县政府办公室 网站地图"


def page(body: str, title: str = "云溪县人民政府") -> str:
    return f"<html><title>{title}</title><body><div>{FRAME}</div><p>{body}</p></body></html>"


def print_of(body: str, title: str = "云溪县人民政府", status: int = 200):
    return fingerprint(page(body, title), status, "http://www.yunxi.gov.cn/art/x.html")


NOTICE = "您访问的内容走丢了，请返回首页重新查找。"


@pytest.mark.parametrize(
    "again",
    [
        NOTICE,
        NOTICE + " /art/2022/3/5/art_2107_99999999.html",
        NOTICE + " 2026-08-31 09:25:37",
        f"<b>{NOTICE}</b>　",
    ],
)
def test_a_notice_resembles_itself_whatever_address_or_clock_it_repeats(again):
    assert resembles(print_of(NOTICE), print_of(again, status=404))


@pytest.mark.parametrize("body", [*PARAGRAPHS, "".join(PARAGRAPHS), ""])
def test_no_article_in_the_same_frame_resembles_the_notice(body):
    assert not resembles(print_of(NOTICE), print_of(body))


def test_another_title_is_another_page():
    assert not resembles(print_of(NOTICE), print_of(NOTICE, title="备耕会"))


def test_two_blank_pages_resemble_each_other():
    assert resembles(fingerprint("", 200, ""), fingerprint("<html></html>", 404, "http://["))


def test_one_character_changes_few_bits():
    text = "".join(PARAGRAPHS)
    one, other = print_of(text), print_of(text.replace("备耕", "备种", 1))
    assert (one.simhash ^ other.simhash).bit_count() <= 3
