"""What is said of crawling many sites, by one machine or several; in both languages."""

FLEET = {
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
