"""Nothing of the published forms is lost: the questions are counted against the sources."""

from forms.child import CHILD
from forms.form import RepeatedRows
from forms.kinds import FourState, LongText, OneOf, Text
from forms.referral import REFERRAL
from forms.registry import FORMS, form
from forms.screening import SCREENING


def four_states(prefix):
    return [q for q in SCREENING.questions() if isinstance(q, FourState) and q.key.startswith(prefix)]


def labels_of(key):
    return [label for _, label in REFERRAL.by_key[key].choices()]


def test_the_screening_has_18_strong_and_30_moderate_signs_and_24_protective_factors():
    assert [q.key for q in four_states("strong")] == [f"strong_{n:02}" for n in range(1, 19)]
    assert [q.key for q in four_states("moderate")] == [f"moderate_{n:02}" for n in range(1, 31)]
    domains = {"education": 5, "health": 5, "emotional": 5, "family": 9}
    assert [q.key for q in four_states("protective")] == [
        f"protective_{domain}_{n}" for domain, last in domains.items() for n in range(1, last + 1)
    ]


def test_every_sign_and_factor_must_be_answered_and_its_sentence_is_its_own():
    signs = four_states("")
    assert all(q.required for q in signs)
    sentences = {q.if_missing() for q in signs}
    assert len(sentences) == 72
    assert max(map(len, sentences)) < 120


def test_every_sign_has_a_note_its_basis_and_its_source_folded_beside_it_once_it_was_seen():
    for sign in four_states("strong") + four_states("moderate"):
        beside = [q for q in SCREENING.questions() if q.beside is sign]
        assert [(type(q), q.key.removeprefix(sign.key)) for q in beside] == [
            (LongText, "_note"),
            (OneOf, "_basis"),
            (Text, "_source"),
        ]
        for question in beside:
            asked = [
                s for s in ("yes", "no", "historical", "unknown") if question.asked_if.holds({sign.key: s})
            ]
            assert asked == ["yes", "historical"]
            assert not question.required


def test_a_section_of_signs_is_short_enough_for_one_screen():
    counts = [sum(isinstance(q, FourState) for q in s.questions) for s in SCREENING.sections if "_" in s.key]
    assert [n for n in counts if n] == [9, 9, 10, 10, 10, 5, 5, 5, 9]


def test_the_decision_of_the_screening_is_one_of_four_and_explained():
    assert [key for key, _ in SCREENING.by_key["what_should_happen"].choices()] == [
        "no_further_action",
        "early_intervention",
        "discuss",
        "refer_to_meeting",
    ]
    assert SCREENING.by_key["what_should_happen"].required
    assert SCREENING.by_key["explanation"].required


def test_danger_is_the_first_thing_screening_and_referral_speak_of():
    for each in (SCREENING, REFERRAL):
        assert "call 999" in each.opening_words[0]
        assert "front door" in each.opening_words[1]


def test_the_referral_lists_15_natures_20_kinds_of_further_evidence_and_7_themes():
    assert len(labels_of("nature")) == 15
    assert len(labels_of("further_evidence")) == 20
    evidence = REFERRAL.by_key["evidence"]
    themes = next(q for q in evidence.questions if q.key == "theme")
    assert len(themes.choices()) == len(evidence.prompts) == 7
    for (_, theme), guidance in zip(themes.choices(), evidence.prompts, strict=True):
        assert guidance.startswith(theme)


def test_a_manager_decides_on_an_open_child_without_early_help():
    front_door, manager = labels_of("front_door_decision"), labels_of("manager_decision")
    assert [label for label in front_door if label not in manager] == ["Early help"]


def test_the_referral_cannot_be_sent_without_route_kind_suspicion_and_one_piece_of_evidence():
    required = {q.key for q in REFERRAL.questions() if q.required and q.asked_if is None}
    assert required == {"practitioner_name", "practitioner_agency", "route", "kind", "why_suspected"}
    assert REFERRAL.by_key["evidence"].at_least == 1


def test_the_practitioner_is_filled_in_from_the_account():
    details = {q.filled_from for q in REFERRAL.sections[0].questions}
    assert details == {
        "name", "agency", "job_title", "address", "postcode", "telephone", "email", "working_days",
    }  # fmt: skip


def test_the_child_is_asked_everything_once():
    assert list(CHILD.by_key) == [
        "name", "aliases", "date_of_birth", "date_of_birth_is_estimate", "nhs_number", "lcs_number",
        "address", "postcode", "area", "responsible_authority", "placed_on",
        "sex", "gender", "sexual_identity", "ethnicity", "nationality", "first_language", "interpreter_needed",
        "disability", "sen", "adults", "siblings", "school", "service_status",
        "lead_practitioner_name", "lead_practitioner_agency", "lead_practitioner_contact",
    ]  # fmt: skip
    assert {q.key for q in CHILD.questions() if q.required} == {"name", "date_of_birth", "area"}
    assert len(CHILD.by_key["ethnicity"].choices()) == 20
    assert [q.key for q in CHILD.by_key["adults"].questions] == [
        "name", "relation", "date_of_birth", "parental_responsibility", "contact",
    ]  # fmt: skip


def test_every_form_is_found_by_its_key():
    assert [form(each.key) for each in FORMS] == list(FORMS)
    assert {"child", "screening", "referral", "assessment", "tracker"} <= {each.key for each in FORMS}


def test_words_people_read_never_say_please_or_invalid():
    for each in FORMS:
        for item in each.items():
            inside = item.questions if isinstance(item, RepeatedRows) else ()
            for question in (item, *inside):
                words = " ".join(
                    (question.label, question.help, question.if_missing(), *question.prompts)
                ).lower()
                assert "please" not in words
                assert "invalid" not in words
