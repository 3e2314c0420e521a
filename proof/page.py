"""Writes docs/proof.md from what the proofs found.

python -m proof.page
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from proof.record import Cell, Proof, Table, kept

PAGE: Final = Path(__file__).parents[1] / "docs" / "proof.md"
# The order of the page; a proof that is not named comes last.
ORDER: Final = (
    *("faults", "hostile", "orders", "privacy", "attacks"),
    *("speed", "orchestration", "spark", "production"),
)
_HEAD: Final = """# Proof

What was done to break it, attack it and race it, and what came of it.
Every figure was measured by the command above it. The page is written by `python -m proof.page`.
"""


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(kept()), encoding="utf-8")


def page(proofs: Sequence[Proof]) -> str:
    """The page in Markdown."""
    names = [*ORDER, *sorted({proof.name for proof in proofs} - set(ORDER))]
    ordered = sorted(proofs, key=lambda proof: names.index(proof.name))
    return "\n".join([_HEAD, *(line for proof in ordered for line in _section(proof))])


def _section(proof: Proof) -> Iterator[str]:
    yield f"## {proof.title}\n"
    yield f"`{proof.command}` · {proof.measured} · {proof.machine}\n"
    for paragraph in proof.says:
        yield paragraph + "\n"
    for table in proof.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"**{table.title}**\n"
    yield _line(table.columns)
    yield _line(["---"] * len(table.columns))
    yield from (_line(row) for row in table.rows)
    yield ""


def _line(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(_text(cell) for cell in cells) + " |"


def _text(cell: Cell) -> str:
    if cell is None:
        return "none"
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
