"""The one article that every world has, on the same address, whatever the seed."""

from collections.abc import Mapping

from replica.content import Content, Paragraph

NUMBER = 3820001

FATE: Mapping[int, str] = {2: "trim", 3: "revert"}
"""What happens to it, by day: five characters vanish, and come back. Nothing else ever does."""

_TEXT = (
    "本报讯(记者 宋琦磊)2月19日，盐南高新区召开作风建设专题会议，"
    "逐项检视各条线值守安排，对进一步压实防控责任、守牢各道关口作出部署。",
    "会议要求，各街道、各部门要把责任落实到岗、到人、到具体时段，"
    "做到早发现、早报告、早处置，不让任何一个环节出现空档。",
    "连日来，该区抽调机关干部126名下沉社区，与网格员编成32个小组，"
    "在小区出入口、农贸市场和交通卡口轮班值守。",
    "“每一班交接都有记录，每一条线索都有去向。”新都街道一名值班负责人介绍，"
    "街道把原来分散的4本台账合成1本，核对时间由半天缩短到40分钟。",
    "该区还组织3个督查组，采取不打招呼、直奔现场的方式开展检查，"
    "共走访点位87处，现场指出问题19个，当天整改到位16个。",
    "对整改不力、推诿敷衍的，由区纪检监察工委约谈提醒，情节较重的予以通报。",
    "又讯 2月21日，科城街道举行应急演练，检验突发情况下人员调度、物资转运和信息报送能力。",
    "演练分为接报、会商、转运、消杀四个环节，全程用时1小时50分，参演人员140余人。",
    "街道在演练后随即复盘，列出改进事项7条，明确由分管负责人逐条督办，3日内全部销号。",
    "据了解，目前全区各项防控工作平稳有序，重要物资储备可满足15天以上需要。",
    "下一步，该区将继续保持应急状态，坚持严的标准、实的作风，巩固来之不易的平稳态势。",
)


def content() -> Content:
    """The article as it was first published."""
    return Content(
        title="压实责任守牢防线 保持平稳防控态势",
        published="2022-02-26 11:38",
        blocks=tuple(Paragraph(text) for text in _TEXT),
        source="盐南高新区管委会党政办",
    )
