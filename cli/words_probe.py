"""What `cunzheng probe` says, in both languages (Chinese, English)."""

PROBE = {
    "help.probe": (
        "看一个网址是什么网站：是不是大汉版通、有哪些栏目、各自称有多少条；什么也不写入。",
        "What a site is: whether it is 大汉版通, its channels, what each claims; writes nothing.",
    ),
    "example.probe": (
        "例：cunzheng probe http://www.example.gov.cn/ --channels 5",
        "Example: cunzheng probe http://www.example.gov.cn/ --channels 5",
    ),
    "argument.site_url": (
        "网站的网址，或其中一个栏目的网址。",
        "The address of the site, or of one of its channels.",
    ),
    "option.look_at": ("最多看几个栏目的页面。", "Look at the pages of so many channels."),
    "option.write": (
        "把网站写进 sites.toml，之后可用 scrapy crawl 采集。",
        "Declare the site in sites.toml, for scrapy crawl.",
    ),
    "option.sites": (
        "写进这个文件（默认取 CUNZHENG_SITES 或项目的 sites.toml）。",
        "Another file than sites.toml (or CUNZHENG_SITES).",
    ),
    "head.parent": ("上级", "Parent"),
    "head.dialect": ("列表", "Dialect"),
    "head.note": ("备注", "Note"),
    "label.cms": ("系统", "CMS"),
    "probe.cms": ("大汉版通（{generation}）", "大汉版通 ({generation})"),
    "probe.no_generation": ("代别不明", "generation unknown"),
    "probe.channels": ("{n} 个，看了 {looked} 个", "{n}, {looked} looked at"),
    "probe.none": (
        "首页上没有栏目的链接；请给出一个栏目的网址再试。",
        "The page links to no channel; try again with the address of one.",
    ),
    "probe.looking": (
        "正在查看 {url}：栏目 {n}/{of}",
        "Looking at {url}: channels {n}/{of}",
    ),
    "probe.not_looked": ("未看", "not looked at"),
    "probe.no_list": ("页面上没有列表", "no list on its page"),
    "probe.lists": ("{n} 个列表", "{n} lists"),
    "probe.left": (
        "还有 {n} 个栏目没有看；要多看几个：--channels {all}",
        "{n} channels were not looked at; to see them: --channels {all}",
    ),
    "probe.archive": ("要采集：make crawl SITE={url}", "To archive it: make crawl SITE={url}"),
    "probe.declare": (
        "要登记进 sites.toml：同一命令加上 --write",
        "To declare it in sites.toml: the same command with --write",
    ),
    "probe.written": ("已登记为 [{name}]：{file}", "Declared as [{name}] in {file}"),
    "probe.crawl": ("采集：scrapy crawl {name}", "To archive it: scrapy crawl {name}"),
    "error.no_settings": (
        "找不到 settings.py：请用项目自己的环境运行",
        "settings.py is not to be found: use the project's own environment",
    ),
    "error.sites_file": ("{file} 读写不了：{reason}", "{file} cannot be used: {reason}"),
}
