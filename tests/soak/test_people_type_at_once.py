"""A short run of `make soak`'s people at work; the long one is many_people.py."""

import random
from pathlib import Path

from tests.browser.tool import running
from tests.soak.people import Typing, a_tool, assert_every_word_is_there, is_up_again


def test_what_many_people_type_at_once_is_neither_lost_nor_mixed_nor_doubled(tmp_path: Path) -> None:
    tool, people = a_tool(tmp_path, 12)
    with running(tool), Typing(people, tool, seed=1) as typing:
        typing.until_each_has_saved(8)
    assert assert_every_word_is_there(tool, people) >= 12 * 8


def test_what_the_screen_called_saved_is_there_after_the_tool_is_killed_while_people_type(
    tmp_path: Path,
) -> None:
    tool, people = a_tool(tmp_path, 6)
    chance = random.Random(2)
    tool.start()
    with Typing(people, tool, seed=2) as typing:
        for _ in range(3):
            typing.until_somebody_saves()
            typing.go_on_for(chance.uniform(0, 0.5))
            tool.stop(kill=True)
            is_up_again(tool)
        typing.until_somebody_saves()
    tool.stop(kill=True)
    assert assert_every_word_is_there(tool, people) >= 4
