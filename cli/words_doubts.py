"""What is said of readings: their doubts, and making them anew; in both languages."""

DOUBTS = {
    "doubts.read": (
        "现行版本 {read} 个，其中 {doubted} 个存疑。",
        "{read} newest versions, {doubted} of them in doubt.",
    ),
    "doubts.walked": (
        "正文改由本程序逐块读取的有 {walked} 个（{share}%），原因：",
        "{walked} bodies ({share}%) were read by our own walker, because:",
    ),
    "doubts.kinds": ("各种疑点：", "Doubts by kind:"),
    "doubts.files": (
        "附件 {files} 个：扫描件 {scanned} 个，读不出 {unreadable} 个。",
        "{files} files: {scanned} scanned, {unreadable} unreadable.",
    ),
    "doubts.none": ("没有存疑的文章。", "No article is in doubt."),
    "head.doubts": ("疑点", "Doubts"),
    "option.doubt": ("只看这种疑点（如 no-date）。", "Only this doubt (such as no-date)."),
    "option.after_article": ("接着上一页（文章编号）。", "Go on after a page (an article's id)."),
    "help.reread": (
        "用现在的读取程序重读所有页面，不会凭空多出修改。",
        "Read all captures again with the present reader; no edit is invented.",
    ),
    "example.reread": (
        "例：cunzheng reread --site www.example.gov.cn",
        "Example: cunzheng reread --site www.example.gov.cn",
    ),
    "reread.progress": ("已重读 {done} / {of} 篇", "{done} of {of} articles read again"),
    "reread.nothing": (
        "所有页面都是现在的读取程序读的，无须重读。",
        "The present reader has read everything; nothing to do.",
    ),
    "reread.done": (
        "重读了 {articles} 篇文章的 {captures} 次采集，其中 {altered} 篇读出的内容有变。",
        "{captures} captures of {articles} articles read again; {altered} articles read otherwise.",
    ),
    "help.doubts": (
        "读取时没有把握之处：有多少，是什么，在哪里。",
        "What the readers were not sure of: how much, of what kind, and where.",
    ),
    "example.doubts": (
        "例：cunzheng doubts --site www.example.gov.cn --doubt no-date",
        "Example: cunzheng doubts --site www.example.gov.cn --doubt no-date",
    ),
}
