"""Slips of writing: one character for another that looks or sounds like it, doubled or swapped
characters, punctuation. Pure."""

import unicodedata

_ALIKE = (
    "的地得 做作坐座 在再 帐账胀 象像相 布部 份分 以已己巳 即既 他她它 至致 记纪 期其 "
    "止至 陆录 竟竞 未末 候侯后 辩辨辫 晴睛 拔拨 戊戌戍 折拆析 侍待 士土 日曰 免兔 祖租组 "
    "暑署 徽微 弛驰 券卷 密蜜 恰洽 历厉 副付幅附 型形 采彩 叠迭 连联 查察 振震 反返 交缴 "
    "订定 启起 原源 代带 贴帖 渡度 功工攻 供贡 及级极 检捡 镜境 抱报 州洲 园圆 建健 "
    "轻青清 请情 板版 决绝 克刻 练炼 综棕 陪赔 峰锋 蓝篮 廷庭 式试 由有 截戒 籍藉 倡唱 "
    "秩制 准淮 挡档 郊效校 蔓漫 融溶 具俱 合和 暴爆 粘黏 沉沈 乘承 成诚城 措错 购够 复覆 "
    "晋进 经径 竣峻 捐损 捕补 沿延 扬杨 柳抑 迁迂 正证征政 着著 驻住注 尊遵 视示 颁班 "
    "传专 慎甚 钢纲 详祥 按安 协胁 挂桂 幕募慕墓 泄泻 渐浙 汗汉 诉述 讯询 阵陈 拟似 塑溯 "
    "签鉴监 拦栏 睹堵赌 荐存 贫贪 贯惯 遗遣 嘱属 燥躁 蹋踏 载栽 壮状 支枝只 需须"
)
"""Groups of characters that are taken for each other, from lists of corrected misprints."""

_GROUPS: dict[str, set[str]] = {}
for _group in _ALIKE.split():
    for _one in _group:
        _GROUPS.setdefault(_one, set()).update(_group)


def is_slip(before: str, after: str, lead: str = "", tail: str = "") -> bool:
    """Whether the one is most likely the other, written wrongly.

    >>> is_slip("帐户", "账户"), is_slip("工作作", "工作"), is_slip("报名", "审批")
    (True, True, False)
    """
    old, new = _letters(before), _letters(after)
    if old == new:
        return True  # punctuation
    if len(old) == len(new):
        return _taken_for_each_other(old, new)
    longer, shorter = (old, new) if len(old) > len(new) else (new, old)
    return len(longer) - len(shorter) <= 2 and _doubled(longer, shorter, lead, tail)


def _letters(text: str) -> str:
    return "".join(each for each in text if unicodedata.category(each)[0] not in "PZS")


def _taken_for_each_other(old: str, new: str) -> bool:
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    if len(differing) == 2 and differing[0] == differing[1][::-1]:
        return True  # two characters that changed places
    return 0 < len(differing) <= 2 and all(b in _GROUPS.get(a, ()) for a, b in differing)


def _doubled(longer: str, shorter: str, lead: str, tail: str) -> bool:
    """Whether the longer one only says some characters twice."""
    before, after = _letters(lead)[-2:], _letters(tail)[:2]
    whole = f"{before}{longer}{after}"
    for size in (1, 2):
        if len(longer) - len(shorter) != size:
            continue
        for at in range(len(whole) - 2 * size + 1):
            if whole[at : at + size] == whole[at + size : at + 2 * size]:
                undone = whole[:at] + whole[at + size :]
                if undone == f"{before}{shorter}{after}":
                    return True
    return False
