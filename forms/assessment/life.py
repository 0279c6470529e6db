"""The child's needs, diversity and history, their education, and what an ordinary day with their family is like."""

from __future__ import annotations

from forms.assessment.about import SOURCE
from forms.form import Section
from forms.kinds import LongText, OneOf, Text, YesNo

NEEDS = Section(
    "needs",
    "Needs, diversity and history",
    source=SOURCE,
    questions=(
        Text("school", "School they attend", in_minutes=True, leads_home=True),
        YesNo("has_ehcp", "Does the child have an education, health and care plan (EHCP)?", in_minutes=True),
        Text("diagnosis", "Diagnosis", in_minutes=True),
        YesNo("on_pathway", "Is the child on a pathway for assessment?", in_minutes=True),
        LongText(
            "child_support",
            "Child's special educational needs (SEN) and diversity: the best way to support and communicate with them",
            prompts=(
                "What does the child say is the best way to support and communicate with them?",
                "How do professionals need to adapt?",
            ),
            in_minutes=True,
        ),
        LongText(
            "parent_diversity",
            "Parent's or carer's SEN and diversity",
            in_minutes=True,
            about_others=True,
        ),
        LongText(
            "parent_support",
            "The best way to support and communicate with the parent or carer",
            prompts=(
                "What does the parent say is the best way to support and communicate with them?",
                "How do professionals need to adapt?",
            ),
            in_minutes=True,
            about_others=True,
        ),
        LongText(
            "history",
            "Concise summary of the child's history",
            help="Trauma, substance use, sexual health, health and so on. Keep it short.",
            prompts=(
                "For example: the child has been open to children's services for four years because of neglect, "
                "recently raised to child protection over home conditions. After a bereavement attendance fell, family "
                "relationships became difficult, and the parents struggle with their own mental health.",
            ),
        ),
    ),
)

attendance_escalated = YesNo("attendance_escalated", "Has this been escalated to an attendance forum?")

EDUCATION = Section(
    "education",
    "Education",
    source=SOURCE,
    questions=(
        YesNo("attending", "Are they attending?"),
        YesNo("part_time_timetable", "Are they on a part-time timetable?"),
        YesNo("safe_in_school", "Is the child safe in school?"),
        attendance_escalated,
        LongText(
            "attendance_outcome",
            "Outcome of the attendance forum",
            asked_if=attendance_escalated.is_(True),
        ),
    ),
    guidance=(
        "What is the child's current school, college or alternative provision?",
        "Is the child attending regularly?",
        "Has there been a noticeable recent change in school: attendance, lateness, friendships, behaviour?",
        "Is the child showing signs of being overly tired, distracted or disengaged in lessons?",
        "Has the child expressed any aspirations or concerns about education, exams or future plans?",
        "Are there lessons that the child particularly enjoys?",
        "Who does the child spend time with in school? Are there concerns around these friendships?",
    ),
)

DAILY_LIFE = Section(
    "daily_life",
    "Daily life and family network",
    source=SOURCE,
    questions=(
        LongText(
            "lived_experience",
            "Child's current daily lived experience",
            help="What the child's average day and week look like: their likes, dislikes, hopes, dreams, worries, fears.",
            prompts=(
                "What time do they usually wake up?",
                "Who do they see or talk to during the day?",
                "Do they go to school, work or college?",
                "What do they do in their free time?",
                "Are there places that they go?",
                "What does the evening look like?",
            ),
        ),
        LongText(
            "family_support",
            "How effective is the family network's support around the child's needs and the risk of exploitation?",
            prompts=(
                "Parents and carers: their understanding of exploitation, their resilience, the relationship. Are they "
                "benefiting from drug dealing or criminal acts? Mental health? Substance misuse?",
                "Siblings: positive or negative relationships? Have they been, or could they be, targeted?",
                "Family: cultural or ethnic considerations? What does the support network look like, is it working, "
                "what would it need? Positive influences, and the nature of their relationship?",
                "Vulnerabilities: domestic abuse, money, criminality within the family, adverse childhood experiences?",
                "Accommodation: is it suitable and safe? Who lives in the home? Who is the landlord?",
            ),
            about_others=True,
        ),
        LongText(
            "trusted_relationship",
            "Who does the child view as their most trusted relationship?",
            about_others=True,
        ),
        OneOf(
            "family_group_conference",
            "Has a family group conference been considered?",
            options=(
                ("considered", "Considered"),
                ("held", "Held or arranged"),
                ("not_considered", "Not yet considered"),
            ),
        ),
    ),
)
