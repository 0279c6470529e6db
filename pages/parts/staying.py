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

# A native dialog holds the focus and is read out by itself. The last time the server heard from this browser lies in
# localStorage, so that a tab in use speaks for the others.
_SCRIPT = """
export default function ({ data }) {
  localStorage.maceHeard = Date.now();
  if (window.maceStaying) return;
  window.maceStaying = true;
  const { idle, warning, left } = data;
  const over = Date.now() + left;
  let active = 0;
  for (const sign of ["keydown", "pointerdown", "wheel", "touchmove"])
    document.addEventListener(sign, () => (active = Date.now()), { capture: true, passive: true });

  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "mace-staying");
  dialog.style = "max-width: 28rem; padding: 1.5rem; border: 2px solid #1f2328; font: inherit";
  const words = Object.assign(document.createElement("p"), { id: "mace-staying" });
  const button = document.createElement("button");
  button.style = "padding: 0.5rem 1rem; font: inherit; background: #1d4f78; color: #fff; border: 0";
  dialog.append(words, button);
  document.body.append(dialog);

  const tell = async () => {
    const { ok, status } = await fetch("/stay", { method: "POST" });
    if (ok) localStorage.maceHeard = Date.now();
    if (status === 403) location.reload();
  };
  const warn = (sentence, label, pressed) => {
    words.textContent = sentence;
    button.textContent = label;
    button.onclick = () => (dialog.close(), pressed());
    dialog.showModal();
  };
  let saidItIsOver = false;
  setInterval(() => {
    const now = Date.now();
    const silent = now - Number(localStorage.maceHeard);
    if (now > over || silent > idle) location.reload();
    else if (dialog.open) silent < warning && !saidItIsOver && dialog.close();
    else if (now > over - warning && !saidItIsOver) {
      saidItIsOver = true;
      warn(data.ending, "I have read this", () => {});
    } else if (active > Number(localStorage.maceHeard)) silent > 60000 && tell();
    else if (silent > idle - warning) warn(data.asking, "Stay signed in", tell);
  }, 2000);
}
"""


def warn_before_the_end() -> None:
    over = sessions.longest_until(browser.store(), browser.browser_token())
    if over is None:
        return
    component("staying", _SCRIPT)(
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
