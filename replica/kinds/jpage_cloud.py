"""Generation 2b: `/module/jpage/`, the Zhejiang provincial cloud with its long ids."""

from replica.kinds.classic import Classic
from replica.kinds.datastore import single_script
from replica.kinds.records import date_inside
from replica.words import SITE_NAME

JPAGE_CLOUD = Classic(
    name="jpage_cloud",
    proxy="/module/jpage/dataproxy.jsp",
    webid=3095,
    unit_base=6101312,
    base=1229000000,
    record=date_inside,
    script=single_script,
    article_pages=("article_cloud", "article_open"),
    webname=SITE_NAME,
    page_type="text/html;charset=utf-8",
    per_page=15,
    next_relative=True,
    unmarked="div",
    twin_on=0,
)
