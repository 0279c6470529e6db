"""Measures 5, 6 and 7: episodes closed in the quarter, by reason."""

from __future__ import annotations

from data.measures.measure import Breakdown, Measure, Part, each, whole
from forms.codes import JUDGEMENTS

RISK_REDUCED = Measure(
    5,
    "Closed because the risk has reduced",
    "Episodes closed in the quarter for the reason that the risk has reduced. One that closed without a discussion at a meeting, or "
    "without a judgement, counts, and is listed as missing.",
    "episodes",
    "closed",
    (
        Part((whole("Closed, risk reduced"),), where="reason = 'risk_reduced'"),
        Part(
            (
                Breakdown(
                    "discussion=missing",
                    "episodes closed, for whatever reason, without a discussion at a meeting",
                    explained="No meeting had discussed these children in the episode when it closed: the reason rests on no meeting.",
                ),
            ),
            where="discussed = 'no'",
            is_missing=True,
        ),
        Part(
            (
                Breakdown(
                    "judgement=missing",
                    "episodes closed, risk reduced, that were discussed and never judged",
                    explained="No meeting had judged these children in the episode: that their risk has reduced rests on no judgement.",
                ),
            ),
            where="reason = 'risk_reduced' AND discussed = 'yes' AND judgement = 'none'",
            is_missing=True,
        ),
    ),
)

TURNED_18 = Measure(
    6,
    "Closed because the child turned 18, and the level of risk",
    "Episodes closed in the quarter because the child turned 18, by the last judgement in the episode decided on or "
    "before its closing.",
    "episodes",
    "closed",
    (
        Part(
            (
                whole("Closed at 18"),
                *each("judgement", tuple((key, f"Last judged {key}") for key, _ in JUDGEMENTS)),
                *each("judgement", (("none", "Never judged"),)),
            ),
            ("judgement",),
            "reason = 'turned_18'",
        ),
        Part(
            (
                Breakdown(
                    "judgement=missing",
                    "episodes closed at 18 without a judgement",
                    explained="A judgement that no meeting gave by the closing cannot be given any more.",
                ),
            ),
            where="reason = 'turned_18' AND judgement = 'none'",
            is_missing=True,
        ),
    ),
)

NOT_ENGAGED = Measure(
    7,
    "Closed because agencies were unable to engage the child, or for lack of consent",
    "Episodes closed in the quarter for either of these two reasons, apart and together.",
    "episodes",
    "closed",
    (
        Part(
            (
                whole("Both reasons together"),
                *each(
                    "reason",
                    (
                        ("unable_to_engage", "Agencies were unable to engage the child"),
                        ("lack_of_consent", "Lack of consent"),
                    ),
                ),
            ),
            ("reason",),
            "reason IN ('unable_to_engage', 'lack_of_consent')",
        ),
    ),
)

SOURCE = """
closed AS (
    SELECT area, child_id, closure_reason AS reason,
        CASE code WHEN 5 THEN 'A' WHEN 4 THEN 'B' WHEN 3 THEN 'C' WHEN 2 THEN 'D' WHEN 1 THEN 'E' ELSE 'none' END
            AS judgement,
        CASE WHEN talks > 0 THEN 'yes' ELSE 'no' END AS discussed
    FROM stay WHERE NOT is_open
)"""
"""`closed`, from `stay` with its discussions as `talks`: area, child_id, reason, judgement, discussed."""
