"""Drawings kept from the last report: only the same is taken, and only while it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.report.drawing import draw
from pipelines.report.drawings import NOTHING_KEPT, Drawings
from tests.unit.report_cases import exhibit


def never() -> bytes:
    raise AssertionError("drawn again")


def kept(folder: Path, *drawn: str, by: str = "code") -> Drawings:
    drawings = Drawings(folder, by)
    drawings.begin()
    for name in drawn:
        assert drawings.take(name, name.encode) == name.encode()
    drawings.finish()
    drawings.begin()
    return drawings


def test_what_was_drawn_for_the_last_report_is_taken(tmp_path: Path) -> None:
    drawings = kept(tmp_path / "kept", "one", "two")
    assert drawings.take("one", never) == b"one"
    drawings.finish()
    drawings.begin()
    assert drawings.take("one", never) == b"one"
    assert drawings.take("two", lambda: b"anew") == b"anew"  # the report between had no use of it


def test_other_code_draws_again(tmp_path: Path) -> None:
    kept(tmp_path / "kept", "one")
    assert Drawings(tmp_path / "kept", "other code").take("one", lambda: b"anew") == b"anew"


@pytest.mark.parametrize("content", [b"", b"short", b"0" * 32 + b"one"])
def test_a_damaged_drawing_is_drawn_again(tmp_path: Path, content: bytes) -> None:
    drawings = kept(tmp_path / "kept", "one")
    [file] = (tmp_path / "kept").iterdir()
    file.write_bytes(content)
    assert drawings.take("one", lambda: b"anew") == b"anew"


def test_a_broken_off_report_leaves_the_drawings_before(tmp_path: Path) -> None:
    drawings = kept(tmp_path / "kept", "one")
    drawings.take("two", lambda: b"half")
    drawings.begin()
    assert drawings.take("one", never) == b"one"
    assert drawings.take("two", lambda: b"whole") == b"whole"


def test_a_chart_of_the_same_is_drawn_once_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings = kept(tmp_path / "kept")
    first = draw(exhibit(), "da", drawings)
    drawings.finish()
    drawings.begin()
    monkeypatch.setattr("pipelines.report.drawing._to_svg", lambda *_: never())
    assert draw(exhibit(), "da", drawings) == first
    with pytest.raises(AssertionError, match="drawn again"):
        draw(exhibit(), "en", drawings)
    with pytest.raises(AssertionError, match="drawn again"):
        draw(exhibit(), "da", NOTHING_KEPT)
