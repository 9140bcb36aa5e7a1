"""What is said of a night's crawls; in both languages."""

REPORT = {
    "help.report": (
        "一夜的报告：新增、修改、撤下、恢复，哪些栏目不全，哪些网站不通，与前三十次相比。",
        "The night's report: new, edited, missing, gone, restored, walks that fell short, sites "
        "that are down, against the last thirty runs.",
    ),
    "example.report": (
        "例：cunzheng report --since 2026-03-01",
        "Example: cunzheng report --since 2026-03-01",
    ),
    "argument.report_crawl": (
        "采集的编号；不给则为最近一夜。",
        "A crawl's number; the last night without it.",
    ),
    "option.last": ("只看最近一次采集。", "The newest crawl alone."),
    "option.report_since": (
        "此时（北京时间）以后开始的采集。",
        "The crawls that began then or later (Beijing time).",
    ),
    "option.exit_code": (
        "以各次采集中最严重的结果为退出码。",
        "End with the exit code of the crawl that went worst.",
    ),
    "report.none": ("没有采集。", "No crawls."),
    "report.head": (
        "{since} 起 {n} 次采集：{endings}",
        "{n} crawls since {since}: {endings}",
    ),
    "report.crawl": (
        "{mark} [{id}] {spider} {target}：{ending}（{span}）",
        "{mark} [{id}] {spider} {target}: {ending} ({span})",
    ),
    "report.quiet": (
        "另有 {n} 次采集完成而无新事。",
        "{n} more crawls are complete, with nothing new.",
    ),
    "report.happened": ("文章：{counts}", "articles: {counts}"),
    "report.addresses": ("网址：{counts}", "addresses: {counts}"),
    "report.short": ("{channel}：{because}", "{channel}: {because}"),
    "report.more_short": (
        "还有 {n} 个栏目不全（cunzheng coverage）。",
        "{n} more channels fell short (cunzheng coverage).",
    ),
    "report.given_up": ("{host}：{why}", "{host}: {why}"),
    "report.clock_behind": (
        "时钟：本机比存档最后记录的时刻慢 {behind}；请校准",
        "clock: this machine's stood {behind} behind the archive's last instant; set it right",
    ),
    "report.clock_stepped": (
        "时钟：采集期间本机时钟被拨动 {stepped} 秒，采集未随之变动",
        "clock: this machine's was set by {stepped} s during the crawl, which did not follow it",
    ),
    "report.unended": (
        "{n} 个网址留给下一次。",
        "{n} addresses are left for the next run.",
    ),
    "report.odd": (
        "异常：{figure} {now}，前 {runs} 次为 {least}–{most}，通常 {median}",
        "unusual: {now} {figure}; the {runs} runs before had {least}–{most}, usually {median}",
    ),
    "report.held": (
        "搁置：第 {id} 次采集，{host}：{why}；属实则 cunzheng release {id}",
        "held: crawl {id} at {host}: {why}; if it is so: cunzheng release {id}",
    ),
    "ending.COMPLETE": ("完成", "complete"),
    "ending.INTERNAL": ("程序出错", "an error of this program"),
    "ending.USAGE": ("用法有误", "wrong usage"),
    "ending.DISK_FULL": ("磁盘已满", "the disk is full"),
    "ending.CONFIGURATION": ("设置有误", "wrong configuration"),
    "ending.LOCKED": ("正被别的采集占用", "locked by another crawl"),
    "ending.INCOMPLETE": ("未完整", "incomplete"),
    "ending.HELD": ("暂不采信", "held"),
    "ending.BLOCKED": ("被拒绝", "blocked"),
    "ending.SITE_DOWN": ("网站不通", "the site is down"),
    "ending.INTERRUPTED": ("未结束", "not ended"),
}
