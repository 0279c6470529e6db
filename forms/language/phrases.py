"""The list of phrases, with its version and the source of each line. Raise `VERSION` with every change of it."""

from __future__ import annotations

from forms.language.phrase import Phrase

VERSION = 1

APPENDIX_B = "Pan-Merseyside protocol, Appendix B"
GUIDES = "Practice guides of NSPCC, NWG and The Children's Society, in this tool's own words"

_SELF = "[himself|herself|themself|themselves|him/herself|her/himself|his/herself|yourself|oneself]"
_EXPLOITERS = (
    "exploit*", "perpetrat*", "groom*", "abus*", "traffic*", "offender|offenders", "gang*", "elder|elders|olders",
    "dealer|dealers", "dealing", "county line|lines", "drug|drugs", "OCG", "adult|adults", "older",
)  # fmt: skip
_AN_ADULT = "[adult|adults|man|men|male|males|woman|women|stranger|strangers]"
_UNDER_13 = "[5|6|7|8|9|10|11|12|five|six|seven|eight|nine|ten|eleven|twelve|primary]"

PHRASES = (
    Phrase(
        "putting_themselves_at_risk",
        "putting themselves at risk",
        wordings=(
            f"[put|puts|putting|place|places|placed|placing] {_SELF} [at|in] … [risk|danger]",
            f"[put|puts|putting|place|places|placed|placing] {_SELF} [in|into] … [situation|situations|position|positions]",
            f"[put|puts|putting] {_SELF} [in harm's way]",
        ),
        why="implies that the child causes it",
        better=(
            "is at increased risk of abuse", "the place or the situation is dangerous", "may have been groomed",
        ),
        source=APPENDIX_B,
    ),
    Phrase(
        "choosing_this_lifestyle",
        "choosing this lifestyle, lifestyle choice",
        wordings=(
            "[choose|chooses|choosing|chose|chosen] … lifestyle",
            "lifestyle [choice|choices]",
            "lifestyle … [chosen|choose|chooses]",
        ),
        why="implies a choice",
        better=("is being exploited",),
        source=APPENDIX_B,
    ),
    Phrase(
        "promiscuous",
        "promiscuous",
        wordings=("promiscu*",),
        why="blames the child",
        better=("is being exploited, or is vulnerable to it",),
        source=APPENDIX_B,
    ),
    Phrase(
        "streetwise",
        "streetwise",
        wordings=("streetwise", "street wise"),
        why="implies that the child can keep themselves safe",
        better=("say what the child faces, and who holds the power",),
        source=APPENDIX_B,
    ),
    Phrase(
        "drug_running",
        "drug running, running drugs",
        wordings=(
            "[drug|drugs] [run|running|runner|runners|runs]",
            "[run|runs|running|ran] … drugs",
        ),
        never_near=("[run|runs|running|ran] … drugs [team|service|clinic|worker|education|session]",),
        why="hides that the child is trafficked",
        better=("is being trafficked for criminal exploitation",),
        source=APPENDIX_B,
    ),
    Phrase(
        "recruit_run_work",
        "recruit, run, work (for)",
        wordings=(
            "[work|works|worked|working|run|runs|ran|running|recruit|recruits|recruited|recruiting] for",
            "[recruit|recruits|recruiting] … [children|peers|friends|others|pupils|boys|girls]",
        ),
        only_near=_EXPLOITERS,
        never_near=("[drug|drugs|adult] [service|services|team|worker]",),
        why="implies a choice or a job",
        better=("is being criminally exploited",),
        source=APPENDIX_B,
    ),
    Phrase(
        "involved_in_exploitation",
        "involved in CSE, involved in CCE",
        wordings=(
            "[involved|involvement] in [CSE|CCE|CE|county lines|exploitation]",
            "[involved|involvement] in … exploitation",
        ),
        never_near=("[agency|agencies|professionals|services|adults|perpetrators] … involved",),
        why="implies choice or control by the child",
        better=("is being exploited",),
        source=APPENDIX_B,
    ),
    Phrase(
        "sexually_active_since",
        "sexually active since (an age under 13)",
        wordings=(
            f"sexually active … [since|from|at|aged|age] … {_UNDER_13}",
            f"[since|from|at|aged] … {_UNDER_13} … sexually active",
        ),
        why="hides abuse: a child under 13 cannot consent",
        better=("may have been sexually assaulted or raped",),
        source=APPENDIX_B,
    ),
    Phrase(
        "drugs_in_return_for_sex",
        "offered drugs in return for sex",
        wordings=(
            "[drug|drugs|cannabis|cocaine|alcohol|money|cash|vapes|gifts|food|lifts] [in return for|in exchange for|for] … [sex|sexual]",
            "[sex|sexual favours|sexual acts] [in return for|in exchange for|for] … [drug|drugs|cannabis|cocaine|alcohol|money|cash|vapes|gifts|food|lifts]",
        ),
        why="implies a deal",
        better=("is being sexually exploited", "perpetrators use the child's dependence on drugs as a hold"),
        source=APPENDIX_B,
    ),
    Phrase(
        "child_prostitute",
        "prostituting themselves, child prostitute",
        wordings=(
            f"[prostitute|prostitutes|prostituted|prostituting] {_SELF}",
            "[child|teenage|underage|juvenile|young] [prostitute|prostitutes|prostitution]",
        ),
        why="is neither accurate nor lawful language",
        better=("is being sexually exploited",),
        source=APPENDIX_B,
    ),
    Phrase(
        "boyfriend_of_an_exploiter",
        "boyfriend, girlfriend (of an exploiter)",
        wordings=("[boyfriend|boyfriends|girlfriend|girlfriends|bf|gf]",),
        only_near=(*(words for words in _EXPLOITERS if words not in ("dealing", "drug|drugs")), _AN_ADULT,
                   "aged [18|19]", "aged [20|21|22|23|24|25|26|27|28|29]", "aged [30|31|32|33|34|35|36|37|38|39]"),
        never_near=("[mum's|mother's|mothers|mums|sister's|sisters|aunt's|dad's|father's|brother's] [new|ex|older|] [boyfriend|girlfriend]",),
        why="hides abuse, and has been challenged in court",
        better=("the person exploiting the child",),
        source=APPENDIX_B,
    ),
    Phrase(
        "sexual_activity_with",
        "sexual activity with (an adult)",
        wordings=("sexual [activity|activities|relationship|relations] with",),
        never_near=("with … [peer|peers]", "of [similar|the same] age"),
        why="implies consent",
        better=("has been sexually abused", "has been raped", "alleged abuse"),
        source=APPENDIX_B,
    ),
    Phrase(
        "associating_with_elders",
        "spending time with elders, associating with elders",
        wordings=(
            "[spend|spends|spent|spending] … time … with … [elder|elders|olders]",
            "[associate|associates|associated|associating|association] with … [elder|elders|olders]",
            "[hang|hangs|hanging|hung] [around|out|] with … [elder|elders|olders]",
        ),
        why="hides age and power",
        better=(
            "concerns about that person's age, power or offending", "has been groomed",
            "if the elder is under 18, child protection processes apply to them too",
        ),
        source=APPENDIX_B,
    ),
    Phrase(
        "contacting_adults_online",
        "contacting adults online",
        wordings=(
            f"[contact|contacts|contacted|contacting|messages|messaging|messaged|meeting|chatting to|talking to|speaking to] … {_AN_ADULT} … online",
            f"online [contact|chat|chats|conversations] with … {_AN_ADULT}",
        ),
        why="makes the child the one who acts",
        better=("adults have contacted or groomed the child",),
        source=GUIDES,
    ),
    Phrase(
        "gang_member",
        "gang member, gang affiliated",
        wordings=(
            "gang [member|members]",
            "gang [affiliated|affiliate|affiliates|affiliation|affiliations|nominal|nominals]",
            "[member|members] of [a|the|this|that] … gang",
            "affiliated [to|with] … [gang|gangs]",
        ),
        why="is a loaded label",
        better=("name the people or the network exploiting the child",),
        source=GUIDES,
    ),
    Phrase(
        "hard_to_reach",
        "hard to reach, disengaged, refuses to engage, failed to engage",
        wordings=(
            "hard to reach",
            "[disengaged|disengages|disengaging]",
            "[refuse|refuses|refused|refusing|refusal|fail|fails|failed|failing|failure|unwilling] to … engage",
        ),
        why="blames the child",
        better=("services have not yet been able to engage the child, and what was tried",),
        source=GUIDES,
    ),
    Phrase(
        "risky_choices",
        "risky choices, poor choices",
        wordings=("[risky|poor|bad] [life|lifestyle|] [choice|choices]",),
        why="blames the child",
        better=("decisions were limited or controlled by others",),
        source=GUIDES,
    ),
    Phrase(
        "child_perpetrator",
        "child perpetrator",
        wordings=("[child|young|juvenile] [perpetrator|perpetrators]",),
        why="is a label",
        better=("child who has harmed", "child who is also exploited"),
        swaps={"child perpetrator": "child who has harmed"},
        source=GUIDES,
    ),
    Phrase(
        "child_pornography",
        "child pornography",
        wordings=("[child|kiddie|underage] [porn|pornography]",),
        why="makes abuse sound less than it is",
        better=("child sexual abuse material",),
        swaps={words: "child sexual abuse material" for words in ("child pornography", "child porn", "kiddie porn")},
        source=GUIDES,
    ),
    Phrase(
        "historical_abuse",
        "historical abuse",
        wordings=("[historic|historical] [sexual|child|child sexual|physical|] abuse",),
        why="dismisses it",
        better=("non-recent abuse",),
        swaps={
            **dict.fromkeys(("historic abuse", "historical abuse"), "non-recent abuse"),
            **dict.fromkeys(("historic sexual abuse", "historical sexual abuse"), "non-recent sexual abuse"),
        },
        source=GUIDES,
    ),
    Phrase(
        "troublemaker",
        "troublemaker, attention seeking",
        wordings=(
            "[troublemaker|troublemakers|trouble maker|trouble makers]",
            "attention [seeking|seeker|seekers]",
        ),
        why="blames the child",
        better=("describe the behaviour, and what it may tell us",),
        source=GUIDES,
    ),
    Phrase(
        "went_willingly",
        "must have known, went willingly",
        wordings=(
            "must have known",
            "[go|goes|going|gone|went|left|travelled|met] … willingly",
            "willingly [go|goes|going|gone|went|left|travelled|met|sent]",
        ),
        why="says that a child can consent to exploitation, which no child can",
        better=("was coerced, controlled or deceived", "the child says “…”"),
        source=GUIDES,
    ),
    Phrase(
        "agreed_to",
        "agreed to, consented (to what exploits the child)",
        wordings=("[agree|agrees|agreed|agreeing|consent|consents|consented|consenting] to", "consented"),
        only_near=(
            "sex", "sexual*", "intercourse", "nude|nudes|images|photos|pictures|videos",
            "[carry|hold|store|move|sell|deal|deliver|stash] … [drug|drugs|money|package|packages|weapon|knife|knives|it|them]",
            "[meet|go|travel|went] … [him|them|man|men|male|adult|adults|older|elders|stranger|London]",
            "exploit*", "county lines",
        ),
        never_near=(
            "[referral|assessment|information|sharing|share|support|plan|visit|nurse|doctor|medical|examination|interview|work|worker|session|screening]",
        ),
        why="says that a child can consent to exploitation, which no child can",
        better=("was coerced, controlled or deceived", "the child says “…”"),
        source=GUIDES,
    ),
    Phrase(
        "disguised_compliance",
        "disguised compliance",
        wordings=("disguised compliance",),
        why="misleads",
        better=("say what was seen and said",),
        source=GUIDES,
    ),
    Phrase(
        "online_friend",
        "online friend",
        wordings=("[online|internet|snapchat|instagram] [friend|friends|boyfriend|girlfriend]",),
        why="hides what there is to worry about",
        better=("a person the child knows only online",),
        source=GUIDES,
    ),
    Phrase(
        "drug_mule",
        "drug mule, money mule (of a child)",
        wordings=("[drug|drugs|money] [mule|mules|muling]",),
        why="makes a criminal of the child",
        better=("is exploited to hold, move or sell drugs or money",),
        source=GUIDES,
    ),
    Phrase(
        "drug_dealer",
        "drug dealer (of a child)",
        wordings=(
            "[is|was|be|been|being|became|become|becoming|as|he's|she's] [now|just|only|also|] [a|an] [known|small|young|teenage|local|] [drug|drugs] dealer",
            "[child|teenage|young] [drug|drugs] [dealer|dealers]",
        ),
        never_near=(_AN_ADULT, "[uncle|father|dad|stepfather|stepdad|brother|cousin|partner|neighbour|perpetrator]"),
        why="makes a criminal of the child",
        better=("is exploited to hold, move or sell drugs or money",),
        source=GUIDES,
    ),
    Phrase(
        "absconding",
        "absconding, absconder, runaway",
        wordings=("abscon*", "[runaway|runaways]"),
        why="speaks of a wrongdoer, and not of a child who is missing",
        better=("missing",),
        source=GUIDES,
    ),
    Phrase(
        "manipulative",
        "manipulative, aggressive",
        wordings=("[manipulative|aggressive|aggressively]",),
        never_near=(f"[aggressive|manipulative] {_AN_ADULT}",),
        why="is a label",
        better=("distressed", "say what happened before and after"),
        source=GUIDES,
    ),
    Phrase(
        "placement_breakdown",
        "placement breakdown",
        wordings=(
            "[placement|placements] [breakdown|breakdowns|break down]",
            "[placement|placements] … [broke down|broken down|breaking down]",
            "breakdown of … [placement|placements]",
        ),
        why="blames the child",
        better=("the placement ended because …",),
        source=GUIDES,
    ),
    Phrase(
        "lac",
        "LAC (as a word for a child)",
        wordings=("[LAC|LACs|LAC's]",),
        capitals=True,
        never_near=("LAC [review|reviews|nurse|team|teams|meeting|medical|plan|health|service|census]",),
        why="stigmatises",
        better=("child in care", "child we care for"),
        source=GUIDES,
    ),
)  # fmt: skip
