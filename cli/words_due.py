"""What is said of articles that are due to be captured again; in both languages."""

DUE = {
    "help.due": (
        "接下来该复查哪些文章，为什么（scrapy crawl snapshot 按此进行）。",
        "Which articles are to be captured again, and why (what scrapy crawl snapshot does).",
    ),
    "example.due": (
        "例：cunzheng due --site www.example.gov.cn --budget 500",
        "Example: cunzheng due --site www.example.gov.cn --budget 500",
    ),
    "option.budget": (
        "一夜至多请求这么多次；不给则列出所有到期的。",
        "The requests that a night may spend; without it, all that is due.",
    ),
    "due.none": ("目前没有需要复查的文章。", "Nothing is due."),
    "due.total": ("需要复查的有 {n} 篇：", "{n} articles are due:"),
    "due.more": (
        "只列出前 {n} 篇；加上 --limit 可看更多。",
        "These are the first {n}; see more with --limit.",
    ),
    "head.why": ("缘由", "Why"),
    "head.chance": ("变动可能", "Chance"),
    "head.changes": ("曾变", "Changes"),
    "why.missing": ("失踪，须再看一次才能断定", "missing: a second look decides"),
    "why.bound": ("已到最长间隔", "at its bound"),
    "why.ahead": ("提前，以免日后同时到期", "early, since many reach their bound together"),
    "why.first-day": ("发布已满一天", "a day after publication"),
    "why.first-week": ("发布已满一周", "a week after publication"),
    "why.changes": ("曾有变动，可能又变", "changed before, may have again"),
    "why.likely": ("按时间和栏目，可能有变动", "by age and channel, may have changed"),
    "why.spare": ("预算有余", "the budget reaches to it"),
    "why.all": ("要求全部复查", "everything was asked for"),
}
