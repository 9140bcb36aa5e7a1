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
    "crawl.release": (
        "请看一看网站；属实则：cunzheng release {id}；读取有误则更新程序后：cunzheng reread",
        "look at the site; if it is so: cunzheng release {id}; if pages were read wrongly, update "
        "this program, then: cunzheng reread",
    ),
    "reread.released": (
        "重新读取后，第 {crawl} 次采集已无异常，已采信。",
        "Crawl {crawl} shows nothing odd any more, and was released.",
    ),
    "reread.still_held": (
        "第 {crawl} 次采集仍不采信（cunzheng crawls）。",
        "Crawl {crawl} is still held (cunzheng crawls).",
    ),
}
