from pathlib import Path

import pytest

from proof.page import PAGE, page
from proof.record import Proof, Table, keep, kept

FOUND = Proof(
    name="faults",
    title="Faults",
    command="make faults",
    says=["What was done."],
    tables=[Table("Kills", ["where", "kills", "seconds"], [["a | b", 1000, 0.5], ["c", None, 2]])],
)


def test_what_is_kept_is_read_again(tmp_path: Path):
    keep(FOUND, tmp_path)
    assert kept(tmp_path) == [FOUND]


def test_a_page_has_the_command_the_machine_and_every_cell():
    text = page([FOUND])
    assert f"`make faults` · {FOUND.measured} · {FOUND.machine}" in text
    assert "| a \\| b | 1,000 | 0.50 |" in text
    assert "| c | none | 2 |" in text


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="Kills"):
        Table("Kills", ["where"], [["a", 1]])


def test_the_page_in_docs_is_what_the_proofs_found():
    assert PAGE.read_text("utf-8") == page(kept())
