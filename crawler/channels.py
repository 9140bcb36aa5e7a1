"""The channels (栏目) that a page mentions: its own, its breadcrumb, menus, frames and scripts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from crawler import hanweb
from crawler.listings import Shown, markup
from crawler.listings.crumbs import Crumb, find_crumbs
from crawler.listings.titles import cleaned, is_cut, is_label

_LONGEST_NAME = 40
_SENTENCE = re.compile(r"[，。；！？]")
_MORE = re.compile(r"更多|more|进入|返回|点击|查看|[>＞»+]+", re.IGNORECASE)
_MENTION = re.compile(
    r"(?:https?:)?(?://[\w.:-]{1,100})?(?:/[\w-]{1,60}){0,6}/col/col[0-9]{1,20}"
    r"(?:/(?!index\.)[a-z0-9_]{1,60}){0,4}/?(?:index\.html?)?(?=[\"'?#\s<>)\\]|$)",
    re.IGNORECASE,
)
_UNESCAPED = re.compile(r"\\(?=[\"'/])")


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of a site. `url` is canonical; what a page does not tell is None."""

    cms_id: str
    name: str | None
    url: str
    parent_id: str | None = None


def find_channels(html: str, url: str) -> tuple[Channel, ...]:
    """Every channel of the page's host that the page mentions, each once, by its best name.

    Names in order of trust: the page's own `ColumnName`, the breadcrumb, the first short text of
    a link, its `title`. A channel that is shown as a picture or a frame only has none: its own
    page tells it (`own_channel`). Parents are those of the breadcrumb, and of the path where a
    channel's code stands below its parent's number (`/col/col1599543/yszq/`). A script given
    instead of a page is read for the page that it writes.
    """
    return channels_on(Shown(html, url))


def channels_on(page: Shown) -> tuple[Channel, ...]:
    """`find_channels` of a page that is looked through for its own channel and lists as well."""
    script = not page.html.lstrip().startswith("<")
    written = Shown(_UNESCAPED.sub("", page.html), page.url) if script else page
    if (root := written.root) is None:
        return ()
    own = owner_of(page)
    plain = hanweb.generation_of(page.html) == "jpaas"
    chain = _chain(find_crumbs(root, page.url), plain)
    claims = [*([own] if own else ()), *chain, *_linked(root, page.url, plain)]
    host = hanweb.host_of(page.url)
    return _merged(claim for claim in claims if hanweb.host_of(claim.url) == host)


def own_channel(html: str, url: str) -> Channel | None:
    """The channel whose page this is, or to which this article belongs; None on other pages.

    Named by `ColumnName`, else by the last crumb, else (a channel's page only) by its title; a
    node of the catalogue by its crumb alone.
    """
    return owner_of(Shown(html, url))


def owner_of(page: Shown) -> Channel | None:
    """`own_channel` of a page that is looked through for other channels and lists as well."""
    html, url = page.html, page.url
    article = hanweb.article_address(url)
    plain = hanweb.generation_of(html) == "jpaas"
    cms_id = article.channel_id if article else hanweb.channel_of(url, html)
    if cms_id is None:
        return None
    root = page.root
    meta = _meta(root)
    crumbs = _chain(find_crumbs(root, url), plain) if root is not None else []
    crumb = next((crumb for crumb in crumbs if crumb.cms_id == cms_id), None)
    name = crumb.name if crumb else None
    if "?" not in cms_id:  # the page of a node names its column
        name = meta.get("columnname") or name or meta.get("channel")
        if not name and not article:
            name = _from_title(root, meta.get("sitename", ""))
    address = hanweb.canonical(hanweb.channel_path(cms_id) if article else url, url)
    return Channel(cms_id, name or None, address, crumb.parent_id if crumb else _above(cms_id))


def _chain(crumbs: Iterable[Crumb], plain: bool) -> list[Channel]:
    chain: list[Channel] = []
    for crumb in crumbs:
        channel = _channel(crumb.url, cleaned(crumb.name) or None, plain)
        if channel and (not chain or chain[-1].cms_id != channel.cms_id):
            parent = chain[-1].cms_id if chain else channel.parent_id
            chain.append(Channel(channel.cms_id, channel.name, channel.url, parent))
    return chain


def _linked(root: etree._Element, base: str, plain: bool) -> Iterator[Channel]:
    """Channels that links lead to; directories too, where the site has `plain` ones."""
    for element in root.iter("a", "area", "option", "iframe", "frame", "script"):
        if element.tag == "script":
            yield from _scripted(element.text or "", base)
        for href in _addresses(element, plain and element.tag == "a"):
            if channel := _channel(hanweb.absolute(href, base), _name_of(element), plain):
                yield channel


def _addresses(element: etree._Element, plain: bool) -> Iterator[str]:
    """Where an element leads; a script given as a page leaves its escaped quotes in the link."""
    for attribute in ("href", "src", "value"):
        value = element.get(attribute) or ""
        if "col" in value or (plain and value):
            yield value.strip(" \\\"'")
    yield from _MENTION.findall(element.get("onclick") or "")


def _scripted(script: str, base: str) -> Iterator[Channel]:
    """Menus that a script writes: its strings read as HTML, and addresses that stand bare."""
    if "/col/col" not in script.replace("\\", "") or "<datastore" in script:
        return
    script = _UNESCAPED.sub("", script)
    written = markup.parse(script) if "<a" in script.lower() else None
    if written is not None:
        yield from _linked(written, base, plain=False)
    for mention in _MENTION.findall(script):
        if channel := _channel(hanweb.absolute(mention, base), None, plain=False):
            yield channel


def _channel(address: str | None, name: str | None, plain: bool) -> Channel | None:
    identify = hanweb.any_channel_id if plain else hanweb.listed_id
    cms_id = identify(address) if address else None
    if address is None or cms_id is None:
        return None
    return Channel(cms_id, name, hanweb.canonical(address), _above(cms_id))


def _above(cms_id: str) -> str | None:
    column, mark, _ = cms_id.partition("?")
    if mark:
        return column
    # A numbered parent is a channel; a directory above another need not be one.
    return (cms_id.rpartition("/")[0] or None) if cms_id[:1].isdigit() else None


def _name_of(element: etree._Element) -> str | None:
    text, title = cleaned(markup.text_of(element)), cleaned(element.get("title"))
    texts = (title, text) if is_cut(text) else (text, title)
    return next((text for text in texts if _is_name(text)), None)


def _is_name(text: str) -> bool:
    """Whether a link's text can be a channel's name: no sentence, no 更多."""
    if not text or len(text) > _LONGEST_NAME or _SENTENCE.search(text) or is_cut(text):
        return False
    return not (is_label(text) or _MORE.match(text))


def _merged(claims: Iterable[Channel]) -> tuple[Channel, ...]:
    """Each channel once, where it was first met; its first name and first parent are kept."""
    merged: dict[str, Channel] = {}
    for claim in claims:
        known = merged.setdefault(claim.cms_id, claim)
        merged[claim.cms_id] = Channel(
            known.cms_id,
            known.name or claim.name,
            known.url,
            known.parent_id or claim.parent_id,
        )
    return tuple(merged.values())


def _meta(root: etree._Element | None) -> dict[str, str]:
    """The page's tags by name in lower case; of several the first that says something."""
    tags: dict[str, str] = {}
    for tag in root.iter("meta") if root is not None else ():
        name, content = (tag.get("name") or "").lower(), cleaned(tag.get("content"))
        if content:
            tags.setdefault(name, content)
    return tags


def _from_title(root: etree._Element | None, site_name: str) -> str | None:
    """`站名 栏目` or `栏目`; a title that is the site's name alone names no channel."""
    title = next(root.iter("title"), None) if root is not None else None
    text = markup.text_of(title) if title is not None else ""
    name = text.removeprefix(site_name).strip(" -_|—") if site_name else text.rpartition(" ")[2]
    return name or None
