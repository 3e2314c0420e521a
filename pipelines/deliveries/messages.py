"""What a steward is told of a rejected row (messages.yaml)."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def messages() -> dict[str, dict[str, str]]:
    """By rejection code: `da` and `en` say what is wrong, `fix_da` how to mend it."""
    text = files("pipelines.deliveries").joinpath("messages.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded
