"""Which table a header announces, and which of its columns is which (interface.md section 2)."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.deliveries.limits import MAX_COLUMNS, refuse_columns
from pipelines.deliveries.unreadable import Unreadable, shown
from pipelines.modes.folding import WordList

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "samtale_id": (
        "samtaleid",
        "samtalenr",
        "samtalenummer",
        "kontaktnummer",
        "kontakt_id",
        "interview_identifier",
    ),
    "cpr": (
        "cprnr",
        "cprnummer",
        "personnummer",
        "borger_cpr",
        "person_civil_registration_identifier",
    ),
    "samtaletype": ("type", "interviewtype", "interview_type_identifier"),
    # In the register, mødeform says joint or individual; it is not a contact form.
    "samtaleform": ("kontaktform", "form", "interview_contact_type_identifier"),
    "status": ("samtalestatus", "afholdelsesstatus"),
    "start": (
        "starttidspunkt",
        "samtaledato",
        "afholdelsesdato",
        "samtaleafholdelsesdato",
        "startdato",
        "fra",
    ),
    "slut": ("sluttidspunkt", "slutdato", "til"),
    "aktoer": ("myndighed", "afholdt_af"),
    "registreret": ("registreringsdato", "registreringstidspunkt", "oprettet"),
    "indkaldt": ("indkaldelsesdato", "indkaldt_dato"),
    "bemaerkning": ("notat", "kommentar", "beskrivelse"),
    "system": ("fagsystem", "kildesystem"),
    "kommune": ("kommunekode", "kommunenr", "municipality_code"),
    "forloeb_id": ("forloebsid", "sag_id", "sagsnr"),
    "maalgruppe": ("maalgruppekode", "ydelsesgruppe"),
    "fravaerstype": ("fravaer_type", "absence_type_identifier"),
}

_ANY_KIND = ("kommune", "status")
_AROUND_NAMES = " \t\r\n\v\f\u00a0\u200b\ufeff\"'"
_LONGEST_NAME = 100  # characters; what is longer is no column name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of delivery: its columns, and those that no other kind has."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    telling: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The canonical columns that are read from a delivery of this kind."""
        return frozenset((*self.required, *self.optional, *_ANY_KIND))


# In the order in which they are preferred where a header would do for several.
KINDS = (
    Kind(
        "meetings",
        required=("samtale_id", "cpr", "samtaletype", "start", "status"),
        optional=(
            "samtaleform",
            "slut",
            "aktoer",
            "registreret",
            "indkaldt",
            "bemaerkning",
            "system",
        ),
        telling=("samtale_id", "samtaletype"),
    ),
    Kind(
        "spells",
        required=("forloeb_id", "cpr", "maalgruppe", "start"),
        optional=("slut",),
        telling=("forloeb_id", "maalgruppe"),
    ),
    Kind(
        "absences",
        required=("cpr", "fravaerstype", "start"),
        optional=("slut",),
        telling=("fravaerstype",),
    ),
)


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """What a header says: the kind, the canonical column by position (0 = first), the width.

    Trailing columns without a name are not part of the header.
    """

    kind: str
    columns: dict[int, str]
    width: int


def map_header(names: Sequence[str]) -> HeaderMap:
    """Read a header: the kind of the file and where its known columns stand.

    Raises Unreadable: kind_unknown, header_incomplete, header_ambiguous, too_large (columns).
    """
    width = header_width(names)
    refuse_columns(width)
    canonical = [canonical_name(name) for name in names[:width]]
    kind = _kind_of({name for name in canonical if name is not None})
    columns: dict[int, str] = {}
    for position, column in enumerate(canonical):
        if column is None or column not in kind.columns:
            continue
        if column in columns.values():
            first = next(at for at, taken in columns.items() if taken == column)
            raise ambiguous(column, names[first], names[position])
        columns[position] = column
    missing = [column for column in kind.required if column not in columns.values()]
    if missing:
        raise Unreadable(
            "header_incomplete",
            f"Overskriften mangler {_listed(missing)}; tilføj kolonnen med et af de aftalte navne.",
        )
    return HeaderMap(kind.name, columns, width)


def ambiguous(column: str, first: str, second: str) -> Unreadable:
    """The failure of a header that gives one column twice."""
    return Unreadable(
        "header_ambiguous",
        f"Kolonnerne “{shown(first)}” og “{shown(second)}” betyder begge {column}; "
        "behold kun den ene.",
    )


def known_names(names: Sequence[str]) -> int:
    """How many different known columns a row names: what makes it look like a header."""
    return len({canonical_name(name) for name in names[:MAX_COLUMNS]} - {None})


def header_width(names: Sequence[str]) -> int:
    """The number of columns up to the last one with a name."""
    return max(
        (at for at, name in enumerate(names, start=1) if name.strip(_AROUND_NAMES)), default=0
    )


def announces_kind(names: Sequence[str]) -> bool:
    """Whether a row has a column that tells one kind of delivery from the others."""
    known = {canonical_name(name) for name in names}
    return any(column in known for kind in KINDS for column in kind.telling)


def canonical_name(name: str) -> str | None:
    """The canonical name of a column as a sender wrote it, or None if it is not known."""
    plain = name.strip(_AROUND_NAMES)
    return _known_columns().find(plain) if len(plain) <= _LONGEST_NAME else None


@functools.cache
def _known_columns() -> WordList[str]:
    return WordList(
        {
            written: column
            for column, synonyms in SYNONYMS.items()
            for written in (column, *synonyms)
        }
    )


def _kind_of(known: set[str]) -> Kind:
    for kind in KINDS:
        if known.issuperset(kind.telling):
            return kind
    candidates = [kind for kind in KINDS if known.intersection(kind.telling)]
    if not candidates:
        raise Unreadable(
            "kind_unknown",
            "Ingen kolonneoverskrift er kendt som samtaler, forløb eller fravær; "
            "brug de aftalte kolonnenavne i første række.",
        )
    return max(candidates, key=lambda kind: len(known.intersection(kind.required)))


def _listed(columns: Sequence[str]) -> str:
    return columns[0] if len(columns) == 1 else f"{', '.join(columns[:-1])} og {columns[-1]}"
