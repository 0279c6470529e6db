"""Words on the screen, kept words: what people typed is never read as Markdown or HTML. Also dates and times in words."""

from __future__ import annotations

import datetime
import html
import re

from data.clock import UK, today
from forms.kinds.date import in_words

_MARKUP = re.compile(r"[\\`*_\[\]<>$~^|{}#&]|:(?=\w)|(?<=www)\.|(?<=http)s?:")


def as_html(words: str) -> str:
    """For st.html: every sign that HTML would read is escaped. Line breaks are kept by the style `white-space`."""
    return html.escape(words)


def paragraphs(*words: str | None) -> str:
    """For the label of a control: escapes only what Markdown would read there, since a screen reader reads it raw."""
    return "\n\n".join(_MARKUP.sub(lambda sign: "\\" + sign[0], part) for part in words if part)


def tag(words: str, colour: str = "grey") -> str:
    """A state as a word in a quiet coloured tag. Colours: grey, blue, green, red."""
    return f'<span class="tag {as_html(colour)}">{as_html(words)}</span>'


def at_time(instant: datetime.datetime) -> str:
    """ "12:03 today", "12:03 on 13 November 2026" on another day."""
    there = instant.astimezone(UK)
    time = f"{there:%H:%M}"
    return f"{time} today" if there.date() == today() else f"{time} on {in_words(there.date())}"


def day_and_month(instant: datetime.datetime) -> str:
    """ "30 November"; "30 November 2025" in another year."""
    words = in_words(instant.astimezone(UK).date())
    return words.removesuffix(f" {today().year}")


def beginning(words: str) -> str:
    """Fit to begin a sentence with."""
    return words[:1].upper() + words[1:]


def with_article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"
