"""A key once stored is never renamed, reused or given another kind: keys.txt lists every one with its kind."""

from collections.abc import Iterator
from pathlib import Path

from forms.form import RepeatedRows
from forms.registry import FORMS, RECORD_FORMS

KEPT = Path(__file__).with_name("keys.txt")


def keys_now() -> Iterator[tuple[str, str]]:
    for form in (*FORMS, *RECORD_FORMS):
        for item in form.items():
            if isinstance(item, RepeatedRows):
                yield f"{form.key} {item.key}", "rows"
                for question in item.questions:
                    yield f"{form.key} {item.key}.{question.key}", in_store(question)
            else:
                yield f"{form.key} {item.key}", in_store(item)


def in_store(question) -> str:
    return f"{type(question).__name__} {question.column_type}"


def keys_kept() -> dict[str, str]:
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return {" ".join(words[:2]): " ".join(words[2:]) for words in map(str.split, lines)}


def test_no_key_vanishes_or_changes_its_kind():
    now = dict(keys_now())
    broken = [
        f"{key} was {kind} and is {now.get(key, 'gone')}: put it back, and retire it with until="
        for key, kind in keys_kept().items()
        if now.get(key) != kind
    ]
    assert broken == []


def test_every_new_key_is_written_down():
    kept = keys_kept()
    new = [f"{key} {kind}" for key, kind in keys_now() if key not in kept]
    assert new == [], f"add these lines to {KEPT.name}"
