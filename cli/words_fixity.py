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
}
