"""Why a page was taken for what it is: one sentence each, in English and in Chinese.

The archive keeps the English one; what users read in Chinese is made from it by `in_chinese`.
`{}` stands for what differs from page to page.
"""

import re
from collections.abc import Mapping
from functools import cache

REASONS: Mapping[str, str] = {
    "nothing on the page says what it is": "页面上没有任何可供判断的标志",
    "the site's robots.txt": "网站的 robots.txt",
    "an answer of the listing service": "栏目列表接口的应答",
    "its visit counter is the home page's": "访问计数类型为首页",
    "it says that it is a channel's page": "页面自称栏目页",
    "it says that it is an article's page": "页面自称文章页",
    "the CMS's content markers": "有系统的正文标记",
    "the tags ArticleTitle or PubDate": "有文章标题、发布日期标签",
    "an article's address and a known container ({})": "文章地址与已知的正文容器（{}）",
    "a script that tests the visitor": "人机识别脚本",
    "a notice of the site's firewall": "防火墙的验证或拦截页",
    "status {}, as firewalls answer": "状态码 {}，常见于防火墙",
    "it asks for a login": "要求登录",
    "the site says that it is under maintenance": "网站正在维护",
    "the server says that it failed": "服务器报错",
    "a notice that there is no such page": "页面不存在的提示",
    "it leads to the site's home page and says nothing else": "页面只是跳转到网站首页",
    "the site's search page": "站内搜索页",
    "a channel's list or name": "有栏目列表或栏目名",
    "the site's root address or its tags": "网站根地址或首页标签",
    "a channel's address": "栏目地址",
    "status {}": "状态码 {}",
    "there is nothing to see on it": "页面没有可见内容",
    "an article's template with nothing in it": "文章模板是空的，没有标题也没有正文",
    "the answer broke off before its end": "应答没有收完就断了",
    "the page breaks off before its end": "页面不完整，中途断开",
    "led to {}": "跳转到 {}",
    "led to another article: {}": "跳转到另一篇文章：{}",
    "what this site serves for addresses that cannot exist": "与本站对不存在地址的应答相同",
    "the page says that it is article {}": "页面自称是文章 {}",
    "an article's page without a title": "文章页没有标题",
    "it says that it has more than {} pages": "文章自称超过 {} 页",
    "its further page {} could not be had": "文章的后续页 {} 没有取到",
}


def reason(english: str, *values: object) -> tuple[str, str]:
    """One of the reasons, in English and in Chinese. Raises KeyError for one that is not listed.

    >>> reason("status {}", 404)
    ('status 404', '状态码 404')
    """
    return english.format(*values), REASONS[english].format(*values)


def in_chinese(english: str) -> str:
    """The Chinese for a reason as it was kept; one that is not ours comes back as it is.

    >>> in_chinese("led to http://a.gov.cn/"), in_chinese("DNS lookup failed")
    ('跳转到 http://a.gov.cn/', 'DNS lookup failed')
    """
    for form, chinese in _forms():
        if found := form.fullmatch(english):
            return chinese.format(*found.groups())
    return english


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    # The longest first: "led to another article: …" is also "led to …".
    longest_first = sorted(REASONS.items(), key=lambda pair: -len(pair[0]))
    return tuple((re.compile(re.escape(e).replace(r"\{\}", "(.*)")), c) for e, c in longest_first)
