"""The ten measures once more, in pandas, to measure the tool's against: vectorised where pandas can be."""

from __future__ import annotations

import pandas as pd
from dateutil.relativedelta import relativedelta

from data.measures.measure import Scope
from data.measures.stays import months_and_more_before
from forms.codes import ETHNICITY_GROUPS
from forms.screening import MODERATE_SIGNS, STRONG_SIGNS

SIGNS = [sign.key for sign in (*STRONG_SIGNS, *MODERATE_SIGNS)]
COLUMNS = {
    "episode": ["episode_id", "child_id", "referral_id", "area", "opened_on", "closed_on", "closure_reason"],
    "discussion": ["episode_id", "child_id", "meeting_date", "assessment_date", "kind", "judgement", "contexts", "areas_gone_to"],
    "referral": ["referral_id", "child_id", "area", "received_on", "state", "decided_on"],
    "nrm": ["nrm_id", "child_id", "submitted_on", "multi_agency"],
    "child": ["child_id", "date_of_birth", "sex", "gender", "ethnicity", "sen"],
    "child_history": ["child_id", "revision", "recorded_at", "area"],
    "screening_form": ["child_id", "child_area", "submitted_on", *SIGNS],
}  # fmt: skip
"""The columns that the measures need."""

Frames = dict[str, pd.DataFrame]
Found = dict[tuple[str, int, str], int]
"""(Area's key or "Total", measure, breakdown) → value."""


class Reckoning:
    def __init__(self, frames: Frames, scope: Scope) -> None:
        self.__dict__ |= frames
        self.frames, self.scope = frames, scope
        self.first, self.last = pd.Timestamp(scope.quarter.first), pd.Timestamp(scope.quarter.last)
        self.found: Found = {}
        self.themes: dict[tuple[str, str, str, int], int] = {}

    def all(self) -> Reckoning:
        episodes = self.frames["episode"]
        self.episodes = episodes[episodes.area.isin(self.scope.areas)]
        self.talks = self.frames["discussion"].merge(
            self.episodes[["episode_id", "area", "closed_on"]], on="episode_id"
        )
        self._assessments()
        self._oversight()
        self._closures()
        self._rereferrals()
        self._nrm()
        self._themes()
        return self

    def _put(self, measure: int, breakdown: str, rows: pd.DataFrame, once: bool = False) -> None:
        for area, n in rows.groupby("area").size().items():
            self.found[str(area), measure, breakdown] = n
        self.found["Total", measure, breakdown] = rows.child_id.nunique() if once else len(rows)

    def _assessments(self) -> None:
        dated = self.talks[self.talks.assessment_date.notna()].sort_values("meeting_date")
        one = dated.groupby(["episode_id", "assessment_date"]).agg(
            met=("meeting_date", "first"),
            kind=("kind", "first"),
            area=("area", "first"),
            child_id=("child_id", "first"),
        )
        one = one[(one.met >= self.first) & (one.met <= self.last)]
        self._put(1, "total", one)
        for kind in ("criminal", "sexual", "both"):
            self._put(1, f"kind={kind}", one[one.kind == kind])

    def _oversight(self) -> None:
        by_then = self.talks[(self.talks.meeting_date <= self.last) & self.talks.judgement.notna()]
        by_then = by_then.sort_values("meeting_date")
        exploited = by_then.judgement.isin(["A", "B"])
        latest = by_then.groupby("episode_id").judgement.last()
        otherwise = by_then[~exploited].groupby("episode_id").meeting_date.max()
        long_ago = pd.Timestamp(months_and_more_before(self.scope.quarter.last, 6))
        early = (
            by_then[exploited & (by_then.meeting_date <= long_ago)].groupby("episode_id").meeting_date.max()
        )
        e = self.episodes
        here = e[(e.opened_on <= self.last) & (e.closed_on.isna() | (e.closed_on > self.last))].set_index(
            "episode_id"
        )
        here = here.assign(judgement=latest, otherwise=otherwise, early=early)
        for name, letters in (("total", "ABC"), ("judgement=being", "AB"), ("judgement=may_be", "C"),
                              ("apart=oversight_after_harm", "D"), ("apart=prevention", "E")):  # fmt: skip
            self._put(2, name, here[here.judgement.isin(list(letters))], once=True)
        self._put(2, "apart=not_judged", here[here.judgement.isna()], once=True)
        long = here[here.judgement.isin(["A", "B"]) & here.early.notna()]
        self._put(9, "total", long[long.otherwise.isna() | (long.early > long.otherwise)], once=True)
        self._demographics(here[here.judgement.isin(["A", "B", "C"])].reset_index())

    def _demographics(self, children: pd.DataFrame) -> None:
        c = children.merge(self.frames["child"], on="child_id")
        c["being"] = c.judgement.map({"A": "being", "B": "being", "C": "may_be"})
        c["age"] = "under_10"
        for name, age in (("10_12", 10), *((str(n), n) for n in range(13, 18)), ("18_and_over", 18)):
            born = pd.Timestamp(self.scope.quarter.last - relativedelta(years=age))
            c.loc[c.date_of_birth <= born, "age"] = name
        c["gender"] = c.gender.fillna(c.sex.map({"F": "female", "M": "male"})).fillna("not_known")
        c["ethnicity"] = c.ethnicity.fillna("NOBT")
        c["ethnicity_group"] = c.ethnicity.map(
            {code: g for g, codes in ETHNICITY_GROUPS.items() for code in codes}
        )
        c["sen"] = c.sen.map({"N": "none", "K": "sen_support", "E": "ehcp"}).fillna("not_known")
        total = c.assign(area="Total").drop_duplicates("child_id")
        for column in ("age", "gender", "ethnicity_group", "ethnicity", "sen"):
            for rows in (c, total):
                for (area, value), n in rows.groupby(["area", column]).size().items():
                    self.found[area, 4, f"{column}={value}"] = n
                for (area, value, being), n in rows.groupby(["area", column, "being"]).size().items():
                    self.found[area, 4, f"{column}={value};judgement={being}"] = n

    def _closures(self) -> None:
        closed = self.episodes[
            (self.episodes.closed_on >= self.first) & (self.episodes.closed_on <= self.last)
        ]
        self._put(5, "total", closed[closed.closure_reason == "risk_reduced"])
        at_18 = closed[closed.closure_reason == "turned_18"].set_index("episode_id")
        judged = self.talks[self.talks.episode_id.isin(at_18.index) & self.talks.judgement.notna()]
        judged = judged[judged.meeting_date <= judged.closed_on].sort_values("meeting_date")
        at_18 = at_18.assign(judgement=judged.groupby("episode_id").judgement.last()).fillna(
            {"judgement": "none"}
        )
        self._put(6, "total", at_18)
        for judgement in ("A", "B", "C", "D", "E", "none"):
            self._put(6, f"judgement={judgement}", at_18[at_18.judgement == judgement])
        reasons = ["unable_to_engage", "lack_of_consent"]
        self._put(7, "total", closed[closed.closure_reason.isin(reasons)])
        for reason in reasons:
            self._put(7, f"reason={reason}", closed[closed.closure_reason == reason])

    def _rereferrals(self) -> None:
        r = self.frames["referral"]
        r = r[r.area.isin(self.scope.areas)]
        accepted = (r.state == "accepted") & (r.decided_on >= self.first) & (r.decided_on <= self.last)
        undecided = ~r.state.isin(["accepted", "declined", "returned"]) | (r.decided_on > self.last)
        pending = (r.received_on <= self.last) & undecided & ~accepted
        for name, asked in (("total", r[accepted]), ("pending", r[pending])):
            both = asked.merge(self.frames["episode"], on="child_id", suffixes=("", "_then"))
            both = both[(both.opened_on <= both.received_on) & (both.referral_id != both.referral_id_then)]
            still = both[both.closed_on.isna() | (both.closed_on > both.received_on)].referral_id
            left = both[both.area_then.isin(self.scope.partnership.areas) & ~both.referral_id.isin(still)]
            left = left.sort_values(["opened_on", "closed_on"]).drop_duplicates("referral_id", keep="last")
            year_on = left.closed_on + pd.DateOffset(years=1)
            self._put(8, name, left[(left.closure_reason != "moved") & (left.received_on <= year_on)])

    def _nrm(self) -> None:
        n = self.frames["nrm"]
        sent = n[(n.submitted_on >= self.first) & (n.submitted_on <= self.last)]
        then = sent.merge(
            self.frames["episode"][["child_id", "area", "opened_on", "closed_on"]], on="child_id"
        )
        then = then[
            (then.opened_on <= then.submitted_on)
            & (then.closed_on.isna() | (then.closed_on > then.submitted_on))
        ]
        then = then.sort_values("opened_on").groupby("nrm_id").area.last()
        lived = sent.merge(self.frames["child_history"], on="child_id")
        day = lived.recorded_at.dt.tz_convert("Europe/London").dt.tz_localize(None).dt.normalize()
        lived["order"] = lived.revision.where(day <= lived.submitted_on, -lived.revision)
        lived_then = lived.sort_values("order").groupby("nrm_id").area.last()
        sent = sent.set_index("nrm_id")
        sent = sent.assign(area=then.reindex(sent.index).fillna(lived_then.reindex(sent.index)))
        sent = sent[sent.area.isin(self.scope.areas)]
        self._put(10, "total", sent)
        self._put(10, "multi_agency=yes", sent[sent.multi_agency.eq(True)])
        self._put(10, "multi_agency=no", sent[sent.multi_agency.eq(False)])
        self._put(10, "multi_agency=not_recorded", sent[sent.multi_agency.isna()])

    def _themes(self) -> None:
        start = pd.Timestamp(self.scope.quarter.before(4).first)
        talks = self.talks[(self.talks.meeting_date >= start) & (self.talks.meeting_date <= self.last)]
        talks = talks.assign(quarter=self._ago(talks.meeting_date))
        for kind, column in (("context", "contexts"), ("place_gone_to", "areas_gone_to")):
            each = talks[["area", "child_id", "quarter", column]].explode(column).dropna()
            self._label(kind, each.rename(columns={column: "label"}))
        s = self.frames["screening_form"]
        s = s[s.child_area.isin(self.scope.areas) & (s.submitted_on >= start) & (s.submitted_on <= self.last)]
        s = s.rename(columns={"child_area": "area"}).assign(quarter=self._ago(s.submitted_on))
        for sign in SIGNS:
            self._label("sign", s.loc[s[sign] == "yes", ["area", "child_id", "quarter"]].assign(label=sign))

    def _ago(self, days: pd.Series) -> pd.Series:
        return (self.last.year - days.dt.year) * 4 + (self.last.month - 1) // 3 - (days.dt.month - 1) // 3

    def _label(self, kind: str, each: pd.DataFrame) -> None:
        for rows in (each, each.assign(area="Total")):
            for (area, label, quarter), n in (
                rows.drop_duplicates().groupby(["area", "label", "quarter"]).size().items()
            ):
                self.themes[area, kind, label, quarter] = n
