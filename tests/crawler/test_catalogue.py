"""The catalogue of disclosed information: how its tree answers is not known, so any way is read."""

import time

import pytest

from crawler.catalogue import MOST_NODES, find_trees, own_node, read_tree
from crawler.channels import Channel, find_channels, own_channel
from crawler.hanweb import channel_path
from crawler.listings import Shown

COLUMN = "http://a.gov.cn/col/col7/index.html"
FRAME = (
    "<iframe src='/module/xxgk/tree.jsp?area=014500858&amp;divid=div7&amp;infotypeId=A02&amp;"
    "jdid=49'></iframe>"
)
FLAT = "var zNodes=[{id:'A02',pId:0,name:'信息公开'},{id:'A0212',pId:'A02',name:'政策文件'},"
WRITTEN = {
    "a flat array": FLAT + "{id:'A021201',pId:'A0212',name:'规范性文件'}];",
    "a flat array with numbers of its own": (
        "[{'id':1,'pid':0,'text':'信息公开','infotypeId':'A02'},"
        "{'id':2,'pid':1,'text':'政策文件','infotypeId':'A0212'},"
        "{'id':3,'pid':2,'text':'规范性文件','infotypeId':'A021201'}]"
    ),
    "nested JSON": (
        '{"id":"A02","text":"信息公开","children":[{"id":"A0212","text":"政策文件",'
        '"children":[{"id":"A021201","text":"规范性文件"}]}]}'
    ),
    "calls that add nodes": (
        "d=new dTree('d');d.add(0,-1,'目录');d.add(1,0,'信息公开','?number=A02');"
        "d.add(2,1,'政策文件','index.html?number=A0212');"
        "d.add(3,2,'规范性文件',\"javascript:show('A021201','div7')\");"
    ),
    "XML": (
        "<?xml version='1.0' encoding='utf-8'?><tree id='0'><item id='A02' text='信息公开'>"
        "<item id='A0212' text='政策文件'><item id='A021201' text='规范性文件'/></item></item>"
        "</tree>"
    ),
    "HTML lists": (
        "<ul><li><a href='?number=A02'>信息公开</a><ul><li>"
        "<a href='javascript:void(0)' onclick=\"show('A0212')\">政策文件</a><ul><li>"
        "<a href='/col/col7/index.html?number=A021201'>规范性文件</a></li></ul></li></ul></li></ul>"
    ),
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_nodes_are_channels_below_the_column_however_the_tree_is_written(text):
    found = [(c.cms_id, c.name, c.url, c.parent_id) for c in read_tree(text, COLUMN, "A02")]
    assert found == [
        ("7?number=A0212", "政策文件", f"{COLUMN}?number=A0212", "7"),
        ("7?number=A021201", "规范性文件", f"{COLUMN}?number=A021201", "7?number=A0212"),
    ]


def test_where_the_column_lists_the_whole_catalogue_its_first_node_is_a_channel_too():
    found = read_tree(FLAT + "]", COLUMN)
    assert [(channel.cms_id, channel.parent_id) for channel in found] == [
        ("7?number=A02", "7"),
        ("7?number=A0212", "7?number=A02"),
    ]


@pytest.mark.parametrize(
    "text", ["", "<html>请完成安全验证</html>", "{}", "var a=[{]", "[{x:1}]", "d.add(1,", "<a>"]
)
def test_what_is_no_tree_has_no_nodes(text):
    assert read_tree(text, COLUMN) == ()


def test_a_column_says_where_its_tree_is_and_which_node_it_lists_itself():
    (tree,) = find_trees(FRAME, COLUMN)
    assert tree == (
        "http://a.gov.cn/module/xxgk/tree.jsp?area=014500858&divid=div7&infotypeId=A02&jdid=49"
    )
    assert own_node(Shown(FRAME, COLUMN)) == "A02"
    assert own_node(Shown(FRAME.replace("infotypeId", "other"), COLUMN)) is None


def test_a_tree_on_another_host_is_not_asked_for():
    assert find_trees(FRAME.replace("/module", "http://b.gov.cn/module"), COLUMN) == ()


def test_a_link_to_a_node_is_a_channel_below_its_column_and_another_than_it():
    links = (
        "<a href='/col/col7/index.html?number=A0212'>政策文件</a>"
        "<a href='/col/col7/index.html'>信息公开</a>"
    )
    assert find_channels(links, "http://a.gov.cn/") == (
        Channel("7?number=A0212", "政策文件", f"{COLUMN}?number=A0212", "7"),
        Channel("7", "信息公开", COLUMN, None),
    )
    assert channel_path("7?number=A0212") == "/col/col7/index.html?number=A0212"


def test_a_nodes_page_names_its_column_and_not_the_node():
    page = "<meta name='ColumnName' content='信息公开'><title>某市 信息公开</title>"
    own = own_channel(page, f"{COLUMN}?number=A0212")
    assert own == Channel("7?number=A0212", None, f"{COLUMN}?number=A0212", "7")
    assert own_channel(page, COLUMN).name == "信息公开"


def test_a_tree_without_end_is_cut():
    nodes = ",".join(f"{{id:'A{number:05}',name:'第{number}类'}}" for number in range(3000))
    assert len(read_tree(f"[{nodes}]", COLUMN)) == MOST_NODES


@pytest.mark.parametrize(
    "piece", ["[{", "[{a:'", ".add(", ".add('a','b'", "<li id='a1' name='b'>", "'/xxgk/tree.jsp?"]
)
def test_hostile_trees_cost_time_in_proportion_to_their_size(piece):
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    read_tree(text, COLUMN)
    find_trees(text, COLUMN)
    assert time.process_time() - started < 60  # a second is usual; what is quadratic takes minutes
