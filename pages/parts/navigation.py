"""How a page says what it is called, where it lives and who may open it. The list of all pages is pages/parts/menu.py."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from data.accounts import ROLES
from pages.parts import kept_words
from pages.parts.words import paragraphs

AT_A_GLANCE = 8


@dataclass(frozen=True)
class Page:
    """One page. To a role that is not among `roles` its address says so and nothing else; what the page reads and writes is
    checked again in data/, because hiding is not access.

    `in_menu=False` is for a page that is reached from another, such as one child's. `wide` is for lists.
    """

    title: str
    url_path: str
    roles: frozenset[str]
    body: Callable[[], None]
    in_menu: bool = True
    wide: bool = False

    def __post_init__(self) -> None:
        if not self.roles:
            raise ValueError(f"The page “{self.title}” says for nobody that they may open it.")


def open_to(
    role: str, pages: Iterable[Page], groups: Mapping[str, Iterable[Page]]
) -> dict[str, list[StreamlitPage]]:
    """The pages of a role, by group once they are more than are taken in at a glance. The first of them is its home: it
    answers at `/` and, so that links to it can be shared with people whose home is another page, at its own address too."""
    pages = tuple(pages)
    home, *others = (page for page in pages if role in page.roles)
    shown = {
        "": [
            st.Page(home.body, title=home.title, url_path="", default=True),
            _at_its_address(home, in_menu=False),
        ]
    }
    is_long = 1 + sum(page.in_menu for page in others) > AT_A_GLANCE
    group_of = {page: group for group, held in groups.items() for page in held} if is_long else {}
    for page in others:
        shown.setdefault(group_of.get(page, ""), []).append(_at_its_address(page, page.in_menu))
    shown[""] += [_not_open(page, role) for page in pages if role not in page.roles]
    return shown


def _not_open(page: Page, role: str) -> StreamlitPage:
    def body() -> None:
        st.title("This page is not open to you", anchor=False)
        others = " or ".join(ROLES[other].lower() for other in ROLES if other in page.roles)
        st.text(
            f"“{page.title}” is for people whose role is {others}. Your role is {ROLES[role].lower()}. "
            "If you need it for your work, ask the administrator of your partnership."
        )
        link("Go to My work", "my-work")
        kept_words.show()

    return st.Page(body, title="Not open to you", url_path=page.url_path, visibility="hidden")


def everywhere(title: str, body: Callable[[], None], pages: Iterable[Page]) -> dict[str, list[StreamlitPage]]:
    """One body at every address, so that the address a person came for is still there once they may go on."""
    at_home = st.Page(body, title=title, url_path="", default=True)
    return {"": [at_home, *(st.Page(body, title=title, url_path=page.url_path) for page in pages)]}


def _at_its_address(page: Page, in_menu: bool) -> StreamlitPage:
    return st.Page(
        page.body, title=page.title, url_path=page.url_path, visibility="visible" if in_menu else "hidden"
    )


def group_of(shown: StreamlitPage, pages: Mapping[str, Iterable[StreamlitPage]]) -> str:
    """The group of the menu that the page is in; empty when it stands by itself."""
    return next(group for group, held in pages.items() if shown in held)


def is_wide(shown: StreamlitPage, pages: Iterable[Page]) -> bool:
    return any(page.wide and page.title == shown.title for page in pages)


def go(url_path: str, **about: str) -> None:
    """Open the page at this address now, with opaque ids for its address line. By address and not by module, because
    pages lead to each other in circles."""
    st.switch_page(_by_address(url_path), query_params=about)


def link(words: str, url_path: str, **about: str) -> None:
    """A link to a page. The words are escaped: they may be a child's name."""
    st.page_link(_by_address(url_path), label=paragraphs(words), query_params=about)


def _by_address(url_path: str) -> StreamlitPage:
    return st.Page(lambda: None, title=url_path, url_path=url_path)
