"""What a researcher types, and what is answered, in both languages."""

import json
import sqlite3

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from cli.main import app
from storage import Article
from tests.storage.story import (
    BACK,
    DAYS,
    EDITED,
    HOST,
    NOTICES,
    TAKEN_DOWN,
    UNREAD,
    Day,
    address,
    tell,
)

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
QUESTIONS = (
    ("sites",),
    ("channels",),
    ("channels", HOST),
    ("crawls",),
    ("coverage", HOST),
    ("search", "的"),
    ("show", f"{HOST}/{EDITED}"),
    ("show", f"{HOST}/{TAKEN_DOWN}", "--as-of", "2026-03-04"),
    ("history", f"{HOST}/{TAKEN_DOWN}"),
    ("diff", f"{HOST}/{EDITED}"),
    ("as-of", "2026-03-03"),
    ("as-of", "2026-03-04", "--site", HOST, "--channel", NOTICES),
    ("as-of", "2026-02-27", "--published"),
    ("events",),
    ("doubts",),
)


@BOTH
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_is_answered_and_stands_in_80_columns(run, question, lang):
    answered = run(*question, lang=lang)
    assert (answered.exit_code, answered.stderr) == (0, "")
    assert "\x1b" not in answered.stdout
    # Sentences and addresses are left to the terminal to wrap, so that they can be copied whole.
    lines = answered.stdout.splitlines()
    rows = [line for line in lines if "http" not in line and not line.endswith(("。", "."))]
    assert max(cell_len(line) for line in rows) <= 80


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_answer_is_one_json_document_that_no_language_changes(run, question):
    in_chinese, in_english = (run(*question, "--json", lang=lang) for lang in ("zh", "en"))
    assert json.loads(in_chinese.stdout) == json.loads(in_english.stdout)
    assert "\\u4e" not in in_chinese.stdout


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        (("search", "原则上可以"), "第 1 版，已被改写（现为第 2 版）", "version 1, now 2"),
        (("show", f"{HOST}/{TAKEN_DOWN}"), "起已不在网上", "Not there any more since"),
        (("show", f"{HOST}/{UNREAD}"), "还没有读到过正文", "never read"),
        (("show", f"{HOST}/{EDITED}", "--as-of", "2025"), "当时的情形未知", "unknown"),
        (("history", f"{HOST}/{BACK}"), "恢复  中断 24.0 小时；内容未变", "the same text"),
        (("history", f"{HOST}/{TAKEN_DOWN}", "--as-of", "2026-03-02"), "· 在网", "· present"),
        (("history", f"{HOST}/{TAKEN_DOWN}", "--as-of", "2025"), "· 未知", "· unknown"),
        (("coverage",), "差 3 条", "3 short"),
        (("coverage", "--as-of", "2026-03-02"), "网站称共 4 条", "claims 4 entries"),
        (("crawls", "--as-of", "2025"), "还没有采集过", "Nothing was crawled yet"),
        (("diff", f"{HOST}/{BACK}"), "只有 1 个版本", "nothing to compare"),
        (("diff", f"{HOST}/{EDITED}", "2..2"), "内容相同", "state the same"),
        (("search", "沙漠"), "没有找到；换个说法", "Nothing found; try"),
        (("events", "--since", "2030"), "没有这样的事件", "No such event"),
        (("channels", "www.example.org"), "用 cunzheng sites 看", "see which sites"),
        (("migrate",), "已是版本", "already"),
        (("doubts",), "没有存疑的文章", "No article is in doubt"),
        (("as-of", "2026-03-04"), "已撤下 1，在网 6，未知 1", "gone 1, present 6, unknown 1"),
        (("as-of", "2025"), "情形未知", "is unknown"),
        (("as-of", "2025", "--channel", NOTICES), "还没有走过这个栏目", "nobody had walked"),
        (("as-of", "2026-02-27", "--published"), "带 * 的版本", "marked *"),
    ],
)
def test_both_languages_say_the_same(run, question, zh, en):
    assert zh in run(*question, lang="zh").stdout
    assert en in run(*question, lang="en").stdout


@pytest.mark.parametrize("name", [f"{HOST}/{EDITED}", address(EDITED), address(EDITED, "99")])
def test_an_edit_is_marked_by_signs_that_survive_without_colour(run, name):
    assert "项目[-原则上可以-][+一律不得再+]继续建设" in run("diff", name).stdout


def test_the_text_as_it_stood_is_shown_in_full(run):
    shown = run("show", f"{HOST}/{EDITED}", "--version", "1").stdout
    assert "已经开工的项目原则上可以继续建设，并应当依法办理手续。" in shown
    assert "superseded" in shown


def test_a_search_goes_on_where_its_page_ended(run):
    first = json.loads(run("search", "的", "--limit", "1", "--json").stdout)
    second = json.loads(run("search", "的", "--after", first["next"], "--json").stdout)
    ids = [hit["article"]["id"] for page in (first, second) for hit in page["hits"]]
    assert len(ids) == len(set(ids)) == first["total"]
    assert f"--after {first['next']}" in run("search", "的", "--limit", "1").stdout


def test_a_day_as_it_stood_goes_on_where_its_page_ended(run):
    day = ("as-of", "2026-03-04", "--site", HOST)
    first = json.loads(run(*day, "--limit", "5", "--json").stdout)
    second = json.loads(run(*day, "--after", str(first["next"]), "--json").stdout)
    ids = [each["article_id"] for page in (first, second) for each in page["articles"]]
    assert (ids, second["next"]) == (list(range(1, 9)), None)
    assert f"--after {first['next']}" in run(*day, "--limit", "5").stdout
    gone = json.loads(run(*day, "--state", "gone", "--json").stdout)
    assert [each["cms_id"] for each in gone["articles"]] == [TAKEN_DOWN]


def test_filters_of_a_search_and_of_events(run):
    old = run("search", "的", "--since", "2026-02-28", "--state", "present", "--site", HOST)
    assert "Nothing found" in old.stdout
    edits = json.loads(run("events", "--kind", "edited", "--kind", "gone", "--json").stdout)
    assert {event["kind"] for event in edits["events"]} == {"edited", "gone"}


def test_an_export_is_one_object_a_line_on_the_screen_or_in_a_file(run, tmp_path):
    on_screen = run("export", "--format", "jsonl").stdout.splitlines()
    assert len(on_screen) == 9
    path = tmp_path / "versions.jsonl"
    told = run("export", "--output", str(path), "--json")
    assert json.loads(told.stdout)["rows"] == 9
    assert path.read_text("utf-8").splitlines() == on_screen
    assert not list(tmp_path.glob("*.part"))
    assert len(run("export", "--articles").stdout.splitlines()) == 8


@BOTH
@pytest.mark.parametrize(
    ("question", "code"),
    [
        (("show", "999"), 2),
        (("show", "1", "--version", "9"), 2),
        (("show", "1", "--as-of", "昨天"), 2),
        (("show", "1", "--as-of", "2026", "--version", "1"), 2),
        (("diff", "1", "1-2"), 2),
        (("as-of", "昨天"), 2),
        (("as-of", "2026", "--site", "www.example.org"), 2),
        (("as-of", "2026", "--channel", "99"), 2),
        (("events", "--since", "2026-02-30"), 2),
        (("search", "的", "--after", "next"), 2),
        (("export", "--json"), 2),
        (("export", "--output", "/nowhere/at/all.jsonl"), 4),
    ],
)
def test_what_cannot_be_answered_has_its_exit_code_and_nothing_on_stdout(run, question, code, lang):
    answered = run(*question, lang=lang)
    assert (answered.exit_code, answered.stdout) == (code, "")
    assert answered.stderr
    assert "Traceback" not in answered.stderr


@BOTH
@pytest.mark.parametrize("command", ["sites", "migrate"])
def test_without_an_archive_one_line_says_what_to_do(run, tmp_path, command, lang):
    answered = run(command, archive=f"sqlite:///{tmp_path}/none.db", lang=lang)
    assert (answered.exit_code, answered.stdout) == (4, "")
    assert answered.stderr.count("\n") == 1
    assert "make crawl" in answered.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_no_archive_of_ours_is_not_touched(run, tmp_path):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = other.read_bytes()
    for command in ("sites", "migrate"):
        assert run(command, archive=f"sqlite:///{other}").exit_code == 4
    (tmp_path / "text.db").write_text("no database at all " * 100)
    assert run("sites", archive=f"sqlite:///{tmp_path}/text.db").exit_code == 4
    assert other.read_bytes() == before


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile')}/archive.db"
    evil = "\x1b[31m\x1b]0;own\x07[bold]红字[/bold]\x9b2J\u202e反转\x00"
    pages = [
        Article(title=f"公告{evil}{n}", body=f"正文{n}{evil}", source=evil, info={evil: evil})
        for n in (1, 2)
    ]
    days = zip(DAYS, (Day({"1": page}, {NOTICES: ("1",)}) for page in pages), strict=False)
    tell(url, days).close()
    return url


@pytest.mark.parametrize(
    "question",
    [("search", "公告"), ("show", "1"), ("history", "1"), ("diff", "1"), ("events",), ("export",)],
    ids=" ".join,
)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["plain", "json"])
def test_no_page_can_take_over_a_terminal(run, hostile_url, question, form):
    if question == ("export",):
        form = []
    answered = run(*question, *form, archive=hostile_url)
    assert answered.exit_code == 0
    assert not {"\x1b", "\x07", "\x9b", "\x00", "\u202e"} & set(answered.stdout)
    if question[0] in ("show", "diff"):
        assert "[bold]红字[/bold]" in answered.stdout  # shown as it is, never as markup


@BOTH
def test_help_is_in_the_readers_language_with_an_example_each(lang):
    for command in app.registered_commands:
        told = CliRunner(env={"COLUMNS": "100"}).invoke(app, [command.name, "--lang", lang, "-h"])
        assert told.exit_code == 0
        assert ("例：" if lang == "zh" else "Example:") + "cunzheng" in told.stdout.replace(" ", "")
        # The demo has an archive of its own, a probe opens none, a server prints nothing else;
        # what runs at night has its archive from the settings, and cron reads no JSON.
        lacking = {
            "demo": {"--json", "--archive"},
            "probe": {"--archive"},
            "serve": {"--json"},
            "metrics": {"--json"},  # its form is that of Prometheus
            "schedule": {"--archive"},
            "scheduled": {"--json", "--archive"},
        }
        for option in {"--json", "--archive", "--lang"} - lacking.get(command.name, set()):
            assert option in told.stdout
        assert ("选项" if lang == "zh" else "Options") in told.stdout


@pytest.mark.parametrize(
    ("locale", "said"),
    [({"LC_ALL": "zh_CN.UTF-8"}, "存了哪些网站"), ({"LC_ALL": "C"}, "Which sites are held")],
)
def test_the_language_is_the_systems_unless_asked(locale, said):
    assert said in CliRunner(env={"LANG": "", **locale}).invoke(app, ["--help"]).stdout


def test_events_name_channels_as_people_do_and_not_by_their_ids(run):
    shown = run("events", "--kind", "moved", "--kind", "unlisted").output

    assert "通知公告 → 政策文件" in shown
    assert "channel 通知公告" in shown
    assert NOTICES not in shown
