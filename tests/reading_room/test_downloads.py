"""Names that sites give to their files, as they reach the machine of a reader."""

import pytest
from starlette.responses import Response

from reading_room.downloads import LONGEST, download, fit_name

CLIMBING = [
    *(
        "../a.doc",
        "..\\a.doc",
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\a.exe",
        "a/../b.doc",
    ),
    *(
        "....//a.doc",
        "..%2fa.doc",
        "%2e%2e%2fa.doc",
        "..%c0%afa.doc",
        "\\\\host\\share\\a.doc",
        "~/a",
    ),
    *("a/b/c.doc", "file:///etc/passwd", "http://a.gov.cn/a.doc", "./.", "../", "..", ".", "/"),
]
BREAKING = [
    *(
        'a".doc',
        "a\r\nX-Evil: 1.doc",
        "a\n.doc",
        "a\x00.doc",
        "a\x00.exe\x00.doc",
        "a;b.doc",
        "a'b.doc",
    ),
    *(
        "a\x7f.doc",
        "a\x85.doc",
        "a\u2028.doc",
        "a\ud800.doc",
        "a\udfff.doc",
        "<script>.doc",
        "a|b.doc",
    ),
    *("*?.doc", "=cmd.csv", "-rf", "--help", "$(id).doc", "`id`.doc", "a&b.doc", "%s%n.doc"),
]
MISLEADING = [
    *(
        "\u202ecod.exe",
        "a\u202d.doc",
        "a\u2066b\u2069.doc",
        "\ufeffa.doc",
        "a\u200b.doc",
        "a\u200f.doc",
    ),
    *(
        "CON",
        "nul.txt",
        "Aux.doc",
        "COM1",
        "lpt9.pdf",
        "prn.",
        "a.doc.",
        "a.doc ",
        " a.doc",
        ".bashrc",
    ),
    *(
        ".htaccess",
        "",
        " ",
        "附" * 300 + ".doc",
        "a" * 300,
        "a." + "b" * 300,
        "😀.doc",
        "附件１．ｄｏｃ",
    ),
]
NAMES = [*CLIMBING, *BREAKING, *MISLEADING]


@pytest.mark.fault("4.23")
def test_no_name_of_a_file_climbs_breaks_a_header_or_hides_what_it_is(score) -> None:
    assert len(set(NAMES)) == len(NAMES) >= 60
    for name in NAMES:
        fit = fit_name(name)
        assert fit == fit_name(fit), "what fits is left as it is"
        assert 0 < len(fit) <= LONGEST
        assert not set(fit) & set('/\\:*?"<>|\r\n\x00\x7f\x85\u202e\u202d\u2066\u200b\ufeff'), name
        assert not fit.startswith(".")
        assert fit.partition(".")[0].upper() not in {"CON", "NUL", "AUX", "COM1", "LPT9", "PRN"}
    score(trials=len(NAMES), lost=0)


def test_a_long_name_keeps_its_ending() -> None:
    assert fit_name("附" * 300 + ".doc").endswith("附.doc")
    assert fit_name("附件1：2022年度目标任务分解表.xlsx") == "附件1：2022年度目标任务分解表.xlsx"


def test_what_is_downloaded_is_never_shown() -> None:
    answer: Response = download(b"<script>", "a\r\nX-Evil: 1.html")
    assert answer.media_type == "application/octet-stream"
    assert (
        answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a__X-Evil_%201.html"
    )
