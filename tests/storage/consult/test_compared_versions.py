"""Two versions that are held are compared field by field."""

from storage.comparing.spans import By
from tests.storage.comparing.marks import marked
from tests.storage.story import EDITED, RETITLED


def test_the_storys_edits_are_told(archive, article):
    edit = archive.compare(article(EDITED), 1, 2)
    (body,) = edit.fields
    assert marked(body.paragraphs)[1] == (
        "已经开工的项目[-原则上可以-][+一律不得再+]继续建设，并应当依法办理手续。"
    )
    (title,) = archive.compare(article(RETITLED), 1, 2).fields
    assert marked(title.paragraphs) == ["停车管理办法[-（征求意见稿）-]"]


def test_a_comparison_may_go_by_characters(archive, article):
    (body,) = archive.compare(article(EDITED), 1, 2, By.CHARACTER).fields
    assert marked(body.paragraphs)[1].startswith("已经开工的项目[-原则上可以-][+一律不得再+]继续")
