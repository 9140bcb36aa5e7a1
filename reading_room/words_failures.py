"""What was wrong with a question and what to do; in both languages."""

FAILURES = {
    "status.400": ("这样问不行", "This cannot be asked"),
    "status.404": ("没有这一页", "No such page"),
    "status.405": ("这里只能阅读", "This archive is only read here"),
    "status.500": ("阅览室出错了", "The reading room failed"),
    "status.503": ("现在答不上来", "No answer just now"),
    "bad.long": (
        "「{name}」太长：最多 {most} 个字。请缩短再试。",
        "“{name}” is too long: at most {most} characters. Shorten it.",
    ),
    "bad.choice": (
        "「{name}」没有“{value}”这一项。可选：{known}。",
        "“{name}” cannot be “{value}”. Choose one of: {known}.",
    ),
    "bad.number": (
        "「{name}」应是 1 到 {most} 的数，不能是“{value}”。",
        "“{name}” is a number from 1 to {most}, not “{value}”.",
    ),
    "bad.date": (
        "「{name}」里的“{value}”不是日期。请写成 2026-03-01、2026-03 或 2026年3月1日。",
        "“{value}” in “{name}” is no date. Write one like 2026-03-01, 2026-03 or 2026.",
    ),
    "bad.cursor": (
        "翻页的记号不对。请回到这个列表的第一页，再往后翻。",
        "This is not where a page ended. Go back to the first page of the list.",
    ),
    "bad.pair": (
        "“{value}”不是一对版本。请写成 1..2。",
        "“{value}” is no pair of versions. Write it like 1..2.",
    ),
    "bad.address": (
        "请在 address 里给出文章的网址，如 /find?address=http://…",
        "Give the address of an article, like /find?address=http://…",
    ),
    "bad.only_now": (
        "这一页只说现在的情形。请去掉 as_of 再看。",
        "This page only tells of now. Ask for it without as_of.",
    ),
    "fail": (
        "不是您的问题。请稍后再试；若一再如此，请告诉管理存档的人。",
        "This is no fault of yours. Try again; if it goes on, tell whoever keeps the archive.",
    ),
    "fail.unknown": (
        "存档里没有这样的网站、栏目、文章、版本或采集。请核对网址，或用检索查找。",
        "No such site, channel, article, version or capture is held. Check the address, or search.",
    ),
    "fail.not_yet": (
        "到所问的时刻还没有见到它。请换一个较晚的日期，或看现在的情形。",
        "It had not been seen by the instant asked about. Ask for a later one, or for now.",
    ),
    "fail.locked": (
        "存档正被另一个程序占用。请过几秒再试。",
        "Another program holds the archive. Try again in some seconds.",
    ),
    "fail.slow": (
        "查得太久，已经停下。请多给几个字，或缩小网站、栏目和日期的范围。",
        "This took too long and was given up. Give more words, or a narrower site or span of time.",
    ),
    "fail.archive": (
        "存档暂时打不开。请稍后再试；若一再如此，请告诉管理存档的人。",
        "The archive cannot be read now. Try again later, or tell whoever keeps it.",
    ),
}
