"""What is said of edits, of the words that came or went, and of series; in both languages."""

EDITS = {
    "help.silent_edits": (
        "悄悄改动：页面标题和时间未变、也未说明，内容却变了；要紧的在前。",
        "Edits that pages do not tell of: title and time stayed, the text did not; gravest first.",
    ),
    "example.silent_edits": (
        "例：cunzheng silent-edits --kind obligation --kind money --since 2026-03-01",
        "Example: cunzheng silent-edits --kind obligation --kind money --since 2026-03-01",
    ),
    "help.changes": (
        "词的增删：这些词在哪些改动中加上或删去；最近的在前。",
        "Edits in which words were added or removed, newest first.",
    ),
    "example.changes": (
        "例：cunzheng changes 试点 --removed --site www.example.gov.cn",
        "Example: cunzheng changes 试点 --removed --site www.example.gov.cn",
    ),
    "option.edit_kind": (
        "只看这类改动（可重复）。",
        "Only edits of this kind (may be repeated).",
    ),
    "option.typos": (
        "也列出仅改错字、标点的。",
        "Also those that only correct writing.",
    ),
    "option.way": (
        "只看加上的，或只看删去的。",
        "Only where they were added, or only where removed.",
    ),
    "argument.changed_words": ("加上或删去的词。", "The words that were added or removed."),
    "help.series": (
        "按月（或年）统计：发布、首次见到、修改、悄改、失踪、撤下、恢复，某词的用量，存量与自称。",
        "How much in each month or year: published, seen, edited, gone, words used, held.",
    ),
    "example.series": (
        "例：cunzheng series words 试点 --by year --each site",
        "Example: cunzheng series words 试点 --by year --each site",
    ),
    "argument.series": (
        "数什么；words 是含有某些词的文章，held 是各次核对时的存量与自称。",
        "What to count; words: articles that use some; held: what is held of what is claimed.",
    ),
    "argument.series_words": ("与 words 同用：哪些词。", "With words: which ones."),
    "option.step": ("每月（month）或每年（year）。", "By month or by year."),
    "option.each": (
        "合计（all），或逐个网站（site）、栏目（channel）。",
        "All together, or each site or channel apart.",
    ),
    "error.series_words": (
        "words 之后要给出词，其他的不要",
        "give words after words, and none after the others",
    ),
    "series.none": ("没有可数的；放宽条件再试。", "Nothing to count; try fewer filters."),
    "head.period": ("时段", "Period"),
    "head.count": ("篇数", "Count"),
    "head.bar": ("图示", "Bar"),
    "edit.between": (
        "第 {previous} 版 → 第 {version} 版，发生在 {last} 与 {first} 之间",
        "version {previous} → {version}, between {last} and {first}",
    ),
    "edit.more": ("……（另有 {n} 处）", "… ({n} more)"),
    "edit.see": (
        "全部变化：cunzheng diff {id} {previous}..{version}",
        "All of it: cunzheng diff {id} {previous}..{version}",
    ),
    "silent_edits.none": (
        "没有这样的改动；放宽日期或类别，或加 --typos 再试。",
        "No such edit; try an earlier date, other kinds, or --typos.",
    ),
    "silent_edits.total": ("共 {n} 处", "{n} in all"),
    "silent_edits.many": ("多于 1,000 处", "more than 1,000"),
    "changes.none": (
        "没有找到；换个词，或去掉几个条件再试。",
        "Nothing found; try another word, or fewer filters.",
    ),
    "changes.at_most": ("至多 {n} 处", "at most {n}"),
}
"""By key: Chinese, English."""
