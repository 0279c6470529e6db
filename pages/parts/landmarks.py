"""What Streamlit has no way to say to a screen reader: the name of a group of check boxes, of the list of sections, of a
group in the menu and of where a file goes, that there are words to look at; and where to be after moving to another
section or to a problem.
"""

from pages.parts.component import component


def name_them(at: str, go: str) -> None:
    """`at`: which screen this is. `go`: the key of the control to go to, or any other word for the top of the screen."""
    component("landmarks")(key="landmarks", height=0, data={"at": f"{at} {go}", "go": go})


def name_the_menu(group: str) -> None:
    """`group`: the one that the page is in, or empty."""
    component("menu")(key="menu", height=0, data={"group": group})
