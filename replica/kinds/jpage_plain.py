"""A list without its widget: the inline datastore and the link to the next group are all there is.

The link on the page is absolute, those in answers are relative to the dataproxy itself
(`./dataproxy.jsp?page=5&…`, www.yuhang.gov.cn, 2020), and the last group offers none.
"""

from replica import channels
from replica.kinds.classic import Classic
from replica.kinds.datastore import no_script
from replica.kinds.records import date_first, date_in_div
from replica.words import SITE_NAME

JPAGE_PLAIN = Classic(
    name="jpage_plain",
    proxy="/module/jpage/dataproxy.jsp",
    webid=1934,
    unit_base=3995917,
    record=date_in_div,
    records={channels.NOTICES: date_first},
    script=no_script,
    article_pages=("article_web", "article_open"),
    webname=SITE_NAME,
    page_type="text/html;charset=utf-8",
    page_rows=20,
    next_relative=True,
    twin_on=0,
)
