"""The night's summary as a terminal shows it."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table

from pipelines.summary import Summary, Totals
from pipelines.wording import (
    ALERT_STATES,
    CAUSES,
    REASONS,
    REGIMES,
    REQUIREMENT_STATUSES,
    ROW_OUTCOMES,
    number,
    signed,
)

_MEASURES: Final = {"held": "afholdt", "recognised": "medregnet", "gap": "gab"}


def print_summary(summary: Summary) -> None:
    """Prints deliveries, rows, counts, gaps, changes and where the publication lies."""
    out = Console(highlight=False, markup=False, soft_wrap=True)
    out.print(f"Natten er udgivet: {summary.publication_id}, opgjort pr. {summary.as_of:%d-%m-%Y}")
    out.print(f"  {summary.file}\n")
    _print_deliveries(out, summary)
    out.print(_national(summary))
    out.print(_reasons(summary))
    out.print(_gaps(summary))
    out.print(_owed(summary))
    if summary.contacts_expected:
        out.print(f"STAR ventes at kontakte {number(summary.contacts_expected)} kommuner.")
    out.print(_changes(summary))
    out.print(_alerts(summary))
    out.print(f"Kvitteringer: {summary.receipts}")
    if summary.report:
        out.print(f"Rapporten: {summary.report}")


def _print_deliveries(out: Console, summary: Summary) -> None:
    everyone = summary.delivered + len(summary.missing)
    missing = f"; mangler: {', '.join(summary.missing[:10])}" if summary.missing else ""
    out.print(f"Leverancer: {summary.delivered} af {everyone} kommuner{missing}")
    out.print(
        f"  Filer: {number(summary.files.get('accepted', 0))} læst, "
        f"{number(summary.files.get('repeat', 0))} gentaget, "
        f"{number(summary.files.get('unreadable', 0))} kunne ikke læses"
    )
    for municipality, day, file, why in summary.refused:
        out.print(f"    {municipality} {day:%d-%m-%Y} {file}: {why}")
    outcomes = ", ".join(
        f"{number(summary.rows[key])} {word.da}" for key, word in ROW_OUTCOMES.items()
    )
    out.print(f"  Rækker: {number(summary.rows['read'])} læst = {outcomes}")
    if summary.unmatched_words:
        out.print(f"  Ord ingen liste kender: {number(summary.unmatched_words)} (unmatched_words)")
    out.print()


def _national(summary: Summary) -> Table:
    table = _table("Landet", "Regelsæt", "Afholdt", "Medregnet", "Gab")
    for regime, held, recognised, gap in summary.national:
        table.add_row(REGIMES[regime].da, number(held), number(recognised), number(gap))
    return table


def _reasons(summary: Summary) -> Table:
    table = _table("Hvorfor gabet (pligten)", "Grund", "Første grund", "Eneste grund")
    for reason, first, only in summary.reasons:
        table.add_row(REASONS[reason].da, number(first), number(only))
    return table


def _gaps(summary: Summary) -> Table:
    table = _table("De ti største gab (pligten)", "Kommune", "Afholdt", "Medregnet", "Gab")
    table.add_column("Oftest fordi")
    for name, held, recognised, gap, reason in summary.gaps:
        table.add_row(name, number(held), number(recognised), number(gap), _why(reason))
    return table


def _owed(summary: Summary) -> Table:
    table = _table("Lovens krav til forløbene", "Status", "Krav", "Samtaler der mangler")
    for status, requirements, missing in summary.owed:
        table.add_row(REQUIREMENT_STATUSES[status].da, number(requirements), number(missing))
    return table


def _why(reason: str | None) -> str:
    return REASONS[reason].da if reason else ""


def _changes(summary: Summary) -> str:
    if summary.before is None:
        return "Siden sidst: dette er den første udgivelse."
    was, now = summary.before, summary.now
    if (was, summary.new_files) == (now, 0):
        return "Siden sidst: intet nyt."
    moved = [f"{word} {_moved(what, was, now)}" for what, word in _MEASURES.items()]
    lines = [f"Siden sidst: {signed(summary.new_files)} filer, {', '.join(moved)}"]
    lines += [
        f"  {CAUSES[cause].da}: afholdt {signed(held)}, medregnet {signed(recognised)}"
        for cause, held, recognised in summary.causes
    ]
    return "\n".join(lines)


def _alerts(summary: Summary) -> str:
    states = {word: summary.alerts.get(state, 0) for state, word in ALERT_STATES.items()}
    told = ", ".join(f"{number(count)} {word}" for word, count in states.items() if count)
    return f"Varsler: {told or 'ingen'} (samtaler alerts list)"


def _moved(what: str, was: Totals, now: Totals) -> str:
    return signed(int(getattr(now, what)) - int(getattr(was, what)))


def _table(title: str, first: str, *numbers: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first)
    for name in numbers:
        table.add_column(name, justify="right")
    return table
