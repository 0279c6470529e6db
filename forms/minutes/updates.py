"""What is new at the meeting: the national referral mechanism, the police, intelligence, MARTHR, and the discussion."""

from __future__ import annotations

from forms.form import Section
from forms.kinds import Date, LongText, YesNo
from forms.minutes.background import SOURCE
from forms.minutes.pulled import pulled

nrm_required = YesNo(
    "nrm_required",
    "Is a referral to the National Referral Mechanism (NRM) required?",
    help="The national way to identify and support victims of modern slavery. A child's consent is not needed.",
)

NRM = Section(
    "nrm",
    "National Referral Mechanism (NRM)",
    source=SOURCE,
    questions=(
        nrm_required,
        Date(
            "nrm_completed_on",
            "Date the NRM referral was completed",
            asked_if=nrm_required.is_(True),
            may_be_future=False,
        ),
        YesNo(
            "nrm_multi_agency",
            "Was the NRM referral completed in a multi-agency forum?",
            asked_if=nrm_required.is_(True),
        ),
        pulled("nrm_stage"),
    ),
)

DISCUSSION = Section(
    "discussion",
    "Updates and discussion",
    source=SOURCE,
    questions=(
        LongText("police_update", "Police investigation update", agency="police"),
        LongText("intelligence_update", "Intelligence update", sensitive=True),
        LongText(
            "marthr_update",
            "Updates from MARTHR",
            help="MARTHR is the Multi-Agency Response to Threat, Harm, Risk: it pursues those who exploit children.",
            sensitive=True,
        ),
        LongText("discussion", "Discussion"),
    ),
)
