"""A site of very many articles in sixty channels that never change: a function of numbers. Pure."""

from datetime import date, timedelta
from functools import lru_cache
from random import Random
from urllib.parse import parse_qsl, urlsplit

from benchmarks.crawling.corpus import PAGE_BYTES, furniture
from benchmarks.crawling.server import on_the_wire
from benchmarks.stock.texts import paragraphs, sentence
from replica.kinds import datastore
from replica.kinds.datastore import Unit
from storage.article import Article

CHANNELS = 60
_PER_PAGE, _GROUP = 15, 3
_PROXY = "/module/web/jpage/dataproxy.jsp"
_SIGN = '<script src="/script/web_front.js"></script>'
_FIRST_DAY = date(2012, 1, 4)


def article(number: int) -> Article:
    """What the page of an article says."""
    chance = Random(number)
    return Article(
        title=f"关于{sentence(chance, 5).rstrip('。')}的通知",
        body="\n".join(paragraphs(chance, chance.randint(4, 8))),
        published=f"{day_of(number).isoformat()}T09:{number % 60:02}+08:00",
        source="示例市人民政府办公室",
    )


def day_of(number: int) -> date:
    """The day on which an article was published, and that its list shows."""
    return _FIRST_DAY + timedelta(days=number * 7919 % 3650)


def cms_id(number: int) -> str:
    return str(100_000 + number)


def column(number: int) -> str:
    """The channel of an article."""
    return str(1000 + number % CHANNELS)


def path_of(number: int) -> str:
    day = day_of(number)
    return f"/art/{day.year}/{day.month}/{day.day}/art_{column(number)}_{cms_id(number)}.html"


def page(number: int) -> bytes:
    """The bytes of an article's page, as heavy as real ones are."""
    told = article(number)
    assert told.published is not None
    when = told.published[:16].replace("T", " ")
    body = "".join(f"<p>{each}</p>" for each in told.body.split("\n"))
    text = (
        f'<html><head><meta charset="utf-8"><title>{told.title}</title>'
        f'<meta name="ArticleTitle" content="{told.title}"><meta name="PubDate" content="{when}">'
        f'<meta name="ContentSource" content="{told.source}">{_SIGN}{{0}}</head><body>'
        f"<!--ZJEG_RSS.content.begin-->{body}<!--ZJEG_RSS.content.end-->{{1}}</body></html>"
    )
    head, foot = _around(PAGE_BYTES - len(text.encode()) >> 12)
    return text.replace("{0}", head).replace("{1}", foot).encode()


@lru_cache
def _around(blocks: int) -> tuple[str, str]:
    head, foot = furniture(max(0, blocks) << 12)
    return head.decode(), foot.decode()


def channel_numbers(articles: int, column_: str) -> range:
    """The articles of a channel, the newest entry first."""
    return range(articles)[int(column_) - 1000 :: CHANNELS][::-1]


class Answers:
    """What the site answers, as bytes on the wire."""

    def __init__(self, articles: int) -> None:
        self._articles = articles
        self._pages = {path_of(number): number for number in range(articles)}

    def __call__(self, target: bytes, form: bytes) -> bytes:
        parts = urlsplit(target.decode())
        body = self._body(parts.path, dict(parse_qsl(f"{parts.query}&{form.decode()}")))
        headers = {"Content-Type": "text/html; charset=utf-8"}
        return on_the_wire(200 if body else 404, headers, body or b"not here")

    def _body(self, path: str, asked: dict[str, str]) -> bytes | None:
        if path in self._pages:
            return page(self._pages[path])
        if path == "/":
            return _home().encode()
        if path == _PROXY:
            return self._rows(asked).encode()
        named = path.removeprefix("/col/col").removesuffix("/index.html")
        return self._channel(named).encode() if named in _columns() else None

    def _channel(self, column_: str) -> str:
        numbers = channel_numbers(self._articles, column_)
        unit = Unit(
            "7", 1, column_, len(numbers), _PROXY, _PER_PAGE, _GROUP, "%25E7%25A4%25BA"
        )  # fmt: skip
        first = [_record(number) for number in numbers[: _PER_PAGE * _GROUP]]
        block = datastore.inline_block(unit, first, "", stray_table=False)
        script = datastore.param_scripts(unit)
        title = f"<title>栏目{column_}</title>"
        return f"<html><head>{title}{_SIGN}</head><body>{block}{script}</body></html>"

    def _rows(self, asked: dict[str, str]) -> str:
        if asked.get("columnid") not in _columns():
            return datastore.no_such_list()
        numbers = channel_numbers(self._articles, asked["columnid"])
        first, last = int(asked.get("startrecord", 1)), int(asked.get("endrecord", 45))
        records = "\n".join(
            f"<record><![CDATA[{_record(number)}]]></record>"
            for number in numbers[first - 1 : last]
        )
        return (
            f"<datastore>\n<totalrecord>{len(numbers)}</totalrecord>\n"
            f"<totalpage>{-(-len(numbers) // _PER_PAGE)}</totalpage>\n<nextgroup></nextgroup>\n"
            f"<recordset>\n{records}\n</recordset>\n</datastore>"
        )


def _record(number: int) -> str:
    title = article(number).title
    return (
        f'<li><a title="{title}" href="{path_of(number)}">{title}</a>'
        f"<span>{day_of(number).isoformat()}</span></li>"
    )


@lru_cache
def _columns() -> tuple[str, ...]:
    return tuple(str(1000 + channel) for channel in range(CHANNELS))


def _home() -> str:
    links = "".join(
        f'<li><a href="/col/col{each}/index.html">栏目{each}</a></li>' for each in _columns()
    )
    title = "<title>示例市人民政府</title>"
    return f"<html><head>{title}{_SIGN}</head><body><ul>{links}</ul></body></html>"
