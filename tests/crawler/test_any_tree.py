"""Whatever stands in the place of a menu, a site map or a catalogue: channels come out, or none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.catalogue import MOST_NODES, find_trees, own_node, read_tree
from crawler.channels import channels_on, find_channels
from crawler.hanweb import host_of
from crawler.listings import Shown
from crawler.menus import MOST_SCRIPTS, MOST_SITE_MAPS, find_menus

HOST = "a.gov.cn"
COLUMN = f"http://{HOST}/col/col7/index.html"
PIECES = st.sampled_from(
    [
        *("<script src='/script/0/1607250824348226.js'>", "</script>", "<a href='/map.html'>"),
        *(
            "<a title='网站地图' href='",
            "//[x",
            "'>",
            "网站导航</a>",
            "<area alt='sitemap' href=/wzdt/>",
        ),
        *("<a href='/col/col5/index.html'>", "政策文件</a>", "<a href='/col/col5/?number=A02'>"),
        *("'/module/xxgk/tree.jsp?area=0145&amp;infotypeId=A02'", "<iframe src=", "<ul>", "<li>"),
        *("[{", "}]", "{id:'A02',", "pId:0,", "name:'信息公开'", "children:[", '"text":"', '\\"'),
        *("d.add(1,0,'信息公开','?number=A02');", ".add(", "tree.add(", ")", "show('A0212')"),
        *(
            "<?xml version='1.0'?>",
            "<tree id='0'>",
            "<item id='A02' text='信",
            "<!DOCTYPE x [",
            "]>",
        ),
        *("<!ENTITY a '&a;'>", "&a;", "\\ud800", "\\u", "\x00", "\ud800", "　", "9" * 30, "[" * 50),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=20).map("".join)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@pytest.mark.fault("8.2")
def test_any_page_names_menus_of_its_own_host_or_none(text: str) -> None:
    menus = find_menus(Shown(text, COLUMN))
    assert len(menus) <= MOST_SCRIPTS + MOST_SITE_MAPS
    assert {host_of(address) for address in menus} <= {HOST}


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@pytest.mark.fault("8.2")
def test_any_menu_names_channels_once_or_none(text: str) -> None:
    for found in (find_channels(text, COLUMN), channels_on(Shown(text, COLUMN))):
        ids = [channel.cms_id for channel in found]
        assert len(ids) == len(set(ids))
        assert {host_of(channel.url) for channel in found} <= {HOST}


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@pytest.mark.fault("8.2")
def test_any_tree_has_nodes_below_its_column_or_none(text: str) -> None:
    assert {host_of(tree) for tree in find_trees(text, COLUMN)} <= {HOST}
    nodes = read_tree(text, COLUMN, own_node(Shown(text, COLUMN)))
    assert len(nodes) <= MOST_NODES
    assert all(node.cms_id.startswith("7?number=") and node.parent_id for node in nodes)
