"""The meta tags of articles and channels: the current set, and the older portal set."""

from html import escape

from replica.channels import Channel
from replica.kinds.base import View
from replica.kinds.template import meta
from replica.state import Placed
from replica.words import SITE_NAME


def maketime(view: View, placed: Placed) -> str:
    """When the page was rebuilt: never when the article was published or changed."""
    made = view.day.made_at(placed.article)
    return f"<meta name='Maketime' content='{made:%Y-%m-%d %H:%M:%S}'>"


def channel_metas(view: View, channel: Channel, path: str) -> str:
    """Those of a channel's page, the address with its two stray commas as on jsfgw, 2026."""
    tags = (
        ("SiteName", SITE_NAME),
        ("SiteDomain", view.root.partition("//")[2]),
        ("SiteIDCode", ""),
        ("ColumnName", channel.name),
        ("ColumnDescription", ""),
        ("ColumnKeywords", ""),
        ("ColumnType", ""),
        ("channel", channel.name),
        ("chnlcatalog", ""),
        ("server", f"{view.root}{path},,"),
    )
    return "\n".join(meta(name, value) for name, value in tags)


def current_metas(view: View, placed: Placed, path: str) -> str:
    """The set of the current generations, with minutes in PubDate."""
    content = placed.article.content
    tags = (
        ("SiteName", SITE_NAME),
        ("SiteDomain", view.root.partition("//")[2]),
        ("SiteIDCode", ""),
        ("ColumnName", placed.channel.name),
        ("ColumnType", ""),
        ("ArticleTitle", content.title),
        ("PubDate", content.published),
        ("Author", content.author or ""),
        ("Description", _description(placed)),
        ("Keywords", ""),
        ("ContentSource", content.source or ""),
        ("Url", f"{view.root}{path}"),
    )
    return "\n".join(meta(name, value) for name, value in tags)


def portal_metas(view: View, placed: Placed) -> str:
    """The portal set of 2016 to 2020: lower case, seconds in pubDate; wzkj.wenzhou.gov.cn."""
    content = placed.article.content
    tags = (
        ("subsite", SITE_NAME),
        ("channel", placed.channel.name),
        ("category", ""),
        ("author", content.author or ""),
        ("pubDate", f"{content.published}:37"),
        ("source", content.source or ""),
        ("language", "中文"),
        ("location", ""),
        ("department", ""),
        ("title", content.title),
        ("description", _description(placed)),
        ("guid", f"{view.day.date.year}{placed.article.number}"),
        ("effectiveTime", "0"),
        ("level", "0"),
    )
    return "\n".join(meta(name, value) for name, value in tags)


def jpaas_metas(view: View, column: int, channel: Channel) -> str:
    """What pages of channels and articles have in common; fzggw.zj.gov.cn, 2026."""
    tags = (
        ("ColId", str(column)),
        ("SiteName", SITE_NAME),
        ("SiteDomain", view.root.partition("//")[2]),
        ("SiteIDCode", "3209000000"),
        ("ColumnName", channel.name),
        ("ColumnType", channel.name),
    )
    return "\n".join(meta(name, value) for name, value in tags)


def generator_metas() -> str:
    """The advertising tags of the oldest pages; www.coscoshipping.com, 2018."""
    keywords = "内容管理、信息发布、新闻采编发系统、知识管理、政府门户、电子政务、网站办公系统"
    return (
        f'<meta name="Keywords" content="{escape(keywords)}">'
        "<meta name='Generator' content='大汉版通'><meta name='Author' content='大汉网络'>"
    )


def _description(placed: Placed) -> str:
    return "".join(placed.article.content.paragraphs)[:90]
