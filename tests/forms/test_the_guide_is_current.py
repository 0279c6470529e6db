"""docs/forms/ says what the forms say."""

import pytest

from forms import guide
from forms.registry import FORMS, RECORD_FORMS


def test_every_page_is_current():
    assert guide.stale() == [], "run: python -m forms.guide"


def test_every_question_is_on_its_page():
    for form in (*FORMS, *RECORD_FORMS):
        page = guide.page(form)
        for item in form.items():
            assert f"**{item.label}** (`{item.key}`)" in page


def test_a_stale_page_is_named_and_fails_the_check(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(guide, "FOLDER", tmp_path / "forms")
    assert guide.main([]) == 0
    assert guide.main(["--check"]) == 0
    (tmp_path / "forms" / "screening.md").write_text("old words")
    (tmp_path / "forms" / "gone.md").write_text("a form that is no more")
    assert guide.main(["--check"]) == 1
    assert "gone.md, screening.md no longer fit the forms" in capsys.readouterr().out
    assert guide.main([]) == 0
    assert guide.main(["--check"]) == 0


@pytest.mark.parametrize(
    "words",
    [
        "- **Entering or leaving vehicles driven by unknown adults** (`strong_01`). Four states, required",
        "is Yes or Historical",
        "Several lines",
    ],
)
def test_the_guide_speaks_in_words(words):
    assert words in guide.page(FORMS[1])
