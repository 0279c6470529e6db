"""Random histories that hold the awkward: same-day events, missing dates, moves, closing and opening again, corrections made later,
restricted children, the 29th of February, quarter ends, and days on either side of those that are asked.

Each record is the list of its revisions, oldest first, as it was typed; what happened has its own dates beside that.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from data.database.records import (
    ACTION,
    CONCERN,
    CONCERN_LINK,
    DISCUSSION,
    DISRUPTION,
    EPISODE,
    MISSING_EPISODE,
    NRM,
    REFERRAL,
    RESTRICTION,
    REVIEW_CHANGE,
    SCHOOL_ATTENDANCE,
    SCORING,
)
from data.database.schema import form_table
from data.database.store import Store
from forms.missing import TIMETABLES
from forms.registry import form
from tests.cohort.cohorts import a_population, an_approved_weight_set
from tests.factories import the_operator

Record = dict[str, Any]
TABLES = {
    "child": form_table(form("child")), "referral": REFERRAL, "episode": EPISODE, "discussion": DISCUSSION, "action": ACTION,
    "assessment": form_table(form("assessment")), "minutes": form_table(form("minutes")), "scoring": SCORING, "nrm": NRM,
    "review_change": REVIEW_CHANGE, "missing_episode": MISSING_EPISODE, "school_attendance": SCHOOL_ATTENDANCE,
    "concern": CONCERN, "concern_link": CONCERN_LINK, "disruption": DISRUPTION, "restriction": RESTRICTION,
}  # fmt: skip
FIRST, LAST = date(2023, 1, 1), date(2026, 9, 30)
ASKED = (date(2026, 6, 30), date(2026, 2, 28), date(2024, 2, 29), date(2024, 2, 28))
EDGES = sorted({
    edge + timedelta(days) for day in ASKED for days in (-1, 0, 1)
    for edge in (day, day - relativedelta(years=1), day - relativedelta(years=2), day - timedelta(28), day + timedelta(28))
})  # fmt: skip
A_YEAR_BEFORE = tuple(day - relativedelta(years=1) for day in ASKED)
AGES = (relativedelta(years=17), relativedelta(years=17, months=6), relativedelta(years=18))
BIRTHDAYS = (
    date(2008, 2, 29),
    date(2008, 8, 31),
    date(2006, 8, 31),
    *(day - age for day in ASKED for age in AGES),
)


class History(dict[str, dict[str, list[Record]]]):
    """Name of a table → id → every revision of the record, in the order in which they were typed."""

    def __init__(self) -> None:
        super().__init__()
        self.read: dict[tuple[str, date], list[Record]] = {}
        """What was read of a table on a day, by those who reckon in plain loops."""

    def add(self, name: str, on: date, /, **record: Any) -> Record:
        """Typed on that day, as a new record or over the one of its id."""
        of, key = self.setdefault(name, {}), TABLES[name].id_column
        revisions = of.setdefault(record.setdefault(key, f"{name}-{len(of):04}"), [])
        typed = {"revision": len(revisions) + 1, "recorded_at": datetime.combine(on, time(12), tzinfo=UTC)}
        revisions.append({**(revisions[-1] if revisions else {}), **record, **typed})
        return revisions[-1]

    def now(self, name: str) -> list[Record]:
        return [revisions[-1] for revisions in self[name].values()]

    def revisions(self, name: str, of: Record) -> list[Record]:
        return self[name][of[TABLES[name].id_column]]


def keep(store: Store, history: History) -> None:
    with the_operator(store).writing() as work:
        for name, table in TABLES.items():
            ever = [revision for revisions in history[name].values() for revision in revisions]
            for kept, records in ((table.history, ever), (table, history.now(name))):
                columns = list(table.columns)
                rows = [[{"recorded_by": "operator", **record}.get(c) for c in columns] for record in records]
                work.connection.bulk(kept.name, columns, rows)
    an_approved_weight_set(store)
    for area in ("liverpool", "wirral"):
        a_population(store, area, 2024)


def a_long_history(seed: int, children: int = 45) -> History:
    return _Made(seed, children).history


class _Made:
    def __init__(self, seed: int, children: int) -> None:
        self.chance, self.history = random.Random(seed), History()
        self.one_of, self.add = self.chance.choice, self.history.add
        for kind, name, area, label in (
            ("place", "Corner shop", "liverpool", None), ("place", "Corner shop", "liverpool", "a shop"),
            ("place", "Mill", "liverpool", "a shop"), ("place", "Pier", "wirral", None), ("person", "Adult", "liverpool", None),
        ):  # fmt: skip
            self.add("concern", FIRST, kind=kind, name=name, area=area, label_for_return=label,
                     label_approved_on=label and FIRST)  # fmt: skip
        for at in range(children):
            self.child(f"child{at:03}")
        for _ in range(16):
            self.measure()

    def is_so(self, part: float) -> bool:
        return self.chance.random() < part

    def day(self, after: date = FIRST, before: date = LAST) -> date:
        edges = [edge for edge in EDGES if after <= edge <= before]
        if edges and self.is_so(0.4):
            return self.one_of(edges)
        return after + timedelta(self.chance.randrange(max((before - after).days, 0) + 1))

    def child(self, child: str) -> None:
        one_of = self.one_of
        self.add(
            "child", FIRST, record_id=child, child_id=child, name="A B", area="liverpool",
            date_of_birth=one_of((one_of(BIRTHDAYS), FIRST - timedelta(3300 + self.chance.randrange(2500)))),
            sex=one_of("FMU"), gender=one_of((None, None, "female", "male", "another", "not_known")), sen=one_of((None, "N", "K")),
            ethnicity=one_of((None, "WBRI", "WBRI", "MWBC", "CHNE", "BAFR", "OOTH", "REFU")),
        )  # fmt: skip
        if self.is_so(0.15):
            self.add(
                "restriction",
                FIRST,
                child_id=child,
                account_ids=["nobody"],
                reason="x",
                is_lifted=self.is_so(0.3),
            )
        opened = one_of((*A_YEAR_BEFORE, *(self.day(FIRST, date(2026, 6, 30)) for _ in range(6))))
        area = one_of(("liverpool", "liverpool", "wirral"))
        for _ in range(4):
            closed = self.day(opened) if self.is_so(0.5) else None
            reason = closed and one_of(("risk_reduced", "moved", "moved", "turned_18"))
            self.stay(child, area, opened, closed, reason)
            if closed is None and self.is_so(0.85):
                break
            # Another area, on that very day or later; or, of a few, while the first is open.
            area = (
                "wirral"
                if area == "liverpool"
                else "liverpool"
                if closed is None or reason == "moved"
                else area
            )
            opened = closed if closed and self.is_so(0.4) else self.day(closed or opened)
        self.beside(child)

    def stay(self, child: str, area: str, opened: date, closed: date | None, reason: str | None) -> None:
        one_of = self.one_of
        received = opened - timedelta(one_of((0, 0, 5, 30)))
        referral = self.add(
            "referral", received, child_id=child, area=area, received_on=received, decided_on=opened, state="accepted",
            kind=one_of(("criminal", "sexual", "both")), referring_agency=one_of(("police", "health")),
        )  # fmt: skip
        episode = self.add(
            "episode", opened, child_id=child, area=area, opened_on=opened, closed_on=closed, closure_reason=reason,
            referral_id=referral["referral_id"],
        )  # fmt: skip
        if self.is_so(0.7):
            on = self.day(received, received + timedelta(60))
            self.add("assessment", on, child_id=child, child_area=area, assessed_on=on, submitted_on=on,
                     child_voice=one_of((None, "", "Said", "Said")))  # fmt: skip
        met, end = opened + timedelta(one_of((0, 0, 20))), closed or LAST
        while met <= end and self.is_so(0.9):
            after = self.day(met + timedelta(30), met + timedelta(120))
            if closed and after > closed and self.is_so(0.7):
                after = max(closed, met + timedelta(1))
            self.discussion(episode, met, min(after, LAST))
            met = after

    def discussion(self, episode: Record, met: date, after: date) -> None:
        one_of, days = self.one_of, timedelta
        of = {"episode_id": episode["episode_id"], "child_id": episode["child_id"]}
        typed = min(met + days(self.chance.randrange(6)), after)
        leaves = one_of(("remove", "prevention", "review", None)) if met == episode["closed_on"] else "review"
        due = one_of((None, met + days(84), met + relativedelta(months=6), after, after - days(1)))
        talk = self.add(
            "discussion", typed, **of, meeting_date=met, kind=one_of(("criminal", "sexual", None)), decision=leaves, scale=None,
            judgement=one_of((*"ABBCCDE", None)), review_by=due, contexts=[],
        )  # fmt: skip
        self.add("minutes", typed, record_id=talk["discussion_id"], child_id=of["child_id"], submitted_on=typed,
                 transitions_plan=one_of((None, None, "Plan")), transitions_plan_missing_reason=one_of((None, "Why")))  # fmt: skip
        same = {"discussion_id": talk["discussion_id"], "discussed_at": talk["recorded_at"]}
        changed = typed
        for _ in range(one_of((0, 0, 1, 2))):
            if changed + days(2) >= after:
                break
            changed = self.day(changed + days(1), after - days(1))
            to = one_of((after, after - days(9), met + days(30), changed))
            self.add(
                "review_change", changed, **of, kind="varied", review_before=talk["review_by"], review_by=to
            )
            talk = self.add("discussion", changed, **same, review_by=to)
        if self.is_so(0.2):
            self.add("discussion", self.day(changed, LAST), **same, judgement=one_of("ABCDE"))
        for _ in range(self.chance.randrange(3)):
            self.action(of, met)

    def action(self, of: Record, met: date) -> None:
        due = self.one_of((None, self.day(met, met + timedelta(200))))
        action = self.add("action", met, **of, meeting_date=met, agency=self.one_of(("police", "health", None)), due_on=due,
                          state="ongoing", closed_on=None)  # fmt: skip
        same = {"action_id": action["action_id"]}
        if due and self.is_so(0.3):
            self.add("action", due, **same, due_on=due + timedelta(40), agency="education")
        state = self.one_of(("ongoing", "completed", "completed", "not_achieved"))
        if state != "ongoing":
            closed = self.one_of((due, self.day(met), None)) or None  # an import may leave the day out
            self.add("action", closed or met, **same, state=state, closed_on=closed)

    def beside(self, child: str) -> None:
        one_of, days = self.one_of, timedelta
        for _ in range(self.chance.randrange(6)):
            on, total = self.day(), one_of((0, 9, 10, 39, 40, 69, 70, 99, 100, 123))
            band = "low" if total < 40 else "medium" if total < 70 else "high"
            for again in range(one_of((1, 1, 2))):
                scoring = self.add(
                    "scoring", on, child_id=child, scored_on=on, weight_set_id=one_of(("illustrative",) * 4 + ("ours",)),
                    total=total + again, highest=one_of((total + again, total + again + 5, 200)), known=one_of((None, 31, 21, 20)), band=band, handled_band=one_of((band, "high")), answers="{}",
                )  # fmt: skip
            for _ in range(one_of((0, 1, 2))):
                self.add("scoring", self.day(on), scoring_id=scoring["scoring_id"], override_reason="Made-up",
                         handled_band=one_of((band, "low", "medium", "high")))  # fmt: skip
        for _ in range(one_of((0, 1, 1, 2))):
            self.nrm(child)
        for _ in range(self.chance.randrange(6)):
            since = self.day()
            back = one_of((None, since, since + days(one_of((1, 3, 400)))))
            held = back + days(one_of((0, 2, 3, 4))) if back and self.is_so(0.6) else None
            self.add("missing_episode", since, child_id=child, from_on=since, until_on=back, interview_on=held,
                     interview_held=True if held else one_of((None, False)), interview_offered=bool(held) or one_of((None, True)))  # fmt: skip
        for _ in range(one_of((0, 1, 3))):
            on = self.day()
            for _ in range(one_of((1, 1, 2))):
                self.add("school_attendance", on, child_id=child, as_of=on, timetable=one_of(TIMETABLES)[0],
                         percent=one_of((None, 100, 95, 94, 90, 89, 50, 49, 0)))  # fmt: skip
        for _ in range(self.chance.randrange(5)):
            concern = one_of(self.history.now("concern"))
            self.add("concern_link", FIRST, child_id=child, concern_id=concern["concern_id"], linked_on=self.day(),
                     removed_reason=one_of((None, None, None, "By mistake")))  # fmt: skip

    def nrm(self, child: str) -> None:
        """A decision may lack its day, and the referral its own."""
        sent = self.one_of((None, self.day(), self.day()))
        said: Record = {}
        day = sent
        for decision in ("reasonable_grounds", "conclusive_grounds"):
            if day is None or self.is_so(0.3):
                break
            decided = self.day(day, min(day + timedelta(300), LAST))
            day = None if self.is_so(0.1) else decided
            said |= {decision: self.one_of(("positive", "positive", "negative")), f"{decision}_on": day}
            if said[decision] == "negative":
                break
        self.add("nrm", sent or FIRST, child_id=child, is_required=True, submitted_on=sent, **said)

    def measure(self) -> None:
        began = self.one_of((None, self.day(), self.day()))
        ends = self.one_of((None, self.day(began or FIRST)))
        ended = self.one_of((None, None, self.day(began or FIRST)))
        typed = self.day(began or FIRST)
        concern = self.one_of(self.history.now("concern"))["concern_id"]
        measure = self.add(
            "disruption",
            typed,
            concern_id=concern,
            measure="cawn",
            began_on=began,
            ends_on=ends,
            ended_on=ended,
        )
        if self.is_so(0.5):
            self.add(
                "disruption",
                self.day(typed),
                disruption_id=measure["disruption_id"],
                ends_on=self.day(began or FIRST),
            )
