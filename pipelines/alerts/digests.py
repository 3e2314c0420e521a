"""What each owner is told of a night: at most one message, in plain Danish text.

Pure: from the alerts of a publication, what was told before, and the routes. Nothing but the
fields of alerts goes into a message, so no person can be in one.
"""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.alerts.memory import Message, Told
from pipelines.alerts.model import Alert
from pipelines.alerts.routes import COPENHAGEN, Routes
from pipelines.alerts.rules import BLOCKED
from pipelines.wording import number, written_day

_IN_FULL: Final = 25  # alerts of a message that are written out
_LONGEST: Final = 400  # characters of one alert's text
_OPEN: Final = ("new", "ongoing", "worse")


@dataclass(frozen=True, slots=True)
class Night:
    """What messages tell of a night beside its alerts."""

    publication_id: str
    as_of: date
    delivered: int  # municipalities that have delivered
    municipalities: int  # all there are
    latest_delivery: date | None
    rule_names: Mapping[str, str] = field(default_factory=dict)  # Danish, by rule
    tonight: bool = True  # False where it is told of later: no heartbeat, and no block ends

    def name(self, rule: str) -> str:
        """What a rule is called in a message."""
        return self.rule_names.get(rule, rule)


@dataclass(frozen=True, slots=True)
class _Share:
    """One owner's share of a night."""

    new: list[Alert] = field(default_factory=list)
    worse: list[Alert] = field(default_factory=list)
    resolved: list[Alert] = field(default_factory=list)
    storms: dict[str, list[Alert]] = field(default_factory=dict)
    ongoing: list[Alert] = field(default_factory=list)  # told before

    @property
    def told(self) -> list[Alert]:
        return [*self.new, *self.worse, *self.resolved]


def write_messages(
    night: Night,
    alerts: Sequence[Alert],
    told: Mapping[tuple[str, str], Told],
    said: Collection[tuple[str, str]],
    routes: Routes,
    now: datetime,
) -> list[Message]:
    """The messages of a publication that its owners have not had yet, at most one each.

    A storm (a rule new in many municipalities at once) is told to the default owner only; what of
    it still stands in another publication is told to its own owners then.
    """
    shares = _shares(night, alerts, told, said, routes)
    messages = []
    for owner, share in shares.items():
        heartbeat = f"heartbeat/{_clock(now):%Y-%m-%d}"
        wanted = night.tonight and routes.owners[owner].heartbeat
        beats = wanted and (owner, heartbeat) not in said
        news = bool(share.told or share.storms)
        if not (news or beats):
            continue
        pulse = [_pulse(night, alerts, now)] if beats else []
        subject = (
            _subject(share)
            if news
            else f"natten kørte, {_counted(len(_open(alerts)), 'åbent varsel', 'åbne varsler')}"
        )
        messages.append(
            _message(
                owner,
                "digest" if news else "heartbeat",
                f"Samtaleregnskab {written_day(night.as_of)}: {subject}",
                [*_news(night, share), *pulse] if news else pulse,
                routes,
                night.publication_id if news else heartbeat,
                tells=tuple(share.told),
                says=(
                    *(_storm(night, rule) for rule in share.storms),
                    *((heartbeat,) if beats else ()),
                ),
            )
        )
    return messages


def blocked_messages(
    day: date,
    problems: Sequence[str],
    standing_publication: str | None,
    alert: Alert,
    said: Collection[tuple[str, str]],
    routes: Routes,
) -> list[Message]:
    """The urgent messages of a night that published nothing, once a day and set of problems.

    They go to the default owner, and to those who own the rule or get a heartbeat.
    """
    what = f"blocked/{day}/{_digest(sorted(problems))}"
    lines = [
        "Natten blev IKKE udgivet."
        + (f" Udgivelsen {standing_publication} står." if standing_publication else ""),
        *[f"- {_short(problem)}" for problem in problems[:_IN_FULL]],
    ]
    if len(problems) > _IN_FULL:
        lines.append(f"- … og {number(len(problems) - _IN_FULL)} til")
    lines.append("Gør: Ret årsagen, og kør «samtaler nightly» igen.")
    messages = []
    for code, owner in routes.owners.items():
        wanted = owner.heartbeat or BLOCKED in owner.rules or code == routes.default_owner
        if not wanted or (code, what) in said:
            continue
        messages.append(
            _message(
                code,
                "blocked",
                f"Samtaleregnskab {written_day(day)}: natten blev IKKE udgivet",
                ["\n".join(lines)],
                routes,
                what,
                urgent=True,
                tells=(alert,),
                says=(what,),
            )
        )
    return messages


def blocked_alert(day: date, since: date, owner: str) -> Alert:
    """The alert of a night that published nothing."""
    return Alert(
        alert_id=f"{BLOCKED}///",
        rule=BLOCKED,
        municipality_code=None,
        target_group=None,
        subject=None,
        period=None,
        value=None,
        threshold=None,
        cases=None,
        since=since,
        state="new" if since == day else "ongoing",
        reference_value=None,
        owner=owner,
        silenced_until=None,
        message_da="Natten blev ikke udgivet.",
        message_en="The night was not published.",
        fix_da="Ret årsagen, og kør «samtaler nightly» igen.",
    )


def resolved_block(since: date) -> Alert:
    """The blocked night that a publication ends."""
    return replace(
        blocked_alert(since, since, BLOCKED),
        state="resolved",
        message_da="Natten er udgivet igen.",
        message_en="The night is published again.",
        fix_da="",
    )


def _shares(
    night: Night,
    alerts: Sequence[Alert],
    told: Mapping[tuple[str, str], Told],
    said: Collection[tuple[str, str]],
    routes: Routes,
) -> dict[str, _Share]:
    """What there is to tell each owner, in the order of alerts.yaml."""
    shares = {owner: _Share() for owner in routes.owners}
    storms = _storms(alerts, routes.storm)
    told_to: dict[str, list[str]] = {}
    for (owner, alert_id), known in told.items():
        if known.state in _OPEN:
            told_to.setdefault(alert_id, []).append(owner)
    for alert in alerts:
        if alert.state == "resolved" and alert.silenced_until is None:
            for owner in told_to.get(alert.alert_id, []):
                if owner in shares:
                    shares[owner].resolved.append(alert)
        elif alert.state in _OPEN and not (alert.state == "new" and alert.rule in storms):
            owner = routes.recipient(alert.owner)
            if owner in shares:
                _place(alert, told.get((owner, alert.alert_id)), shares[owner])
    default = shares.get(routes.default_owner)
    if default is not None:
        default.storms.update(
            (rule, caught)
            for rule, caught in storms.items()
            if (routes.default_owner, _storm(night, rule)) not in said
        )
    return shares


def _place(alert: Alert, known: Told | None, share: _Share) -> None:
    """What was not told is new to the owner, also when it has stood for a while."""
    if known is None or known.since != alert.since or known.state not in _OPEN:
        (share.worse if alert.state == "worse" else share.new).append(alert)
    elif alert.state == "worse" and alert.value != known.value:
        share.worse.append(alert)
    else:
        share.ongoing.append(alert)


def _storms(alerts: Iterable[Alert], least: int) -> dict[str, list[Alert]]:
    """Rules that are new in at least so many municipalities, and their new alerts."""
    new: dict[str, list[Alert]] = {}
    for alert in alerts:
        if alert.state == "new":
            new.setdefault(alert.rule, []).append(alert)
    return {rule: caught for rule, caught in new.items() if _places(caught) >= least}


def _places(alerts: Iterable[Alert]) -> int:
    return len({alert.municipality_code for alert in alerts if alert.municipality_code})


def _storm(night: Night, rule: str) -> str:
    return f"storm/{night.publication_id}/{rule}"


def _subject(share: _Share) -> str:
    sections = (
        *((1, f"én årsag i {_places(caught)} kommuner?") for caught in share.storms.values()),
        (len(share.new), f"{number(len(share.new))} {'ny' if len(share.new) == 1 else 'nye'}"),
        (len(share.worse), f"{number(len(share.worse))} forværret"),
        (len(share.resolved), f"{number(len(share.resolved))} løst"),
    )
    return ", ".join(words for count, words in sections if count)


def _news(night: Night, share: _Share) -> list[str]:
    """The paragraphs of a digest."""
    paragraphs = [
        f"Reglen «{night.name(rule)}» ramte {_places(caught)} kommuner på én gang: sandsynligvis "
        "en fælles årsag, eller det er første gang, der tælles. Kommunerne får selv besked, hvis "
        f"det også står i næste udgivelse.\nGør: {_short(caught[0].fix_da)}"
        for rule, caught in share.storms.items()
    ]
    left = _IN_FULL
    for title, section in (
        ("Nye", share.new),
        ("Forværret", share.worse),
        ("Løst", share.resolved),
    ):
        if section:
            paragraph, shown = _section(night, title, section, left)
            paragraphs.append(paragraph)
            left -= shown
    if share.ongoing:
        paragraphs.append(f"Stadig åbne, som I kender: {number(len(share.ongoing))}.")
    return paragraphs


def _section(night: Night, title: str, alerts: Sequence[Alert], in_full: int) -> tuple[str, int]:
    """A paragraph by rule, and how many alerts it writes out: each rule has its share of them."""
    by_rule: dict[str, list[Alert]] = {rule: [] for rule in night.rule_names}
    for alert in alerts:
        by_rule.setdefault(alert.rule, []).append(alert)
    told = {rule: found for rule, found in by_rule.items() if found}
    each = max(1, in_full // len(told)) if in_full > 0 else 0
    lines = [f"{title} ({number(len(alerts))}):"]
    for rule, found in told.items():
        lines += _rule_lines(night, rule, found[:each], found[each:])
    return "\n".join(lines), sum(len(found[:each]) for found in told.values())


def _rule_lines(
    night: Night, rule: str, shown: Sequence[Alert], rest: Sequence[Alert]
) -> Iterator[str]:
    """A rule's alerts, the rest of them as a number, and once what to do."""
    for alert in shown:
        since = f" (siden {written_day(alert.since)})" if alert.since < night.as_of else ""
        yield f"- {_short(alert.message_da)}{since}"
    if rest:
        places = _places(rest)
        where = f" i {_counted(places, 'kommune', 'kommuner')}" if places else ""
        more = f"… og {number(len(rest))} til" if shown else f"… {number(len(rest))}"
        yield f"- {more}{where}: {night.name(rule)}"
    first = (*shown, *rest)[0]
    if first.fix_da and first.state != "resolved":
        yield f"  Gør: {_short(first.fix_da)}"


def _pulse(night: Night, alerts: Iterable[Alert], now: datetime) -> str:
    """The heartbeat: that the night ran, and how much is open."""
    rules = Counter(alert.rule for alert in _open(alerts))
    latest = written_day(night.latest_delivery) if night.latest_delivery else "ingen"
    deliveries = f"{night.delivered} af {night.municipalities} kommuner har leveret"
    lines = [
        f"Natten kørte {written_day(_clock(now))}. {deliveries}; seneste leverance: {latest}.",
        f"Åbne varsler: {number(rules.total())}.",
        *(f"- {night.name(rule)}: {number(count)}" for rule, count in rules.most_common()),
    ]
    return "\n".join(lines)


def _open(alerts: Iterable[Alert]) -> list[Alert]:
    return [alert for alert in alerts if alert.state in _OPEN]


def _message(
    owner: str,
    kind: str,
    subject: str,
    paragraphs: Sequence[str],
    routes: Routes,
    about: str,
    *,
    urgent: bool = False,
    tells: tuple[Alert, ...] = (),
    says: tuple[str, ...] = (),
) -> Message:
    items = sorted([*((alert.alert_id, alert.state) for alert in tells), *((w, "") for w in says)])
    key = _digest([owner, kind, about, items])
    foot = [f"Til: {routes.owners[owner].name}", f"Besked-id: {key}"]
    if routes.link:
        foot.insert(0, f"Se mere: {routes.link}")
    body = "\n\n".join([*paragraphs, "\n".join(foot)])
    return Message(key, owner, kind, subject, body, urgent, tells, says)


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _clock(now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(COPENHAGEN))


def _short(text: str) -> str:
    return textwrap.shorten(text, _LONGEST, placeholder=" …")


def _counted(count: int, one: str, several: str) -> str:
    return f"{number(count)} {one if count == 1 else several}"
