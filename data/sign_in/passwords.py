"""What a password must be, and its hash. The hash of a password that is tried is checked where people sign in."""

import secrets

import bcrypt
from zxcvbn import zxcvbn

SHORTEST = 12
LONGEST_IN_BYTES = 72  # bcrypt ignores or refuses what comes after
HARD_TO_GUESS = 3
"""Of zxcvbn's 0 to 4: more than a hundred million guesses. It brings the lists of common passwords, names and words."""
NOBODYS_HASH = "$2b$12$ejBQTSNCHwUUOJ/o9FeIw.S6SsA4l/P2bJP.KIqyEuBpIi75g.DB."
"""Checked when there is no such account, so that an unknown user name takes as long as a wrong password."""

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that look alike."""


def made_up() -> str:
    """A first password: sixteen random characters in groups, about 79 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def can_be_hashed(password: str) -> bool:
    return "\0" not in password and 0 < len(password.encode("utf-8", "surrogatepass")) <= LONGEST_IN_BYTES


def problem_with(password: str, username: str) -> str | None:
    """The sentence to show when this cannot be a new password. Length is what counts (National Cyber Security Centre)."""
    if len(password) < SHORTEST:
        return f"Enter a new password of {SHORTEST} characters or more. Three random words work well."
    if not can_be_hashed(password):
        return "Enter a shorter new password: 72 characters at most, fewer with accents or symbols."
    if username.lower() in password.lower():
        return "Enter a new password without your user name in it."
    if zxcvbn(password, user_inputs=[username])["score"] < HARD_TO_GUESS:
        return (
            "Enter a new password that is harder to guess: this one is common, or made of common parts. "
            "Three random words work well."
        )
    return None
