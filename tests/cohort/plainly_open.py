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
        return self.scoring and band_of(self.scoring)

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


def band_of(scoring: Record) -> str:
    """What was decided by judgement is shown; else fewer than two thirds known, or a range that crosses a threshold, is no band,
    but for the highest, which nothing that is unknown could lower."""
    is_judged = bool(scoring.get("override_reason")) or scoring["handled_band"] != scoring["band"]
    low, high = (sum(n >= step for step in (40, 70)) for n in (scoring["total"], scoring["highest"]))
    known = scoring.get("known")
    is_read = low == high and (known is None or known / 31 >= 0.67)
    return str(scoring["handled_band"]) if is_judged or low == 2 or is_read else "not_enough_known"


def open_children(history: History, areas: Areas, day: date, **filters: str) -> list[Open]:
    found = []
    for child in then(history, "child", day):
        episodes = [
            e for e in then(history, "episode", day)
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
    of = [d for d in then(history, "discussion", day) if d["episode_id"] == episode["episode_id"]]
    return sorted((d for d in of if d["meeting_date"] <= day), key=lambda d: d["meeting_date"])


FILLED_IN = {
    "episode": {"closed_on": ("closure_reason",)},
    "action": {"closed_on": ("state",)},
    "nrm": {
        "submitted_on": ("multi_agency",),
        "reasonable_grounds_on": ("reasonable_grounds",),
        "conclusive_grounds_on": ("conclusive_grounds",),
    },
    "missing_episode": {"until_on": (), "interview_on": ("interview_held", "interview_offered")},
    "disruption": {"began_on": (), "ended_on": ()},
}
"""What happens after a record is begun, by its day, and what is said with it."""


def then(history: History, name: str, day: date) -> list[Record]:
    """Each record as it stood on the day. A day that was filled in later for the first time counts from that day."""
    known = history.read
    if (name, day) not in known:
        known[name, day] = [
            _stood_with_what_is_filled_in(name, revisions, day) for revisions in history[name].values()
        ]
    return known[name, day]


def _stood_with_what_is_filled_in(name: str, revisions: list[Record], day: date) -> Record:
    was = stood(revisions, day)
    late = [r for r in revisions if r["revision"] > 1 and clock.day_of(r["recorded_at"]) > day]
    filled: Record = {}
    for on, also in FILLED_IN.get(name, {}).items():
        said = next((r for r in late if r.get(on)), None)
        if was.get(on) is None and said and said[on] <= day:
            filled |= {key: said.get(key) for key in (on, *also)}
    if "submitted_on" in was and name in ("child", "assessment", "minutes"):
        filled["submitted_on"] = revisions[0]["submitted_on"]
    return was | filled


def stood(revisions: list[Record], day: date) -> Record:
    """A first revision always did: what happened counts from its own day, however late it was typed."""
    return [r for r in revisions if r["revision"] == 1 or clock.day_of(r["recorded_at"]) <= day][-1]


def _described(history: History, child: Record, episodes: list[Record], day: date) -> Open:
    judged, reviews, kinds, agencies = [], [], set(), []
    for episode in episodes:
        met = talks(history, episode, day)
        judged += [d["judgement"] for d in met if d["judgement"]][-1:]
        if met and (due := met[-1]["review_by"]):
            reviews.append(due)
        [referral] = [r for r in then(history, "referral", day) if r["referral_id"] == episode["referral_id"]]
        kinds.add((met[-1]["kind"] if met else None) or referral["kind"])
        agencies.append(referral["referring_agency"])
    scored = [
        s for s in then(history, "scoring", day)
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
