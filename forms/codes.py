"""The code lists that several forms share, as (key, label) in the order people read them. Keys are for ever."""

from forms.kinds.one_of import Options

SEX: Options = (("F", "Female"), ("M", "Male"), ("U", "Not known"))

ETHNICITY: Options = (
    ("WBRI", "White British"),
    ("WIRI", "White Irish"),
    ("WIRT", "Traveller of Irish heritage"),
    ("WOTH", "Any other White background"),
    ("WROM", "Gypsy or Roma"),
    ("MWBC", "White and Black Caribbean"),
    ("MWBA", "White and Black African"),
    ("MWAS", "White and Asian"),
    ("MOTH", "Any other mixed background"),
    ("AIND", "Indian"),
    ("APKN", "Pakistani"),
    ("ABAN", "Bangladeshi"),
    ("AOTH", "Any other Asian background"),
    ("CHNE", "Chinese"),
    ("BCRB", "Black Caribbean"),
    ("BAFR", "Black African"),
    ("BOTH", "Any other Black background"),
    ("OOTH", "Any other ethnic group"),
    ("REFU", "Refused"),
    ("NOBT", "Not yet obtained"),
)
"""Children in need census, in the order of its groups. Refused and not yet obtained stay apart."""

ETHNICITY_GROUPS: dict[str, tuple[str, ...]] = {
    "white": ("WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
    "mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "asian": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "black": ("BCRB", "BAFR", "BOTH"),
    "other": ("OOTH",),
    "not_known": ("REFU", "NOBT"),
}

GENDER: Options = (
    ("female", "Female"),
    ("male", "Male"),
    ("another", "Another gender"),
    ("not_known", "Not known"),
)

SEN: Options = (
    ("N", "No special educational need"),
    ("K", "Special educational needs (SEN) support"),
    ("E", "Education, health and care (EHC) plan"),
)

DISABILITY: Options = (
    ("NONE", "None"),
    ("MOB", "Mobility"),
    ("HAND", "Hand function"),
    ("PC", "Personal care"),
    ("INC", "Incontinence"),
    ("COMM", "Communication"),
    ("LD", "Learning"),
    ("HEAR", "Hearing"),
    ("VIS", "Vision"),
    ("BEH", "Behaviour"),
    ("CON", "Consciousness"),
    ("AUT", "Diagnosed with autism or Asperger syndrome"),
    ("DDA", "Other disability under the Equality Act"),
)

SERVICE_STATUS: Options = (
    ("not_open", "Not open to a service"),
    ("early_help", "Early help"),
    ("youth_justice", "Youth justice"),
    ("child_in_need", "Child in need"),
    ("child_protection", "Child protection plan"),
    ("looked_after", "Looked after by the local authority"),
)

AGENCIES: Options = (
    ("social_care", "Children's social care"),
    ("police", "Police"),
    ("health", "Health"),
    ("education", "Education"),
    ("youth_justice", "Youth justice"),
    ("early_help", "Early help"),
    ("voluntary", "Voluntary sector"),
    ("probation", "Probation"),
    ("housing", "Housing"),
    ("community_safety", "Community safety"),
    ("other", "Another agency"),
)

KIND_OF_EXPLOITATION: Options = (
    ("criminal", "Criminal"),
    ("sexual", "Sexual"),
    ("both", "Both criminal and sexual"),
)

JUDGEMENTS: Options = (
    ("A", "Experiencing harm from exploitation, and presents a risk of harm towards other children"),
    ("B", "Experiencing harm from exploitation"),
    ("C", "May be experiencing harm from exploitation, and more information is needed"),
    ("D", "Has experienced harm from exploitation and still needs the meeting's oversight"),
    ("E", "Not, or no longer, experiencing harm from exploitation, or at a lower level (prevention)"),
)
"""Pan-Merseyside assessment. "Being exploited" is A or B; "may be exploited" is C."""

CLOSURE_REASONS: Options = (
    ("risk_reduced", "The risk has reduced"),
    ("turned_18", "The child turned 18"),
    ("unable_to_engage", "Agencies have been unable to engage the child"),
    ("lack_of_consent", "Lack of consent"),
    ("moved", "Moved to another area"),
    ("other", "Another reason"),
)

REFERRAL_ROUTES: Options = (
    ("front_door", "A new child, through the front door or safeguarding hub"),
    ("open_case", "A child already open to a service, by the lead practitioner"),
    ("strategy_meeting", "From a child protection strategy meeting"),
)

FRONT_DOOR_DECISIONS: Options = (
    ("no_further_action", "No further action"),
    ("signposting", "Signposting"),
    ("early_help", "Early help"),
    ("section_17", "Section 17 assessment (child in need)"),
    ("section_47", "Section 47 enquiry (child protection)"),
)

NRM_STAGES: Options = (
    ("not_applicable", "Not applicable"),
    ("needs_referral", "Needs to be referred"),
    ("referred", "Referred"),
    ("positive_reasonable", "Positive reasonable grounds"),
    ("conclusive", "Conclusive grounds"),
    ("negative", "Negative"),
)

CONTEXTS: Options = (
    ("criminal:out_of_borough_drugs", "Out-of-borough drug dealing"),
    ("criminal:in_borough_drugs", "In-borough drug dealing"),
    ("criminal:storing", "Storing weapons or drugs for others"),
    ("criminal:family_linked", "Family linked to organised crime"),
    ("criminal:coercion", "Committing offences under coercion"),
    ("criminal:warning_signs", "Warning signs (criminal)"),
    ("criminal:financial", "Financial"),
    ("criminal:online", "Online (criminal)"),
    ("sexual:online", "Online (sexual)"),
    ("sexual:party", "Party"),
    ("sexual:relationship", "Exploitative relationship"),
    ("sexual:lone_offender", "Adult or lone offender"),
    ("sexual:group", "Group or gang"),
    ("sexual:on_street", "On street"),
    ("sexual:child_on_child", "Child on child"),
    ("sexual:warning_signs", "Warning signs (sexual)"),
)
"""Pan-Merseyside assessment, both lists. The import and the return spell them `criminal:` or `sexual:` and the label."""

AREAS_GONE_TO: Options = (
    ("home_authority", "Home authority"),
    ("merseyside", "Merseyside"),
    ("north_west", "North West"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("north_east", "North East"),
)
"""Pan-Merseyside minutes. Wards of the home authority and areas added by hand are typed beside these."""

FOUR_PS: Options = (
    ("prepare", "Prepare"),
    ("prevent", "Prevent"),
    ("pursue", "Pursue"),
    ("protect", "Protect"),
)

PROGRESS: Options = (("ongoing", "Ongoing"), ("completed", "Completed"))
