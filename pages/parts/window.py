"""What the browser's window does for as long as it is open, whichever page it shows."""

from pages.parts.component import component

SCRIPTS = ("history", "presses", "connection")
"""In `pages/scripts/`, each with what it is for."""


def set_up() -> None:
    for name in SCRIPTS:
        component(name)(key=name, height=0)
