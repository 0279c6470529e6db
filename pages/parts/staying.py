"""No sign-in ends without a warning: some minutes before, the browser says so, and one button keeps it.

While somebody types, points or scrolls, the browser tells the server once a minute (`/stay`), in whichever tab.
"""

from datetime import timedelta

from data import clock
from data.sign_in import sessions
from pages.parts import browser
from pages.parts.component import component

WARNING = min(timedelta(minutes=5), sessions.IDLE / 2)
MILLISECOND = timedelta(milliseconds=1)


def warn_before_the_end() -> None:
    over = sessions.longest_until(browser.store(), browser.browser_token())
    if over is None:
        return
    component("staying")(
        key="staying",
        height=0,
        data={
            "idle": sessions.IDLE / MILLISECOND,
            "warning": WARNING / MILLISECOND,
            "left": (over - clock.now()) / MILLISECOND,
            "asking": "You will soon be signed out, because nothing has happened here for a while.",
            "ending": f"Your sign-in ends at {over.astimezone(clock.UK):%H:%M}, {_hours(sessions.LONGEST)} after it "
            "began. What you have typed is kept. Sign in again to go on.",
        },
    )


def _hours(time: timedelta) -> str:
    return f"{time / timedelta(hours=1):g} hours"
