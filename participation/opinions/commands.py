"""`flask analyse`: the method, or Polis' method beside it, on a folder of votes; no database is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deliberation.analysis_json import to_json
from deliberation.polis import analyse_polis, read_base_clusters, read_conversation
from deliberation.settings import Settings
from deliberation.vote_matrix import VoteMatrix

if TYPE_CHECKING:
    from deliberation.polis import Conversation

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("analyse")
@click.argument("folder", type=FOLDER)
@click.option("--json", "out", type=FILE, required=True, help="Where to write the result.")
@click.option("--method", type=click.Choice(["baraza", "polis"]), default="baraza", show_default=True)
@click.option("--base-clusters", type=FILE, help="Polis only: base clusters to start from, as JSON.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--max-groups", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--no-resampling", is_flag=True, help="Do not test whether groups would be found again.")
def analyse(  # noqa: PLR0917 - a command has the options it has
    folder: Path,
    out: Path,
    method: str,
    base_clusters: Path | None,
    seed: int,
    max_groups: int,
    no_resampling: bool,  # noqa: FBT001 - a flag
) -> None:
    """Analyse a folder with votes.csv, and comments.csv if there is one, and write the result as JSON."""
    try:
        conversation = read_conversation(folder)
        if method == "polis":
            base = read_base_clusters(base_clusters) if base_clusters else None
            result = analyse_polis(conversation, base_clusters=base).to_math_json()
        else:
            resamples = 0 if no_resampling else Settings.resamples
            result = _analyse(conversation, Settings(seed=seed, max_groups=max_groups, resamples=resamples))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    out.write_text(_as_text(result))


def _as_text(result: dict[str, Any]) -> str:
    """JSON with a line for each item of each part: still to be read by people, and by `diff`.

    Indented all the way down it takes longer to write than a large consultation takes to analyse.
    """
    encode = json.JSONEncoder().encode
    parts = []
    for key, part in result.items():
        items = isinstance(part, list) and ",\n  ".join(map(encode, part))
        parts.append(f"{encode(key)}: " + (f"[\n  {items}\n ]" if items else encode(part)))
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _analyse(conversation: Conversation, settings: Settings) -> dict[str, Any]:
    """Our method, on every statement that was neither rejected nor about the people who take part."""
    # Brings scikit-learn, which the web processes that read this file do not need.
    from deliberation.analysis import analyse as analyse_votes  # noqa: PLC0415
    from deliberation.sensitivity import with_sensitivity  # noqa: PLC0415

    analysed = [
        comment.id for comment in conversation.comments if comment.moderated >= 0 and not comment.is_meta
    ]
    votes = VoteMatrix.from_votes(
        conversation.voters, conversation.statements, conversation.choices, statement_ids=analysed
    )
    analysis = analyse_votes(votes, settings)
    return to_json(with_sensitivity(votes, analysis, settings) if settings.resamples else analysis)
