"""What the benchmark of nightly crawls counts, and how."""

from collections import Counter

from benchmarks.incremental import Night, purposes

PROXY = "http://a.gov.cn/dataproxy.jsp?startrecord={}#columnid={}&unitid=5"


def test_of_the_questions_about_one_list_the_first_is_told_apart() -> None:
    asked = [
        ("home", "http://a.gov.cn/"),
        ("channel", "http://a.gov.cn/col/col7/index.html"),
        ("listing", "http://a.gov.cn/col/col7/index_2.html"),
        ("listing", PROXY.format(1, 8)),
        ("listing", PROXY.format(31, 8)),
        ("listing", PROXY.format(1, 9)),
        ("article", "http://a.gov.cn/art/2022/3/1/art_7_1.html"),
        ("attachment", "http://a.gov.cn/attach/0/x.pdf"),
    ]

    told = list(purposes(asked))

    assert told == ["site", "page", "look", "list", "look", "list", "article", "article"]


def test_the_ratio_is_of_the_channels_that_were_walked() -> None:
    night = Night(Counter(site=4, page=2, list=6, look=2, article=30), walked=10, cpu_s=0.0)

    assert night.per_channel == 1.0
