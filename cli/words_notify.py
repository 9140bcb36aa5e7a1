"""What is said in notifications; in both languages."""

NOTIFY = {
    "help.notify": (
        "发出通知：一夜的报告，和要人处理的事（栏目沉默或失效、两次不全、搁置、磁盘）。",
        "Send notifications: the night's report, and what needs a person (a silent or dead "
        "channel, a site short twice, a held crawl, the disk).",
    ),
    "example.notify": (
        "例：cunzheng notify --dry-run",
        "Example: cunzheng notify --dry-run",
    ),
    "option.only_alarms": (
        "只发警报；没有新的就不发。",
        "Alarms alone; nothing where there is none that is new.",
    ),
    "option.notify_test": ("发一条测试消息。", "Send a message that tests the addresses."),
    "option.dry_run": (
        "只显示要发什么，不发出，也不记为已通知。",
        "Show what would be sent; nothing is sent, and nothing counts as told.",
    ),
    "help.metrics": (
        "以 Prometheus 的格式列出存档的数字：各站文章、最近的采集、警报、定时任务。",
        "The archive's figures as Prometheus reads them: articles by site, the last crawls, "
        "alarms, scheduled jobs.",
    ),
    "example.metrics": (
        "例：cunzheng metrics --output /var/lib/node_exporter/cunzheng.prom",
        "Example: cunzheng metrics --output /var/lib/node_exporter/cunzheng.prom",
    ),
    "option.metrics_file": (
        "写到这个文件里，一次替换。",
        "Into this file, which is replaced at once.",
    ),
    "notify.title": ("存证：夜间报告", "Cunzheng: the night's report"),
    "notify.alarms": ("存证：{n} 条新警报", "Cunzheng: {n} new alarms"),
    "notify.trial": ("这是一条测试消息。", "This is a test."),
    "notify.nothing": ("没有要通知的。", "Nothing to tell."),
    "notify.over": ("✓ 已解除：{line}", "✓ over: {line}"),
    "alarm.down": (
        "{of}：网站不通（第 {crawl} 次采集）",
        "{of}: the site is down (crawl {crawl})",
    ),
    "alarm.blocked": (
        "{of}：被网站拒绝（第 {crawl} 次采集）",
        "{of}: the site does not let us in (crawl {crawl})",
    ),
    "alarm.short": (
        "{of}：连续两次少于网站自称的总数，{n} 个栏目（{channels}）",
        "{of}: short of what it claims twice in a row, {n} channels ({channels})",
    ),
    "alarm.dead": (
        "{of}：栏目失效，其页面返回状态 {status}",
        "{of}: the channel is dead, its page has status {status}",
    ),
    "alarm.dead_list": (
        "{of}：栏目失效，取不到它的列表",
        "{of}: the channel is dead, its list cannot be had",
    ),
    "alarm.dropped": (
        "{of}：网站的页面自 {last} 起不再提到这个栏目，已不再采集",
        "{of}: no page of the site has shown this channel since {last}; it is not crawled any more",
    ),
    "alarm.silent": (
        "{of}：已 {days} 天没有新文章（最近一篇 {last}），以往最长 {habit} 天",
        "{of}: nothing new for {days} days (the last on {last}), {habit} at the most before",
    ),
    "alarm.held": (
        "{of}：第 {crawl} 次采集暂不采信，属实则 cunzheng release {crawl}",
        "{of}: crawl {crawl} is held; if it is so: cunzheng release {crawl}",
    ),
    "alarm.disk": (
        "磁盘只剩 {free}，不够一次采集或一份备份",
        "the disk has {free} left, too little for a crawl or a backup",
    ),
    "error.no_addresses": (
        "没有通知地址：请设 CUNZHENG_NOTIFY（见 docs/operating.md）",
        "there is no address to notify: set CUNZHENG_NOTIFY (see docs/operating.md)",
    ),
    "error.notify_address": (
        "CUNZHENG_NOTIFY 的第 {n} 个地址无效（见 docs/operating.md）",
        "address {n} of CUNZHENG_NOTIFY is none (see docs/operating.md)",
    ),
    "error.not_delivered": (
        "第 {n} 个地址（{service}）没有送到",
        "address {n} ({service}) was not reached",
    ),
}
