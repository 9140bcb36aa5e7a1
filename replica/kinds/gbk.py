"""An old classic site in GBK bytes that declares gb2312, with table rows and inline parameters."""

from replica.kinds.classic import Classic
from replica.kinds.datastore import inline_script
from replica.kinds.records import table_row
from replica.words import SITE_NAME

GBK = Classic(
    name="gbk",
    proxy="/module/jslib/jquery/jpage/dataproxy.jsp",
    webid=60,
    unit_base=80324,
    record=table_row,
    script=inline_script,
    article_pages=("article_table", "article_open"),
    webname=SITE_NAME,
    quote="'",
    encoding="gbk",
    charset="gb2312",
    listing_type="text/xml;charset=GBK",
    page_rows=30,
    generator=True,
    twin_on=0,
)
