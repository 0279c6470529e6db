"""For every kind, `typed` is the way back from `read`: a stored answer put back on the screen reads the same."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nhs_number import REGION_SYNTHETIC, generate

from forms import kinds
from forms.kinds import (
    AnyOf,
    Date,
    FourState,
    LongText,
    NHSNumber,
    OneOf,
    Postcode,
    Scale,
    Text,
    WholeNumber,
    YesNo,
)
from forms.question import Wrong
from forms.registry import FORMS

THREE = (("a", "A"), ("b", "B"), ("c", "C"))
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)
EVERY_KIND = {
    Text: (Text("k", "L"), words),
    LongText: (LongText("k", "L"), st.text(st.characters(exclude_categories=("Cs",)), max_size=500)),
    OneOf: (OneOf("k", "L", options=THREE), st.sampled_from("abc")),
    AnyOf: (AnyOf("k", "L", options=THREE), st.lists(st.sampled_from("abc"))),
    FourState: (FourState("k", "L"), st.sampled_from(["yes", "no", "historical", "unknown"])),
    YesNo: (YesNo("k", "L"), st.sampled_from(["yes", "no", True, False])),
    Scale: (Scale("k", "L"), st.integers(1, 10)),
    WholeNumber: (WholeNumber("k", "L"), st.integers(0, 1_000_000)),
    Date: (Date("k", "L"), st.dates(datetime.date(1900, 1, 1)).map(lambda d: f"{d.day}/{d.month}/{d.year}")),
    Postcode: (Postcode("k", "L"), st.sampled_from(["L1 8JQ", "zz993vz", "ec1a1bb", "S1 2HH", "m11ae"])),
    NHSNumber: (
        NHSNumber("k", "L"),
        st.sampled_from(generate(quantity=50, for_region=REGION_SYNTHETIC)),
    ),
}


def test_no_kind_is_left_out():
    assert {kind.__name__ for kind in EVERY_KIND} == set(kinds.__all__)
    used = {type(q) for form in FORMS for q in form.questions()}
    assert used <= set(EVERY_KIND)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_reading_what_an_answer_types_gives_the_answer(kind, data):
    question, what_is_typed = EVERY_KIND[kind]
    try:
        answer = question.read(data.draw(what_is_typed))
    except Wrong:
        assert kind in (Text, LongText)  # only words have characters to refuse
        return
    typed = question.typed(answer)
    assert question.read(typed) == answer
    assert question.read(json.loads(json.dumps(typed))) == answer, "a draft keeps it as JSON"
    assert isinstance(question.as_text(answer), str)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.__name__)
@given(typed=st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text() | st.integers()))
def test_anything_at_all_is_read_or_refused_and_never_breaks(kind, typed):
    question, _ = EVERY_KIND[kind]
    try:
        answer = question.read(typed)
    except Wrong:
        return
    assert question.read(question.typed(answer)) == answer
