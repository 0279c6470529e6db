"""What each kind of question takes and what it refuses, as tables. A refusal says what to do."""

import datetime

import pytest

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

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)
TWO = (("a", "First"), ("b", "Second"))

number = NHSNumber("n", "NHS number")
postcode = Postcode("p", "Postcode")
date = Date("d", "Date of birth", may_be_future=False)
review = Date("r", "Review date", may_be_past=False)
line = Text("t", "Name")
story = LongText("l", "Explain why")
one = OneOf("o", "Choose", options=TWO)
some = AnyOf("a", "Choose", options=TWO)
scale = Scale("s", "Scale")
count = WholeNumber("c", "How many", highest=50)
yes_no = YesNo("y", "Is it so?")
sign = FourState("f", "New nickname")

ACCEPTED = [
    (number, "9991234551", "9991234551"),
    (number, " 999 123 4551 ", "9991234551"),
    (number, "999-123-4551", "9991234551"),
    (number, "", None),
    (postcode, "l1 8jq", "L1 8JQ"),
    (postcode, "S12HH", "S1 2HH"),
    (postcode, " ec1a  1bb ", "EC1A 1BB"),
    (postcode, "zz993vz", "ZZ99 3VZ"),
    (postcode, "  ", None),
    (date, "29 2 2012", datetime.date(2012, 2, 29)),
    (date, "29/02/2012", datetime.date(2012, 2, 29)),
    (date, "2012-02-29", datetime.date(2012, 2, 29)),
    (date, "13 november 2012", datetime.date(2012, 11, 13)),
    (date, "13 Nov 2012", datetime.date(2012, 11, 13)),
    (date, TODAY.isoformat(), TODAY),
    (date, TODAY, TODAY),
    (date, " ", None),
    (review, TODAY.isoformat(), TODAY),
    (review, (TODAY + DAY).isoformat(), TODAY + DAY),
    (line, "  Zoë O'Neill-Ødegård ", "Zoë O'Neill-Ødegård"),
    (line, "=1+1", "=1+1"),
    (line, "<b>bold</b>", "<b>bold</b>"),
    (line, "x" * 200, "x" * 200),
    (line, "\n", None),
    (story, "one\r\ntwo\rthree", "one\ntwo\nthree"),
    (story, "she sent 👩‍👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "she sent 👩‍👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    (story, "x" * 20_000, "x" * 20_000),
    (story, "قال", "قال"),
    (one, "a", "a"),
    (one, "", None),
    (some, ["b", "a", "a"], ["a", "b"]),
    (some, [], None),
    (scale, "10", 10),
    (scale, 1, 1),
    (count, "0", 0),
    (count, "50", 50),
    (yes_no, "yes", True),
    (yes_no, "no", False),
    (yes_no, False, False),
    (yes_no, None, None),
    (sign, "unknown", "unknown"),
    (sign, None, None),
]

REFUSED = [
    (number, "000 000 0000", "cannot be the same digit ten times"),
    (number, "111 111 1111", "cannot be the same digit ten times"),
    (number, "999 123 4560", "its last digit does not fit the others"),
    (number, "999 123 456", "must have 10 digits"),
    (number, "٩٩٩١٢٣٤٥٦٧", "must have 10 digits"),
    (number, "999123456X", "must have 10 digits"),
    (postcode, "L1", "Enter a full postcode"),
    (postcode, "QQ1 1AA", "Enter a full postcode"),
    (postcode, "L1 8JQ; DROP TABLE", "Enter a full postcode"),
    (date, "29 2 2011", "must be a real date"),
    (date, "31 4 2012", "must be a real date"),
    (date, "0 0 2012", "must be a real date"),
    (date, "13 13 2012", "must be a real date"),
    (date, "13 11 12", "year of four digits"),
    (date, "yesterday", "must have a day, a month and a year"),
    (date, "١٣ ١١ ٢٠١٢", "must have a day, a month and a year"),
    (date, "1 1 1899", "must be in 1900 or later"),
    (date, (TODAY + DAY).isoformat(), "Date of birth must be today or in the past"),
    (review, (TODAY - DAY).isoformat(), "Review date must be today or in the future"),
    (line, "x" * 201, "Shorten “Name” to 200 characters or fewer: it has 201"),
    (line, "two\nlines", "Write “Name” on one line"),
    (story, "x" * 20_001, "to 20,000 characters or fewer: it has 20,001"),
    (story, "x" * 100_000, "it has 100,000"),
    (one, "c", "Select one of the answers listed"),
    (one, "First", "Select one of the answers listed"),
    (one, ["a"], "Select one of the answers listed"),
    (some, ["a", "c"], "Select only answers listed"),
    (some, "ab", "Select only answers listed"),
    (some, [["a"]], "Select only answers listed"),
    (scale, "11", "Select a number from 1 to 10"),
    (scale, "0", "Select a number from 1 to 10"),
    (scale, "5.5", "Select a number from 1 to 10"),
    (count, "51", "must be a whole number from 0 to 50"),
    (count, "-1", "must be a whole number from 0 to 50"),
    (count, "3.0", "must be a whole number from 0 to 50"),
    (yes_no, "maybe", "Select one of the answers listed"),
    (sign, "Yes", "Select one of the answers listed"),
]


@pytest.mark.parametrize(("question", "typed", "answer"), ACCEPTED)
def test_it_is_accepted_and_read(question, typed, answer):
    assert question.read(typed) == answer


@pytest.mark.parametrize(("question", "typed", "sentence"), REFUSED)
def test_it_is_refused_with_what_to_do(question, typed, sentence):
    with pytest.raises(Wrong) as wrong:
        question.read(typed)
    assert sentence in str(wrong.value)


def test_a_refusal_never_repeats_what_was_typed():
    for question, typed, _ in REFUSED:
        if isinstance(typed, str) and len(typed) > 4:
            with pytest.raises(Wrong) as wrong:
                question.read(typed)
            assert typed not in str(wrong.value)


def test_answers_read_back_as_people_say_them():
    assert number.as_text("9991234551") == "999 123 4551"
    assert date.as_text(datetime.date(2026, 11, 13)) == "13 November 2026"
    assert some.as_text(["a", "b"]) == "First; Second"
    assert Scale("s", "Scale", lowest_means="at risk").as_text(1) == "1 (at risk)"
    assert yes_no.as_text(False) == "No"
    assert sign.as_text("historical") == "Historical"
    assert line.as_text(None) == "Not answered"
