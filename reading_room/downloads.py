"""What a reader downloads: bytes of strangers, under a name that a reader's machine can bear."""

import re
from urllib.parse import quote

from starlette.responses import Response

from reading_room.security import ARCHIVED_POLICY

LONGEST = 100
"""Characters of a name: three bytes each in UTF-8, 255 bytes being what file systems take."""
_LONGEST_ENDING = 12
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\ud800-\udfff]')
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|\Z)", re.IGNORECASE)


def download(body: bytes, name: str) -> Response:
    """The bytes, to be kept and not shown, whatever they say that they are."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(fit_name(name))}",
        "content-security-policy": ARCHIVED_POLICY,
    }
    return Response(body, media_type="application/octet-stream", headers=headers)


def fit_name(name: str) -> str:
    """A file's name without what climbs paths, hides or turns around its ending, or is a device of
    Windows; of a long one the beginning and the ending.

    >>> fit_name("../../附件：\\u202ecod.exe")
    '_.._附件：cod.exe'
    >>> fit_name("NUL.txt"), fit_name(" .. ")
    ('_NUL.txt', 'file')
    """
    shown = _UNFIT.sub("_", _UNSEEN.sub("", name)).strip(" .")
    if _RESERVED.match(shown):
        shown = f"_{shown}"
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > LONGEST and stem and len(ending) <= _LONGEST_ENDING:
        return stem[: LONGEST - len(ending) - 1] + dot + ending
    return shown[:LONGEST] or "file"
