"""What a healthy site answers: a request's method and address in, one answer out."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from replica import files
from replica.faults import WAF_PAGE, Slip
from replica.kinds import bodies
from replica.kinds.base import Role, Rows, View
from replica.site import Site
from replica.state import Placed, Standing

NOT_FOUND = "对不起，您访问的页面不存在（404）。"
BLANKED = "对不起，您访问的信息不存在或已被删除！"
_STYLE = "body{font-family:sans-serif;max-width:60em;margin:2em auto;line-height:1.8}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the bytes, and the headers exactly as sent."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


WAF = Answer(200, WAF_PAGE.encode(), {"Content-Type": "text/html;charset=utf-8"})
_FURTHER = re.compile(r"(.+)_([2-9])\.html")
_FAILED = Answer(500, b"")
_INSTEAD: dict[Slip | None, Answer] = {
    Slip.FAILS: _FAILED,
    Slip.FAILS_ONCE: _FAILED,
    Slip.WAF: WAF,
}


def answer(site: Site, path: str, asked: Mapping[str, str]) -> Answer:
    """The answer to a path and its parameters (query and form together)."""
    day = site.faults.day(site.world.on(site.day))
    view = View(day, site.url, site.served, site.skin, told=not site.faults.untold)
    match site.kind.role(path):
        case Role.HOME:
            return _page(site, site.kind.home(view))
        case Role.CHANNEL:
            channel = site.kind.find_channel(day, path)
            return _page(site, site.kind.channel(view, channel)) if channel else _none(site, view)
        case Role.LISTING:
            return _listing(site, view, path, asked)
        case Role.ARTICLE:
            return _article(site, view, path)
        case Role.COUNTER:
            return _counter(site)
        case Role.OTHER:
            return _other(site, view, path, asked)


def notice(site: Site, words: str, status: int) -> Answer:
    """A short page that says why there is nothing here."""
    view = View(site.world.on(site.day), site.url)
    return replace(_page(site, site.kind.notice(view, words)), status=status)


def _page(site: Site, text: str) -> Answer:
    body = text.encode(site.kind.encoding, "xmlcharrefreplace")
    return Answer(200, body, {"Content-Type": site.kind.page_type})


def _none(site: Site, view: View) -> Answer:
    return replace(_page(site, site.kind.notice(view, NOT_FOUND)), status=404)


def _listing(site: Site, view: View, path: str, asked: Mapping[str, str]) -> Answer:
    window, rows = site.kind.window(view.day, path, asked), Rows((), 0)
    if window:
        window = site.faults.asked(window)
        slip = site.faults.slip(window)
        if slip in _INSTEAD:
            return _INSTEAD[slip]
        view = replace(view, day=site.faults.day(site.world.on(site.day)))
        rows = site.faults.rows(view.day, window, slip)
    text = site.kind.listing(view, window, rows)
    if text is None:
        return _none(site, view)
    body = text.encode(site.kind.encoding, "xmlcharrefreplace")
    return Answer(200, body, {"Content-Type": site.kind.listing_type})


def _article(site: Site, view: View, path: str) -> Answer:
    placed = site.kind.find_article(view.day, path)
    if placed is None and (further := _FURTHER.fullmatch(path)):
        placed = site.kind.find_article(view.day, f"{further[1]}.html")
        view = replace(view, page=int(further[2]))
        placed = placed if placed and view.page <= placed.article.content.pages else None
    if placed is None or placed.article.standing is not Standing.PUBLISHED:
        return _absent(site, view, placed.article.standing if placed else Standing.TAKEN_DOWN)
    page = _page(site, site.kind.article(view, placed))
    return replace(page, headers={**page.headers, **_tag(site, placed)}) if site.tagged else page


def _absent(site: Site, view: View, standing: Standing) -> Answer:
    match standing:
        case Standing.BLANKED:
            return _page(site, site.kind.notice(view, BLANKED))
        case Standing.LEADS_HOME:
            return Answer(302, b"", {"Location": "/index.html"})
        case Standing.EMPTIED:
            return Answer(200, b"", {"Content-Type": site.kind.page_type})
        case Standing.WITHDRAWN:
            return replace(_none(site, view), status=410)
        case _:
            return _none(site, view)


def _tag(site: Site, placed: Placed) -> dict[str, str]:
    # Of what the article says, not of the page's bytes: those differ on every request.
    said = repr((placed, site.skin)).encode()
    return {"ETag": f'"{zlib.crc32(said):08x}"'}


def _counter(site: Site) -> Answer:
    site.counted += 1
    script = f"document.write('{1000 + site.counted}');"
    return Answer(200, script.encode(), {"Content-Type": "text/javascript"})


def _other(site: Site, view: View, path: str, asked: Mapping[str, str]) -> Answer:
    if path == "/robots.txt":
        return Answer(200, site.robots.encode(), {"Content-Type": "text/plain"})
    if path.startswith(("/script/", "/images/", "/module/jslib/", "/module/changepage/")):
        return _furniture(path)
    if path.startswith(f"{bodies.CARRIED}/"):
        return _carried(site, view, path)
    if path == "/module/download/downfile.jsp":
        path += f"?classid=0&filename={asked.get('filename', '')}"
    if path not in view.day.files:
        return _none(site, view)
    edition = view.day.editions.get(path, 1) + site.world.twists.edition(path, site.day) - 1
    return _file(path, edition)


def _carried(site: Site, view: View, path: str) -> Answer:
    """The file that holds an article's body, where that does not stand on its page."""
    stem, _, ending = path.removeprefix(bodies.CARRIED).rpartition(".")
    placed = site.kind.find_article(view.day, f"{stem}.html")
    if placed is None or placed.article.standing is not Standing.PUBLISHED:
        return _none(site, view)
    content = placed.article.content
    if path != bodies.carried_path(f"{stem}.html", content.carried):
        return _none(site, view)
    page = _page(site, bodies.carrying(content, placed.article.layout, view.skin))
    media_type = "application/javascript" if ending == "js" else site.kind.page_type
    return replace(page, headers={"Content-Type": media_type})


def _file(path: str, edition: int) -> Answer:
    body = files.content(path, edition)
    headers = {"Content-Type": files.media_type(path), "ETag": f'"{zlib.crc32(body):08x}"'}
    return Answer(200, body, headers)


def _furniture(path: str) -> Answer:
    # Scripts, style sheets and icons: there, so that a browser shows the site, and nearly empty.
    if path.endswith(".css"):
        return Answer(200, _STYLE.encode(), {"Content-Type": "text/css"})
    if path.endswith((".png", ".gif")):
        return Answer(200, files.content(path + ".gif"), {"Content-Type": "image/png"})
    return Answer(200, b"", {"Content-Type": "text/javascript"})
