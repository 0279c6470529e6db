"""The main figures of the dashboard's first view once more, in pandas, so that what is measured is known to be right."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import pandas as pd

COLUMNS = {
    "episode": ["episode_id", "child_id", "area", "opened_on", "closed_on", "referral_id"],
    "discussion": ["episode_id", "child_id", "meeting_date", "judgement", "scale", "review_by", "kind"],
    "scoring_history": [
        "child_id",
        "scoring_id",
        "revision",
        "scored_on",
        "handled_band",
        "band",
        "override_reason",
    ],
}


def first_page(
    frame: Callable[[str, list[str]], pd.DataFrame], areas: Sequence[str], on: datetime.date
) -> dict[str, int]:
    last = pd.Timestamp(on)
    e, d, s = (frame(table, columns) for table, columns in COLUMNS.items())
    d["review_by"] = pd.to_datetime(d["review_by"])
    here = e[e.area.isin(areas) & (e.opened_on <= last) & (e.closed_on.isna() | (e.closed_on > last))]
    talks = d[(d.meeting_date <= last) & d.episode_id.isin(here.episode_id)].sort_values("meeting_date")
    by_episode = talks.groupby("episode_id")
    here = here.set_index("episode_id").assign(
        judgement=by_episode.judgement.last(), review_by=by_episode.review_by.last(), talks=by_episode.size()
    )
    scored = s[s.scored_on <= last].sort_values(["scored_on", "scoring_id", "revision"])
    here = here.join(scored.groupby("child_id").handled_band.last(), on="child_id")
    counted = here.judgement.isin(list("ABC"))
    return {
        "open": len(here),
        "total": int(counted.sum()),
        "judgement=being": int(here.judgement.isin(list("AB")).sum()),
        "review=overdue": int((here.review_by < last).sum()),
        "review=never": int((here.talks.fillna(0) <= 1).sum()),
        **{
            f"band={band}": int((counted & (here.handled_band == band)).sum())
            for band in ("low", "medium", "high")
        },
        "band=none": int((counted & here.handled_band.isna()).sum()),
    }
