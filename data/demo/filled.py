"""The demo's forms filled in: answers that fit the child, the kind of exploitation and how heavy the concern is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from data.demo import invented
from data.demo.chance import Chance
from data.demo.people import Team
from forms.age import age_on
from forms.codes import CONTEXTS
from forms.referral.evidence import FURTHER_EVIDENCE
from forms.screening import MODERATE_SIGNS, PROTECTIVE_FACTORS, STRONG_SIGNS
from forms.tracker import UNKNOWN, indicators

Answers = dict[str, Any]

CRIMINAL_SIGNS = {
    "strong_01", "strong_03", "strong_04", "strong_05", "strong_07", "strong_08", "strong_10", "strong_13", "strong_14",
    "strong_17", "strong_18", "moderate_03", "moderate_11", "moderate_14", "moderate_17", "moderate_18", "moderate_24",
}  # fmt: skip
SEXUAL_SIGNS = {
    "strong_01", "strong_02", "strong_06", "strong_09", "strong_12", "strong_16", "moderate_01", "moderate_07",
    "moderate_15", "moderate_17", "moderate_21", "moderate_22", "moderate_29", "moderate_30",
}  # fmt: skip

NATURE_OF = {
    "criminal:out_of_borough_drugs": "county_lines", "criminal:in_borough_drugs": "in_city_drugs",
    "criminal:storing": "storing", "criminal:family_linked": "family_linked", "criminal:coercion": "coercion",
    "criminal:warning_signs": "warning_signs", "criminal:financial": "financial", "criminal:online": "online",
    "sexual:online": "online", "sexual:party": "party", "sexual:relationship": "relationship",
    "sexual:lone_offender": "lone_offender", "sexual:group": "group", "sexual:on_street": "on_street",
    "sexual:child_on_child": "peer", "sexual:warning_signs": "warning_signs",
}  # fmt: skip
"""The assessment's context → the referral's nature of exploitation."""

SCALE_OF = {"A": (1, 2), "B": (2, 4), "C": (4, 6), "D": (6, 8), "E": (8, 10)}
WEIGHT_OF = {"A": 0.95, "B": 0.75, "C": 0.45, "D": 0.3, "E": 0.12}
"""How heavy the concern is, from 0 to 1, under each judgement."""


@dataclass
class Portrait:
    """What the forms about one child draw on."""

    date_of_birth: datetime.date
    sex: str
    kind: str
    contexts: list[str]
    gone_to: list[str]
    school: str
    sen: str | None
    service_status: str
    heaviness: float
    """From 0 to 1, at the first concern."""
    relevant: set[str] = field(default_factory=set)


def portrait(chance: Chance, born: datetime.date) -> Portrait:
    sex = chance.one({"M": 61, "F": 37, "U": 2})
    kind = chance.one(
        {"criminal": 72, "both": 16, "sexual": 12}
        if sex == "M"
        else {"criminal": 27, "both": 25, "sexual": 48}
    )
    kinds = ("criminal", "sexual") if kind == "both" else (kind,)
    contexts = [
        context
        for wanted in kinds
        for context in chance.some([key for key, _ in CONTEXTS if key.startswith(wanted)], 1, 2)
    ]
    relevant = (CRIMINAL_SIGNS if "criminal" in kinds else set()) | (
        SEXUAL_SIGNS if "sexual" in kinds else set()
    )
    return Portrait(
        date_of_birth=born,
        sex=sex,
        kind=kind,
        contexts=contexts,
        gone_to=chance.some(invented.GONE_TO, 0, 3),
        school=chance.choice(invented.SCHOOLS),
        sen=chance.one({"N": 48, "K": 30, "E": 18, None: 4}),
        service_status=chance.one(
            {"not_open": 20, "early_help": 22, "youth_justice": 8, "child_in_need": 24, "child_protection": 14,
             "looked_after": 12}
        ),
        heaviness=chance.betavariate(2.2, 2.0),
        relevant=relevant,
    )  # fmt: skip


def screening(chance: Chance, child: Portrait, refers: bool) -> Answers:
    answers: Answers = {}
    for sign in (*STRONG_SIGNS, *MODERATE_SIGNS):
        weight = child.heaviness * (1.0 if sign.key in child.relevant else 0.25)
        if sign.key.startswith("strong"):
            weight *= 0.6
        state = chance.one({"yes": weight, "historical": 0.05, "unknown": 0.14, "no": max(0.1, 0.9 - weight)})
        answers[sign.key] = state
        if state in ("yes", "historical") and chance.happens(0.3):
            theme = chance.choice(list(invented.EVIDENCE))
            answers |= {
                f"{sign.key}_note": chance.choice(invented.EVIDENCE[theme]),
                f"{sign.key}_basis": chance.choice(("evidence", "professional_judgement")),
                f"{sign.key}_source": chance.choice(("School", "Parent", "Return home interview", "Police")),
            }
    for factors in PROTECTIVE_FACTORS.values():
        for factor in factors:
            good = 0.85 - 0.5 * child.heaviness
            answers[factor.key] = chance.one(
                {"yes": good, "no": 0.9 - good, "historical": 0.04, "unknown": 0.12}
            )
    return answers | {
        "changes_observed": chance.choice(invented.CHANGES),
        "concerns_with_evidence": chance.choice(invented.EVIDENCE["associations"])
        if child.heaviness > 0.3
        else None,
        "concerns_from_judgement": chance.choice(invented.WHY),
        "strengths_and_safety": chance.choice(invented.STRENGTHS),
        "what_should_happen": "refer_to_meeting"
        if refers
        else chance.one({"no_further_action": 3, "early_intervention": 4, "discuss": 3}),
        "explanation": chance.choice(invented.WHY)
        if refers
        else "Support is in place, and the worker will look again in three months.",
    }


def referral(chance: Chance, child: Portrait, team: Team, day: datetime.date) -> Answers:
    by = team.practitioners[0] if chance.happens(0.55) else chance.choice(team.practitioners)
    route = chance.one({"front_door": 4, "open_case": 5, "strategy_meeting": 1})
    decided = day - datetime.timedelta(days=chance.randint(1, 9))
    themes = chance.some(list(invented.EVIDENCE), 1, 4)
    return {
        "practitioner_name": by.name,
        "practitioner_agency": by.agency,
        "practitioner_job_role": by.record["job_title"],
        "practitioner_telephone": by.record["telephone"],
        "practitioner_email": by.record["email"],
        "practitioner_working_days": list(by.record["working_days"]),
        "route": route,
        "front_door_decision": chance.choice(("early_help", "section_17", "section_47")),
        "front_door_decided_on": decided,
        "manager_decision": chance.choice(("section_17", "section_47")),
        "manager_decided_on": decided,
        "strategy_meeting_on": decided,
        "form_sent": chance.choice(("marf", "evprf", "both", "none")),
        "form_sent_on": decided,
        "nature": list(dict.fromkeys(NATURE_OF[context] for context in child.contexts)),
        "kind": child.kind,
        "lead_agency": child.service_status
        if child.service_status in ("child_in_need", "child_protection", "looked_after")
        else "none",
        "placed_by_another_authority": False,
        "ehcp": "yes" if child.sen == "E" else "no",
        "learning_need": chance.one({"none": 6, "diagnosed": 2, "on_pathway": 2}),
        "learning_need_details": "Attention and processing; prefers short written notes.",
        "why_suspected": chance.choice(invented.WHY),
        "evidence": [
            {
                "happened_on": day - datetime.timedelta(days=chance.randint(3, 150)),
                "theme": theme,
                "what_is_known": chance.choice(invented.EVIDENCE[theme]),
                "basis": chance.one({"confirmed": 4, "reported": 4, "professional_judgement": 2}),
                "source": chance.choice(("School", "Parent", "Return home interview", "Police", "Youth worker")),
            }
            for theme in themes
        ],
        "further_evidence": chance.some([key for key, _ in FURTHER_EVIDENCE], 0, 5),
        "safe_now": chance.one({"yes": 6, "not_known": 3, "no": 1}),
        "safety_done": chance.choice(invented.PLANS),
        "child_knows": chance.happens(0.8),
        "child_asked": (asked := chance.happens(0.75)),
        "child_views": chance.choice(invented.CHILD_SAYS) if asked else None,
        "child_not_asked": None if asked else "Not yet: a trusted worker will ask at the next visit.",
        "parent_knows": chance.happens(0.85),
        "parent_asked": True,
        "parent_views": chance.choice(invented.PARENT_SAYS),
    }  # fmt: skip


WRITTEN_BY_POLICE = ("harm_from_people", "harm_from_places", "disruption")
WRITTEN_BY_SECOND = ("needs", "education")


def assessment(chance: Chance, child: Portrait, team: Team, day: datetime.date, judgement: str) -> Answers:
    """`day`: when it was written. Police and the second practitioner write the sections named above."""
    worker, police = team.of("social_care"), team.of("police")
    weight = WEIGHT_OF[judgement]
    heard, unsafe = chance.happens(0.85), chance.happens(weight)
    from_17 = age_on(child.date_of_birth, day) >= 17
    return {
        "assessed_on": day,
        "professionals": [
            {"professional_name": p.name, "professional_agency": p.agency, "professional_role": p.record["job_title"],
             "contributed_on": day}
            for p in (worker, team.second, police)
        ],
        "nrm_stage": None,
        "living_situation": chance.one({"at_home": 70, "other_family": 10, "foster_care": 8, "childrens_home": 7,
                                        "temporary": 3, "secure_or_custody": 2}),
        "criminal_contexts": [c for c in child.contexts if c.startswith("criminal")],
        "sexual_contexts": [c for c in child.contexts if c.startswith("sexual")],
        "kind": child.kind,
        "referral_reason": chance.choice(invented.WHY),
        "areas_named": "\n".join(child.gone_to) or None,
        "chronology": [
            {"happened_on": day - datetime.timedelta(days=days), "information": chance.choice(invented.EVIDENCE[theme])}
            for days, theme in ((150, "school"), (90, "missing"), (20, "associations"))
        ],
        "child_voice": chance.choice(invented.CHILD_SAYS) if heard else None,
        "child_voice_missing_reason": None if heard else "Was not ready to talk; the mentor keeps offering.",
        "parent_voice": chance.choice(invented.PARENT_SAYS),
        "school": child.school,
        "has_ehcp": child.sen == "E",
        "on_pathway": chance.happens(0.2),
        "child_support": "Short visits, plain words, and walking rather than sitting at a table.",
        "history": "Known to early help some years ago after a bereavement. Two changes of school.",
        "attending": chance.happens(0.9 - 0.5 * weight),
        "part_time_timetable": chance.happens(0.2 + 0.3 * weight),
        "safe_in_school": chance.happens(0.9 - 0.3 * weight),
        "attendance_escalated": (escalated := chance.happens(0.4 * weight)),
        "attendance_outcome": "A new timetable for six weeks, then a review." if escalated else None,
        "lived_experience": chance.choice(invented.CHANGES),
        "family_support": chance.choice(invented.PARENT_SAYS),
        "trusted_relationship": chance.choice(("A grandparent", "The youth worker", "A teacher", "An older sister")),
        "family_group_conference": chance.choice(("considered", "held", "not_considered")),
        "unsafe_relationships": unsafe,
        "adults_of_concern": "Two adults known by first names only; the police hold what is known." if unsafe else None,
        "adults_referred_to": ["police"] if unsafe else None,
        "positive_people": "A grandparent and two long-standing friends.",
        "unsafe_locations": (places := chance.happens(weight)),
        "locations_of_concern": "A flat near the station and the top floor of a car park." if places else None,
        "safe_locations": "The youth club and the home of a grandparent.",
        "online_concerns": chance.happens(0.5),
        "financial_exploitation": chance.happens(0.3 * weight),
        "missing_episodes": (missing := chance.happens(weight)),
        "return_interviews": "Goes to be with friends, and to be out of reach of the phone at home." if missing else None,
        "push_and_pull": "Arguments about money push; the group's attention pulls." if missing else None,
        "reported_missing": True if missing else None,
        "under_plan": [child.service_status]
        if child.service_status in ("early_help", "youth_justice", "child_in_need", "child_protection")
        else None,
        "main_support": chance.choice(invented.PLANS),
        "already_done": "Visits, a safety plan with the family, and a phone plan. Missing episodes are fewer.",
        "safety_plan": "Who to ring, where to go, and a word the child can send when they want to be fetched.",
        "next_steps": [
            {"step": chance.choice(invented.ACTIONS[agency]), "by_whom": person.name, "step_agency": agency,
             "progress": "ongoing"}
            for agency, person in (("social_care", worker), ("police", police))
        ],
        "resilience": "Builds on what the child enjoys and on the adults whom the child trusts.",
        "referrals_elsewhere": ["none"],
        "child_took_part": chance.happens(0.6),
        "family_took_part": chance.happens(0.8),
        "transitions_plan": "Adult services have met the young person; one worker stays the same." if from_17 else None,
        "intelligence_to_submit": chance.happens(0.3 * weight),
        "disruption_needed": chance.happens(0.4 * weight),
        "marthr_needed": chance.happens(0.25 * weight),
        "judgement": judgement,
        "judgement_reasons": invented.JUDGED[judgement],
        "scale": chance.randint(*SCALE_OF[judgement]),
    }  # fmt: skip


def tracker(chance: Chance, child: Portrait, day: datetime.date, judgement: str, occasion: str) -> Answers:
    """Answers of the 31 indicators that are asked; a few are unknown and some not answered yet."""
    weight = WEIGHT_OF[judgement]
    answers: Answers = {"occasion": occasion}
    for question in indicators():
        given = [key for key, _ in question.options if key != UNKNOWN]
        if chance.happens(0.07):
            answers[question.key] = chance.choice((UNKNOWN, None))
        elif given == ["yes", "no", "historical"]:
            answers[question.key] = chance.one(
                {"yes": 0.5 * weight, "historical": 0.1, "no": 1.0 - 0.5 * weight}
            )
        elif given == ["yes", "no"]:
            answers[question.key] = "yes" if chance.happens(0.45 * weight) else "no"
        else:
            # These options run from the least to the most.
            answers[question.key] = given[
                min(len(given) - 1, int(chance.betavariate(1 + 2.5 * weight, 2.2) * len(given)))
            ]
    answers["looked_after"] = "yes" if child.service_status == "looked_after" else "no"
    if chance.happens(0.12 * weight):
        answers |= {"modern_slavery_investigation": True, "modern_slavery_on": day}
    return answers
