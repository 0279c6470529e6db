"""The chair's self-challenge: the eleven questions that inspectors ask, their own points beneath each."""

from __future__ import annotations

from collections.abc import Iterator

from forms.form import Section
from forms.kinds import LongText, OneOf
from forms.question import Question

SOURCE = (
    "Pan-Merseyside protocol, Appendix A, from the joint targeted area inspection guidance of February 2020"
)

ANSWERS = (("yes", "Yes"), ("in_part", "In part"), ("no", "No"))

ELEVEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Was the referral for the meeting's action timely for the child?",
        (
            "If not, what is the impact? Can we learn, and give feedback to prevent it?",
            "Escalate if required.",
        ),
    ),
    (
        "Is risk identified, understood and prioritised, and does the child appear to be safe?",
        (
            "If we do not understand the risk, what are we doing to try to?",
            "Which immediate actions, specific and with a date, need to be raised?",
            "Do we need to alert anyone else?",
            "Perpetrators, risky people or themes: what are we doing to disrupt them?",
        ),
    ),
    (
        "Has decision-making matched the priority risks and needs?",
        ("What is the biggest risk? Are we addressing it?",),
    ),
    (
        "Are risks, needs and strengths clear in the assessment, and is it updated as risk and need change?",
        (
            "The period to the assessment's review is set by the risk.",
            "Review it if information changes.",
        ),
    ),
    ("Does the assessment identify risks to any other children, siblings included?", ()),
    (
        "Where partners identify places with risks (schools, parks, streets), is action taken on them?",
        (
            "Multi-Agency Response to Threat, Harm, Risk (MARTHR); meetings on threat, harm and risk, and on anti-social "
            "behaviour.",
        ),
    ),
    (
        "Is there a plan for the child that addresses risks and needs, and is it making a difference?",
        (
            "Look at the plan of care, child protection, child in need or early help: how does it address the "
            "vulnerability?",
            "Does the assessment or an agency's update show a reduction in risk? Be clear if so.",
            "Is this only because we have had no reporting, contact or compliance?",
        ),
    ),
    (
        "Is the plan regularly updated and reviewed to reflect changing risk and need?",
        (
            "Look at the plan of care, child protection or child in need: how is it addressing the vulnerability?",
        ),
    ),
    (
        "Is the child supported to engage at all stages, and are parents or carers involved at all stages?",
        (
            "Do we have a professional who is developing a trusted relationship?",
            "Is there evidence of persistence?",
            "Review and assess why it is not working.",
            "Try different approaches to engage.",
        ),
    ),
    (
        "Have individual needs and circumstances been taken into account?",
        (
            "Is the child's voice evident?",
            "Is there a diagnosed learning need, and is it addressed with support?",
            "Which factors of who they are need consideration?",
            "Were they abused? Is there therapeutic help and good support?",
            "Which contextual factors are relevant to the child or family?",
        ),
    ),
    (
        "Do agencies work together effectively to reduce risk to the child?",
        (
            "Which voluntary or other agencies that are not here can help?",
            "What blocks us from reducing the risk here?",
            "Which approach is being taken with the perpetrators?",
            "How are we trying to identify possible perpetrators?",
        ),
    ),
)


def _questions() -> Iterator[Question]:
    for number, (words, points) in enumerate(ELEVEN, 1):
        key = f"self_challenge_{number:02}"
        asked = OneOf(key, f"{number}. {words}", options=ANSWERS, prompts=points)
        yield asked
        yield LongText(f"{key}_note", f"What follows from question {number}", beside=asked)


SELF_CHALLENGE = Section(
    "self_challenge",
    "The chair's self-challenge",
    source=SOURCE,
    intro="A checklist for the chairs; its answers are kept with the minutes.",
    questions=tuple(_questions()),
)
