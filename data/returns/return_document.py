"""A return as one document that can be stored, hashed and read again: canonical JSON, the same bytes for the same content."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

from data.measures.checks import Check
from data.measures.reckoning import Figure, Missing
from data.measures.themes import Theme
from data.quarters import Quarter
from data.returns.return_shape import AgendaRule, Locked, Narrative, Published, Return, Said
from forms.places import PARTNERSHIPS

NO_TIME = datetime.datetime.fromtimestamp(0, datetime.UTC)


def as_document(kept: Return) -> str:
    plain = {
        **asdict(kept),
        "quarter": str(kept.quarter),
        "partnership": kept.partnership.key,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_instant)


def _instant(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    raise TypeError(type(value).__name__)


def hashed(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def fingerprint(drafted: Return) -> str:
    """The same for two drafts that say the same, whoever drafted them and when."""
    return hashed(as_document(replace(drafted, drafted_by="", drafted_at=NO_TIME)))


def from_document(document: str) -> Return:
    read = json.loads(document)
    locked, published = read["locked"], read["published"]
    return Return(
        quarter=Quarter.parse(read["quarter"]),
        partnership=next(p for p in PARTNERSHIPS if p.key == read["partnership"]),
        areas=tuple(read["areas"]),
        definitions=read["definitions"],
        measures=tuple(
            Said(**{**said, "breakdowns": tuple(map(tuple, said["breakdowns"]))}) for said in read["measures"]
        ),
        figures=tuple(Figure(**figure) for figure in read["figures"]),
        last_quarter=tuple(Figure(**figure) for figure in read["last_quarter"]),
        is_last_quarter_locked=read["is_last_quarter_locked"],
        themes=tuple(Theme(**theme) for theme in read["themes"]),
        narratives=tuple(Narrative(**narrative) for narrative in read["narratives"]),
        checks=tuple(Check(**check) for check in read["checks"]),
        missing=tuple(Missing(**missing) for missing in read["missing"]),
        drafted_by=read["drafted_by"],
        drafted_at=datetime.datetime.fromisoformat(read["drafted_at"]),
        agenda_rules=tuple(AgendaRule(**rule) for rule in read.get("agenda_rules", ())),
        locked=Locked(**_with_time(locked)) if locked else None,
        published=Published(**_with_time(published)) if published else None,
    )


def _with_time(stamp: dict[str, Any]) -> dict[str, Any]:
    return {**stamp, "at": datetime.datetime.fromisoformat(stamp["at"])}
