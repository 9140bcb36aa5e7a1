"""Invented texts whose words are as unevenly common as those of real announcements: Zipf's law for
the most, and some words planted in a known share of the articles. Pure."""

from itertools import accumulate
from random import Random

PLANTED = {
    "经济": 0.94,
    "教育": 0.48,
    "社会主义": 0.45,
    "国有企业改革": 0.06,
    "芭蕾": 0.012,
    "环境保护": 0.01,
    "抗洪": 0.0007,
    "鼍": 0.0005,
}
"""The share of articles that hold a word, as counted in a real corpus of 100,000 (BASELINES)."""

_CHARACTERS = (
    "一二三四五六七八九十大小中上下左右前后东西南北年月日时分天地人民国家社会政府机关单位部门法律"
    "规定条例通知公告办理申请审核批准登记备案管理监督检查指导服务工作建设发展改革创新投资项目企业"
    "市场产业农村城镇居民学校医院交通道路桥梁水利电力环保安全生产消防应急救援防汛气象林业土地房屋"
    "住宅规划设计施工验收质量标准技术信息数据网络平台系统资金预算财务税收费用补贴奖励处罚责任权利"
    "义务合同协议招标采购评审专家会议研究决定实施组织领导干部职工培训考试招聘录用名单公示期限内容"
    "材料方式程序要求原则目标任务措施意见方案报告总结计划全面加强推进落实完善提高保障促进优化深化"
    "统筹协调重点难点问题情况分析调查处置整改完成进度按照根据为了以及和与或等其他有关相关具体主要"
    "文化旅游体育卫生健康养老托育就业创业扶持帮扶乡振兴绿色低碳能源节约循环利用废弃物处理河湖长制"
    "街道办事处委员局科室主任副秘书负责联系电话地址邮箱网站窗口大厅中心所站点线上下载表格填写提交"
    "明确严格及时准确公开透明公平正义诚信守约依法合规有序稳定持续长效机制体系格局水平能力作用效果"
)
_MOST = 6000
_STOPS = "，，，、、。。；"


def _words() -> tuple[list[str], list[float]]:
    chance = Random(4214)
    known = dict.fromkeys("".join(chance.choices(_CHARACTERS, k=2)) for _ in range(_MOST * 2))
    words = [word for word in known if word not in PLANTED][:_MOST]
    return words, list(accumulate(1 / (rank + 12) for rank in range(len(words))))


WORDS, _SHARES = _words()


def sentence(chance: Random, words: int) -> str:
    """So many words with commas between some of them, and a full stop."""
    chosen = chance.choices(WORDS, cum_weights=_SHARES, k=words)
    for at in range(5, words - 1, 6):
        chosen[at] += chance.choice(_STOPS)
    return "".join(chosen) + "。"


def paragraphs(chance: Random, count: int) -> list[str]:
    """Paragraphs of some 90 characters, the planted words in them by chance."""
    found = [sentence(chance, chance.randint(30, 55)) for _ in range(count)]
    for word, share in PLANTED.items():
        if chance.random() < share:
            at = chance.randrange(count)
            found[at] = f"坚持{word}，{found[at]}"
    return found
