"""`samtaler explain`: every rule tried on one meeting, or what one spell owes and why."""

from __future__ import annotations

import sys

import click

from pipelines.cli.explain_meeting import print_meeting
from pipelines.cli.explain_spell import print_spell
from pipelines.cli.options import end, home_of, home_options, plain_errors
from pipelines.explain.meeting import explain_meeting
from pipelines.explain.records import ExplainError, Records, publication_file
from pipelines.explain.spell import explain_spell
from pipelines.law.errors import LawError
from pipelines.wording import printable


@click.command(
    help="Forklar én samtale, eller ét forløb med --spell: hver regel, datoerne og lovens ord."
)
@click.argument("municipality")
@click.argument("meeting_id", required=False)
@click.option("--spell", "spell_id", metavar="SPELL_ID", help="Forklar forløbet med dette id.")
@click.option(
    "--publication",
    "publication_id",
    metavar="ID",
    help="En tidligere udgivelse (ellers den gældende).",
)
@home_options
def explain(
    municipality: str,
    meeting_id: str | None,
    spell_id: str | None,
    publication_id: str | None,
    home: str | None,
    landing: str | None,
) -> None:
    """Exit 0 explained, 1 not found or referee and SQL disagree, 2 wrong call."""
    if (meeting_id is None) == (spell_id is None):
        end("Angiv enten et samtale-id eller --spell med et forløbs-id.", 2)
    with plain_errors():
        try:
            file = publication_file(home_of(home, landing), publication_id)
            with Records.opened(file) as records:
                agrees = _explain(records, municipality, meeting_id, spell_id)
        except ExplainError as error:
            end(printable(str(error)), 1)
        except LawError as error:
            end(printable(f"Udgivelsens lov siger intet om dagen: {error}"), 1)
    sys.exit(0 if agrees else 1)


def _explain(
    records: Records, municipality: str, meeting_id: str | None, spell_id: str | None
) -> bool:
    """Prints the page; whether the referee and the SQL agree."""
    if spell_id is not None:
        spell = explain_spell(records, municipality, spell_id)
        print_spell(spell)
        return not spell.differences
    meeting = explain_meeting(records, municipality, str(meeting_id))
    print_meeting(meeting)
    return not meeting.differences
