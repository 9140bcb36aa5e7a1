"""The site kinds by name. To add one, write a module with a `Kind` and name it here."""

from replica.kinds.base import Kind
from replica.kinds.gbk import GBK
from replica.kinds.jpaas import JPAAS
from replica.kinds.jpage_array import JPAGE_ARRAY
from replica.kinds.jpage_cloud import JPAGE_CLOUD
from replica.kinds.jpage_plain import JPAGE_PLAIN
from replica.kinds.jpage_web import JPAGE_WEB
from replica.kinds.mislabelled import GBK_MISLABELLED, UTF8_MISLABELLED
from replica.kinds.morecolumn import MORECOLUMN
from replica.kinds.static import STATIC
from replica.kinds.xxgk import XXGK

_ALL: tuple[tuple[Kind, str], ...] = (
    (JPAGE_WEB, "jpage lists, parameters in a variable; Jiangsu, Shandong, Gansu"),
    (JPAGE_CLOUD, "jpage lists of the Zhejiang cloud, long ids, dates inside the links"),
    (JPAGE_PLAIN, "jpage datastores with nothing but the link to the next group"),
    (JPAGE_ARRAY, "old jpage: rows in JavaScript arrays, answers are scripts"),
    (MORECOLUMN, "a parent channel asks for several by morecolumndataproxy.jsp"),
    (STATIC, "lists in the pages: index.html, index_2.html, ..."),
    (XXGK, "policy channels searched out by /module/xxgk/search.jsp"),
    (JPAAS, "generation 3: HTML in JSON, hexadecimal ids beside old addresses"),
    (GBK, "old classic pages in GBK that declare gb2312"),
    (GBK_MISLABELLED, "GBK bytes, while header and page say utf-8"),
    (UTF8_MISLABELLED, "UTF-8 bytes, while the page says gb2312"),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind, _ in _ALL}
ABOUT: dict[str, str] = {kind.name: about for kind, about in _ALL}
"""A line about each kind, for the help of the program."""
