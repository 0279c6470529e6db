"""A section's answers as people read them: before a form is sent, and ever after. Nothing here can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.answers.drafts import Draft
from forms.answers import Checked
from forms.form import RepeatedRows, Section
from forms.question import NOT_ASKED, Question
from pages.parts.words import as_html, beginning


class AsTyped(str):
    """What was typed and is no answer yet."""


HIDDEN = "You cannot see this answer. The area's coordinator can."


def section_as_html(
    section: Section, answers: Mapping[str, Any], version: int, hidden: tuple[str, ...] = ()
) -> str:
    """`answers` by key as `data.answers.submissions.Submission` has them; words that are no answer are shown as they are."""
    lines, not_asked, rows_below = [], [], []
    for item in section.questions:
        if item.key in hidden:
            lines.append(_line(item.label, HIDDEN, "quiet"))
        elif item.key not in answers or answers[item.key] is NOT_ASKED:
            if item.is_current(version):
                not_asked.append(item.label)
        elif isinstance(item, RepeatedRows):
            rows_below.append(_rows(item, answers[item.key]))
        else:
            lines.append(_answer(item, answers[item.key]))
    folded = ""
    if not_asked:
        listed = "".join(f"<li>{as_html(words)}</li>" for words in not_asked)
        folded = f"<details><summary>Not asked: {len(not_asked)}</summary><ul>{listed}</ul></details>"
    body = f'<dl class="answers">{"".join(lines)}</dl>' if lines else ""
    return f'<div class="read-back">{body}{"".join(rows_below)}{folded}</div>'


def answers_of_draft(draft: Draft, checked: Checked) -> dict[str, Any]:
    """The draft's answers as they would be submitted, with what cannot be an answer yet as it was typed."""
    answers = {key: [dict(row) for row in answer] if _is_rows(draft, key) else answer
               for key, answer in checked.answers.items()}  # fmt: skip
    for problem in checked.problems:
        saved = draft.saved.get((problem.rows_key or "", problem.row_id or "", problem.key))
        if saved is None or not saved.typed:
            continue
        row = next(
            (r for r in answers.get(problem.rows_key or "", ()) if r["row_id"] == problem.row_id), answers
        )
        if problem.key not in row:
            row[problem.key] = AsTyped(saved.typed)
    return answers


def _is_rows(draft: Draft, key: str) -> bool:
    return isinstance(draft.form.by_key[key], RepeatedRows)


def _rows(rows: RepeatedRows, answers: list[dict[str, Any]]) -> str:
    if not answers:
        return f'<dl class="answers">{_line(rows.label, "None", "quiet")}</dl>'
    parts = [f"<h3>{as_html(rows.label)}</h3>"]
    for number, row in enumerate(answers, 1):
        lines = "".join(_answer(q, row.get(q.key)) for q in rows.questions if row.get(q.key) is not None)
        parts.append(f"<h4>{as_html(beginning(rows.row_name))} {number}</h4>")
        parts.append(f'<dl class="answers">{lines}</dl>')
    return "".join(parts)


def _answer(question: Question, answer: Any) -> str:
    if isinstance(answer, AsTyped):
        return _line(question.label, answer, "")
    return _line(question.label, question.as_text(answer), "quiet" if answer is None else "")


def _line(label: str, words: str, look: str) -> str:
    return f'<div><dt>{as_html(label)}</dt><dd class="{look}">{as_html(words)}</dd></div>'
