"""What is said of crawling many sites, by one machine or several; in both languages."""

FLEET = {
    "help.move": (
        "把 SQLite 存档搬进空的 PostgreSQL 数据库，并证明两边相同。",
        "Move an archive of SQLite into an empty database of PostgreSQL, and prove that both hold "
        "the same.",
    ),
    "example.move": (
        "例：cunzheng move --to postgresql://crawler@db.example.org/archive",
        "Example: cunzheng move --to postgresql://crawler@db.example.org/archive",
    ),
    "option.to": ("搬到哪里。", "Where to."),
    "move.done": (
        "已搬 {n} 张表，行数和摘要两边相同；把 ARCHIVE_URL 改成新地址即可。",
        "{n} tables moved; both hold the same rows, by count and digest. Now set ARCHIVE_URL.",
    ),
    "help.crawl": (
        "同时抓取多个已声明的网站，各自守礼，一份报告；一个出错不影响其他。",
        "Crawl declared sites side by side, each polite by itself, with one report; one that fails "
        "holds up no other.",
    ),
    "example.crawl": (
        "例：cunzheng crawl --all --jobs 8",
        "Example: cunzheng crawl --all --jobs 8",
    ),
    "argument.sites": (
        "网站的名字（sites.toml）。",
        "The sites' names, as sites.toml declares them.",
    ),
    "option.all_sites": ("所有已声明的网站。", "All declared sites."),
    "option.jobs": (
        "同时至多几个（默认看本机的处理器和内存）。",
        "At most so many at once (by default as this machine's processors and memory allow).",
    ),
    "option.progress": (
        "进度：auto 在终端上为表，否则为行；plain、json 总是行；none 不显示。",
        "Progress: auto is a table on a terminal and lines elsewhere; plain and json are always "
        "lines; none is silent.",
    ),
    "head.fleet_site": ("网站", "site"),
    "head.fleet_channels": ("栏目", "channels"),
    "head.fleet_listings": ("列表页", "listings"),
    "head.fleet_articles": ("文章", "articles"),
    "head.fleet_new": ("新", "new"),
    "head.fleet_changed": ("改", "changed"),
    "head.fleet_failed": ("失败", "failed"),
    "head.fleet_waits": ("礼貌等待", "politeness"),
    "head.fleet_left": ("还需", "left"),
    "fleet.state": (
        "{done}/{n} 个网站已完，{running} 个在抓，{waiting} 个待抓 · 文章 {articles} · 新 {new} "
        "· 改 {changed} · 失败 {failed}",
        "{done}/{n} sites ended, {running} running, {waiting} waiting · articles {articles} "
        "· new {new} · changed {changed} · failed {failed}",
    ),
    "error.which_sites": (
        "给出网站的名字，或 --all；有：{names}",
        "name sites, or give --all; there are: {names}",
    ),
    "fleet.begin": (
        "{n} 个网站，同时至多 {jobs} 个",
        "{n} sites, at most {jobs} at once",
    ),
    "fleet.ended": (
        "[{done}/{n}] {name}：{ending}（{seconds} 秒）",
        "[{done}/{n}] {name}: {ending} ({seconds} s)",
    ),
}
