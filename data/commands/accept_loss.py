"""`python -m data accept-loss`: go on with an embedded database that lost its last entries, when they cannot be had back."""

from __future__ import annotations

import argparse

from data.backups.accepted_loss import accept_loss
from data.backups.backup import embedded_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "First look for the missing files and for a newer backup: what is accepted as lost is not looked for again. "
        "The audit trail keeps that it was accepted, by whom and which entries."
    )


def run(arguments: argparse.Namespace) -> int:
    database = embedded_database()
    loss = accept_loss(database)
    if loss is None:
        print(f"Nothing is missing from {database}.")
        return 1
    print(f"Accepted, and kept in the audit trail: {loss.code}. The tool can be started again.")
    return 0
