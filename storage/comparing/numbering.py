"""The numbers that paragraphs begin with: 第三条, （一）, 1. and their like. Pure.

A clause that is put in renumbers those after it: the number then says where a clause stands, and
no change of what it says.
"""

import re

_DIGITS = "0-9０-９〇零一二三四五六七八九十百千"
_LABEL = re.compile(
    rf"""\s*(?:
    (?P<article>第\s*[{_DIGITS}]+\s*(?P<unit>[编章节条款项目])(?:之[{_DIGITS}]+)?)
    |(?P<bracket>[（(]\s*[{_DIGITS}]{{1,4}}\s*[）)])
    |(?P<chinese>[〇零一二三四五六七八九十百]{{1,4}}[、.．])
    |(?P<arabic>[0-9０-９]{{1,3}}(?:[.．][0-9０-９]{{1,3}}){{0,3}}[、.．)）](?![0-9０-９]))
    |(?P<nested>[0-9０-９]{{1,3}}(?:[.．][0-9０-９]{{1,3}}){{1,3}}(?=\s))
    |(?P<circle>[①-⑳])
    )\s*""",
    re.VERBOSE,
)


def number_of(paragraph: str) -> str:
    """The number that a paragraph begins with, as it is written; empty where there is none, or
    nothing follows it.

    >>> number_of("第三条　本办法自公布之日起施行。")
    '第三条\\u3000'
    >>> number_of("（二）申报材料"), number_of("1.总则"), number_of("1.5万元")
    ('（二）', '1.', '')
    """
    found = _LABEL.match(paragraph)
    return found[0] if found and found.end() < len(paragraph) else ""


def renumbered(before: str, after: str) -> bool:
    """Whether two paragraphs begin with numbers of one kind that differ.

    >>> renumbered("第三条 附则", "第四条 附则"), renumbered("第三条 附则", "第三章 附则")
    (True, False)
    """
    old, new = _LABEL.match(before), _LABEL.match(after)
    if old is None or new is None or old[0].split() == new[0].split():
        return False
    return (old.lastgroup, old["unit"]) == (new.lastgroup, new["unit"])
