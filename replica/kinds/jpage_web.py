"""Generation 2a: `/module/web/jpage/`, as in Jiangsu, Shandong, Gansu and many agencies."""

from urllib.parse import quote

from replica import channels
from replica.kinds.classic import Classic
from replica.kinds.datastore import param_scripts
from replica.kinds.records import date_after, date_bold
from replica.words import SITE_NAME

JPAGE_WEB = Classic(
    name="jpage_web",
    proxy="/module/web/jpage/dataproxy.jsp",
    webid=49,
    unit_base=423655,
    record=date_after,
    records={channels.POLICY: date_bold, channels.READINGS: date_bold},
    script=param_scripts,
    article_pages=("article_web", "article_open"),
    # Encoded twice, as on fzggw.jiangsu.gov.cn.
    webname=quote(quote(SITE_NAME)),
)
