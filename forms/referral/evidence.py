"""Why the child may be exploited: evidence and intelligence as dated rows, and the list of further evidence."""

from __future__ import annotations

from forms.form import RepeatedRows, Section
from forms.kinds import AnyOf, Date, LongText, OneOf, Text
from forms.kinds.one_of import Options

SOURCE = "Sheffield MACE guidance, appendix 2"

MONTHS_CURRENT = 6

THEMES: Options = (
    ("missing", "Missing episodes"),
    ("school", "School or college"),
    ("home", "Home and relationships"),
    ("associations", "Peer and adult association"),
    ("substances", "Misuse of drugs or alcohol"),
    ("health", "Mental and physical health"),
    ("further", "Further evidence of exploitation"),
)

# The referral form's guidance for each theme, its questions as sentences.
THEME_GUIDANCE = (
    "Missing episodes from home, school or care: how many, how often and for how long? Does the child stay out late "
    "but is not missing? Not missing overnight, but whereabouts during the day not known? At what times, where are "
    "they thought or known to go, and with whom? Are they always reported missing, and do parents or carers know?",
    "School or college: is the child in education, training or work, or looking for work? Is attendance a concern, "
    "and do parents or carers work with services on it? A reduced timetable, persistent absence, or a sudden change "
    "in attendance, performance or behaviour? Not attending, or not in education, employment or training? Any "
    "prosecution for attendance, services involved, change of attitude or recent significant incident?",
    "Home and relationships: are relationships and communication at home good, and the accommodation suitable? Are "
    "age-appropriate boundaries and routines set and kept? Frequent changes of placement or accommodation, "
    "homelessness or sofa surfing? Are parents or carers losing the capacity to keep boundaries, or is there little "
    "warmth or trust? Current or suspected abuse or neglect? Financial difficulties, domestic abuse, recent trauma, "
    "a death in the family?",
    "Peer and adult association: is the peer group age appropriate and known to the parent or carer? Has the child "
    "moved away from positive activities, become secretive about peers, or been found with them out of borough? Have "
    "services or anti-social behaviour reports come in? Are peers or adults known to criminal justice agencies, "
    "known to be exploited, suspected of carrying weapons, or linked to a gang or organised crime? Who are they, how "
    "old, and what do the police and partners know?",
    "Misuse of drugs or alcohol: is any use a concern for the child's age, part of daily life, or a dependency? What "
    "is used, how much, where and with whom? How is it paid for, and where does it come from, such as older peers or "
    "family? Has the child been found with class A drugs more than once? Is there evidence that the child is made to "
    "move or sell drugs?",
    "Mental and physical health: what concerns are there for physical or mental health? Is more mental health "
    "support needed, and why? Any formal diagnosis? Has health declined in the last six months? Are regular health "
    "appointments kept? Any self-harm, talk of self-harm in the last six months, suicide attempt or suicidal "
    "thoughts now?",
    "Further evidence of exploitation: see the list in the next section, and say here what is known of each.",
)

FURTHER_EVIDENCE: Options = (
    ("unexplained_money", "Extra money or new items that cannot be legitimately accounted for"),
    ("multiple_phones", "Having multiple phones and SIM cards"),
    ("drug_debts", "People demanding money for drug debts"),
    ("moved_home", "Family or young person has had to move or leave their home"),
    ("items_missing", "Items have gone missing from the home"),
    ("previous_concerns", "Previous child exploitation concerns"),
    ("sudden_change", "Sudden change in behaviour or appearance"),
    ("multiple_callers", "Multiple callers (unknown adults or older young people)"),
    ("hotel_keys", "Possession of hotel keys or cards, or keys to unknown premises"),
    ("known_locations", "Frequenting known locations that have concerns of child exploitation"),
    ("knowledge_of_towns", "Knowledge of towns or cities they have no previous connection with"),
    ("offences", "Offences committed"),
    ("sexualised_behaviour", "Evidence of inappropriate sexualised behaviour and language"),
    ("group_or_gang", "Affiliation with a group or gang"),
    ("coerced_to_recruit", "Evidence that the child is coerced to recruit other children"),
    ("police_intelligence", "Additional police intelligence"),
    ("injuries", "Injuries, physical or sexual"),
    (
        "controlling_adults",
        "Associating or in a relationship with adults who encourage emotional dependence, loyalty and isolation "
        "from safe relationships",
    ),
    (
        "taken_out_of_area",
        "Reports of being taken to hotels, nightclubs or out of the area by unknown adults",
    ),
    (
        "vehicles",
        "Entering or leaving vehicles with unknown adults; association with taxi firms or takeaway owners",
    ),
)

BASIS: Options = (
    ("confirmed", "Fact confirmed"),
    ("reported", "Reported, not confirmed"),
    ("professional_judgement", "Professional judgement"),
)

happened_on = Date(
    "happened_on",
    "Date it happened",
    required=True,
    missing="Enter the date it happened",
    help="If the exact day is not known, the nearest day, and say so in what is known",
    may_be_future=False,
)

WHY = Section(
    "why",
    "Why you suspect exploitation",
    source=SOURCE,
    guidance=(
        "Record what is known to be right and accurate as such. Where you are concerned that something may happen, "
        "or believe that it does without tangible evidence, record that as such.",
        "Be clear about when things happened: the risk must be judged on information that is current.",
    ),
    questions=(
        LongText(
            "why_suspected",
            "Why do you suspect the child is being exploited?",
            required=True,
            missing="Say why you suspect the child is being exploited",
        ),
        RepeatedRows(
            "evidence",
            "Evidence or intelligence from the last six months",
            row_name="piece of evidence",
            at_least=1,
            sensitive=True,
            prompts=THEME_GUIDANCE,
            questions=(
                happened_on,
                LongText(
                    "why_still_relevant",
                    "Why is it still relevant?",
                    asked_if=happened_on.is_older_than(months=MONTHS_CURRENT),
                    required=True,
                    missing="Say why evidence older than six months is still relevant",
                ),
                OneOf("theme", "Theme", options=THEMES, required=True, missing="Select a theme"),
                LongText("what_is_known", "What is known", required=True, missing="Enter what is known"),
                OneOf(
                    "basis",
                    "What this rests on",
                    options=BASIS,
                    required=True,
                    missing="Select what this rests on",
                ),
                Text("source", "Source", help="Who or what it comes from, and which agency"),
            ),
        ),
    ),
)

FURTHER = Section(
    "further",
    "Further evidence of exploitation",
    source=SOURCE,
    questions=(AnyOf("further_evidence", "Which of these are known?", options=FURTHER_EVIDENCE),),
)
