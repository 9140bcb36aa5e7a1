"""What commands and options are for, in both languages (Chinese, English)."""

from cli.words_probe import PROBE

HELP = {
    "help.app": (
        "存证：查阅政府网站文章的每一个存档版本。",
        "Cunzheng: consult every dated version of the articles on government sites.",
    ),
    "help.sites": ("存了哪些网站。", "Which sites are held."),
    "help.channels": (
        "网站有哪些栏目，各存了多少篇。",
        "The channels, and what is held of each.",
    ),
    "help.crawls": ("最近的采集及其结果。", "The last crawls, and how they went."),
    "help.coverage": (
        "与网站自称的总数核对：可能缺了什么，为什么。",
        "What may be missing, against what the site itself claims, and why.",
    ),
    "help.search": (
        "在所有版本的标题和正文中查找；给出的词须全部出现。",
        "Find words in the titles and texts of all versions; all must be present.",
    ),
    "help.show": (
        "显示一篇文章：现行版本、第 N 版，或某日的情形。",
        "Show an article: as it stands, its version N, or as it stood on a day.",
    ),
    "help.history": (
        "一篇文章的来历：版本、事件、列在哪些栏目。",
        "What became of an article: versions, events, where it was listed.",
    ),
    "help.diff": (
        "两个版本之间改了什么（默认为最后两版）。",
        "What changed between two versions (the last two by default).",
    ),
    "help.events": (
        "发布、修改、撤下、恢复等事件，最近的在前。",
        "What was published, edited, taken down or restored, newest first.",
    ),
    "help.export": (
        "导出版本、文章或事件（JSONL、CSV、Parquet），或采到的原样（WARC）。",
        "Export versions, articles or events (JSONL, CSV, Parquet), or what was captured (WARC).",
    ),
    "help.serve": (
        "打开网上阅览室：检索、阅读、比较、看证据，只读不写。",
        "Open the reading room on the web: search, read, compare, see the evidence. It only reads.",
    ),
    "help.migrate": (
        "把存档升级到本程序所用的版本。",
        "Bring the archive to the version that this program needs.",
    ),
    "help.demo": (
        "在本机演示：一个小网站，三天，存下每一个版本。",
        "See it work on this machine: a small site over three days, version by version.",
    ),
    "example.demo": ("例：cunzheng demo", "Example: cunzheng demo"),
    "example.sites": ("例：cunzheng sites", "Example: cunzheng sites"),
    "example.channels": (
        "例：cunzheng channels www.example.gov.cn",
        "Example: cunzheng channels www.example.gov.cn",
    ),
    "example.crawls": ("例：cunzheng crawls --limit 5", "Example: cunzheng crawls --limit 5"),
    "example.coverage": (
        "例：cunzheng coverage www.example.gov.cn",
        "Example: cunzheng coverage www.example.gov.cn",
    ),
    "example.search": (
        "例：cunzheng search 营商环境 措施 --site www.example.gov.cn --since 2025",
        "Example: cunzheng search 营商环境 措施 --site www.example.gov.cn --since 2025",
    ),
    "example.show": (
        "例：cunzheng show 12 --as-of 2026-03-01",
        "Example: cunzheng show 12 --as-of 2026-03-01",
    ),
    "example.history": ("例：cunzheng history 12", "Example: cunzheng history 12"),
    "example.diff": ("例：cunzheng diff 12 1..3", "Example: cunzheng diff 12 1..3"),
    "example.events": (
        "例：cunzheng events --kind gone --kind edited --since 2026-03-01",
        "Example: cunzheng events --kind gone --kind edited --since 2026-03-01",
    ),
    "example.export": (
        "例：cunzheng export --format csv --site www.example.gov.cn --output versions.csv",
        "Example: cunzheng export --format csv --site www.example.gov.cn --output versions.csv",
    ),
    "example.serve": (
        "例：cunzheng serve --port 8000，再用浏览器打开 http://127.0.0.1:8000/",
        "Example: cunzheng serve --port 8000, then open http://127.0.0.1:8000/ in a browser",
    ),
    "example.migrate": ("例：cunzheng migrate", "Example: cunzheng migrate"),
    "option.help": ("显示这段说明。", "Show this help."),
    "option.json": ("输出一份 JSON。", "Give one JSON document."),
    "option.archive": (
        "存档的地址（默认取 ARCHIVE_URL）。",
        "The archive's address (ARCHIVE_URL by default).",
    ),
    "option.lang": (
        "界面语言：zh 或 en（默认随系统）。",
        "Language: zh or en (the system's by default).",
    ),
    "option.limit": ("最多几条。", "At most so many."),
    "option.site": ("只看这个网站。", "Only this site."),
    "option.channel": ("只看这个栏目（栏目编号）。", "Only this channel (its id on the site)."),
    "option.within": (
        "只在标题（title）或正文（body）里找。",
        "Only in titles, or only in texts.",
    ),
    "option.source": ("来源里有这些字。", "The source that the page names has this in it."),
    "option.doc_number": (
        "文号里有这些字；括号形式不限。",
        "The document number has this in it; brackets of any form.",
    ),
    "option.search_as_of": (
        "只找当时在网的文本；日期指当天结束时（北京时间）。",
        "Only what stood then; a day means its end (Beijing time).",
    ),
    "option.edited": ("只看修改过的文章。", "Only articles that were edited."),
    "option.sort": (
        "排序：相关（relevance，标题在前）或日期（date，新的在前）。",
        "Order: title hits first (relevance), or the newest first (date).",
    ),
    "option.state": ("只看这种状态的文章。", "Only articles in this state."),
    "option.kind": ("只看这类事件（可重复）。", "Only events of this kind (may be repeated)."),
    "option.published_since": ("发布日期不早于。", "Published on this day or later."),
    "option.published_until": ("发布日期不晚于。", "Published on this day or earlier."),
    "option.since": ("不早于（北京时间）。", "Not earlier than (Beijing time)."),
    "option.until": ("不晚于（北京时间）。", "Not later than (Beijing time)."),
    "option.after": (
        "接着上一页（上一页末尾给出的记号）。",
        "Go on after a page (its last line).",
    ),
    "option.before": ("接着上一页（事件编号）。", "Go on after a page (an event's id)."),
    "option.version": ("第几版。", "The number of a version."),
    "option.as_of": (
        "当时的情形；日期指当天结束时（北京时间）。",
        "As it stood then; a day means its end (Beijing time).",
    ),
    "option.by": (
        "按词（word）还是按字（character）标出变化。",
        "Mark changes by word or by character.",
    ),
    "option.format": ("导出的格式。", "The format."),
    "option.output": (
        "写入文件（默认输出到屏幕）。",
        "Write to a file (the screen by default).",
    ),
    "option.table": ("每行是什么。", "What is a row."),
    "option.dictionary": (
        "不导出，只说明各字段的含义。",
        "Export nothing: say what the fields mean.",
    ),
    "option.articles": (
        "每篇文章一行，而不是每个版本一行。",
        "One row an article, not a version.",
    ),
    "option.host": (
        "在哪个地址上提供（默认只给本机）。",
        "The address to serve on (this machine alone by default).",
    ),
    "option.port": ("端口；0 为任取一个空的。", "The port; 0 takes any free one."),
    "option.name": (
        "经由哪个域名访问（可重复）；其他域名一律拒绝。",
        "A host name under which it is reached (may be repeated); others are refused.",
    ),
    "argument.host": ("网站主机名。", "The site's host."),
    "argument.words": ("要找的词。", "The words to find."),
    "argument.article": (
        "文章编号、网址，或「主机名/文章号」。",
        "An article's id, its address, or HOST/CMS_ID.",
    ),
    "argument.pair": ("哪两版，如 1..3。", "Which versions, like 1..3."),
    "panel.commands": ("命令", "Commands"),
    "panel.options": ("选项", "Options"),
    "panel.arguments": ("参数", "Arguments"),
    **PROBE,
}
