"""Every form there is, in the order of the child's way."""

from __future__ import annotations

from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.disclosure import DISCLOSURE
from forms.dispute import DISPUTE
from forms.form import Form
from forms.minutes import MINUTES
from forms.referral import REFERRAL
from forms.screening import SCREENING
from forms.tracker import TRACKER

FORMS: tuple[Form, ...] = (CHILD, SCREENING, REFERRAL, ASSESSMENT, TRACKER, MINUTES, DISCLOSURE, DISPUTE)


def form(key: str) -> Form:
    return next(f for f in FORMS if f.key == key)
