"""`python -m data`: the commands for whoever runs the tool. What each verb does is in its own module."""

from __future__ import annotations

import argparse
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from data.database.engine import DatabaseUnavailable
from data.refusal import Problems, Refused


class Verb(NamedTuple):
    module: str
    """Has `add_arguments(parser)` and `run(arguments) -> int`."""
    sentence: str


VERBS = {
    "return": Verb("data.commands.return_figures", "Print the quarterly return's figures."),
    "template": Verb(
        "data.commands.template", "Write an empty workbook in which a partnership brings its cohort."
    ),
    "import": Verb(
        "data.commands.import_cohort", "Bring in a cohort from a workbook or a folder of CSV files."
    ),
    "demo": Verb("data.commands.demo", "Fill an empty database with made-up children."),
    "account": Verb("data.commands.account", "Add an account, such as the first administrator."),
    "verify": Verb("data.commands.verify", "Check that the audit trail is as it was written."),
    "backup": Verb("data.commands.backup", "Write the database into one file, while the tool is in use."),
    "restore": Verb("data.commands.restore", "Put a backup in the place of the database."),
    "accept-loss": Verb("data.commands.accept_loss", "Go on with a database that lost its last entries."),
    "new-key": Verb("data.commands.new_key", "Encrypt the database, or change the key it is encrypted with."),
    "head": Verb("data.commands.head", "Print the head of the audit trail, to keep elsewhere."),
}

ABOUT = (
    "The environment variable MACE_DATABASE names the database: a file, or postgresql://…; without it, "
    "var/mace.duckdb. Stop the tool before you change its database."
)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser("python -m data", description=ABOUT)
    verbs = parser.add_subparsers(title="verbs", dest="verb", required=True, metavar="VERB")
    for name, verb in VERBS.items():
        # Only the verb that is asked for is loaded.
        given = verbs.add_parser(name, help=verb.sentence, description=verb.sentence)
        if name in words[:1]:
            import_module(verb.module).add_arguments(given)
    arguments = parser.parse_args(words)
    try:
        result: int = import_module(VERBS[arguments.verb].module).run(arguments)
    except (DatabaseUnavailable, Refused, Problems) as refused:
        return said(str(refused))
    except OSError as error:
        return said(f"The file cannot be read or written: {error.strerror or 'check its name'}.")
    except KeyboardInterrupt:
        return said("Stopped. Nothing was stored.")
    except Exception as fault:
        # Messages of faults may quote what people typed: only where it happened is said.
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        return said(
            f"Something went wrong in the program ({type(fault).__name__} at {Path(frame.filename).name}, "
            f"line {frame.lineno}). Nothing was stored."
        )
    return result


def said(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
