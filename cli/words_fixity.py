"""What is said of instants, of fixity and of copies; in both languages."""

FIXITY = {
    "help.as_of": (
        "某一时刻的网站或栏目：列着哪些文章，各说什么，哪些已不在。",
        "A site or a channel at an instant: what it listed, said, and held no more.",
    ),
    "example.as_of": (
        "例：cunzheng as-of 2026-03-01 --site www.example.gov.cn --channel 11",
        "Example: cunzheng as-of 2026-03-01 --site www.example.gov.cn --channel 11",
    ),
    "argument.date": (
        "时刻；日期指当天结束时（北京时间）。",
        "The instant; a day means its end (Beijing time).",
    ),
    "option.by_published": (
        "按网站自称的发布时间，而不是我们见到的时间。",
        "By when the site says it published, not by when it was seen.",
    ),
    "head.state": ("状态", "State"),
    "head.listed": ("列于", "Listed in"),
    "head.published": ("发布", "Published"),
    "as_of.captured": ("到 {at} 为止所见：{counts}", "As seen by {at}: {counts}"),
    "as_of.published": (
        "网站自称到 {at} 为止发布的：{counts}",
        "What the site dates up to {at}: {counts}",
    ),
    "as_of.none": (
        "到 {at} 为止没有这样的文章；当时没有查看过的，情形未知。",
        "No such article by {at}; what nobody had looked at by then is unknown.",
    ),
    "as_of.seen_later": (
        "带 * 的版本是后来才见到的：当时的文字未知。",
        "Versions marked * were seen later only: what they said then is unknown.",
    ),
    "as_of.unknown": (
        "到 {at} 为止还没有走过这个栏目，当时列着什么未知；首次走完：{next}。",
        "By {at} nobody had walked this channel: what it listed is unknown; first walk: {next}.",
    ),
    "as_of.walked": (
        "栏目列表：此前最后查看 {before}（看全 {whole}），其后首次查看 {after}。",
        "The channel's list: last walked {before} (whole: {whole}), next {after}.",
    ),
    "as_of.unwalked": (
        "{of} 个栏目中有 {n} 个到 {at} 为止还没有走过：列着什么未知。",
        "{n} of {of} channels had not been walked by {at}: what they listed is unknown.",
    ),
    "help.verify": (
        "核验：每份原始数据与其指纹，每条记录与其相关记录。",
        "Check every payload against its digest, and every row against its neighbours.",
    ),
    "example.verify": (
        "例：cunzheng verify --sample 1000",
        "Example: cunzheng verify --sample 1000",
    ),
    "option.sample": (
        "只抽查这么多份原始数据、内容和文章。",
        "Only so many payloads, contents and articles, taken by chance.",
    ),
    "option.against": (
        "另处保存的指纹（cunzheng digest），可多次给出：此前的记录须与当时一致。",
        "A digest kept elsewhere (cunzheng digest), or several: all before it must be as it was.",
    ),
    "error.digest": (
        "指纹是 64 位十六进制数，由 cunzheng digest 给出",
        "a digest is 64 hexadecimal digits, as cunzheng digest gives them",
    ),
    "error.sampled": (
        "抽查不能证明未查部分：--against 与 --sample 不能同用",
        "a sample proves nothing of what it leaves out: not --against with --sample",
    ),
    "verify.progress": ("已核验 {done} / {of}", "{done} of {of} verified"),
    "verify.sound": (
        "没有发现问题：核验了原始数据 {payloads} 份、内容 {contents} 份、文章 {articles} 篇。",
        "Nothing is wrong: {payloads} payloads, {contents} contents, {articles} articles verified.",
    ),
    "verify.found": (
        "发现 {n} 个问题；请勿覆盖备份，先从备份恢复再核验。",
        "{n} findings; overwrite no backup, restore one and verify it.",
    ),
    "problem.database": ("数据库文件损坏：{detail}", "the database file is damaged: {detail}"),
    "problem.stopped": ("核验无法继续：{detail}", "the check could not go on: {detail}"),
    "problem.unreadable": ("有读不出的值：{detail}", "a value cannot be read: {detail}"),
    "problem.dangling": (
        "指向不存在的记录（{detail}）",
        "points to no row of {detail}",
    ),
    "problem.neighbour": (
        "与相关记录不合：{detail}",
        "contradicts its neighbours: {detail}",
    ),
    "problem.damaged": ("无法解压：{detail}", "cannot be decompressed: {detail}"),
    "problem.digest": ("与其指纹不符 {detail}", "is not what its digest names {detail}"),
    "problem.size": ("大小不是 {detail}", "is not of its size, {detail}"),
    "problem.not-indexed": ("不在检索索引中", "is not in the search index"),
    "problem.indexed-otherwise": ("检索索引与内容不符", "is indexed by other words than its own"),
    "problem.indexed-alone": ("索引所指的内容不存在", "is indexed, and there is no such content"),
    "problem.no-such-version": ("采集中没有这个版本", "the captures show no such version"),
    "problem.version-differs": (
        "版本与采集所见不符：{detail}",
        "the captures show this version otherwise: {detail}",
    ),
    "problem.version-lacking": ("缺第 {detail} 版", "its version {detail} is lacking"),
    "problem.no-such-event": (
        "没有这样的{detail}事件，或其依据不在",
        "no such event ({detail}) is shown by captures or lists",
    ),
    "problem.event-lacking": ("缺事件 {detail}", "its event is lacking: {detail}"),
    "problem.outcome-differs": (
        "结果应为 {detail}",
        "its outcome or version differs: {detail}",
    ),
    "problem.standing-differs": (
        "与其经过不符：{detail}",
        "does not state what its history comes to: {detail}",
    ),
    "problem.edit-differs": (
        "与两个版本之间的差异不符",
        "is not what the two versions differ in",
    ),
    "problem.chain": (
        "与其在链中的指纹不符：有内容被改动、抽去或插入",
        "is not what its link in the chain names: altered, taken out or put in between",
    ),
    "problem.unchained": (
        "不在链中，或链中最后所记与此不同",
        "is in no chain, or was told otherwise last",
    ),
    "problem.seal": ("与封存时不同：{detail}", "is not what was sealed: {detail}"),
    "problem.anchor": (
        "没有一次采集以此指纹结束：此前的记录已被改写，或这是另一个存档",
        "no crawl was closed with it: what was recorded before is not what it was, or it is "
        "another archive's",
    ),
    "neighbour.unread": ("采集没有读取记录", "a capture without a reading"),
    "neighbour.confirms-other-bytes": (
        "所确认的采集不在或数据不同",
        "what it confirms is not there, or has other bytes",
    ),
    "neighbour.never-received": ("没有采集收到过它", "no capture received it"),
    "neighbour.shows-uncounted": (
        "未采信却显示版本，或既有内容又不见",
        "shows a version uncounted, or both content and an absence",
    ),
    "neighbour.held-or-not": (
        "是否搁置与搁置记录不合",
        "is held or not otherwise than its holds say",
    ),
    "neighbour.told-by-no-list": ("没有列表这样说过", "no list told it"),
    "neighbour.captured-elsewhere": (
        "首次采集属于另一篇文章",
        "its first capture is of another article",
    ),
    "neighbour.not-of-its-crawl": (
        "后续页不在同一次采集中",
        "the further page is not of its crawl, or came later",
    ),
    "neighbour.of-no-attachment": ("没有对应的附件", "there is no such attachment"),
    "neighbour.at-no-known-address": (
        "其地址没有列出过，也没有采集过",
        "its address was never listed and never captured",
    ),
    "neighbour.of-another-site": ("属于另一个网站", "belongs to another site"),
    "neighbour.times-out-of-order": ("时间先后颠倒", "its times are out of order"),
    "neighbour.of-other-versions": (
        "所比的不是这一版和前一版",
        "what it compares is not its version and the one before",
    ),
    "neighbour.edit-unweighed": (
        "与前一版的差别还没有记下；运行 cunzheng reread",
        "how it differs from the version before is not noted; run: cunzheng reread",
    ),
    "neighbour.stands-twice": ("在列表中重复", "stands in the list twice"),
    "help.digest": (
        "最近一次采集结束时的指纹，代表此前全部记录；请保存到采集程序写不到的地方。",
        "The digest with which the last crawl was closed, for all before it; keep it elsewhere.",
    ),
    "example.digest": (
        "例：cunzheng digest >> /elsewhere/digests",
        "Example: cunzheng digest >> /elsewhere/digests",
    ),
    "digest.of": (
        "{digest}  采集 {crawl}，结束于 {at}（北京时间）",
        "{digest}  crawl {crawl}, ended {at} (Beijing time)",
    ),
    "digest.none": ("还没有采集结束。", "No crawl has ended yet."),
    "help.backup": (
        "把存档完整复制到一个新文件；采集进行中也可以。",
        "Copy the archive into a new file, consistent also while a crawl writes.",
    ),
    "example.backup": (
        "例：cunzheng backup /backup/archive-20260301.db",
        "Example: cunzheng backup /backup/archive-20260301.db",
    ),
    "argument.copy": ("备份写到这个新文件。", "The new file."),
    "backup.done": (
        "已备份到 {path}：{size}，文章 {articles} 篇、采集 {captures} 次，已通过快速检查。",
        "Backed up to {path}: {size}, {articles} articles, {captures} captures, checked.",
    ),
    "error.NoCopy": ("无法备份", "no backup was made"),
}
