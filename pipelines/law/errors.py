"""What goes wrong with the law, said so that whoever keeps it knows what to do."""

from __future__ import annotations


class LawError(Exception):
    """The law as written cannot be used: names the file, the rule, the version and the remedy."""


class LawNotEncoded(LawError):  # noqa: N818  the name says it: nobody has written this down yet
    """Asked for a day, or for knowledge on a day, before the first version of a rule."""
