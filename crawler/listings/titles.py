"""The fullest headline that a line of a list gives for its link."""

import html
import re
from collections.abc import Iterable

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});")
_BULLET = re.compile(r"^(?:[·•◆■►▪●»\s]|#id#|[\[【(（]置顶[\])】）])+")
_LABEL = re.compile(r"(?:点击|查看|查阅|更多|详细|详情|打开|链接|新窗口|此处|内容|信息|全文|>)*")


def cleaned(text: str | None) -> str:
    """White space made single, tags and entities that leaked into an attribute undone.

    >>> cleaned("关于&amp;ldquo;A&ldquo;的<br/>  通知#id#")
    '关于“A“的 通知'
    """
    text = text or ""
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = text.replace("#id#", "")
    if "&" in text:
        text = text.replace("&amp;", "&")
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return " ".join(text.split())


def headline(attributes: Iterable[str], shown: str, hints: Iterable[str] = ()) -> str:
    """Choose among the link's `title` attributes, its text, and attributes of what is inside.

    A `title` attribute is whole more often than the text, which templates cut with dots; an
    attribute inside the link (an icon's) is taken only where it completes the text.

    >>> headline(["关于印发某办法的通知"], "关于印发...", ["图标"])
    '关于印发某办法的通知'
    >>> headline([], "关于印发某办法…", ["解读", "关于印发某办法的通知"])
    '关于印发某办法的通知'
    """
    shown = _BULLET.sub("", shown)
    named = [text for text in attributes if text and not is_label(text)]
    whole = [text for text in named if not is_cut(text)]
    if whole:
        return max(whole, key=len)
    if shown and not is_cut(shown):
        return shown
    stem = _stem(shown)
    completing = [text for text in hints if stem and _squeezed(text).startswith(stem)]
    return max([*completing, *named, shown], key=len)


def is_cut(text: str) -> bool:
    """Whether a template cut the text: it ends in dots."""
    return text.rstrip().endswith(("..", "…"))


def is_label(text: str) -> bool:
    """Whether a text only says that there is a link: 查看, 点击查看详情, 更多."""
    return bool(_LABEL.fullmatch(text))


def _stem(text: str) -> str:
    return _squeezed(text.rstrip(" .…"))


def _squeezed(text: str) -> str:
    return "".join(text.split())
