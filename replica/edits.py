"""The edits that offices make: each a small function that answers None where it cannot be made."""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from replica.content import INFO_LABELS, Block, Cell, Content, Paragraph, Table
from replica.prose import filled, paragraph
from replica.writing import new_file

Edit = Callable[[Random, Content], Content | None]


def trim(rng: Random, content: Content) -> Content | None:
    """Five characters removed from the middle of a paragraph."""

    def shorter(text: str) -> str:
        at = rng.randint(10, len(text) - 15)
        return text[:at] + text[at + 5 :]

    return _reworded(rng, content, lambda text: len(text) > 40, shorter)


def number(rng: Random, content: Content) -> Content | None:
    """One number in the text raised by one."""

    def raised(text: str) -> str:
        return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), text, count=1)

    return _reworded(rng, content, lambda text: re.search(r"\d", text) is not None, raised)


def add_paragraph(rng: Random, content: Content) -> Content | None:
    """A paragraph more, somewhere after the first block."""
    if not content.paragraphs:
        return None
    at = rng.randint(1, len(content.blocks))
    grown = (*content.blocks[:at], Paragraph(paragraph(rng)), *content.blocks[at:])
    return replace(content, blocks=grown)


def retitle(_rng: Random, content: Content) -> Content | None:
    """The title marked as corrected, or the mark removed again."""
    mark = "（更正）"
    title = content.title.removesuffix(mark)
    return replace(content, title=title if title != content.title else title + mark)


def resource(rng: Random, content: Content) -> Content | None:
    """Another office named as the source."""
    source = filled(rng, "{who}")
    return replace(content, source=source) if source != content.source else None


def republish(_rng: Random, content: Content) -> Content | None:
    """Another minute of the same day given as the time of publication."""
    minute = (int(content.published[-2:]) + 17) % 60
    return replace(content, published=f"{content.published[:-2]}{minute:02d}")


def swap_attachment(rng: Random, content: Content) -> Content | None:
    """The file behind an attachment exchanged under the same name."""
    if not content.attachments:
        return None
    first, *others = content.attachments
    swapped = replace(first, filename=new_file(rng, first.filename.rpartition(".")[2]))
    return replace(content, attachments=(swapped, *others))


def correct_table(_rng: Random, content: Content) -> Content | None:
    """The total of a table changed by one."""
    for at, block in enumerate(content.blocks):
        if isinstance(block, Table):
            *rows, (label, total) = block.rows
            table = Table((*rows, (label, Cell(str(int(total.text) + 1)))))
            return _with_block(content, at, table)
    return None


EDITS: dict[str, Edit] = {
    "trim": trim,
    "number": number,
    "paragraph": add_paragraph,
    "title": retitle,
    "source": resource,
    "published": republish,
    "attachment": swap_attachment,
    "table": correct_table,
}


def letter(rng: Random, content: Content) -> Content | None:
    """One character of a paragraph replaced by another."""

    def misspelt(text: str) -> str:
        at = rng.randint(5, len(text) - 5)
        other = "乙" if text[at] == "甲" else "甲"
        return text[:at] + other + text[at + 1 :]

    return _reworded(rng, content, lambda text: len(text) > 20, misspelt)


def rewrite(rng: Random, content: Content) -> Content | None:
    """Every paragraph written anew."""
    blocks = (Paragraph(paragraph(rng)) if isinstance(b, Paragraph) else b for b in content.blocks)
    return replace(content, blocks=tuple(blocks)) if content.paragraphs else None


def renumber(rng: Random, content: Content) -> Content | None:
    """Another document number, in the text's head and in its table."""
    if content.doc_number is None:
        return None
    other = re.sub(r"\d+号", lambda _: f"{rng.randint(100, 999)}号", content.doc_number)
    label = INFO_LABELS["doc_number"]
    info = tuple((name, other if name == label else text) for name, text in content.info)
    return replace(content, doc_number=other, info=info)


def refile(_rng: Random, content: Content) -> Content | None:
    """Other bytes at the same address of an attachment."""
    if not content.attachments:
        return None
    first, *others = content.attachments
    return replace(content, attachments=(replace(first, edition=first.edition + 1), *others))


ALL_EDITS = EDITS | {
    "letter": letter,
    "rewrite": rewrite,
    "renumber": renumber,
    "refile": refile,
}
"""Those that happen every night, and those that only a livelier world knows."""


def _reworded(
    rng: Random, content: Content, fits: Callable[[str], bool], reword: Callable[[str], str]
) -> Content | None:
    fitting = [
        (at, block.text)
        for at, block in enumerate(content.blocks)
        if isinstance(block, Paragraph) and fits(block.text)
    ]
    if not fitting:
        return None
    at, text = rng.choice(fitting)
    return _with_block(content, at, Paragraph(reword(text)))


def _with_block(content: Content, at: int, block: Block) -> Content:
    return replace(content, blocks=(*content.blocks[:at], block, *content.blocks[at + 1 :]))
