"""What a changed setting sets in motion, in the same transaction: what waited for something that is no longer asked for goes on."""

from __future__ import annotations

from collections.abc import Callable

from data.actor import Writing
from data.child import referrals

EFFECTS: dict[str, Callable[[Writing, str], None]] = {"sign_off": referrals.free_from_sign_off}
"""By the setting's key; each is given the place whose setting it is."""
