"""What a partnership and an area decide for themselves: each setting as a question, with its default and its source.

What was set is read by `data.settings`; a rule of a form finds it among what the form is about, by `told`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from forms.answers import Checked, check
from forms.bands import ENOUGH_KNOWN
from forms.codes import AGENCIES
from forms.form import Form, Section
from forms.kinds import AnyOf, LongText, OneOf, Text, WholeNumber, YesNo
from forms.meeting import CHAIRS
from forms.places import AREAS, PARTNERSHIPS, partnership_of
from forms.question import Answer, Question, Typed

PARTNERSHIP, AREA = "partnership", "area"

ABOUT = "settings"
"""Among what a form is about (`forms.form.Rule`): the settings of the child's area, by key."""


@dataclass(frozen=True, eq=False)
class Setting:
    question: Question
    _: KW_ONLY
    source: str
    default: Answer = None
    elsewhere: Mapping[str, Answer] = field(default_factory=dict)
    """Places whose default is another one, by their key."""
    by_agency: bool = False
    """A choice among agencies that is kept for each of them by itself."""

    @property
    def key(self) -> str:
        return self.question.key

    def default_of(self, place: str) -> Answer:
        return self.elsewhere.get(place, self.default)


OF_PARTNERSHIP = (
    Setting(
        Text("meeting", "What the meeting is called, in short", required=True),
        source="Sheffield MACE guidance; Pan-Merseyside protocol",
        default="MACE",
        elsewhere={"pan_merseyside": "MACCSE"},
    ),
    Setting(
        Text("meeting_in_full", "What the meeting is called, in full", required=True),
        source="Sheffield MACE guidance; Pan-Merseyside protocol",
        default="Multi-Agency Child Exploitation meeting",
        elsewhere={"pan_merseyside": "Multi-Agency Child Criminal and Sexual Exploitation meeting"},
    ),
    Setting(
        OneOf(
            "frequency",
            "How often does it meet, at the least?",
            options=(("weekly", "Weekly"), ("monthly", "Monthly")),
            required=True,
        ),
        source="Sheffield MACE guidance (weekly); Pan-Merseyside protocol (monthly)",
        default="monthly",
        elsewhere={"sheffield": "weekly"},
    ),
    Setting(
        AnyOf(
            "quorum",
            "Which agencies must be there?",
            options=AGENCIES,
            help="The meeting has its quorum when somebody of each has signed the confidentiality statement.",
        ),
        source="The agencies that chair by the Pan-Merseyside protocol; neither procedure names a quorum",
        default=["social_care", "police"],
    ),
    Setting(
        AnyOf(
            "chairs",
            "Who chairs the meeting and signs its minutes?",
            options=CHAIRS,
            required=True,
            help="Each signs the minutes before they are locked. Minutes that are agreed keep the chairs they were agreed with.",
        ),
        source="pathway.md 4; Pan-Merseyside protocol (jointly); Sheffield MACE guidance (a senior manager of children's services)",
        default=["social_care"],
        elsewhere={"pan_merseyside": ["social_care", "police"]},
    ),
    Setting(
        YesNo(
            "marthr",
            "Is there a meeting about people and places of concern (MARTHR)?",
            required=True,
            help="MARTHR is the multi-agency response to threat, harm and risk. Without one, a record of concern cannot be "
            "nominated.",
        ),
        source="pathway.md 10; Pan-Merseyside protocol (MARTHR is Merseyside's)",
        default=False,
        elsewhere={"pan_merseyside": True},
    ),
    Setting(
        WholeNumber(
            "review_weeks",
            "Review period, in weeks",
            lowest=1,
            highest=26,
            required=True,
            help="The longest time from one discussion to the next without a reason. With a reason it may be up to "
            "six calendar months.",
        ),
        source="pathway.md 7; Pan-Merseyside protocol",
        default=12,
    ),
    Setting(
        OneOf(
            "screening",
            "Is a screening needed before a referral?",
            options=(
                ("required", "Required: no referral without one"),
                ("advised", "Advised: a referral can be sent without one"),
            ),
            required=True,
        ),
        source="pathway.md 2; Sheffield MACE guidance (required)",
        default="advised",
        elsewhere={"sheffield": "required"},
    ),
    Setting(
        OneOf(
            "transitions_from",
            "From what age does a review ask for the transitions plan?",
            options=(("17", "17"), ("17_6", "17½")),
            required=True,
        ),
        source="pathway.md 8",
        default="17_6",
    ),
    Setting(
        WholeNumber(
            "retention_years",
            "Years after closing until a record is due for review or deletion",
            lowest=1,
            highest=100,
            help="Leave it empty to keep every record; a closed record then says that no period is set.",
        ),
        source="access.md, “Retention”",
    ),
    Setting(
        WholeNumber(
            "access_days_after_closing",
            "Days after a child's episode closed until those who worked with the child lose access",
            lowest=0,
            highest=366,
            required=True,
            help="Whoever still has open work about the child keeps it: an ongoing action, a draft, a referral that is not "
            "decided. The area's coordinators and managers are not affected.",
        ),
        source="access.md, “Need to know”; no source names a figure",
        default=90,
    ),
    Setting(
        WholeNumber(
            "small_number_limit",
            "Small numbers: the highest count hidden in the copy for publication",
            lowest=2,  # with 1, every sign would say that it is one child
            highest=20,
            required=True,
            help="Counts from 1 up to this one show as “c”.",
        ),
        source="returns.md, “Small numbers”",
        default=5,
    ),
    Setting(
        WholeNumber(
            "enough_known",
            "How many of the tracker's answers must be known for a band to be read, in percent",
            lowest=1,
            highest=100,
            required=True,
            help="With fewer, or where what is unknown could change the band, the band reads “Not enough known” beside the score.",
        ),
        source="The tool's own: two thirds, so that what is unknown is never read as low; neither procedure says it",
        default=ENOUGH_KNOWN,
    ),
    Setting(
        WholeNumber(
            "target_days_to_assessment",
            "Target: days from referral to assessment",
            lowest=1,
            highest=365,
            help="Leave it empty to show no target.",
        ),
        source="returns.md, “Cohort dashboard”",
    ),
    Setting(
        WholeNumber(
            "target_days_to_meeting",
            "Target: days from referral to the first meeting",
            lowest=1,
            highest=365,
            help="Leave it empty to show no target.",
        ),
        source="returns.md, “Cohort dashboard”",
    ),
)

OF_AREA = (
    Setting(
        LongText(
            "agenda_rule",
            "The area's own rule for its agenda",
            help="Stands wherever the agenda does. Leave it empty if there is none.",
        ),
        source="pathway.md 4; Pan-Merseyside protocol (Liverpool)",
        elsewhere={
            "liverpool": "Liverpool's meeting takes children whose plan is not reducing risk, and all who leave."
        },
    ),
    Setting(
        OneOf(
            "nrm_decided_by",
            "Who decides referrals to the national referral mechanism (NRM)?",
            options=(("national", "Single Competent Authority (national)"), ("local", "A local panel")),
            required=True,
        ),
        source="standards.md, “NRM”",
        default="national",
    ),
    Setting(
        AnyOf(
            "sign_off",
            "Agencies whose manager signs off their referrals",
            options=AGENCIES,
            help="A referral from one of these reaches the coordinator once the agency's own manager has signed it off.",
        ),
        source="pathway.md, “The people”",
        by_agency=True,
    ),
)


def _form(of: str, title: str, settings: tuple[Setting, ...]) -> Form:
    section = Section(of, title, questions=tuple(setting.question for setting in settings))
    return Form(
        f"{of}_settings", title, version=1, sections=(section,), final_button="Save settings",
        source="pathway.md, “The people”",
    )  # fmt: skip


FORMS_OF_SETTINGS = {
    PARTNERSHIP: _form(PARTNERSHIP, "Settings of the partnership", OF_PARTNERSHIP),
    AREA: _form(AREA, "Settings of an area", OF_AREA),
}
SETTINGS = {PARTNERSHIP: OF_PARTNERSHIP, AREA: OF_AREA}
BY_KEY = {setting.key: setting for setting in (*OF_PARTNERSHIP, *OF_AREA)}
PLACES = {PARTNERSHIP: tuple(p.key for p in PARTNERSHIPS), AREA: tuple(key for key, _ in AREAS)}


def kind_of(key: str) -> str:
    """Whose setting it is: `PARTNERSHIP` or `AREA`."""
    return PARTNERSHIP if BY_KEY[key] in OF_PARTNERSHIP else AREA


def place_of(key: str, place: str) -> str:
    """Where the setting is kept for an area, or for a partnership itself."""
    if kind_of(key) == AREA or place in PLACES[PARTNERSHIP]:
        return place
    return partnership_of(place).key


def read(of: str, typed: Mapping[str, Typed]) -> Checked:
    return check(FORMS_OF_SETTINGS[of], typed)


def told(about: Mapping[str, Any], key: str) -> Answer:
    """For a rule of a form: what the child's partnership or area has set, or else what holds without it."""
    return about.get(ABOUT, {}).get(key, BY_KEY[key].default)


def _check_defaults() -> None:
    """A setting that starts with what nobody could choose is refused when it is imported."""
    for setting in BY_KEY.values():
        for answer in (setting.default, *setting.elsewhere.values()):
            question = setting.question
            if (answer is None and question.required) or question.read(question.typed(answer)) != answer:
                raise ValueError(f"{setting.key}: its default {answer!r} is no answer to it: choose another")
        if not set(setting.elsewhere) <= set(PLACES[kind_of(setting.key)]):
            raise ValueError(f"{setting.key}: a default is for a place that there is not: correct its key")


_check_defaults()
