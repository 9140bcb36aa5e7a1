"""What is said of crawls that are held, and of releasing them; in both languages."""

HOLDING = {
    "help.release": (
        "采信一次暂不采信的采集，如同从未搁置过。",
        "Take a held crawl into account, as if it had never been held.",
    ),
    "example.release": (
        "例：cunzheng release 12（编号见 cunzheng crawls）",
        "Example: cunzheng release 12   (cunzheng crawls tells the number)",
    ),
    "argument.crawl": ("采集的编号。", "The crawl's number."),
    "release.done": (
        "已采信第 {crawl} 次采集：{hosts}，涉及文章 {articles} 篇。",
        "Crawl {crawl} is released: {hosts}, {articles} articles concerned.",
    ),
    "error.UnknownCrawl": (
        "没有这次采集，编号见 cunzheng crawls",
        "no such crawl; see: cunzheng crawls",
    ),
    "error.NotHeld": ("这次采集没有搁置，无须采信", "nothing to release"),
    "crawl.held_at": ("{host} 暂不采信：{reasons}", "held at {host}: {reasons}"),
    "crawl.signs_held_at": (
        "{host} 的消失迹象暂不采信：{reasons}",
        "signs of absence held at {host}: {reasons}",
    ),
    "crawl.release": (
        "请看一看网站；属实则：cunzheng release {id}；读取有误则更新程序后：cunzheng reread",
        "look at the site; if it is so: cunzheng release {id}; if pages were read wrongly, update "
        "this program, then: cunzheng reread",
    ),
    "crawl.released": ("{at} 已采信", "released {at}"),
    "crawl.released_by_reader": (
        "{at} 重新读取后已采信",
        "released {at}, as it reads now",
    ),
    "held.unreadable": ("没有一页可读", "the host served no page that could be read"),
    "held.failed": ("{of} 个地址中有 {n} 个失败", "{n} of {of} addresses failed"),
    "held.vanished": (
        "{of} 篇文章中有 {n} 篇似乎同时消失",
        "{n} of {of} articles seemed to have vanished at once",
    ),
    "held.changed": (
        "{of} 篇文章中有 {n} 篇似乎同时修改",
        "{n} of {of} articles seemed to have changed at once",
    ),
    "held.redesigned": (
        "网站改版，{of} 篇文章中有 {n} 篇读来不同",
        "the pages were redesigned and {n} of {of} articles read otherwise",
    ),
    "held.shrunk": (
        "列表原有 {of} 条，现只有 {n} 条",
        "the lists came with {n} of {of} rows",
    ),
    "held.unknown": ("原因未记", "why was not recorded"),
    "reread.released": (
        "重新读取后，第 {crawl} 次采集已无异常，已采信。",
        "Crawl {crawl} shows nothing odd any more, and was released.",
    ),
    "reread.still_held": (
        "第 {crawl} 次采集仍不采信（cunzheng crawls）。",
        "Crawl {crawl} is still held (cunzheng crawls).",
    ),
}
