"""The data dictionary of what is exported: every field, its kind and its meaning. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds. Times are UTC; `texts` is a list, `json` a list or an object of other
    things. In CSV both are JSON text, in Parquet `json` is."""

    INTEGER = "integer"
    TEXT = "text"
    INSTANT = "instant"
    TEXTS = "texts"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an exported table, described in Chinese and in English."""

    name: str
    kind: Kind
    zh: str
    en: str


def _of(kind: Kind, *told: tuple[str, str, str]) -> dict[str, Field]:
    return {name: Field(name, kind, zh, en) for name, zh, en in told}


_VERSIONS = {
    **_of(
        Kind.INTEGER,
        ("id", "版本在存档里的编号", "the version's number in this archive"),
        ("article_id", "文章在存档里的编号", "the article's number in this archive"),
        ("number", "第几版，从 1 数起", "1, 2, 3 … in the order of time"),
    ),
    **_of(
        Kind.INSTANT,
        ("first_captured_at", "首次采到这一版", "the first capture that showed it"),
        ("last_captured_at", "最后一次采到这一版", "the last capture that showed it"),
    ),
    **_of(
        Kind.TEXT,
        ("digest", "内容指纹：相同即内容相同", "names the content: equal for equal content"),
        ("title", "标题", "the title"),
        ("published", "网页自称的发布时间（北京时间）", "when the page says it was published"),
        ("source", "来源", "the source that the page names"),
        ("author", "作者", "the author that the page names"),
        ("doc_number", "文号", "the document number"),
        (
            "body",
            "正文：一行一段，表格各格以制表符分开",
            "the text: a paragraph a line, cells of tables apart by tabs",
        ),
        ("reader", "由哪一版程序读出", "which reader made it"),
        ("subtitle", "引题、副题", "the lines above and below the headline"),
        ("host", "网站", "the site's host name"),
        ("cms_id", "文章在网站上的编号", "the article's id on its site"),
        ("url", "现在的网址", "its address now"),
        ("state", "现在的状态", "its state now: present, missing or gone"),
    ),
    **_of(
        Kind.TEXTS,
        ("images", "正文中图片的网址", "addresses of the images in the text"),
        ("videos", "正文中视频的网址", "addresses of the videos in the text"),
        ("notes", "发布者的说明（更正、废止、失效）", "what the publisher says of the article"),
        ("channels", "现在列有它的栏目", "the channels that list it now"),
    ),
    **_of(
        Kind.JSON,
        ("fields", "信息公开表", "the information-disclosure table"),
        ("links", "正文中的链接：文字与网址", "links in the text: words and address"),
        (
            "attachments",
            "附件：名称、网址、字节指纹、文字",
            "its files: name, address, digest of the bytes, and what they say",
        ),
    ),
}
_ARTICLES = {
    **_VERSIONS,
    **_of(
        Kind.INTEGER,
        ("id", "文章在存档里的编号", "the article's number in this archive"),
        ("versions", "存有几版；0 为从未读到", "how many versions are held; 0 for one never read"),
    ),
    **_of(
        Kind.INSTANT,
        ("first_captured_at", "首次采到", "when it was first captured"),
        ("last_captured_at", "最后一次采到", "when it was last captured"),
    ),
}
_EVENTS = {
    **_VERSIONS,
    **_of(
        Kind.INTEGER,
        ("id", "事件在存档里的编号", "the event's number in this archive"),
        ("version", "由此起是第几版", "the version that stands from here"),
        ("previous_version", "此前是第几版", "the version before"),
        ("capture_id", "显示此事的那次采集", "the capture that showed it; none where lists did"),
    ),
    **_of(Kind.INSTANT, ("at", "何时看到", "when it was seen")),
    **_of(Kind.TEXT, ("kind", "发生了什么：见 docs/sql.md", "what happened: see docs/sql.md")),
    **_of(Kind.TEXTS, ("fields", "改动了哪几项", "which fields an edit changed")),
    **_of(Kind.JSON, ("evidence", "依据", "how it is known")),
}

_ORDER: Mapping[str, str] = {
    "versions": "id article_id number first_captured_at last_captured_at digest title published "
    "source author doc_number body fields reader images subtitle videos notes links host cms_id "
    "url state channels attachments",
    "articles": "id host cms_id url title published state first_captured_at last_captured_at "
    "versions channels",
    "events": "id at kind article_id host cms_id url title version previous_version fields "
    "evidence capture_id",
}

TABLES: Mapping[str, tuple[Field, ...]] = {
    table: tuple(known[name] for name in _ORDER[table].split())
    for table, known in (("versions", _VERSIONS), ("articles", _ARTICLES), ("events", _EVENTS))
}
"""The fields of each table's rows, in their order."""
