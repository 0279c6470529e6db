"""Every form there is, in the order of the child's way."""

from __future__ import annotations

from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.concern import CONCERN, CONCERN_LINK
from forms.disclosure import DISCLOSURE
from forms.disruption import DISRUPTION
from forms.form import Form
from forms.marthr import ACCEPTANCE, FEEDBACK, NOMINATION
from forms.minutes import MINUTES
from forms.nrm import NRM
from forms.referral import REFERRAL
from forms.screening import SCREENING
from forms.tracker import TRACKER

FORMS: tuple[Form, ...] = (CHILD, SCREENING, REFERRAL, ASSESSMENT, TRACKER, MINUTES, DISCLOSURE)

RECORD_FORMS: tuple[Form, ...] = (NRM, CONCERN, CONCERN_LINK, NOMINATION, ACCEPTANCE, FEEDBACK, DISRUPTION)
"""What is asked of records that are kept and not sent; their tables are in data/database/schema.py."""


def form(key: str) -> Form:
    return next(f for f in FORMS if f.key == key)
