"""Every family of pages, by name: what holds of every page is asked of these."""

from collections.abc import Callable

from storage import Consultation
from tests.reading_room import hostile, regulation
from tests.storage.story import EDITED, TAKEN_DOWN, UNREAD

NAMES = [
    "home",
    "search",
    "found",
    "evil-search",
    "filtered",
    "nothing-found",
    "events",
    "silent-edits",
    "silent-filtered",
    "changes",
    "changed",
    "evil-changes",
    "series",
    "series-words",
    "series-held",
    "series-channels",
    "series-nothing",
    "sites",
    "site",
    "evil-site",
    "channel",
    "evil-channel",
    "channel-as-of",
    "crawls",
    "article",
    "gone",
    "unread",
    "as-of",
    "before-anything",
    "old-version",
    "evil-article",
    "diff",
    "diff-column",
    "regulation-diff",
    "regulation-column",
    "diff-same",
    "evil-diff",
    "captures",
    "evil-captures",
    "capture",
]


def addresses(archive: Consultation, numbered: Callable[..., int]) -> dict[str, str]:
    """An address of every family of pages, by name."""
    edited, evil = numbered(EDITED), numbered("9001", hostile.HOST)
    rules = numbered(regulation.ID, regulation.HOST)
    channel = archive.channels(hostile.HOST)[0].id
    capture = archive.history(archive.find(str(evil))).captures[0].id
    return {
        "home": "/",
        "search": "/search",
        "found": "/search?q=临时建设",
        "evil-search": "/search?q=alert",
        "filtered": "/search?q=临时建设&site=www.example.gov.cn&as_of=2026-03-03&edited=1",
        "nothing-found": "/search?q=没有的词",
        "events": "/events",
        "silent-edits": "/silent-edits",
        "silent-filtered": "/silent-edits?kind=obligation&typos=1&site=www.example.gov.cn",
        "changes": "/changes",
        "changed": "/changes?q=原则上&way=removed",
        "evil-changes": "/changes?q=alert",
        "series": "/series",
        "series-words": "/series?of=words&q=临时建设&each=site",
        "series-held": "/series?of=held",
        "series-channels": "/series?of=published&each=channel&step=year",
        "series-nothing": "/series?of=words",
        "sites": "/sites",
        "site": "/sites/www.example.gov.cn",
        "evil-site": f"/sites/{hostile.HOST}",
        "channel": f"/channels/{archive.channels('www.example.gov.cn')[0].id}",
        "evil-channel": f"/channels/{channel}",
        "channel-as-of": f"/channels/{channel}?as_of=2026-03-05T12:00",
        "crawls": "/crawls",
        "article": f"/articles/{edited}",
        "gone": f"/articles/{numbered(TAKEN_DOWN)}",
        "unread": f"/articles/{numbered(UNREAD)}",
        "as-of": f"/articles/{edited}?as_of=2026-03-02",
        "before-anything": f"/articles/{edited}?as_of=2020",
        "old-version": f"/articles/{edited}/versions/1",
        "evil-article": f"/articles/{evil}/versions/1",
        "diff": f"/articles/{edited}/diff/1..2",
        "diff-column": f"/articles/{edited}/diff/1..2?view=column",
        "regulation-diff": f"/articles/{rules}/diff/1..3",
        "regulation-column": f"/articles/{rules}/diff/1..3?view=column&by=character",
        "diff-same": f"/articles/{edited}/diff/1..1",
        "evil-diff": f"/articles/{evil}/diff/1..2",
        "captures": f"/articles/{edited}/captures",
        "evil-captures": f"/articles/{evil}/captures",
        "capture": f"/captures/{capture}",
    }
