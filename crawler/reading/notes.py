"""What a publisher says of the article itself: that it was corrected, repealed, or has expired.

Only where it is said of this article: in the disclosure table, in the headline's brackets, on a
line of its own around the body, or at the body's head. That a text repeals another (`原办法同时
废止`) is its content, and no note.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from crawler.reading.spellings import TERM_OF
from crawler.reading.text import dense

_STATE = r"(?:废止|失效|作废|停止执行|终止执行|修改|修订|修正|更正|勘误|撤销|替代|取代)"
_SIGNS = re.compile(_STATE)
_ENDED = r"(?:废止|失效|作废|停止执行|修改|修订)(?:或(?:者)?(?:宣布)?失效)?"
_STATUS = re.compile(
    rf"(?:现|全文|部分|宣布|本文)?已经?(?:被|宣布)?{_ENDED}[！!。]?|(?:全文|部分)(?:废止|失效)"
    rf"|[\[【(（〔](?:现|全文|部分|宣布|本文)?(?:已经?|被)?{_ENDED}[\]】)）〕]"
)
_TITLE_STATUS = re.compile(
    r"[\[【(（〔]((?:现|全文|部分|现已)?已?(?:废止|失效|作废|停止执行)|已修[改订])[\]】)）〕]"
)
_KIND = (
    r"(?:文件?|通知|公告|通告|办法|规定|细则|条例|意见|决定|方案|规划|政策|规章|标准|公示|信息|稿件?"
    r"|规范性文件|行政规范性文件|页面?内容|文章)"
)
_SUBJECT = rf"(?:本|此|该|以上|上述){_KIND}"
_OF_ITSELF = re.compile(
    rf"(?:注|备注|说明|提示|特别提示|温馨提示|编者按)?[:：]?{_SUBJECT}"
    rf"[^。；，,]{{0,80}}?(?:已|被|经|自|于)[^。；，,]{{0,80}}?{_STATE}"
)
_CORRECTION = re.compile(r"(?:更正|勘误|更正说明|更正启事|更正公告|勘误表|编辑更正)[:：].{2,}")
_EXPIRED_FROM = re.compile(
    r"(?:本.{1,12})?自(?:19|20)\d\d年\d{1,2}月\d{1,2}日起(?:予以)?(?:废止|失效|停止执行|作废)"
)
_VALID = re.compile(r"有效|现行|是|长期|继续|[/-]|—|无")
_BRACKETS = "()（）[]【】〔〕*★※ "
_LONGEST = 200
_HEAD = 2


def notes_of(
    title: str, info: Mapping[str, str], around: Sequence[str], body: Sequence[str]
) -> tuple[str, ...]:
    """The publisher's notes as shown, each once: table, headline, lines around, the body's head
    and its last line where that is a remark in brackets."""
    said = (
        *_of_table(info),
        *(f"（{found[1]}）" for found in _TITLE_STATUS.finditer(title)),
        *(line for line in around if _SIGNS.search(line) and _is_note(line)),
        *(line for line in body[:_HEAD] if _is_note(line)),
        *(line for line in body[_HEAD:][-1:] if _is_bracketed(line) and _is_note(line)),
    )
    return tuple(dict.fromkeys(said))


def _of_table(info: Mapping[str, str]) -> Iterator[str]:
    for label, value in info.items():
        term = TERM_OF.get(label)
        if (term == "有效性" and not _VALID.match(dense(value))) or (
            term == "废止日期" and re.search(r"\d", value)
        ):
            yield f"{label}：{value}"


def _is_note(line: str) -> bool:
    if not 2 <= len(line) <= _LONGEST:
        return False
    said = dense(line)
    if _STATUS.fullmatch(said):
        return True
    told = said.strip(_BRACKETS)
    return any(form.match(told) for form in (_OF_ITSELF, _CORRECTION, _EXPIRED_FROM))


def _is_bracketed(line: str) -> bool:
    return line[:1] in "（([【" and line[-1:] in "）)]】。"
