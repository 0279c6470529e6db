"""The Pan-Merseyside Child Exploitation Assessment: one per child, written by several agencies, a section to each.

The child's own particulars come from the child's record; that two agencies took part is checked where it is kept.
"""

from __future__ import annotations

from forms.assessment.about import ABOUT, EXPLOITATION
from forms.assessment.harm import HARM_FROM_PEOPLE, HARM_FROM_PLACES
from forms.assessment.judgement import DISRUPTION, JUDGEMENT
from forms.assessment.life import DAILY_LIFE, EDUCATION, NEEDS
from forms.assessment.plan import APPROACHING_18, PLAN, none_stands_alone, plan_or_reason_from_17
from forms.assessment.voices import VOICES, child_is_heard, parent_is_heard
from forms.form import Form

ASSESSMENT = Form(
    "assessment",
    "Child Exploitation Assessment",
    version=1,
    source="Pan-Merseyside protocol, Multi-Agency Child Exploitation Assessment Tool and guidance sheet",
    purpose="What agencies know together, what is being done, and what they judge. "
    "It may not be submitted by one agency alone, and the police must be among those who write it.",
    opening_words=(
        "If the child is in immediate danger, call 999. A concern of significant harm goes to the area's front door "
        "now.",
        "If a parent or carer is believed to be involved in the exploitation, follow the child protection procedure.",
        "A child cannot consent to exploitation, and will often say that they are not being exploited when they are.",
        "Complete a separate assessment for each child.",
        "At least two agencies write it, one of them the police. Ask them to contribute from the child's page.",
    ),
    final_button="Submit assessment",
    many_hands=True,
    sections=(
        ABOUT,
        EXPLOITATION,
        VOICES,
        NEEDS,
        EDUCATION,
        DAILY_LIFE,
        HARM_FROM_PEOPLE,
        HARM_FROM_PLACES,
        PLAN,
        APPROACHING_18,
        DISRUPTION,
        JUDGEMENT,
    ),
    rules=(child_is_heard, parent_is_heard, none_stands_alone, plan_or_reason_from_17),
)
