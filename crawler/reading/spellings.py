"""What pages call things: the names under which each field is stated, in one table.

A new spelling, or a new field, is a line here. Names are without white space: `索 引 号：` and
`索引号` are one. Within a field, the first name is the surest.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """Where a page states one field of an article.

    `tags` are names of meta tags in lower case; `markers` the CMS's own (`<!--<$[标题]>begin-->`);
    `labels` stand before a colon on the lines around the body; `terms` are our terms for labels
    of the disclosure table (`TERMS`).
    """

    tags: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


TITLE = Field(tags=("articletitle", "title"), markers=("标题名称(html)", "标题名称", "标题"))
LEAD_TITLE = Field(
    tags=("leadtitle",), markers=("引题", "肩题", "眉题"), labels=("引题", "肩题", "眉题")
)
SUBTITLE = Field(tags=("subtitle",), markers=("副题", "副标题"), labels=("副标题", "副题"))
PUBLISHED = Field(
    tags=("pubdate",),
    markers=("发布日期", "发布时间"),
    labels=(
        "发布日期", "发布时间", "发表时间", "发表日期", "发稿时间", "公开日期", "公开时间",
        "公布日期", "上传时间", "录入时间", "时间", "日期",
    ),
    terms=("发布日期",),
)  # fmt: skip
SOURCE = Field(
    tags=("contentsource", "source"),
    markers=("信息来源", "来源"),
    labels=(
        "信息来源", "文章来源", "稿件来源", "新闻来源", "来源单位", "供稿单位", "稿源", "来源",
    ),
    terms=("来源",),
)  # fmt: skip
AUTHOR = Field(
    tags=("author",),
    markers=("作者",),
    labels=("文章作者", "作者", "撰稿人", "撰稿", "记者", "通讯员", "供稿人", "供稿"),
)
EDITOR = Field(
    markers=("责任编辑", "编辑"),
    labels=("责任编辑", "网络编辑", "文字编辑", "本文编辑", "责编", "编辑"),
)
DOC_NUMBER = Field(
    markers=("文号", "发文字号", "文件编号"),
    labels=("发文字号", "文件编号", "公文字号", "发文文号", "文号"),
    terms=("文号",),
)

FIELDS: Mapping[str, Field] = {
    "lead_title": LEAD_TITLE,
    "subtitle": SUBTITLE,
    "published": PUBLISHED,
    "source": SOURCE,
    "author": AUTHOR,
    "editor": EDITOR,
    "doc_number": DOC_NUMBER,
}
"""The fields that lines around a body state by label."""

NOT_CONTENT = (
    "字体", "字号", "文字大小", "浏览次数", "浏览量", "浏览", "点击次数", "点击数", "点击量",
    "点击", "阅读次数", "阅读量", "阅读", "访问次数", "访问量", "人气", "更新时间", "分享至",
    "分享到", "分享", "保护视力色", "视力保护色", "审核", "审核人", "校对", "初审", "复审", "终审",
    "发布机构", "发布单位", "发布人",
)  # fmt: skip
"""Labels beside these that say nothing of the article, and end the value before them."""

SITE_NAME = ("sitename", "subsite")

TERMS: Mapping[str, tuple[str, ...]] = {
    "索引号": ("索引号", "信息索引号", "信息索引", "索引编号", "信息索取号", "信息编号"),
    "发布机构": (
        "发布机构", "发文机关", "制发机构", "制发机关", "制发单位", "发文机构", "发文单位",
        "公开责任部门", "责任部门", "公开责任单位", "公开机构", "公开主体", "公开单位",
        "发布机关", "信息公开责任部门", "发布单位",
    ),
    "文号": ("文号", "发文字号", "文件编号", "公文字号", "发文文号", "文件字号", "公文号"),
    "统一编号": ("统一编号", "统一登记号", "规范性文件登记号", "规范性文件统一编号", "登记号"),
    "成文日期": (
        "成文日期", "生成日期", "发文日期", "成文时间", "生成时间", "发文时间", "制发日期",
        "签发日期", "印发日期",
    ),
    "发布日期": ("发布日期", "公开日期", "发布时间", "公开时间", "公布日期"),
    "主题分类": ("主题分类", "信息分类", "所属主题", "主题"),
    "组配分类": ("组配分类",),
    "服务对象": ("服务对象分类", "服务对象"),
    "主题词": ("主题词", "关键词", "关键字"),
    "体裁": ("体裁", "体裁分类", "文种", "公文种类", "公文体裁", "文件类型", "信息体裁"),
    "有效性": (
        "有效性", "时效性", "时效", "效力状态", "效力", "有效状态", "文件状态", "是否有效",
        "有效与否", "文件效力",
    ),
    "实施日期": ("实施日期", "生效日期", "施行日期", "实施时间", "生效时间", "施行时间"),
    "废止日期": ("废止日期", "失效日期", "废止时间", "失效时间", "终止日期"),
    "公开方式": ("公开方式", "公开形式"),
    "公开范围": ("公开范围",),
    "公开时限": ("公开时限",),
    "公开程序": ("公开程序",),
    "信息名称": ("信息名称", "文件名称", "名称", "标题"),
    "内容概述": ("内容概述", "内容概览", "内容摘要", "信息概述", "摘要"),
    "来源": ("来源", "信息来源"),
}  # fmt: skip
"""Each term of ours with the labels under which disclosure tables give it. The spellings beyond
those of fzggw.zj.gov.cn (2026) and ruian are common on government sites of other makes."""

ORDINARY = frozenset(
    [
        "发文日期", "发布日期", "发布时间", "发文时间", "名称", "标题", "来源", "信息来源", "主题",
        "公开形式", "摘要", "关键词", "关键字", "效力", "时效", "服务对象", "发布单位", "登记号",
        "责任部门", "文种", "实施时间", "实施日期", "生效时间", "终止日期", "文件类型",
    ]
)  # fmt: skip
"""Of these labels those that a table about anything may carry: two of them prove nothing."""

TERM_OF: Mapping[str, str] = {label: term for term, labels in TERMS.items() for label in labels}
"""Our term for each label of a disclosure table."""
