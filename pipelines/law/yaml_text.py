"""YAML as plain text, whole numbers, fractions and flags: nothing guessed, nothing twice."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipelines.checked_yaml import StrictLoader
from pipelines.law.errors import LawError


def load_yaml(path: Path, name: str) -> object:
    """The content of one YAML file; `name` is how messages call it. Raises LawError."""
    try:
        return yaml.load(path.read_bytes(), Loader=StrictLoader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        raise LawError(f"{name}: not readable as YAML: {error}. Mend the file.") from error
