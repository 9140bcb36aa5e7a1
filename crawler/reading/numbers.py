"""Document numbers (文号): found where one stands alone, and written one way."""

import re
import unicodedata

from crawler.reading.text import dense, shown

_OPEN, _CLOSE = "〔﹝\\[【（(［〖⟦", "〕﹞\\]】）)］〗⟧"
_BRACKETED = re.compile(
    rf"(?P<office>[一-鿿A-Za-z·]{{1,20}})[{_OPEN}](?P<year>(?:19|20)\d\d)[{_CLOSE}]"
    r"第?(?P<number>\d{1,5})号"
)
_PLAIN = re.compile(r"[一-鿿A-Za-z]{1,20}(?:19|20)\d\d年?第?\d{1,5}号")
_LONGEST = 60
_NONE = frozenset({"", "无", "/", "-", "--", "—", "――", "——", "暂无", "null", "空", "〔〕号"})


def is_number(text: str) -> bool:
    """Whether a text is a document number and nothing else: 云政发〔2022〕8号.

    >>> [is_number(t) for t in ("云政发〔2022〕 8 号", "关于云政发〔2022〕8号的说明", "第8号")]
    [True, False, False]
    """
    if len(text) > _LONGEST or "号" not in text:
        return False
    narrow = _narrow(text)
    return bool(_BRACKETED.fullmatch(narrow) or _PLAIN.fullmatch(narrow))


def states_one(text: str) -> bool:
    """Whether what stands beside 文号 is one, and not 无 or a dash."""
    return dense(text).lower() not in _NONE


def normalised(text: str) -> str:
    """A document number as the state's own standard (GB/T 9704) writes it; any other text as is.

    >>> normalised("苏政办发[２０２２] 第15号"), normalised("ZJSP-02-2026-0004")
    ('苏政办发〔2022〕15号', 'ZJSP-02-2026-0004')
    """
    found = _BRACKETED.fullmatch(_narrow(text)) if len(text) <= _LONGEST else None
    if not found:
        return shown(text)
    return f"{found['office']}〔{found['year']}〕{int(found['number'])}号"


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", dense(text))
