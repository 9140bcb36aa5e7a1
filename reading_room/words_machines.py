"""What the reading room says to machines and their makers; in both languages (Chinese,
English)."""

MACHINES = {
    "room.feed": ("订阅（Atom）", "Feed (Atom)"),
    "feed.entry": ("{kind}：{title}", "{kind}: {title}"),
    "feed.search": ("检索“{words}”的新版本", "New versions with “{words}”"),
    "bad.accept_datetime": (
        "Accept-Datetime 里的“{value}”不对。请写成 Mon, 02 Mar 2026 02:01:00 GMT。",
        "Accept-Datetime cannot be “{value}”. Write it like Mon, 02 Mar 2026 02:01:00 GMT.",
    ),
    "bad.stamp": (
        "“{value}”不是时刻。请写成十四位数字（世界时），如 20260302020100。",
        "“{value}” is no moment. Write fourteen digits in UTC, like 20260302020100.",
    ),
}
