"""The phrases and scripts by which pages that are no articles give themselves away.

The phrases are matched against text without white space. They are those of the firewalls and
servers that such sites stand behind; a site's own wording is learnt instead, from addresses that
cannot exist (`softness`).
"""

import re

NOTICE_AT_MOST = 600
"""Visible characters. A notice stands alone on its page; an article about such notices does not."""

CHALLENGE_SCRIPT = re.compile(
    r"\$_ts\b|__jsl_clearance|acw_sc__v2|_waf_bd8ce2ce37|HWWAFSESTIME|yunsuo_session"
)
CHALLENGE_WORDS = re.compile(
    r"访问验证|安全验证|人机验证|滑动验证|请输入验证码|访问过于频繁|请求过于频繁|访问频率过快|云防御拦截"
    r"|请求被拦截|访问被拦截|您的访问被阻断|网站防火墙|疑似黑客攻击|创宇盾|安全狗|正在验证您的浏览器"
    r"|JustAMoment|AttentionRequired",
    re.IGNORECASE,
)
LOGIN_WORDS = re.compile(r"统一身份认证|用户登录|请先登录|扫码登录|登录后(?:查看|访问)|请登录")
_THING = r"(?:页面|网页|文章|信息|内容|文件|资源)"
GONE_WORDS = re.compile(
    rf"{_THING}(?:已经?)?(?:不存在|被删除|已删除|无法找到|找不到|已下线|已过期)"
    rf"|您所?(?:访问|请求|浏览|查找)的{_THING}[^。]{{0,12}}(?:不存在|删除|找不到|更名)"
    rf"|(?:找不到|无法找到)(?:该|此|您要的?|相关)?{_THING}"
    r"|抱歉[^。]{0,16}(?:不存在|找不到|删除)|NotFound|(?<!\d)404错误",
    re.IGNORECASE,
)
GONE_TITLE = re.compile(
    r"(?<![\d.])404(?!\d)|NotFound|页面不存在|找不到页面|无法找到该页", re.IGNORECASE
)
MAINTENANCE_WORDS = re.compile(
    r"(?:系统|网站|服务|平台|站点)(?:正在|正|停机)?(?:升级|维护|改版|割接)|升级维护|停机维护|维护升级"
    r"|(?:网站|系统)(?:建设中|暂停(?:服务|访问))|UnderMaintenance|SiteMaintenance",
    re.IGNORECASE,
)
SIGNPOST_AT_MOST = 60
"""Visible characters of a page that only leads elsewhere: 页面正在跳转，请稍候……"""

LEADS_BY_SCRIPT = re.compile(
    r"\blocation(?:\.href)?\s{0,9}=\s{0,9}[\"']([^\"'\s]{1,300})[\"']"
    r"|\blocation\.(?:replace|assign)\(\s{0,9}[\"']([^\"'\s]{1,300})[\"']"
)
LEADS_BY_TAG = re.compile(
    r"<meta\s[^<>]{0,100}?http-equiv\s{0,3}=\s{0,3}[\"']?refresh[\"']?[^<>]{0,100}?"
    r"url\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]{1,300})",
    re.IGNORECASE,
)
SEARCH_PATH = re.compile(
    r"/(?:jrobot|jrobotfront|search-front-server|isearch)/|/(?:search|sitesearch|fullsearch)"
    r"(?:/(?:index)?|\.(?:jsp|do|html?|aspx|php|action))$",
    re.IGNORECASE,
)
SEARCH_TITLE = re.compile(
    r"^(?:站内|全站|智能|高级|全文)?(?:搜索|检索)|(?:搜索|检索)(?:结果|中心)?$"
)
SEARCH_WORDS = re.compile(
    r"(?:找到|搜索到|检索到|搜到)(?:相关|约|符合条件的?)?(?:结果|信息|记录)?\d+[条个项篇]"
    r"|(?:搜索|检索)耗时|没有找到与[^。]{1,40}相关的(?:结果|信息|内容)"
)
ERROR_WORDS = re.compile(
    r"BadGateway|ServiceUnavailable|GatewayTime-?out|InternalServerError|WhitelabelErrorPage"
    r"|HTTPStatus.{0,3}50\d|服务器内部错误|系统繁忙|服务不可用"
    r"|(?:页面|网页)(?:暂时不可用|出错)",
    re.IGNORECASE,
)
