"""Reading: from the bytes or text of one page to what it states. Pure: no network, no clock."""

from crawler.reading.decode import decode
from crawler.reading.kinds import Judged, PageKind, kind_of, page_kind
from crawler.reading.reader import read_article, read_seen
from crawler.reading.seen import Seen
from crawler.reading.softness import Fingerprint, fingerprint, resembles, title_resembles
from crawler.reading.values import READER, Crumb, Part, Reading
from storage.consult.reasons import in_chinese

__all__ = [
    "READER",
    "Crumb",
    "Fingerprint",
    "Judged",
    "PageKind",
    "Part",
    "Reading",
    "Seen",
    "decode",
    "fingerprint",
    "in_chinese",
    "kind_of",
    "page_kind",
    "read_article",
    "read_seen",
    "resembles",
    "title_resembles",
]
