from data.database.store import Store
from tests.factories import a_child_in_oversight, an_account, an_nrm


def test_a_child_in_oversight_is_one_line_away(store: Store) -> None:
    coordinator = an_account(store, role="coordinator")
    child = a_child_in_oversight(store, judgement="A", name="Child Example")
    an_nrm(store, child.child_id)
    with coordinator.reading() as work:
        assert work.value("SELECT name FROM child WHERE child_id = $1", [child.child_id]) == "Child Example"
        assert work.value("SELECT judgement FROM discussion WHERE episode_id = $1", [child.episode_id]) == "A"
        assert work.value("SELECT count(*) FROM nrm") == 1
