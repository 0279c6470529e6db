"""The guide to every form, written from its definition: `python -m forms.guide` writes docs/forms/, `--check` finds stale pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from forms.codes import AGENCIES
from forms.form import Form, RepeatedRows, Section
from forms.kinds import FourState, OneOf, Scale, YesNo
from forms.language import PHRASES, VERSION
from forms.question import Question
from forms.registry import FORMS, RECORD_FORMS
from forms.settings import SETTINGS, Setting

FOLDER = Path(__file__).parent.parent / "docs" / "forms"

AGENCY = {"any": "Any agency", **dict(AGENCIES)}


def page(form: Form) -> str:
    """The form's page as Markdown."""
    return "\n".join(_page(form)) + "\n"


def _page(form: Form) -> Iterator[str]:
    yield f"# {form.title}"
    yield ""
    yield "<!-- Written by `python -m forms.guide` from the form's definition: change that, not this page. -->"
    yield ""
    if form.purpose:
        yield f"{form.purpose}\n"
    yield f"- Key: `{form.key}`, version {form.version}"
    yield f"- Source: {form.source}"
    yield f"- Last button: “{form.final_button}”"
    if form.at_the_meeting:
        yield "- Written by those who minute the meeting, together"
    elif form.many_hands:
        yield "- Written by several agencies together"
    if form.opening_words:
        yield "\nSaid first of all:\n"
        yield from (f"- {words}" for words in form.opening_words)
    for section in form.sections:
        yield ""
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    if section.source:
        yield f"\nSource: {section.source}"
    if section.intro:
        yield f"\n{section.intro}"
    if section.guidance:
        yield "\nGuidance:\n"
        yield from (f"- {words}" for words in section.guidance)
    yield "\nQuestions:\n"
    for item in section.questions:
        if isinstance(item, RepeatedRows):
            yield from _rows(item)
        else:
            yield from _question(item)


def _rows(rows: RepeatedRows) -> Iterator[str]:
    least = f", at least {rows.at_least}" if rows.at_least else ""
    yield f"- **{rows.label}** (`{rows.key}`). Rows{least}, each a {rows.row_name}{_marks(rows)}"
    yield from _notes(rows, "  ")
    for question in rows.questions:
        yield from _question(question, "  ")


def _question(question: Question, indent: str = "") -> Iterator[str]:
    required = ", required" if question.required else ""
    yield f"{indent}- **{question.label}** (`{question.key}`). {question.kind_in_words}{required}{_marks(question)}"
    indent += "  "
    options = _options(question)
    if options:
        yield f"{indent}- {options}"
    yield from _notes(question, indent)
    if question.beside is not None:
        yield f"{indent}- Folded beside “{question.beside.label}”"
    if question.agency:
        yield f"{indent}- Agency: {AGENCY[question.agency]}"
    if question.follows:
        yield f"{indent}- Begins with what follows from “{question.follows.question.label}”"
    if question.filled_from:
        yield f"{indent}- Filled in from the account: {question.filled_from.replace('_', ' ')}"


def _marks(item: Question | RepeatedRows) -> str:
    marks = [
        (item.in_minutes, "→ minutes"),
        (bool(item.pulled_from), "begins with the assessment's answer"),
        (item.sensitive, "seen only by coordinators, managers and contributors"),
        (item.about_others, "about other people"),
        (item.since > 1, f"since version {item.since}"),
        (item.until is not None, f"until version {item.until}"),
    ]
    return "".join(f", {words}" for holds, words in marks if holds)


def _notes(item: Question | RepeatedRows, indent: str) -> Iterator[str]:
    if item.help:
        yield f"{indent}- Help: {item.help}"
    if item.asked_if is not None:
        yield f"{indent}- Asked if {item.asked_if.in_words()}"
    if item.prompts:
        yield f"{indent}- Guidance:"
        yield from (f"{indent}  - {words}" for words in item.prompts)


def _options(question: Question) -> str:
    if isinstance(question, Scale):
        low, high = question.lowest, question.highest
        return f"From {low} ({question.lowest_means}) to {high} ({question.highest_means})"
    if not isinstance(question, OneOf) or isinstance(question, YesNo | FourState):
        return ""
    labels = [label for _, label in question.choices()]
    return "Options: " + "; ".join(labels)


def page_of_language() -> str:
    """The list of words that blame children."""
    lines = [
        "# Words that blame children, and better ones\n",
        "<!-- Written by `python -m forms.guide` from forms/language/phrases.py: change that, not this page. -->\n",
        f"Version {VERSION}. The screen points at these words in free text as the author types, says why, offers better "
        "ones, and never stops saving. A child's own words in quotation marks are left alone.\n",
        "| avoid | because it | better | source |",
        "| --- | --- | --- | --- |",
        *(f"| {p.avoid} | {p.why} | {'; '.join(p.better)} | {p.source} |" for p in PHRASES),
    ]
    return "\n".join(lines) + "\n"


def page_of_settings() -> str:
    """What each partnership and each area decides for itself."""
    lines = [
        "# Settings of partnerships and areas\n",
        "<!-- Written by `python -m forms.guide` from forms/settings.py: change that, not this page. -->\n",
        "The administrator of the partnership sets them. Until then the default holds.\n",
        "| whose | setting | key | default | source |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {of} | {one.question.label} | `{one.key}` | {_default(one)} | {one.source} |"
            for of, settings in SETTINGS.items()
            for one in settings
        ),
    ]
    return "\n".join(lines) + "\n"


def _default(setting: Setting) -> str:
    said = {"": setting.default, **setting.elsewhere}
    return "; ".join(
        (f"{place.replace('_', ' ')}: " if place else "")
        + ("none" if answer is None else setting.question.as_text(answer))
        for place, answer in said.items()
    )


def pages() -> dict[str, str]:
    forms = {f"{form.key}.md": page(form) for form in (*FORMS, *RECORD_FORMS)}
    return {**forms, "language.md": page_of_language(), "settings.md": page_of_settings()}


def stale() -> list[str]:
    """Names of pages that say something else than the forms do, are missing, or belong to no form."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale():
        (FOLDER / name).unlink(missing_ok=True)
    for name, words in pages().items():
        (FOLDER / name).write_text(words, encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        if names := stale():
            print(f"docs/forms: {', '.join(names)} no longer fit the forms. Run: python -m forms.guide")
            return 1
        return 0
    if arguments:
        print("Run: python -m forms.guide, or python -m forms.guide --check")
        return 2
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
