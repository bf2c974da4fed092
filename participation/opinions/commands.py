"""`flask analyse`: the method on a folder of votes, without any database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from deliberation.analysis import Settings
from deliberation.analysis import analyse as analyse_votes
from deliberation.analysis_json import to_json
from deliberation.polis.files import ExportError, read_conversation
from deliberation.vote_matrix import VoteMatrix


@click.command("analyse")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def analyse(folder: Path, out: Path) -> None:
    """Analyse a Polis export (votes.csv, and comments.csv if there is one) and write the result as JSON."""
    try:
        conversation = read_conversation(folder)
    except ExportError as error:
        raise click.ClickException(str(error)) from error
    left_out = {c.id for c in conversation.comments if c.moderated < 0 or c.is_meta}
    votes = VoteMatrix.from_votes(
        conversation.voters,
        conversation.statements,
        conversation.choices,
        statement_ids=[c.id for c in conversation.comments if c.id not in left_out],
    )
    out.write_text(json.dumps(to_json(analyse_votes(votes, Settings())), indent=2))
