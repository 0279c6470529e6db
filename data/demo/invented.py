"""Invented names, schools and places of the demo, and the sentences people write in it, in kind language."""

from __future__ import annotations

FIRST_NAMES = {
    "F": (
        "Aveline", "Brisa", "Calla", "Delphie", "Elowyn", "Fenna", "Giselle", "Hollis", "Ilsa", "Junia", "Kestra",
        "Liora", "Marnie", "Nerys", "Odette", "Perrin", "Quilla", "Rowena", "Saffie", "Tamsyn", "Una", "Vesper",
        "Wrenna", "Xanthe", "Yara", "Zelie", "Amara", "Bexley", "Ciara", "Dunya",
    ),
    "M": (
        "Alder", "Bramwell", "Corin", "Dario", "Emrys", "Finlo", "Gethin", "Haldan", "Idris", "Jory", "Kelan",
        "Lorcan", "Merrick", "Nico", "Orrin", "Piran", "Quinn", "Rafe", "Soren", "Tiernan", "Ulric", "Vaughn",
        "Wilf", "Xander", "Yusuf", "Zane", "Ambrose", "Blaise", "Callum", "Denzil",
    ),
}  # fmt: skip

FAMILY_NAMES = (
    "Aldermoor", "Ashwick", "Barrowcliff", "Bellfoss", "Brackenby", "Calderwick", "Cawthwaite", "Crowmere",
    "Dunsgarth", "Eavestone", "Elmscar", "Fairbeck", "Fellgate", "Foxholme", "Garstow", "Gorsefield", "Hazelrigg",
    "Heronby", "Ivelet", "Kelderby", "Langmoss", "Larkholme", "Marrowdale", "Merewick", "Netherby", "Oakshaw",
    "Pikestone", "Quarrender", "Ravensike", "Rowanthwaite", "Sandysike", "Skelbeck", "Thornholt", "Underfell",
    "Vennacott", "Wainscar", "Whinfell", "Wolfendyke", "Yarrowby", "Yewbarrow",
)  # fmt: skip

SCHOOLS = (
    "Skelbeck Academy", "Marrowdale High School", "Wainscar College", "Yarrowby School", "Larkholme Sixth Form",
    "Fellgate Alternative Provision", "Heronby Pupil Referral Unit", "Gorsefield School",
)  # fmt: skip

STREETS = ("Larkfield Rise", "Tannery Lane", "Old Mill Walk", "Beacon Close", "Quarry Bank", "Heron Way")

OUTWARD = {
    "liverpool": ("L4", "L6", "L8", "L13"), "knowsley": ("L32", "L36"), "sefton": ("L20", "L23", "PR8"),
    "st_helens": ("WA9", "WA10"), "wirral": ("CH41", "CH45"), "sheffield": ("S2", "S5", "S13"),
}  # fmt: skip

GONE_TO = (
    "Home authority",
    "Merseyside",
    "North West",
    "Wales",
    "North East",
    "Scotland",
    "Crewe",
    "Rhyl",
    "Hull",
)

JOBS = {
    "social_care": "Social worker", "police": "Detective, exploitation team", "health": "Specialist nurse",
    "education": "Designated safeguarding lead", "coordinator": "Child exploitation coordinator",
    "manager": "Service manager", "meeting_member": "Youth justice manager",
    "partnership_lead": "Partnership lead", "administrator": "Systems administrator",
}  # fmt: skip

CHANGES = (
    "Has become quieter at home over the last two months and is often out until late.",
    "Has new trainers and a second phone, and does not want to say where they came from.",
    "Has stopped seeing old friends and spends time with a group of older young people.",
    "Attendance has fallen since the spring; leaves lessons when the phone rings.",
    "Seems tired and worried, and checks who is outside before leaving the house.",
)
EVIDENCE = {
    "missing": (
        "Reported missing by the carer; found the next morning at a railway station two towns away.",
        "Away overnight twice this month. In the return interview did not feel able to say where.",
    ),
    "school": (
        "Attendance was 92% in the autumn and is 61% now. The school has offered a key worker.",
        "Left the site at lunch and got into a car that staff did not know.",
    ),
    "home": (
        "The family says that relationships at home are strained and that money has gone missing.",
        "The parent has set clear times to be home; these are kept on about half of the days.",
    ),
    "associations": (
        "Seen with two adults whom the police know in connection with drug supply.",
        "A friend says that an older person pays for food, taxis and phone credit.",
    ),
    "substances": ("Has told the nurse about using cannabis most days, given by people they know.",),
    "health": ("Low mood and poor sleep; has been referred to the child and adolescent mental health service.",),
    "further": ("Found with two phones and a sum of cash; said that they were looking after them for somebody.",),
}  # fmt: skip
WHY = (
    "The pattern of missing episodes, new possessions and older associates suggests that an adult has control.",
    "What the child has said, with what the school and police know, suggests grooming for criminal purposes.",
    "The child may believe that they are in a relationship; the difference in age and power is a concern.",
    "There is no single event. Taken together, the changes over the last months are a concern.",
)
STRENGTHS = (
    "Close to a grandparent, enjoys boxing, and talks openly with the learning mentor.",
    "Loves art and wants to go to college. The parent reports worries early and works with services.",
    "A good sense of humour and two long-standing friends. Keeps health appointments.",
)
CHILD_SAYS = (
    "Says that home is all right and that people worry too much. Wants to be left to see friends.",
    "Says that they would like it to stop and do not know how. Trusts the youth worker most.",
    "Says little when asked directly, and more when out walking. Wants to go back to football.",
)
PARENT_SAYS = (
    "Frightened, and wants to know how to keep the other children safe. Reports every missing episode.",
    "Feels judged by services at times. Would like one worker to ring instead of several.",
    "Has noticed a real change since the mentor began, and wants it to go on.",
)
JUDGED = {
    "A": "There is clear evidence of harm to the child, and other children have been drawn in under pressure.",
    "B": "There is clear evidence that the child is being harmed through exploitation.",
    "C": "There are signs of harm; more needs to be known about the adults and places involved.",
    "D": "The harm has stopped as far as is known; the child still needs the meeting's oversight.",
    "E": "There have been no signs for some months, and the child has safe adults and places around them.",
}
PLANS = (
    "A mentor twice a week, a safe way to and from school, and one named worker whom the family can ring.",
    "Direct work on healthy relationships, a phone plan made with the child, and support for the parent.",
    "A place on a sports programme, help with debt so that the threat loses its hold, and police patrols nearby.",
)
ACTIONS = {
    "social_care": ("Hold a mapping meeting about the friends and places named", "Review the safety plan with the family"),
    "police": ("Visit the address of concern and report back", "Consider a warning notice to the adult named"),
    "health": ("Offer an appointment with the specialist nurse", "Follow up the referral for support with low mood"),
    "education": ("Agree a timetable that the child can keep", "Name an adult in school whom the child chooses"),
    "youth_justice": ("Offer a mentor with experience of the same pressures",),
    "early_help": ("Offer the parent a place in the carers' group",),
    "voluntary": ("Invite the child to the boxing and art project",),
}  # fmt: skip
IMPACTS = (
    "The child says that they feel safer.",
    "The family knows whom to ring.",
    "One place of concern is now visited every week.",
    "Too early to say.",
)
WHAT_WAS_DONE = "Done as the meeting asked; the worker's visit is on file."
ADVICE = "Advice on safer travel and online safety, and the youth centre's open evenings."
TRANSITIONS = "Adult services met the young person; the same youth worker stays until 21."
LEFT = "The child has left the meeting's oversight; the agencies go on with their own plans."
NOT_ACHIEVED = (
    "The family moved before it could happen.",
    "The appointment was offered three times and not taken up.",
)
DISCUSSED = (
    "Members shared what they hold. Missing episodes are fewer; the phone remains a concern.",
    "The police described the adults known to them. School gave an encouraging picture.",
    "The child's own words were read out first. The meeting agreed that trust with one worker matters most.",
)
CLOSING = {
    "risk_reduced": "No missing episodes for three months, back in school, and safe adults around the child.",
    "turned_18": "The young person turned 18; adult services and the family know the plan.",
    "unable_to_engage": "Workers of three agencies tried for months, at different times and places; the door stays open.",
    "lack_of_consent": "The family does not agree to the work; concerns go on under the social worker's own plan.",
    "moved": "The family moved; the new area's front door has been told and has the papers.",
    "other": "The child is now supported through proceedings elsewhere, which hold the same plan.",
}
RETURNED = (
    "Add what the school knows, and when the events happened.",
    "Say what has been done so far to keep the child safe.",
)
DECLINED = (
    "Early help is in place and meets the need; refer again if something new is learned.",
    "The concern is about one incident that has been explained.",
)
NARRATIVES = {
    3: (
        "Phones and online contact were part of most discussions this quarter; taxis and trains less than before.",
        "Older young people asking younger ones to hold things for them is the theme named most often.",
    ),
    9: (
        "Children who stay at risk for long have often changed school twice or more. Trust with one worker helped most.",
        "Debt was what kept children from leaving. Where the debt was tackled, harm fell within one review.",
    ),
}
