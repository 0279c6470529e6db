"""The list finds what blames a child, in whatever form it is written, and leaves alone what a child says and what only
looks like it.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.language import PHRASES, find
from forms.language.phrase import Phrase
from forms.language.phrases import APPENDIX_B
from forms.language.wording import WordingContradiction

BLAMES = {
    "putting_themselves_at_risk": (
        "She keeps putting herself at risk", "PUTS  THEMSELVES\nAT RISK", "puts himself at further risk of harm",
        "placed herself in risky situations",
    ),
    "choosing_this_lifestyle": ("he is choosing this lifestyle", "It is a lifestyle choice", "chose such a lifestyle"),
    "promiscuous": ("is promiscuous", "her promiscuity"),
    "streetwise": ("very streetwise", "Street-wise"),
    "drug_running": ("is drug running", "has been running drugs", "ran class A drugs"),
    "recruit_run_work": ("works for the dealers", "She recruits younger children for the gang", "runs for a county line"),
    "involved_in_exploitation": ("is involved in CSE", "involvement in child criminal exploitation"),
    "sexually_active_since": ("sexually active since she was 12", "sexually active from the age of eleven"),
    "drugs_in_return_for_sex": ("was offered drugs in return for sex", "sex for cannabis"),
    "child_prostitute": ("was prostituting herself", "a child prostitute"),
    "boyfriend_of_an_exploiter": ("Her boyfriend exploits her", "an older boyfriend", "girlfriend aged 24"),
    "sexual_activity_with": ("sexual activity with him",),
    "associating_with_elders": ("associating with known elders", "spends a lot of time with the elders"),
    "contacting_adults_online": ("contacting adults online", "messaging older men online"),
    "gang_member": ("a gang member", "gang-affiliated", "member of a local gang"),
    "hard_to_reach": ("hard-to-reach", "has disengaged", "refuses to engage", "failed to fully engage"),
    "risky_choices": ("risky choices", "poor life choices"),
    "child_perpetrator": ("a child perpetrator",),
    "child_pornography": ("child pornography",),
    "historical_abuse": ("historical abuse", "historic sexual abuse"),
    "troublemaker": ("a troublemaker", "attention-seeking"),
    "went_willingly": ("went with them willingly", "must have known"),
    "agreed_to": ("agreed to carry the package", "consented to sex"),
    "disguised_compliance": ("disguised compliance",),
    "online_friend": ("an online friend",),
    "drug_mule": ("a money mule", "drug mules"),
    "drug_dealer": ("is a drug dealer", "a young drug dealer"),
    "absconding": ("absconded again", "a serial absconder", "is a runaway"),
    "manipulative": ("can be manipulative", "was aggressive"),
    "placement_breakdown": ("placement breakdown", "the placement has broken down"),
    "lac": ("a LAC child",),
}  # fmt: skip
"""By key of the phrase: sentences in which it is found, and nothing else."""

LEFT_ALONE = (
    "Mum works for the council.",
    "The youth worker works with her.",
    "He was recruited by the gang.",
    "Her boyfriend is in her class.",
    "Her mum's older boyfriend was there.",
    "She has a boyfriend. An adult exploits her cousin.",
    "Sexually active since 15.",
    "Sexual activity with a peer of the same age.",
    "Agencies involved in CCE met.",
    "Mum agreed to the referral and consented to sharing information.",
    "He agreed to go to school.",
    "An adult male who is a drug dealer.",
    "The perpetrator was an aggressive man.",
    "LAC review on Monday. Lilac, lac and placard.",
    "Agencies have been unable to engage her.",
    "A risk at home. Putting the children at risk was her uncle.",
)

BLAME = [sentences[0] for sentences in BLAMES.values()]
MARKS = ("“”", '""', "''", "‘’", "«»", "„“", "‹›", "``", "””", "「」", "‚‘", "＂＂")


def keys(text: str) -> set[str]:
    return {found.phrase.key for found in find(text)}


def test_every_phrase_of_the_list_has_examples() -> None:
    assert [phrase.key for phrase in PHRASES] == list(BLAMES)


def test_what_appendix_b_names_is_marked_as_its_own() -> None:
    assert sum(phrase.source == APPENDIX_B for phrase in PHRASES) == 13


@pytest.mark.parametrize(("key", "sentences"), BLAMES.items(), ids=BLAMES)
def test_a_phrase_is_found_in_its_forms_and_no_other_with_it(key: str, sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        assert keys(sentence) == {key}, sentence


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_what_only_looks_like_it_is_left_alone(sentence: str) -> None:
    assert keys(sentence) == set()


def test_each_place_is_told_in_order() -> None:
    text = "She is streetwise. He absconded, and she is still streetwise."
    assert [text[found.start : found.end] for found in find(text)] == [
        "streetwise",
        "absconded",
        "streetwise",
    ]


def test_of_two_phrases_at_one_place_the_longer_is_meant() -> None:
    assert keys("Made poor lifestyle choices") == {"risky_choices"}


@pytest.mark.parametrize("text", [None, 7, True, ["streetwise"], {"a": "streetwise"}, ""])
def test_what_is_no_text_blames_nobody(text: object) -> None:
    assert find(text) == ()


@pytest.mark.parametrize("sentence", BLAME)
@pytest.mark.parametrize("marks", MARKS)
def test_a_childs_own_words_in_quotation_marks_of_any_kind_are_left_alone(sentence: str, marks: str) -> None:
    assert keys(f"She said: {marks[0]}{sentence}{marks[1]}, and left.") == set()


def test_a_quotation_that_is_still_being_typed_is_one_already() -> None:
    assert keys("She said “I am not streetwise and") == set()
    assert keys("She said “I am not streetwise and\nThe child is streetwise") == {"streetwise"}


def test_an_apostrophe_is_no_quotation_mark() -> None:
    for text in (
        "The boys' friend is streetwise, the girls' too",
        "She doesn't know; he's streetwise, isn't he",
    ):
        assert keys(text) == {"streetwise"}
    assert keys("She said ‘I don’t think I’m streetwise’ then") == set()


@given(st.text(), st.sampled_from(BLAME), st.text())
def test_it_never_fails_and_finds_only_what_is_there(before: str, sentence: str, after: str) -> None:
    text = before + sentence + after
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert any(
            wording.pattern.fullmatch(text[found.start : found.end]) for wording in found.phrase.searched
        )


@given(
    st.text(st.sampled_from("ab .,\n\"'“”‘’«»!—é")),
    st.sampled_from(MARKS),
    st.sampled_from(BLAME),
    st.text(st.sampled_from("ab .,\n\"'“”‘’«»!—é")),
)
def test_quoted_words_are_never_pointed_at_whatever_stands_around_them(
    before: str, marks: str, sentence: str, after: str
) -> None:
    text = f"{before} {marks[0]}{sentence}{marks[1]} {after}"
    start = len(before) + 2
    assert not [found for found in find(text) if start <= found.start and found.end <= start + len(sentence)]


def a_phrase(**changed: object) -> Phrase:
    return Phrase(
        **{
            "key": "made_up",
            "avoid": "made up",
            "wordings": ("made up",),
            "why": "is",
            "better": ("so",),
            "source": "a",
        }
        | changed  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"key": "Made up"}, "rename it"),
        ({"better": ()}, "say the wordings, why, better words and the source"),
        ({"source": " "}, "say the wordings, why, better words and the source"),
        ({"wordings": ("…",)}, "has no word that is always there"),
        ({"wordings": ("a* b*",)}, "begins no word with 4 letters"),
        ({"swaps": {"other words": "so"}}, "swap what is found"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(WordingContradiction, match=sentence):
        a_phrase(**changed)
