"""Whole sentences and errors, each with what to do next; in both languages."""

SENTENCES = {
    # Errors, each with what to do.
    "error.NoArchive": ("还没有存档", "no archive yet"),
    "error.ArchiveVersion": ("存档的版本不合", "the archive is of another version"),
    "error.ArchiveUnusable": ("存档无法使用", "the archive cannot be used"),
    "error.ArchiveLocked": (
        "存档正被占用，请稍后再试",
        "the archive is in use; try again later",
    ),
    "error.TookTooLong": ("查得太久，已停下", "the answer took too long"),
    "error.DiskFull": ("磁盘已满", "the disk is full"),
    "error.UnknownArticle": (
        "没有这篇文章或版本，可先用 cunzheng search 查找编号",
        "not held; find its id with: cunzheng search WORDS",
    ),
    "error.ArchiveError": ("存档出错", "the archive failed"),
    "error.settings": (
        "找不到 settings.py：请在项目目录中运行，或给出 --archive",
        "no settings.py here: run in the checkout, or give --archive",
    ),
    "error.date": (
        "{text} 不是日期；请写成 2026-03-01",
        "{text} is no date; write one like 2026-03-01",
    ),
    "error.pair": ("{text} 不是一对版本；请写成 1..2", "{text} is no pair; write it like 1..2"),
    "error.cursor": (
        "{text} 不是上一页给出的记号",
        "{text} is not what the page before gave to go on with",
    ),
    "error.version_or_date": (
        "--version 和 --as-of 只能给一个",
        "give --version or --as-of, not both",
    ),
    "error.output": ("无法写入 {path}：{reason}", "cannot write {path}: {reason}"),
    "error.ExtraMissing": (
        "缺少程序库：Parquet 需要 pyarrow，WARC 需要 warcio，请先用 pip install 安装",
        "a library is missing: Parquet needs pyarrow, WARC needs warcio; pip install it",
    ),
    "error.needs_output": (
        "这种格式不能输出到屏幕，请给出 --output",
        "this format is not for a screen: give --output",
    ),
    "error.json_output": (
        "--json 在导出时只报告结果，请同时给出 --output",
        "with --json, export only reports: give --output as well",
    ),
    "error.port": (
        "cunzheng: 无法在 {host} 的 {port} 端口提供阅览室（{reason}）；换一个，如 --port 8001",
        "cunzheng: cannot serve on {host} port {port} ({reason}); take another, like --port 8001",
    ),
    # Sentences.
    "time.note": ("时间均为北京时间。", "Times are Beijing time (UTC+8)."),
    "sites.none": (
        "存档里还没有网站；先采集一个：make crawl SITE=http://…",
        "No site is held yet; crawl one first: make crawl SITE=http://…",
    ),
    "channels.none": (
        "没有找到栏目；用 cunzheng sites 看存了哪些网站。",
        "No channel found; see which sites are held with: cunzheng sites",
    ),
    "crawls.none": (
        "还没有采集过；先采集一个网站：make crawl SITE=http://…",
        "Nothing was crawled yet; start with: make crawl SITE=http://…",
    ),
    "crawl.unended": ("{n} 个地址没有结果", "{n} without an outcome"),
    "crawl.running": ("未完成", "not ended"),
    "coverage.complete": ("全部 {n} 个栏目都已核对无缺。", "All {n} channels are complete."),
    "search.none": (
        "没有找到；换个说法，或去掉几个词和条件再试。",
        "Nothing found; try other words, or fewer words and filters.",
    ),
    "search.total": ("共 {n} 篇", "{n} found"),
    "search.at_most": ("至多 {n} 篇", "at most {n}"),
    "search.current": ("第 {n} 版，现行", "version {n}, current"),
    "search.old": ("第 {n} 版，已被改写（现为第 {now} 版）", "version {n}, now {now}"),
    "search.last": ("第 {n} 版，最后所见", "version {n}, the last seen"),
    "page.more": (
        "还有更多：同一命令加上 {option}",
        "there is more: the same command with {option}",
    ),
    "show.version": ("第 {n} 版，共 {of} 版", "version {n} of {of}"),
    "show.span": ("{first} 至 {last}", "{first} to {last}"),
    "show.unread": (
        "列表中有这篇文章，但还没有读到过正文。",
        "A list names this article, but it was never read.",
    ),
    "show.unknown": (
        "到 {at} 为止还没有查看过这篇文章，当时的情形未知；首次查看：{next}。",
        "By {at} nobody had looked at this article: unknown; the first look was {next}.",
    ),
    "show.looks": (
        "按 {at} 的情形：此前最后查看 {before}，其后首次查看 {after}；其间的变化无从得知。",
        "As of {at}: last looked at {before}, next {after}; between the two, nobody looked.",
    ),
    "show.vanished": (
        "当时已不在网上；以下是此前最后见到的版本。",
        "It was not there any more; this is the version last seen before.",
    ),
    "show.vanished_now": (
        "自 {since} 起已不在网上；以下是最后见到的版本。",
        "Not there any more since {since}; this is the version last seen.",
    ),
    "history.earlier": ("……（更早的 {n} 次从略）", "… ({n} earlier ones left out)"),
    "never": ("无", "never"),
    "diff.one": (
        "这篇文章只有 {n} 个版本，没有可比的。",
        "This article has {n} version(s): nothing to compare.",
    ),
    "diff.same": ("两版内容相同。", "The two versions state the same."),
    "diff.form": ("仅空白或全半角不同", "only white space or the width of characters"),
    "diff.unchanged": ("……（{n} 段未变）", "… ({n} paragraphs unchanged)"),
    "diff.renumbered": ("……（{n} 段仅编号不同）", "… ({n} paragraphs only renumbered)"),
    "diff.moved_away": ("〔移至第 {n} 段〕", "[moved to paragraph {n}] "),
    "diff.moved_here": ("〔自第 {n} 段移来〕", "[moved from paragraph {n}] "),
    "diff.versions": ("第 {a} 版 → 第 {b} 版", "version {a} → version {b}"),
    "events.none": (
        "没有这样的事件；放宽日期或类别再试。",
        "No such event; try an earlier date or other kinds.",
    ),
    "export.done": ("已写入 {path}：{n} 行。", "Wrote {n} rows to {path}."),
    "serve.open": (
        "阅览室已开：{url}（按 Ctrl+C 关闭）",
        "The reading room is open: {url} (Ctrl+C closes it)",
    ),
    "migrate.already": (
        "存档已是版本 {version}。",
        "The archive is at version {version} already.",
    ),
    "migrate.made": (
        "已建好空的存档（版本 {version}）。",
        "An empty archive was made (version {version}).",
    ),
    "option.create": (
        "没有存档就建一个空的。",
        "Make an empty archive where there is none.",
    ),
    "migrate.done": (
        "存档已从版本 {before} 升级到 {after}。",
        "The archive went from version {before} to {after}.",
    ),
    # The demo.
    "demo.begin": (
        "在本机起一个大汉版通小网站，模拟三天：每夜采集一次，再复查一遍全部存档。",
        "A small 大汉版通 site runs on this machine for three simulated days; each night it is "
        "crawled, and all that is held is captured again.",
    ),
    "demo.site": ("网站：{url}", "The site: {url}"),
    "demo.day": (
        "第 {day} 天：新发布 {published}，修改 {edited}，失踪 {missing}，撤下 {gone}，"
        "恢复 {restored}，移动 {moved}",
        "Day {day}: {published} published, {edited} edited, {missing} missing, {gone} gone, "
        "{restored} restored, {moved} moved",
    ),
    "demo.edits": ("哪些文章被修改过（最近 8 处）", "Which articles were edited (the last 8)"),
    "demo.diff": ("其中一处改了什么（{command}）", "What one of them changed ({command})"),
    "demo.vanished": (
        "哪些被撤下、恢复或移动（隔日两次不见，才算撤下）",
        "Which were taken down, restored or moved (gone: not there twice, a day apart)",
    ),
    "demo.coverage": (
        "各栏目自称有多少，看到了多少",
        "How complete each channel is: what it claims, and what was seen",
    ),
    "demo.next": ("接着可以试试", "What to type next"),
    "demo.commands": (
        "  . .venv/bin/activate\n"
        "  export ARCHIVE_URL={url}\n"
        "  cunzheng serve                    # 打开阅览室，用浏览器看 http://127.0.0.1:8000/\n"
        "  cunzheng search 专项整治          # 在所有版本里查词\n"
        "  cunzheng show {id}                # 读一篇，连同来源与附件\n"
        "  cunzheng history {id}             # 它的各个版本与事件\n"
        "  cunzheng export --output versions.jsonl\n"
        "  unset ARCHIVE_URL; make crawl SITE=http://www.example.gov.cn/   # 采集真实网站",
        "  . .venv/bin/activate\n"
        "  export ARCHIVE_URL={url}\n"
        "  cunzheng serve                    # the reading room: open http://127.0.0.1:8000/\n"
        "  cunzheng search 专项整治          # find words in all versions\n"
        "  cunzheng show {id}                # read one, with its source and attachments\n"
        "  cunzheng history {id}             # its versions and events\n"
        "  cunzheng export --output versions.jsonl\n"
        "  unset ARCHIVE_URL; make crawl SITE=http://www.example.gov.cn/   # a real site",
    ),
}
