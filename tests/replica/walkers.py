"""Walkers for every kind, each following the site's own way to the end of a list, by regex alone.

They are as simple as they can be: they believe what the page says, and stop where it ends.
"""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, urlencode, urljoin
from urllib.request import urlopen

RECORD = re.compile(r"<record><!\[CDATA\[(.*?)\]\]></record>", re.DOTALL)
LINK = re.compile(r"<a\b[^>]*?href=([\"'])([^\"']+)\1[^>]*>(.*?)</a>", re.DOTALL)
TITLE = re.compile(r"\stitle=([\"'])(.*?)\1")
STRING = re.compile(r"'((?:[^'\\]|\\.)*)'")
BY_RECORDS = ("gbk", "gbk_mislabelled", "jpage_cloud", "jpage_web", "utf8_mislabelled")


class Refused(Exception):
    """A firewall's page came with status 200."""


@dataclass
class Walked:
    """What a walk brought: pages of rows as (address, title), and what each claimed in total."""

    site: object
    pages: list = field(default_factory=list)
    totals: list = field(default_factory=list)

    def took(self, rows, total=None):
        self.pages.append(rows)
        self.totals.append(int(total[1]) if total else None)
        return bool(rows)

    @property
    def rows(self):
        own = self.site.url.partition(":")[2]
        return [(href.removeprefix(own), title) for page in self.pages for href, title in page]


def read(site, url, form=None):
    data = urlencode(form).encode() if form else None
    with urlopen(urljoin(site.url, url), data) as response:
        body = response.read()
        if "云防御".encode() in body and response.headers["Content-Type"].startswith("text/html"):
            raise Refused(url)
        return body.decode(site.kind.encoding)


def rows_in(html):
    """The links with an address of an article, a file, or elsewhere, with their full titles."""
    found = ((link[2], TITLE.search(link[0]), link[3]) for link in LINK.finditer(html))
    return [
        (href, unescape(title[2] if title else re.sub(r"<[^>]+>", "", text)))
        for href, title, text in found
    ]


def entries(text):
    return [row for record in RECORD.findall(text) for row in rows_in(record)]


def parameters(page):
    """What the page's own script would send: `{col:1,appid:'1',…}` as a dictionary."""
    literal = re.search(r"\{(col:1,[^}]*)\}", page)[1]
    return {name: value.strip("'") for name, value in re.findall(r"(\w+):('[^']*'|\d+)", literal)}


def proxy(page):
    return re.search(r"proxyUrl:'([^']+)'", page)[1]


def walk(site, channel):
    """The whole list of a channel, in the way of the site's kind."""
    page = read(site, site.channel_url(channel))
    return _WALKS[site.kind.name](site, channel, page)


def by_records(site, _channel, page, rows_of=entries):
    """Group by group, on from what came, until the claimed total is reached or nothing comes."""
    walked = Walked(site)
    total = re.search(r"totalRecord:(\d+),[^}]*dataStore", page)
    size = int(re.search(r"perPage:(\d+)", page)[1])
    walked.took(rows_of(page)[: size * 3], total)
    while walked.totals[-1] is None or len(walked.rows) < walked.totals[-1]:
        first = len(walked.rows) + 1
        window = {"startrecord": first, "endrecord": first + size * 3 - 1, "perpage": size}
        answer = read(site, f"{proxy(page)}?{urlencode(window)}", parameters(page))
        total = re.search(r"<totalrecord>(\d+)<|totalRecord=(\d+);", answer)
        found = rows_of(answer)
        if not walked.took(found, total and (None, total[1] or total[2])):
            break
    return walked


def strings(page):
    """The rows of the array that a page or an answer holds."""
    array = re.search(r"=\[(.*?)\];|dataStore:\[(.*?)\],dataAfter", page, re.DOTALL)
    if not array:
        return []
    texts = (re.sub(r"\\(.)", r"\1", text) for text in STRING.findall(array[1] or array[2] or ""))
    return [row for text in texts for row in rows_in(text)]


def by_array(site, channel, page):
    return by_records(site, channel, page, strings)


def by_links(site, channel, page):
    """From the link on the page, which says page 1, along the links of the answers."""
    walked, url, text = Walked(site), site.channel_url(channel), page
    while following := re.search(r"<nextgroup><!\[CDATA\[<a href=\"([^\"]+)\"", text):
        url = urljoin(url, quote(following[1], safe=":/?&=%."))
        text = read(site, url)
        walked.took(entries(text), re.search(r"<totalrecord>(\d+)<", text))
    return walked


def by_next_page(site, channel, page):
    walked, url = Walked(site), site.channel_url(channel)
    while True:
        block = re.search(
            r'<div class="col-md-9 pclist">(.*?)<div class="page">(.*?)</div>', page, re.S
        )
        walked.took(rows_in(block[1]), re.search(r"共(\d+)条", block[2]))
        following = re.search(r'href="([^"]+)">下一页', block[2])
        if not following:
            return walked
        url = urljoin(url, following[1])
        page = read(site, url)


def by_search(site, channel, page):
    if "<datastore>" in page:
        return by_records(site, channel, page)
    walked, number = Walked(site), 1
    while number:
        form = {"infotypeId": re.search(r"\bA02\d*", page)[0], "jdid": "49", "currpage": number}
        text = read(site, "/module/xxgk/search.jsp", form)
        rows = re.findall(r'<tr class="tr_main_value_\w+">.*?</tr>', text, re.DOTALL)
        walked.took(rows_in("".join(rows)), re.search(r"共(\d+)页", text))
        following = re.search(r"goPage\((\d+)\)\">下一页", text)
        number = int(following[1]) if following else 0
    return walked


def by_blocks(site, _channel, page):
    """The block named 信息列表, page by page, until the count is reached or nothing comes."""
    walked = Walked(site)
    script = re.search(r'url="([^"]+)" queryData="([^"]+信息列表[^"]+)"', page)
    query = json.loads(script[2].replace("'", '"'))
    for number in range(1, 100):
        asked = query | {"paramJson": json.dumps({"pageNo": number, "pageSize": 15})}
        html = json.loads(read(site, f"{script[1]}?{urlencode(asked)}"))["data"]["html"]
        count = re.search(r' count="(\d+)"', html)
        came = walked.took(rows_in(html[: html.index("<style>")]), count)
        if not came or (count and len(walked.rows) >= int(count[1])):
            break
    return walked


_WALKS = dict.fromkeys((*BY_RECORDS, "morecolumn"), by_records) | {
    "jpage_plain": by_links,
    "jpage_array": by_array,
    "static": by_next_page,
    "xxgk": by_search,
    "jpaas": by_blocks,
}
