"""The live summary beside the screening: counts only. It never adds them up to a score (see the form's opening words)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def summary(
    answers: Mapping[str, Any],
    strong: Sequence[str],
    moderate: Sequence[str],
    protective: Mapping[str, Sequence[str]],
) -> list[tuple[str, str]]:
    """As (what, how many). `strong`, `moderate`: keys of questions; `protective`: keys by the title of their domain."""
    everything = [*strong, *moderate, *(key for keys in protective.values() for key in keys)]
    answered = sum(answers.get(key) is not None for key in everything)
    lines = [("Answered", f"{answered} of {len(everything)}")]
    for name, keys in (("Strong", strong), ("Moderate", moderate)):
        lines += [
            (f"{name} signs now", str(_count(answers, keys, "yes"))),
            (f"{name} signs historical", str(_count(answers, keys, "historical"))),
            (f"{name} signs unknown", str(_count(answers, keys, "unknown"))),
        ]
    for domain, keys in protective.items():
        counts = {
            "present": _count(answers, keys, "yes"),
            "absent": _count(answers, keys, "no"),
            "historical": _count(answers, keys, "historical"),
            "unknown": _count(answers, keys, "unknown"),
        }
        lines.append(
            (f"Protective factors, {domain.lower()}", ", ".join(f"{n} {word}" for word, n in counts.items()))
        )
    return lines


def _count(answers: Mapping[str, Any], keys: Iterable[str], state: str) -> int:
    return sum(answers.get(key) == state for key in keys)
