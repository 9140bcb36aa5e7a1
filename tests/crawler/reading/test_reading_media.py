"""Bodies that are pictures, films or files."""

import pytest
from reading_pages import URL, article_page, as_paragraphs, marked_page

from crawler.reading import read_article

SITE = "http://www.yunxi.gov.cn"


def article(body: str):
    return read_article(marked_page(body), URL).article


@pytest.mark.parametrize(
    ("markup", "videos"),
    [
        ("<video src='/v/a.mp4' poster='/v/a.jpg'></video>", [f"{SITE}/v/a.mp4"]),
        (
            "<video><source src='/v/a.mp4'><source src='/v/a.webm'>不支持</video>",
            [f"{SITE}/v/a.mp4", f"{SITE}/v/a.webm"],
        ),
        ("<embed src='/flv/player.swf?file=/v/a.flv'>", [f"{SITE}/v/a.flv"]),
        ("<embed src='/p.swf' flashvars='autoplay=0&vurl=/v/a.flv'>", [f"{SITE}/v/a.flv"]),
        ("<object><param name='URL' value='/v/a.wmv'></object>", [f"{SITE}/v/a.wmv"]),
        (
            "<script>var p = new Player({url: '/v/a.m3u8?t=1', poster: '/a.jpg'});</script>",
            [f"{SITE}/v/a.m3u8?t=1"],
        ),
        ("<script>play('http:\\/\\/v.gov.cn\\/a.mp4')</script>", ["http://v.gov.cn/a.mp4"]),
        (
            "<iframe src='https://v.qq.com/txp/iframe/player.html?vid=x1'></iframe>",
            ["https://v.qq.com/txp/iframe/player.html?vid=x1"],
        ),
        ("<iframe src='/module/player.html?src=/v/a.mp4'></iframe>", [f"{SITE}/v/a.mp4"]),
        ("<script>var b = 'a.mp4.txt'</script><iframe src='/map.html'></iframe>", []),
    ],
)  # fmt: skip
def test_a_film_is_found_in_its_tag_its_player_or_its_script(markup, videos):
    read = read_article(marked_page(f"<p>会议实况</p>{markup}"), URL)
    assert list(read.article.videos) == videos
    assert read.article.body == "会议实况"
    assert read.article.attachments == ()


def test_a_body_of_one_film_is_no_empty_body():
    read = read_article(marked_page("<video src='/v/a.mp4'></video>"), URL)
    assert (read.doubts, read.origins["videos"]) == ((), "walker")


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("<div id='pdfshow' data-value='/attach/0/a.pdf'></div>", "/attach/0/a.pdf"),
        ("<iframe src='/attach/0/a.pdf' width='100%'></iframe>", "/attach/0/a.pdf"),
        ("<iframe src='/pdfjs/web/viewer.html?file=/attach/0/a.pdf'></iframe>", "/attach/0/a.pdf"),
        ("<iframe id='pdfshow' data-value='/attach/0/a.pdf'></iframe>", "/attach/0/a.pdf"),
        ("<embed src='/attach/0/a.pdf' type='application/pdf'>", "/attach/0/a.pdf"),
        ("<object data='/attach/0/a.doc'></object>", "/attach/0/a.doc"),
        (
            "<iframe src='/module/download/downfile.jsp?classid=0&filename=a.pdf'></iframe>",
            "/module/download/downfile.jsp?classid=0&filename=a.pdf",
        ),
    ],
)
def test_a_body_that_is_a_file_in_a_viewer_is_that_file(viewer, address):
    read = read_article(marked_page(viewer), URL)
    assert [a.url for a in read.article.attachments] == [SITE + address]
    assert (read.continues, read.doubts) == ((), ())


@pytest.mark.parametrize(
    "markup",
    [
        "<p><img src='/p/1.jpg'></p><p>图一：育秧</p><p><img src='/p/2.jpg'></p><p>图二：插秧</p>",
        "<figure><img src='/p/1.jpg'><figcaption>图一：育秧</figcaption></figure>"
        "<figure><img src='/p/2.jpg'><figcaption>图二：插秧</figcaption></figure>",
        "<div><img src='/p/1.jpg'><br>图一：育秧</div>"
        "<div><img src='/p/2.jpg'><br>图二：插秧</div>",
        "<table><tr><td><img src='/p/1.jpg'></td></tr><tr><td>图一：育秧</td></tr>"
        "<tr><td><img src='/p/2.jpg'></td></tr><tr><td>图二：插秧</td></tr></table>",
        "<ul><li><img data-src='/p/1.jpg'><p>图一：育秧</p></li>"
        "<li><img data-src='/p/2.jpg'><p>图二：插秧</p></li></ul>",
    ],
)
def test_captions_stand_in_the_body_in_reading_order(markup):
    read = article(f"<p>正文。</p>{markup}<p>文末。</p>")
    assert read.body.split("\n") == ["正文。", "图一：育秧", "图二：插秧", "文末。"]
    assert read.images == (f"{SITE}/p/1.jpg", f"{SITE}/p/2.jpg")


def test_on_a_page_of_no_known_layout_what_stands_beside_the_text_is_the_article_s():
    picture = "<p><img src='/p/1.jpg'></p><a href='/art/2.html'><img src='/p/jd.png'></a>"
    file = "<tr><td>附件：<a href='/attach/0/a.doc'>任务表</a></td></tr>"
    page = article_page(f"{as_paragraphs()}{picture}", below=file).replace(
        "</body>",
        "<div class='footer'><img src='/p/logo.png'><a href='/help/手册.pdf'>手册</a></div></body>",
    )
    read = read_article(page, URL)
    assert "no-region" in read.doubts
    assert [a.name for a in read.article.attachments] == ["任务表"]
    assert read.article.images == (f"{SITE}/p/1.jpg",)
