"""YAML as plain text, whole numbers, fractions and flags: nothing guessed, nothing twice."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import cast

import yaml

from pipelines.law.errors import LawError


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key written twice and leaves dates as text, for the reader to check."""

    yaml_implicit_resolvers = {  # noqa: RUF012  the type is PyYAML's
        letter: [(tag, regexp) for tag, regexp in rules if tag != "tag:yaml.org,2002:timestamp"]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        """One entry per key; YAML itself would silently keep the last."""
        keys = [cast("Hashable", self.construct_object(key, deep=True)) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is written twice", node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def load_yaml(path: Path, name: str) -> object:
    """The content of one YAML file; `name` is how messages call it. Raises LawError."""
    try:
        return yaml.load(path.read_bytes(), Loader=_StrictLoader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        raise LawError(f"{name}: not readable as YAML: {error}. Mend the file.") from error
