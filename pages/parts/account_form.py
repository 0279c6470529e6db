"""The questions about an account, as they are asked here: of a sign-in service only where there is one."""

from __future__ import annotations

from dataclasses import replace

from data.sign_in import configured
from forms.account import ACCOUNT, SIGN_IN_SERVICE
from forms.form import Form


def asked(final_button: str) -> Form:
    """What was typed is checked against the whole form, so the rules stay there."""
    is_asked = configured.the_service() is not None
    sections = tuple(section for section in ACCOUNT.sections if is_asked or section is not SIGN_IN_SERVICE)
    return replace(ACCOUNT, final_button=final_button, sections=sections, rules=())
