"""Sites whose bytes are in another encoding than they say: what a wrong server setting does."""

from dataclasses import replace

from replica.kinds.gbk import GBK
from replica.kinds.jpage_web import JPAGE_WEB

GBK_MISLABELLED = replace(
    GBK,
    name="gbk_mislabelled",
    charset="utf-8",
    page_type="text/html;charset=utf-8",
    listing_type="text/xml;charset=UTF-8",
)
"""GBK bytes that header and page both call utf-8."""

UTF8_MISLABELLED = replace(JPAGE_WEB, name="utf8_mislabelled", charset="gb2312")
"""UTF-8 bytes on pages that call themselves gb2312; the header says nothing."""
