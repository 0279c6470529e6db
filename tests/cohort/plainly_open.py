"""The children with an open episode on a day, in plain loops over a long history, and the arithmetic of days that all share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from data import clock
from forms.codes import ETHNICITY_GROUPS
from tests.cohort.long_histories import History, Record

A_YEAR = relativedelta(years=1)
Areas = tuple[str, ...]


@dataclass(frozen=True)
class Open:
    """A child with an open episode; of several episodes the graver or sooner."""

    child: Record
    episodes: list[Record]
    judgement: str | None
    review_by: date | None
    is_overdue: bool
    scoring: Record | None
    """The latest, as it stood on the day."""
    kind: str
    agency: str
    opened_on: date
    age: str | None

    @property
    def child_id(self) -> str:
        return str(self.child["child_id"])

    @property
    def is_counted(self) -> bool:
        return self.judgement in ("A", "B", "C")

    @property
    def being_or_may_be(self) -> str | None:
        return {"A": "being", "B": "being", "C": "may_be"}.get(self.judgement or "")

    @property
    def band(self) -> str | None:
        return self.scoring and self.scoring["handled_band"]

    @property
    def is_override(self) -> bool:
        s = self.scoring
        return bool(s and s.get("override_reason") and s["handled_band"] != s["band"])

    @property
    def groups(self) -> tuple[str, str]:
        gender = self.child["gender"] or {"F": "female", "M": "male"}.get(self.child["sex"], "not_known")
        code = self.child["ethnicity"] or "NOBT"
        return f"gender={gender}", "ethnicity_group=" + next(
            g for g, of in ETHNICITY_GROUPS.items() if code in of
        )

    def has(self, **filters: str) -> bool:
        is_so = {
            "judgement": (self.judgement or "none", self.being_or_may_be), "band": (self.band or "none",),
            "kind": (self.kind,), "agency": (self.agency,), "age": (self.age,),
        }  # fmt: skip
        return all(wanted in is_so[key] for key, wanted in filters.items())


def open_children(history: History, areas: Areas, day: date, **filters: str) -> list[Open]:
    found = []
    for child in history.now("child"):
        episodes = [
            e for e in history.now("episode")
            if e["child_id"] == child["child_id"] and e["area"] in areas and is_open(e, day)
        ]  # fmt: skip
        if episodes:
            one = _described(history, child, episodes, day)
            if one.has(**filters):
                found.append(one)
    return found


def is_open(episode: Record, day: date) -> bool:
    """Opened on or before it, not closed on or before it."""
    return episode["opened_on"] <= day and not (episode["closed_on"] and episode["closed_on"] <= day)


def talks(history: History, episode: Record, day: date) -> list[Record]:
    of = [d for d in history.now("discussion") if d["episode_id"] == episode["episode_id"]]
    return sorted((d for d in of if d["meeting_date"] <= day), key=lambda d: d["meeting_date"])


def stood(revisions: list[Record], day: date) -> Record:
    """A first revision always did: what happened counts from its own day, however late it was typed."""
    return [r for r in revisions if r["revision"] == 1 or clock.day_of(r["recorded_at"]) <= day][-1]


def _described(history: History, child: Record, episodes: list[Record], day: date) -> Open:
    judged, reviews, kinds, agencies = [], [], set(), []
    for episode in episodes:
        met = talks(history, episode, day)
        judged += [d["judgement"] for d in met if d["judgement"]][-1:]
        if met and (due := stood(history.revisions("discussion", met[-1]), day)["review_by"]):
            reviews.append(due)
        [referral] = [r for r in history.now("referral") if r["referral_id"] == episode["referral_id"]]
        kinds.add((met[-1]["kind"] if met else None) or referral["kind"])
        agencies.append(referral["referring_agency"])
    scored = [
        stood(history.revisions("scoring", s), day) for s in history.now("scoring")
        if s["child_id"] == child["child_id"] and s["scored_on"] <= day
    ]  # fmt: skip
    return Open(
        child, episodes, min(judged, default=None), min(reviews, default=None), any(due < day for due in reviews),
        max(scored, key=lambda s: (s["scored_on"], s["scoring_id"]), default=None),
        kinds.pop() if len(kinds) == 1 else "both", min(agencies), min(e["opened_on"] for e in episodes),
        _age_group(months_old(child["date_of_birth"], day) // 12),
    )  # fmt: skip


def _age_group(age: int) -> str:
    return "under_10" if age < 10 else "10_12" if age < 13 else "18_and_over" if age >= 18 else str(age)


def months_old(born: date, day: date) -> int:
    """Whole months; who was born on a day that a month does not have is older on the first of the next."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)


def in_year(on: date | None, day: date) -> bool:
    """In the twelve months that end on the day: twelve months after it lie beyond the day."""
    return on is not None and on <= day < on + A_YEAR


def in_year_before(on: date | None, day: date) -> bool:
    return on is not None and on + A_YEAR <= day < on + 2 * A_YEAR


def year_ago(day: date) -> date:
    return day - A_YEAR


def weeks(many: int) -> timedelta:
    return timedelta(weeks=many)
