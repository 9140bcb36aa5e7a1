"""Writing an article: what a channel would publish, from a seeded random source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from replica import channels, words
from replica.content import (
    INFO_LABELS,
    VALIDITY,
    Attachment,
    Block,
    Carried,
    Cell,
    Content,
    FileLine,
    Paragraph,
    Picture,
    Reference,
    Table,
    Video,
)
from replica.prose import filled, paragraph, person, sentence

LAYOUTS = ("plain", "word", "br", "div")
"""How an article's body is marked up; drawn for each, and no part of its content."""

_DIGITS = "一二三四五六七八九十"
_EXTENSIONS = ("pdf", "doc", "pdf", "xls")


def write(rng: Random, channel: int, day: date) -> Content:
    """A new article for a channel, published on a day."""
    minute = f"{rng.randint(8, 17):02d}:{rng.randint(0, 59):02d}"
    return _WRITERS[channel](rng, f"{day.isoformat()} {minute}")


def picture_only(rng: Random, published: str) -> Content:
    """An article whose whole body is pictures, as explained policies often are."""
    return Content(
        title="图解：" + filled(rng, "{matter}有哪些新变化"),
        published=published,
        blocks=(_picture(rng, published), _picture(rng, published)),
        source=_office(rng),
    )


def varied(content: Content, number: int) -> Content:
    """The same article with one or two of the things that few articles have; which, by number."""
    if number % 2 and content.info:
        content = replace(content, info=(*content.info, (VALIDITY, "已废止")))
    match number % 5:
        case 0:
            return replace(content, subtitle="——" + content.title[:12] + "侧记")
        case 1:
            film = Video(f"/video/0/{number}.mp4")
            return replace(content, blocks=(film, *content.blocks))
        case 2:
            link = Reference("相关文件：关于做好年度重点工作的通知", f"/col/col{number}/index.html")
            return replace(content, blocks=(*content.blocks, link))
        case 3:
            return replace(content, pages=min(3, max(1, len(content.blocks) // 2)))
        case _:
            carried = Carried.SCRIPT if number % 2 else Carried.FRAME
            return replace(content, carried=carried)


def new_file(rng: Random, extension: str) -> str:
    """An opaque file name, as the CMS gives to every upload."""
    return f"{rng.getrandbits(128):032x}.{extension}"


def _news(rng: Random, published: str) -> Content:
    report = [f"本报讯（记者 {person(rng)}）{paragraph(rng)}", *_text(rng, 4, 11)]
    if rng.random() < 0.25:
        report += [f"又讯 {paragraph(rng)}", *_text(rng, 1, 3)]
    blocks: list[Block] = [Paragraph(text) for text in report]
    if rng.random() < 0.3:
        blocks[1:1] = [_picture(rng, published), Paragraph("图为" + filled(rng, "{place}现场。"))]
    return Content(
        title=filled(rng, rng.choice(words.NEWS_TITLES)),
        published=published,
        blocks=tuple(blocks),
        source=rng.choice((_office(rng), "望川日报", None)),
        author=person(rng) if rng.random() < 0.5 else None,
    )


def _notice(rng: Random, published: str) -> Content:
    blocks: list[Block] = [Paragraph("各有关单位：")]
    blocks += [Paragraph(text) for text in _text(rng, 3, 8)]
    if rng.random() < 0.3:
        blocks.append(_table(rng))
    files = tuple(_attachment(rng) for _ in range(rng.choice((0, 0, 1, 2))))
    if rng.random() < 0.5:
        blocks += [FileLine(i) for i in range(len(files))]
    office = _office(rng)
    year, month, day = (int(part) for part in published[:10].split("-"))
    blocks += [Paragraph(office), Paragraph(f"{year}年{month}月{day}日")]
    title = filled(rng, rng.choice(words.NOTICE_TITLES))
    return Content(
        title=title,
        published=published,
        blocks=tuple(blocks),
        source=office,
        attachments=files,
    )


def _policy(rng: Random, published: str) -> Content:
    number = f"望高新〔{published[:4]}〕{rng.randint(2, 99)}号"
    clauses = [filled(rng, text) for text in words.CLAUSES]
    articles = [f"第{_DIGITS[i]}条　{text}{sentence(rng)}" for i, text in enumerate(clauses)]
    office = _office(rng)
    return Content(
        title=filled(rng, rng.choice(words.POLICY_TITLES)),
        published=published,
        blocks=tuple(Paragraph(text) for text in (*articles, paragraph(rng))),
        source=office,
        doc_number=number,
        info=_info(rng, published, office, number),
        attachments=(_attachment(rng),) if rng.random() < 0.5 else (),
    )


def _reading(rng: Random, published: str) -> Content:
    return Content(
        title=filled(rng, rng.choice(words.READING_TITLES)),
        published=published,
        blocks=tuple(Paragraph(text) for text in _text(rng, 5, 9)),
        source=_office(rng),
    )


def _info(rng: Random, published: str, office: str, doc_number: str) -> tuple[tuple[str, str], ...]:
    # The document's own day is rarely the day of publication; five rows leave one pair empty.
    values = {
        "index": f"01435{rng.randint(1000, 9999)}/{published[:4]}-{rng.randint(10000, 99999)}",
        "subject": rng.choice(("综合政务", "城乡建设", "农业农村", "科技教育")),
        "office": office,
        "made": f"{published[:8]}01",
        "doc_number": doc_number,
    }
    return tuple((INFO_LABELS[key], value) for key, value in values.items())


def _table(rng: Random) -> Table:
    heading = (Cell("序号"), Cell("项目"), Cell("金额（万元）"))
    rows = [
        (Cell(str(i)), Cell(filled(rng, "{place}{matter}")), Cell(str(rng.randint(20, 900))))
        for i in range(1, rng.randint(4, 8))
    ]
    total = sum(int(row[2].text) for row in rows)
    return Table((heading, *rows, (Cell("合计", span=2), Cell(str(total)))))


def _attachment(rng: Random) -> Attachment:
    extension = rng.choice(_EXTENSIONS)
    name = filled(rng, rng.choice(("{matter}申报表", "{matter}项目清单", "{matter}{plan}")))
    return Attachment(f"{name}.{extension}", new_file(rng, extension))


def _picture(rng: Random, published: str) -> Picture:
    stamp = published[2:10].replace("-", "")
    return Picture(f"/picture/0/{stamp}{rng.randint(10**8, 10**9 - 1)}.jpg")


def _text(rng: Random, fewest: int, most: int) -> list[str]:
    return [paragraph(rng) for _ in range(rng.randint(fewest, most))]


def _office(rng: Random) -> str:
    return filled(rng, "{who}")


_WRITERS: dict[int, Callable[[Random, str], Content]] = {
    channels.WORK: _news,
    channels.CONDUCT: _news,
    channels.DRIVES: _news,
    channels.NOTICES: _notice,
    channels.POLICY: _policy,
    channels.READINGS: _reading,
}
