"""What is served with status 200 in the place of an article. All invented, after public accounts
of what firewalls, logins, caches and offices put there."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from replica.answers import BLANKED, Answer, answer, notice
from replica.channels import NOTICES
from replica.faults import CHALLENGE_PAGE, WAF_PAGE
from replica.site import Site

HTML = {"Content-Type": "text/html;charset=utf-8"}


@dataclass(frozen=True)
class Asked:
    """The article in whose place something is served: its address, its own page, and that of
    another article of the site."""

    site: Site
    path: str
    own: Answer
    other: Answer


Block = Callable[[Asked], Answer]


def page(body: str, title: str = "", head: str = "") -> Answer:
    """A page of somebody else's making."""
    whole = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}<title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )
    return Answer(200, whole.encode(), HTML)


def words(text: str, title: str) -> Block:
    """The same words for every article."""
    return lambda _: page(f"<h1>{title}</h1><p>{text}</p>", title)


def in_template(text: str) -> Block:
    """Words in the frame of the site's own pages."""
    return lambda asked: notice(asked.site, text, 200)


def repeating(asked: Asked) -> Answer:
    """A firewall that repeats what was asked of it, and numbers its refusals."""
    number = zlib.crc32(asked.path.encode())
    told = f"您的请求可能存在威胁，已被拦截！URL：{asked.path}　事件编号：{number}"
    return page(f"<div>{told}</div><div>如需解除，请联系网站管理员并提供事件编号。</div>", "405")


def cut(asked: Asked) -> Answer:
    """Half of the page, as a cache kept it when it lost its connection; its length is right."""
    return replace(asked.own, body=asked.own.body[: len(asked.own.body) * 2 // 5])


def cut_in_the_body(asked: Asked) -> Answer:
    """The same, and the cut goes through the text of the article."""
    body = asked.own.body
    begin = max(body.find(b"content.begin"), body.find(b"ContentStart"), body.find(b"<p"))
    return replace(asked.own, body=body[: begin + max(1, len(body) - begin) // 4])


def json_error(_: Asked) -> Answer:
    told = '{"code":500,"success":false,"message":"系统异常，请稍后再试","data":null}'
    return Answer(200, told.encode(), {"Content-Type": "application/json;charset=utf-8"})


def home(asked: Asked) -> Answer:
    return answer(asked.site, "/", {})


def channel(asked: Asked) -> Answer:
    path = asked.site.channel_url(NOTICES)[len(asked.site.url) :]
    return answer(asked.site, path, {})


SCRIPTED = (
    "<html><script>var arg1='0A1B2C3D';function setCookie(n,v){document.cookie=n+'='+v}"
    "setCookie('acw_sc__v2',arg1);document.location.reload();</script></html>"
)
CLEARED = (
    "<script>document.cookie='__jsl_clearance_s=1.0|0|x;max-age=3600;Path=/';"
    "location.href=location.pathname+location.search</script>"
)
FORM = (
    '<form action="/login" method="post"><label>用户名<input name="username"></label>'
    '<label>密码<input type="password" name="password"></label><button>登录</button></form>'
)

ABSENT: dict[str, Block] = {
    "a soft 404 in the site's frame": in_template(BLANKED),
    "a soft 404 of its own": words("您访问的页面不存在或已被删除。", "页面不存在"),
    "nothing at all": lambda asked: Answer(200, b"", HTML),
    "an empty page": lambda asked: page(""),
    "a script that leads home": lambda asked: page("<script>location.href='/'</script>"),
}
"""What says that the article is not there. Once, of one article, that is a sign; never a proof."""

BLOCKS: dict[str, Block] = {
    "a firewall's question": lambda asked: Answer(200, WAF_PAGE.encode(), HTML),
    "a firewall that repeats the address": repeating,
    "a challenge by script": lambda asked: Answer(200, CHALLENGE_PAGE.encode(), HTML),
    "a challenge by cookie": lambda asked: Answer(200, SCRIPTED.encode(), HTML),
    "a clearance by cookie": lambda asked: Answer(200, CLEARED.encode(), HTML),
    "a slider to be dragged": words("请向右滑动完成验证，验证通过后继续访问。", "访问验证"),
    "a login": lambda asked: page(FORM, "统一身份认证平台"),
    "a login in the site's frame": in_template("您尚未登录，请登录后查看。用户名　密码　登录"),
    "maintenance": words("网站系统正在升级维护，请稍后访问，给您带来不便敬请谅解。", "系统维护"),
    "maintenance in the site's frame": in_template("网站正在维护中，请稍后再试。"),
    "too many visitors": words("系统繁忙，当前访问人数过多，请稍后再试。", "系统提示"),
    "an error of the program": words(
        "java.sql.SQLException: Connection refused at com.hanweb.jcms.Main", "HTTP Status 500"
    ),
    "an error of the gateway": words("nginx/1.20.1", "502 Bad Gateway"),
    "an answer in JSON": json_error,
    "the home page": home,
    "a channel's page": channel,
    "another article": lambda asked: asked.other,
    "two fifths of the page": cut,
    "a page cut in its text": cut_in_the_body,
    "a search page": words("站内搜索　请输入关键词　搜索　高级检索", "站内搜索"),
    "an advertisement of the provider": words(
        "尊敬的用户，您的宽带即将到期，请尽快续费。<a href='http://isp.example/'>立即续费</a>",
        "温馨提示",
    ),
}
"""What says nothing about the article: no event at all may come of it."""
