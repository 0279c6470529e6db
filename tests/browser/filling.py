"""Filling forms in a browser as a person does: by the question's place on the screen, waiting until it is saved."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from forms.form import Form
from forms.kinds import AnyOf, OneOf
from forms.question import Question
from tests.browser.tool import settle


class Filling:
    """One form on the screen. Answers are given as they are typed or by the key of the option."""

    def __init__(self, page: Page, form: Form) -> None:
        self.page, self.form = page, form
        page.wait_for_url(re.compile(r"/form\?"))
        settle(page)

    def section(self, key: str) -> None:
        """Go to a section by the list of sections, as it is there on every screen of the form."""
        title = next(s.title for s in self.form.sections if s.key == key)
        heading = self.page.locator("h2.section-title", has_text=title)
        way = self.page.locator(f".st-key-go_to_{key} button")
        heading.or_(way).first.wait_for()
        if not heading.is_visible():
            way.click()
        expect(heading).to_be_visible()
        settle(self.page)

    def answer(self, **answers: object) -> None:
        for key, answer in answers.items():
            question = self.form.by_key[key]
            assert isinstance(question, Question)
            self._give(question, self.place(key), answer)

    def place(self, key: str) -> Locator:
        return self.page.locator(f"[class*='st-key-question_'][class*='-{key} ']").first

    def row(self, rows_key: str, answers: Mapping[str, object]) -> None:
        """Add a row and fill it."""
        rows = next(r for r in self.form.rows() if r.key == rows_key)
        box = self.page.locator(f"[class*='st-key-question_'][class*='-{rows_key} ']").first
        before = box.locator("h3.row-name").count()
        box.get_by_role("button", name=re.compile(rf"^Add (a|an|another) {re.escape(rows.row_name)}")).click()
        expect(box.locator("h3.row-name")).to_have_count(before + 1)
        settle(self.page)
        for question in rows.questions:
            if question.key in answers:
                place = box.locator(f"[class*='st-key-question_'][class*='-{question.key} ']").nth(before)
                self._give(question, place, answers[question.key])

    def _give(self, question: Question, place: Locator, answer: object) -> None:
        if isinstance(question, AnyOf):
            for key in answer if isinstance(answer, list) else [answer]:
                place.get_by_text(dict(question.choices())[str(key)], exact=True).click()
                settle(self.page)
        elif isinstance(question, OneOf):
            label = dict(question.choices())[str(answer)]
            chosen = place.get_by_role("radio", name=label, exact=True)
            place.get_by_text(label, exact=True).first.click()
            expect(chosen).to_be_checked()
        else:
            field = place.locator("input, textarea").first
            field.fill(str(answer))
            field.press("Tab")
        settle(self.page)

    def check(self) -> None:
        self.page.locator(".st-key-go_to_check button").click()
        expect(self.page.locator("h2.section-title", has_text="Check your answers")).to_be_visible()
        settle(self.page)

    def send(self) -> None:
        """The last button, which says what it does."""
        self.page.get_by_role("button", name=self.form.final_button, exact=True).click()
        self.page.wait_for_url(re.compile(r"/submission\?"))
        settle(self.page)
