"""What `scrapy crawl` says, in Chinese. The crawler writes its lines in English, which logs and the
archive keep; here each is known by its form, and one that is not is told as it stands. Pure."""

import re

from cli.words_archive import ADVICE

_LINES: tuple[tuple[str, str], ...] = (
    # What kept a crawl from its work.
    (
        r"(.+): the site answers with a challenge \((.+)\); it is not bypassed; .+",
        r"\1：网站要求验证（\2）。本程序不会绕过验证：请联系网站，或换一个网络再试",
    ),
    (
        r"(.+): the site answers with challenges; they are not bypassed; .+",
        r"\1：网站对每个页面都要求验证。本程序不会绕过验证：请联系网站，或换一个网络再试",
    ),
    (
        r"(.+): another page stands where the site was; .+",
        r"\1：原来的网站换成了别的页面：请看看是什么，或稍后再试",
    ),
    (r"(.+): the site answers (\d+); .+", r"\1：网站返回状态 \2：请核对网址，或稍后再试"),
    (
        r"(.+): nothing on this page is of 大汉版通 .+",
        r"\1：这个页面没有大汉版通的痕迹（没有 /col/ 栏目，也没有它的脚本）：请核对网址",
    ),
    (
        r"(.+): the host's name does not resolve; .+",
        r"\1：域名无法解析：请先核对网址，再检查网络",
    ),
    (
        r"(.+): the host refuses the connection; .+",
        r"\1：主机拒绝连接：请核对端口，或稍后再试",
    ),
    (
        r"(.+): the host did not answer in time; .+",
        r"\1：主机没有按时应答：请稍后再试，或调大 DOWNLOAD_TIMEOUT",
    ),
    (r"(.+): the answer broke off before its end; .+", r"\1：应答中途断开：请稍后再试"),
    (
        r"(.+): private addresses are never fetched; .+",
        r"\1：内网地址一律不抓取；自己的网站请设 ALLOW_PRIVATE_ADDRESSES=1",
    ),
    (
        r"(.+): the site's robots\.txt asks crawlers to stay away",
        r"\1：网站的 robots.txt 不允许抓取",
    ),
    (
        r"(.+): robots\.txt could not be had, .+",
        r"\1：取不到 robots.txt，因此什么都不能抓取（RFC 9309）：请稍后再试",
    ),
    (r"(.+): the host failed too often in a row; .+", r"\1：主机连续失败太多次：请稍后再试"),
    (r"(.+): its answer cannot be unpacked; .+", r"\1：应答无法解压：请稍后再试"),
    (
        r"(.+): the address leads to another site; .+",
        r"\1：网址转到了另一个网站：请给出那个网站的网址",
    ),
    (
        r"(.+): a visit counter is never called; .+",
        r"\1：访问计数器一律不访问：请给出网站的网址",
    ),
    (r"(.+): it redirects for ever; .+", r"\1：网址不停地转来转去：请用浏览器看看转到哪里"),
    (r"(.+): it cannot be fetched \((.+)\); .+", r"\1：取不到（\2）：请稍后再试"),
    (r"(.+) has no channel (.+); it has (.*)", r"\1 没有栏目 \2；有：\3"),
    (r"nothing of (.+) is held; see: (.+)", r"没有存过 \1；请看：\2"),
    (
        r"url must be an address like (\S+), not (.+)",
        r"url 须是 \1 这样的网址，不能是 \2",
    ),
    (
        r"url must be an address without a name and password in it",
        r"url 里不能有用户名和密码",
    ),
    (r"(CUNZHENG_\w+) must be one of (.+), not (.+)", r"\1 须是 \2 之一，不能是 \3"),
    (r"(GUARD_\w+) must be a share between 0 and 1, not (.+)", r"\1 须在 0 与 1 之间，不能是 \2"),
    (r"CLOCK must say its zone, like (\S+); got (.+)", r"CLOCK 须写明时区，如 \1；给出的是 \2"),
    (
        r"ALLOW_PRIVATE_ADDRESSES: (.+); give 0, 1, or addresses like (\S+)",
        r"ALLOW_PRIVATE_ADDRESSES：\1；请写 0、1，或 \2 这样的地址",
    ),
    (
        r"(.+) is not this user's own; set CUNZHENG_TURNS",
        r"\1 不属于当前用户：请设 CUNZHENG_TURNS",
    ),
    (r"(.+): (.+); set CUNZHENG_TURNS", r"\1：\2：请设 CUNZHENG_TURNS"),
    (r"budget must be a number of requests, not (.+)", r"budget 须是请求的次数，不能是 \1"),
    (r"(\S+) knows no argument (.+)", r"\1 没有参数 \2"),
    (r"there is no spider (.+); there are: (.+)", r"没有名为 \1 的爬虫；有：\2"),
    (r"say which spider; there are: (.+)", r"请说明用哪个爬虫：\1"),
    (r"DOWNLOAD_DELAY must be at least (\S+) \(see (.+)\)", r"DOWNLOAD_DELAY 至少为 \1（见 \2）"),
    (
        r"site (.+) is being crawled(.*); wait for it to end",
        r"网站 \1 正在抓取\2：请等它结束",
    ),
    (
        r"the archive is of version (\S+), this program needs (\S+); run: (.+)",
        r"档案库是 \1 版，本程序需要 \2 版；请运行：\3",
    ),
    (
        r"the database holds no archive yet; .+",
        r"数据库里还没有存档：请先采集一个网站（make crawl）",
    ),
    (
        r"the archive is of a newer version \((\S+)\) than this program \((\S+)\); update it",
        r"档案库是更新的 \1 版，本程序是 \2 版：请更新本程序",
    ),
    (
        r"the database is no archive of ours: .+",
        r"这个数据库属于别的程序，不是本程序的存档：请换一个 ARCHIVE_URL",
    ),
    (
        r"the server is PostgreSQL (\d+); the archive needs (\d+) or newer",
        r"数据库服务器是 PostgreSQL \1，需要 \2 或更新的版本",
    ),
    (
        r"the database (.+) keeps text as (.+); make one with: (.+)",
        r"数据库 \1 的编码是 \2；请另建一个：\3",
    ),
    (
        r"files of articles cannot be read here: (.+); or set (.+)",
        r"这里读不了文章的附件：\1；或设 \2",
    ),
    # The report of a crawl.
    (r"  addresses: nothing new", "  网址：没有新的"),
    (r"  addresses: (.+)", r"  网址：\1"),
    (r"  files of articles: (.+)", r"  附件：\1"),
    (r"  channels walked: (\d+), none short", r"  走过栏目 \1 个，都不缺"),
    (
        r"  channels walked: (\d+), (\d+) short of what the site claims \((.+)\)",
        r"  走过栏目 \1 个，其中 \2 个少于网站自称的数目（\3）",
    ),
    (
        r"  held: (.+); what is not believed is kept and does not count",
        r"  暂不采信：\1；不可信的留存而不算数",
    ),
    (r"  look at the site; if it is so: (.+)", r"  请看看网站；确实如此就运行：\1"),
    (
        r"  if pages are read wrongly: update this program, then (.+)",
        r"  如果是读错了页面：更新本程序，然后运行 \1",
    ),
    (
        r"  not as expected: (\d+) articles are held as present, (\d+) are expected \((.+)\)",
        r"  与预期不符：在存 \1 篇，预期 \2 篇（\3）",
    ),
    (
        r"  (\S+): given up after (\d+) failures in a row, the last: (.+)",
        r"  \1：连续失败 \2 次后放弃，最后一次：\3",
    ),
    (
        r"  certificate of (\S+): (.+); crawled all the same",
        r"  \1 的证书有误（\2），仍照常采集",
    ),
    (r"  this machine's clock: (.+)", r"  本机时钟：\1"),
    (r"  left for the next run: (\d+) addresses", r"  留给下一次：\1 个网址"),
)

_ENDINGS = {
    "complete": "完成",
    "incomplete": "未完整",
    "held": "暂不采信",
    "blocked": "被拒绝",
    "the site is down; the next run tries again": "网站不通；下次再试",
    "interrupted; the same command goes on where it stopped": "中断；再运行同一命令即可接着做",
    "an error of this program; see the log": "本程序出错；见日志",
}
_COUNTS = {
    "new": "新",
    "edited": "改",
    "unchanged": "未变",
    "not there": "不在",
    "not an article": "不是文章",
    "challenged": "要求验证",
    "led off the site": "转到站外",
    "disallowed": "不许抓取",
    "failed": "失败",
    "not believed": "未采信",
}
_SEEMED = (
    (r"the host served no page that could be read", "主机没有给出一个能读的页面"),
    (r"(\d+) of (\d+) addresses failed", r"\2 个网址中 \1 个失败"),
    (r"(\d+) of (\d+) articles seemed to have vanished at once", r"\2 篇文章中 \1 篇似乎同时消失"),
    (r"(\d+) of (\d+) articles seemed to have changed at once", r"\2 篇文章中 \1 篇似乎同时改动"),
    (
        r"the pages were redesigned and (\d+) of (\d+) articles read otherwise",
        r"页面改版，\2 篇文章中 \1 篇读法不同",
    ),
    (r"the lists came with (\d+) of (\d+) rows", r"列表只给出 \2 行中的 \1 行"),
)
"""Why a crawl is held, as storage/guard.py says it."""

_COUNTED = re.compile(rf"(\d+) ({'|'.join(sorted(_COUNTS, key=len, reverse=True))})")
_COUNTING = ("  addresses: ", "  files of articles: ")


def in_chinese(text: str) -> str:
    """A report or a problem, line by line.

    >>> in_chinese("  addresses: 3 new, 1 not there")
    '  网址：新 3、不在 1'
    """
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    subject, mark, ending = line.rpartition(": ")
    if mark and ending in _ENDINGS and not line.startswith(" "):
        return f"{subject}：{_ENDINGS[ending]}"
    if line.startswith(_COUNTING):
        line = _COUNTED.sub(lambda found: f"{_COUNTS[found[2]]} {found[1]}", line)
        line = line.replace(", ", "、")
    if line.startswith("  held: "):
        for english, chinese in _SEEMED:
            line = re.sub(english, chinese, line)
    if (of_archive := _of_archive(line)) is not None:
        return of_archive
    for english, chinese in _LINES:
        if found := re.fullmatch(english, line):
            return found.expand(chinese)
    return line


def _of_archive(line: str) -> str | None:
    """What is said of the archive's database; None for another line."""
    found = re.fullmatch(r"archive (.+?): (.+)", line)
    advice = ADVICE.get(found[2]) if found else None
    return f"存档 {found[1]}：{advice}" if found and advice else None
