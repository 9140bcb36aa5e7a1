"""The catalogue of disclosed information (信息公开目录): its nodes are channels of their own.

A column of disclosed information frames `/module/xxgk/tree.jsp?area=…`; the column's address with
`?number=NODE` lists what is filed under one node. How `tree.jsp` answers is in no public sample,
so whatever such trees are written in is read: arrays of objects (flat with parents, or nested),
calls `tree.add(id, parent, name, …)`, and elements that stand in each other, XML or HTML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler import hanweb
from crawler.channels import Channel
from crawler.listings import jsliteral, markup, xxgk
from crawler.listings.jsliteral import Value
from crawler.listings.titles import cleaned

MOST_NODES = 2000
"""A tree of more nodes is cut: it is a trap, or of another kind."""

_MOST_TREES = 4
_MOST_ARRAYS = 40
_LONGEST_CALL = 2000
_TREE = re.compile(
    r"""["']([^"'\s<>]{0,200}xxgk/(?:[\w-]{1,40}/){0,3}tree\.jsp\?[^"'\s<>]{0,1500})["']"""
)
_CODE = re.compile(r"[A-Za-z0-9][\w-]{0,39}")
_ASKED = re.compile(r"(?:number|infotypeid)=([A-Za-z0-9][\w-]{0,39})", re.IGNORECASE)
_CALLED = re.compile(
    r"\(\s{0,9}\\?[\"']([A-Za-z]{1,3}[0-9]{2}[A-Za-z0-9]{0,36}|[0-9]{1,6})\\?[\"']"
)
_ARRAY = re.compile(r"\[\s{0,99}\{|\A\s{0,99}\{")
_ADD = re.compile(r"\.add\s{0,9}\(")
_ROOTS = frozenset({"0", "-1", "root", ""})
"""What stands for the whole catalogue, or for nothing above."""
_CODES, _IDS = ("infotypeid", "number", "code"), ("id", "key", "value")
_NAMES = ("name", "text", "label", "title", "infotypename")
_PARENTS = ("pid", "parentid", "parent", "_parentid")
_HOLDERS = frozenset({"item", "node", "leaf", "tree", "li", "treenode"})


@dataclass(frozen=True, slots=True)
class _Node:
    """A node as written: `reference` is what others call their parent by."""

    reference: str
    code: str
    name: str
    parent: str


def find_trees(html: str, url: str) -> tuple[str, ...]:
    """The addresses of the catalogues that a column's page frames, on its own host."""
    found = (hanweb.absolute(tree.replace("&amp;", "&"), url) for tree in _TREE.findall(html))
    here = (tree for tree in found if tree and hanweb.host_of(tree) == hanweb.host_of(url))
    return tuple(dict.fromkeys(here))[:_MOST_TREES]


def own_node(page: markup.Shown) -> str | None:
    """The node that a column lists by itself; None where it lists the whole catalogue."""
    searches = xxgk.find(page)
    return (dict(searches[0].query).get("infotypeId") or None) if searches else None


def read_tree(text: str, column_url: str, own: str | None = None) -> tuple[Channel, ...]:
    """The channels that a tree's nodes are, below the column that frames it.

    `own` is the node that the column lists itself: that one is the column.
    """
    column = hanweb.channel_id(column_url)
    written = [*_from_literals(text), *_from_calls(text), *_from_markup(text)][:MOST_NODES]
    if column is None:
        return ()
    codes = {node.reference: node.code for node in written}
    nodes: dict[str, Channel] = {}
    itself = {*_ROOTS, own}
    for node in written:
        if node.code not in itself and node.code not in nodes:
            above = codes.get(node.parent, "")
            parent = column if above in itself else hanweb.node_channel(column, above)
            nodes[node.code] = Channel(
                hanweb.node_channel(column, node.code),
                cleaned(node.name) or None,
                _address(column_url, node.code),
                parent,
            )
    return tuple(nodes.values())


def _address(column_url: str, code: str) -> str:
    url = hanweb.canonical(column_url)
    return f"{url}{'&' if '?' in url else '?'}number={code}"


def _from_literals(text: str) -> Iterator[_Node]:
    position = 0
    for _ in range(_MOST_ARRAYS):
        if (found := _ARRAY.search(text, position)) is None:
            return
        try:
            value, position = jsliteral.read(text, found.start())
        except jsliteral.Unreadable:
            position = found.end()
        else:
            yield from _nested(value, "")


def _nested(value: Value, above: str) -> Iterator[_Node]:
    if isinstance(value, list):
        for item in value:
            yield from _nested(item, above)
    elif isinstance(value, dict):
        node = _of_object(value, above)
        if node is not None:
            yield node
        for inner in value.values():
            if isinstance(inner, list | dict):
                yield from _nested(inner, node.reference if node else above)


def _of_object(members: dict[str, Value], above: str) -> _Node | None:
    said = {key.lower(): value for key, value in members.items() if isinstance(value, str)}
    reference, name = _first(said, _IDS), _first(said, _NAMES)
    code = _first(said, _CODES) or _asked(said.values()) or reference
    if not name or not _CODE.fullmatch(code):
        return None
    return _Node(reference or code, code, name, _first(said, _PARENTS) or above)


def _from_calls(text: str) -> Iterator[_Node]:
    for call in islice(_ADD.finditer(text), MOST_NODES):
        try:
            given = jsliteral.read_arguments(text[call.end() : call.end() + _LONGEST_CALL], 0)
        except jsliteral.Unreadable:
            continue
        said = [str(value) for value in given if isinstance(value, str)]
        if len(said) >= 3 and len(said) == len(given) and _CODE.fullmatch(said[0]):
            yield _Node(said[0], _asked(said[3:]) or said[0], said[2], said[1])


def _from_markup(text: str) -> Iterator[_Node]:
    root = markup.parse(text) if "<" in text else None
    holders: dict[etree._Element, str] = {}
    for element in root.iter(etree.Element) if root is not None else ():
        if (code := _code_of(element)) is None:
            continue
        holder = element if element.tag in _HOLDERS else _holder_of(element)
        parent = next((holders[e] for e in holder.iterancestors() if e in holders), "")
        holders.setdefault(holder, code)
        yield _Node(code, code, _name_of(element), parent)


def _code_of(element: etree._Element) -> str | None:
    said = {str(key).lower(): str(value) for key, value in element.attrib.items()}
    leads = [said.get(name, "") for name in ("href", "onclick", "url")]
    code = _first(said, _CODES) or _asked(leads)
    if not code and element.tag in _HOLDERS and _first(said, _NAMES):
        code = _first(said, _IDS)
    return code if code and _CODE.fullmatch(code) else None


def _holder_of(link: etree._Element) -> etree._Element:
    """The item of the tree in which a link stands, with what is below it."""
    return next((e for e in link.iterancestors() if e.tag in _HOLDERS), link)


def _name_of(element: etree._Element) -> str:
    said = {str(key).lower(): str(value) for key, value in element.attrib.items()}
    named = _first(said, _NAMES)
    return named or (markup.text_of(element) if element.tag not in _HOLDERS else element.text or "")


def _first(said: dict[str, str], names: Iterable[str]) -> str:
    return next((said[name].strip() for name in names if said.get(name, "").strip()), "")


def _asked(texts: Iterable[str]) -> str:
    """The node that an address asks for, or that a script is called with."""
    for text in texts:
        if found := _ASKED.search(text) or _CALLED.search(text):
            return found[1]
    return ""
