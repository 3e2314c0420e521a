"""Who is told what, and by which way: the operator's file `alerts.yaml` (docs/alerts.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.alerts.rules import BLOCKED
from pipelines.alerts.sending import is_address
from pipelines.checked_yaml import LinePlace, load_lines, read
from pipelines.municipalities import municipalities
from pipelines.settings import named_secret

NOBODY: Final = "none"  # the owner of every alert where there is no alerts.yaml
_STORM: Final = 49  # half the municipalities
COPENHAGEN: Final = "Europe/Copenhagen"


class RoutesError(Exception):
    """`alerts.yaml` cannot be used; the message names file and line, and what to do."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way to reach someone: an apprise address, or the environment variable that holds it."""

    url: str | None = field(default=None, repr=False)  # may hold a password
    url_from: str | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours, by the clock in Copenhagen, in which messages wait; they may pass midnight."""

    from_: time
    to: time

    def __post_init__(self) -> None:
        if self.from_ == self.to:
            raise ValueError("de stille timer begynder og slutter samtidig")

    def holds(self, now: datetime) -> bool:
        """Whether it is quiet now (`now` knows its time zone)."""
        clock = now.astimezone(ZoneInfo(COPENHAGEN)).time()
        if self.from_ < self.to:
            return self.from_ <= clock < self.to
        return clock >= self.from_ or clock < self.to


@dataclass(frozen=True, slots=True)
class Owner:
    """Someone who mends what is wrong, and how to reach them: the next route is the reserve."""

    name: str
    routes: tuple[str, ...]
    municipalities: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()  # owned wherever they are
    heartbeat: bool = False
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """An alert nobody is told of through the day `until`; what is left out holds for all."""

    rule: str
    until: date
    reason: str
    municipality: str | None = None
    target_group: str | None = None
    subject: str | None = None

    def covers(
        self, rule: str, municipality: str | None, group: str | None, subject: str | None, day: date
    ) -> bool:
        """Whether an alert is silenced on a day."""
        pairs = (
            (self.municipality, municipality),
            (self.target_group, group),
            (self.subject, subject),
        )
        return (
            rule == self.rule
            and day <= self.until
            and all(wanted in (None, found) for wanted, found in pairs)
        )


@dataclass(frozen=True, slots=True)
class Routes:
    """The whole of `alerts.yaml`."""

    default_owner: str
    routes: dict[str, Route]
    owners: dict[str, Owner]
    silences: tuple[Silence, ...] = ()
    link: str | None = None  # stands in every message
    storm: int = _STORM  # municipalities in which a rule is new at once

    def owner_of(self, rule: str, municipality_code: str | None, system: str | None) -> str:
        """Whose an alert is: the rule's owner, else the system's, else the municipality's."""
        for code, owner in self.owners.items():
            if rule in owner.rules:
                return code
        for code, owner in self.owners.items():
            if system is not None and _folded(system) in map(_folded, owner.systems):
                return code
        for code, owner in self.owners.items():
            if municipality_code is not None and municipality_code in owner.municipalities:
                return code
        return self.default_owner

    def silenced(
        self,
        rule: str,
        municipality_code: str | None,
        target_group: str | None,
        subject: str | None,
        day: date,
    ) -> Silence | None:
        """The silence that covers an alert on a day, the longest one if several do."""
        covering = [
            silence
            for silence in self.silences
            if silence.covers(rule, municipality_code, target_group, subject, day)
        ]
        return max(covering, key=lambda silence: silence.until, default=None)

    def recipient(self, owner: str) -> str:
        """The owner to write to: the default owner where nobody has that name any more."""
        return owner if owner in self.owners else self.default_owner

    def ways(self, owner: str) -> list[tuple[str, str]]:
        """Name and address of the routes to an owner, in the order they are tried."""
        return [(name, self.routes[name].url or "") for name in self.owners[owner].routes]


def _folded(system: str) -> str:
    """A system's name apart from how it is spelt."""
    return system.casefold().strip()


def nobody() -> Routes:
    """The routes where there is no alerts.yaml: nobody is told."""
    return Routes(NOBODY, {}, {})


def load_routes(file: Path, rules: Collection[str]) -> Routes:
    """The routes of a file; without the file, nobody's. `rules` are the names of all rules.

    Raises RoutesError for whatever is not exactly right, and for an address whose environment
    variable is not set.
    """
    if not file.exists():
        return nobody()
    try:
        content, place = load_lines(file, RoutesError)
    except OSError as error:
        raise RoutesError(f"{file.name} kan ikke læses ({error.strerror}). Ret den.") from None
    routes = read(Routes, content, place)
    _check_rules(routes, {*rules, BLOCKED}, place)
    _check_owners(routes, place)
    if routes.storm < 1:
        raise place.at("storm").error("tallet skal være mindst 1", "Ret det, eller fjern linjen")
    addresses = {
        name: _with_address(route, place.at("routes").at(name))
        for name, route in routes.routes.items()
    }
    return replace(routes, routes=addresses)


def _with_address(route: Route, place: LinePlace) -> Route:
    if (route.url is None) == (route.url_from is None):
        raise place.error("en vej har enten url eller url_from", "Skriv præcis én af dem")
    url = route.url
    if route.url_from is not None:
        url = named_secret(route.url_from)
        if url is None:
            raise place.at("url_from").error(
                f"miljøvariablen {route.url_from} er ikke sat", "Sæt den til adressen"
            )
    if url is None or not is_address(url):
        raise place.error(
            "adressen er ikke en, der kan sendes til",
            "Skriv en apprise-adresse, fx mailto://, slack:// eller json://",
        )
    return replace(route, url=url)


def _check_owners(routes: Routes, place: LinePlace) -> None:
    if routes.default_owner not in routes.owners:
        raise place.at("default_owner").wrong(
            "code", raw=routes.default_owner, known=", ".join(routes.owners)
        )
    owners = place.at("owners")
    for code, owner in routes.owners.items():
        if not owner.routes:
            raise owners.at(code).error("ejeren har ingen vej", "Skriv mindst én under routes")
        _check_known(owner.routes, routes.routes, owners.at(code).at("routes"))
        _check_places(owner.municipalities, owners.at(code).at("municipalities"))
    for key in ("municipalities", "systems", "rules"):
        owned_by: dict[str, str] = {}
        for code, owner in routes.owners.items():
            for item in getattr(owner, key):
                if item in owned_by:
                    raise (
                        owners.at(code)
                        .at(key)
                        .error(f"{item} hører også til {owned_by[item]}", "Giv den til én ejer")
                    )
                owned_by[item] = code


def _check_rules(routes: Routes, rules: Collection[str], place: LinePlace) -> None:
    for code, owner in routes.owners.items():
        _check_known(owner.rules, sorted(rules), place.at("owners").at(code).at("rules"))
    for number, silence in enumerate(routes.silences, start=1):
        here = place.at("silences").at(str(number))
        _check_known([silence.rule], sorted(rules), here.at("rule"))
        if silence.municipality is not None:
            _check_places([silence.municipality], here.at("municipality"))
        if not silence.reason.strip():
            raise here.at("reason").wrong("empty")


def _check_known(
    names: Iterable[str], known: Collection[str] | Mapping[str, object], place: LinePlace
) -> None:
    for name in names:
        if name not in known:
            raise place.wrong("code", raw=name, known=", ".join(known))


def _check_places(codes: Iterable[str], place: LinePlace) -> None:
    known = {municipality.code for municipality in municipalities()}
    for code in codes:
        if code not in known:
            raise place.error(f"{code!r} er ingen kommune", "Skriv kommunens tre cifre")
