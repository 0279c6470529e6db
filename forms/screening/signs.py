"""The signs and protective factors in the source's words and order, each with a short name. Their keys come from the order: add only at an end."""

from __future__ import annotations

Sign = tuple[str, str]
"""(The source's words, a short name for a sentence.)"""

STRONG: tuple[Sign, ...] = (
    ("Entering or leaving vehicles driven by unknown adults", "vehicles driven by unknown adults"),
    (
        "Unexplained physical injuries and/or refusal to seek or receive medical treatment",
        "unexplained injuries",
    ),
    (
        "Association with taxi firms or takeaway owners (night-time economy) or gang members, criminal activity "
        "or organised crime that suggest child exploitation is a possibility",
        "association with the night-time economy, gangs or organised crime",
    ),
    ("Found travelling out of city, no legitimate reason identified", "travelling out of city"),
    (
        "Multiple mobiles, changing phones frequently, having more SIM cards, receiving multiple callers or more "
        "texts or pings than usual",
        "multiple mobiles or callers",
    ),
    (
        "Possession of hotel keys or cards, or keys to unknown premises",
        "hotel keys or keys to unknown premises",
    ),
    ("Refuses or is scared to enter certain geographical areas", "scared to enter certain areas"),
    (
        "Expressing aggressive or intimidating views towards other groups of young people, some of whom may have "
        "been friends in the past",
        "aggressive views towards other groups",
    ),
    (
        "Minimising or retracting statements of harm or assault made to police or professionals",
        "retracting statements of harm",
    ),
    (
        "Driving vehicles (underage) alone or with other young people or adults",
        "driving vehicles underage",
    ),
    ("Found with drugs concealed internally in any body part (plugging)", "drugs concealed internally"),
    (
        "Child having sex where there is exchange, coercion or reward involved; involved in “clipping” (receiving "
        "payment in exchange for agreement to perform sexual acts but not performing them)",
        "sex involving exchange, coercion or reward",
    ),
    ("Possession with intent to supply class A drugs", "intent to supply class A drugs"),
    ("Possession with intent to supply cannabis or spice", "intent to supply cannabis or spice"),
    ("Refusal to engage with any services offered", "no engagement with any services"),
    (
        "Multiple STIs or terminations of pregnancy",
        "multiple STIs or terminations of pregnancy",
    ),
    ("Possession of a significant amount of unexplained cash", "unexplained cash"),
    (
        "Knowledge of towns or cities the child has no previous connection with",
        "knowledge of unconnected towns or cities",
    ),
)

MODERATE: tuple[Sign, ...] = (
    ("Sudden change in appearance", "change in appearance"),
    ("Seems withdrawn or emotionally “switched off” from family", "withdrawn from family"),
    ("Unexplained money or possessions", "unexplained money or possessions"),
    ("Increase in aggressive behaviour, use of intimidation or threats", "aggressive behaviour or threats"),
    ("Changed friendship groups and no contact with old friends", "changed friendship groups"),
    (
        "Stays out unusually late without reason or consistently breaking parental rules",
        "staying out late or breaking rules",
    ),
    (
        "Self-harm indicators and/or mental health concerns and/or suicidal thoughts or attempts",
        "self-harm or mental health concerns",
    ),
    ("Interest in music which glorifies weapons or gang culture", "music which glorifies weapons or gangs"),
    ("Using new or unknown slang words", "new slang words"),
    ("New nickname", "new nickname"),
    ("Known or suspected involvement in minor criminal activity", "minor criminal activity"),
    (
        "Concerned by the presence of unknown youths in their neighbourhood",
        "unknown youths in the neighbourhood",
    ),
    ("Loss of interest in school, decline in attendance or achievement", "loss of interest in school"),
    ("Possession of knife or other weapon, to protect or threaten", "knife or other weapon"),
    (
        "Constantly talking about someone who seems to have a lot of influence over them",
        "someone with influence over the child",
    ),
    ("Dropped out of positive activities", "dropped out of positive activities"),
    (
        "Increased episodes of going missing and/or absconding; parents or carers not consistently reporting the "
        "child missing",
        "going missing",
    ),
    (
        "Drug and alcohol use: concerns for use or dependency, and change or increase of use",
        "drug and alcohol use",
    ),
    (
        "Starting to adopt codes of group behaviour, e.g. ways of talking and hand signs",
        "codes of group behaviour",
    ),
    (
        "Unsuitable or inappropriate accommodation, e.g. sofa surfing, homelessness",
        "unsuitable accommodation",
    ),
    ("Single sexually transmitted infection", "single sexually transmitted infection"),
    (
        "Young person considered to be at risk of sexual harm on more than one occasion",
        "at risk of sexual harm more than once",
    ),
    (
        "Expressions of invincibility or not caring about what happens to them",
        "invincibility or not caring what happens",
    ),
    (
        "Associating with other young people believed or known to be at risk of exploitation",
        "other young people at risk of exploitation",
    ),
    ("Lack of positive relationships with adults", "lack of positive relationships with adults"),
    ("Living in a chaotic or dysfunctional household", "chaotic household"),
    ("Child attending concerning locations", "concerning locations"),
    (
        "Some engagement but sporadic contact, often misses appointments, limited explanation, secretive and "
        "unwilling to engage meaningfully",
        "sporadic contact with services",
    ),
    (
        "Concealed or concerning use of the internet including webcam, online gaming (Xbox, PlayStation), chat rooms",
        "concerning use of the internet",
    ),
    (
        "Being accompanied to appointments by an unknown person that causes concern",
        "accompanied by an unknown person",
    ),
)

PROTECTIVE: dict[str, tuple[str, tuple[Sign, ...]]] = {
    "education": (
        "Education and learning needs",
        (
            ("Enjoys and participates in learning activities", "enjoys learning activities"),
            ("Good links between home and school", "links between home and school"),
            ("Planning for career and adult life", "planning for adult life"),
            (
                "Engaged or re-engaged in education or training, or in work",
                "engaged in education, training or work",
            ),
            ("No behavioural concerns in school or college", "no behavioural concerns"),
        ),
    ),
    "health": (
        "Health needs",
        (
            ("Health needs being met", "health needs met"),
            ("Developmental milestones appropriate", "developmental milestones"),
            ("Safe and age-appropriate sexual activity", "safe sexual activity"),
            ("No concerns over misuse of drugs or alcohol", "no misuse of drugs or alcohol"),
            ("No known physical or mental health needs identified", "no known health needs"),
        ),
    ),
    "emotional": (
        "Emotional health and behaviour",
        (
            (
                "Responds appropriately to boundaries and constructive guidance",
                "responds to boundaries and guidance",
            ),
            ("Can differentiate between safe and unsafe contacts", "knows safe from unsafe contacts"),
            ("Child engaged in positive activities", "positive activities"),
            ("Child has age-appropriate and positive peers", "positive peers"),
            ("Good engagement with appropriate services", "engagement with services"),
        ),
    ),
    "family": (
        "Family and parenting needs",
        (
            ("Parents or carers show warm regard, praise and encouragement", "warm regard and praise"),
            (
                "Good relationships within family, including when parents are separated",
                "good family relationships",
            ),
            (
                "Provides for child's physical needs (food, drink, appropriate clothing, hygiene, medical and dental "
                "care)",
                "physical needs provided for",
            ),
            (
                "Accommodation has basic amenities and appropriate facilities and can meet family needs",
                "suitable accommodation",
            ),
            (
                "Age-appropriate boundaries and routines set by carer and adhered to",
                "boundaries and routines",
            ),
            ("Carer is aware of peer group", "carer aware of peer group"),
            (
                "No known criminality or anti-social behaviour amongst members of the household living at the address",
                "no known criminality in the household",
            ),
            ("Good engagement with appropriate services", "engagement with services"),
            (
                "There is a network that is willing to engage with a safety plan for the child",
                "a network for a safety plan",
            ),
        ),
    ),
}
