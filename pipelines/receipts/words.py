"""What a letter says in words, the same in HTML and in the workbook."""

from __future__ import annotations

from typing import Final

from pipelines.receipts.facts import Delivery
from pipelines.receipts.letter import Letter
from pipelines.wording import KINDS, number, percent, written_day

REMEDIES: Final = {
    "register": "Rettes i registreringen",
    "hold_again": "Skal holdes igen",
    "nothing": "Intet at vinde",
}
_SEPARATORS: Final = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "lodret streg"}
_ASSUMED: Final = (
    "«Medregnet» er efter pligten, altså det, der kan opfylde lovens krav. Tallet er «op til», for "
    "det forudsætter, at det, der rettes til, tæller på dagen: formen, typen, aktøren eller "
    "forløbet. Ret kun til det, der faktisk skete."
)
_COUNTED: Final = (
    "Ved hver årsag er kun de samtaler talt med, som den alene holder ude; i summen også dem, hvor "
    "flere ting skal rettes. Afviste rækker er ikke bedømt, så de tæller med deres antal og "
    "flytter ikke andelen. En afvist række med flere fejl står under hver af dem, men tæller én "
    "gang i summen. Samtaler uden forløb flytter heller ikke andelen, for det vides ikke, hvilket "
    "krav de hører til."
)


def facts_of(letter: Letter) -> list[tuple[str, str]]:
    """The head of the letter: label and text."""
    file = letter.delivery
    separator = _SEPARATORS.get(file.separator or "", file.separator or "")
    none = "ikke relevant for filtypen" if file.is_read else "ikke fastslået"
    technical = [part for part in (file.encoding, separator) if part]
    return [
        ("Kommune", f"{file.municipality} ({file.municipality_code})"),
        ("Fil", file.file),
        ("Leveret", written_day(file.delivered_on)),
        ("Indhold", kind_of(file)),
        ("Tegnsæt og skilletegn", ", ".join(technical) or none),
        ("Fingeraftryk (SHA-256)", file.delivery_id or "ikke beregnet"),
        ("Udgivelse", letter.publication_id),
        ("Opgjort pr.", written_day(letter.as_of)),
    ]


def kind_of(file: Delivery) -> str:
    """What the file holds, or why it holds nothing."""
    match file.status:
        case "repeat":
            return "gentagelse af en fil, der er leveret før"
        case "unreadable":
            return "kunne ikke læses"
        case _:
            return KINDS[file.kind].da if file.kind else "ukendt"


def outcome(file: Delivery) -> str:
    """What became of a file whose rows were not taken in, and what to do."""
    if file.status == "unreadable":
        return (
            f"Filen kunne ikke læses, så ingen af dens rækker er talt med. {file.message_da or ''} "
            "Levér den rettede fil i en ny mappe med den dag, den leveres."
        )
    first = (
        f"«{file.repeats_file}», leveret {written_day(file.repeats_day)}"
        if file.repeats_file and file.repeats_day
        else "en fil, der er leveret før"
    )
    return (
        f"Filen er byte for byte den samme som {first}. Den tilføjer intet, og der er ikke noget "
        "at rette. Var det meningen at levere noget nyt, så eksportér igen, og levér den nye fil."
    )


def assumptions(letter: Letter) -> list[str]:
    """How the effect was computed, and on what it rests."""
    share = letter.share
    if not share.due:
        twelve = (
            f"Ingen krav forfaldt i de tolv måneder op til {written_day(letter.as_of)}, så der er "
            "ingen andel opfyldt at flytte."
        )
    else:
        twelve = (
            f"«Andel opfyldt» er de krav til kommunens forløb (også a-kassens), der forfaldt i de "
            f"tolv måneder op til {written_day(letter.as_of)}: {number(share.met)} af "
            f"{number(share.due)} blev opfyldt til tiden, {percent(share.after())}. Et krav regnes "
            "for opfyldt efter rettelsen, når filens samtaler i kravets vindue, holdt af den rette "
            "aktør, er nok sammen med dem, der allerede er medregnet."
        )
    return [_ASSUMED, _COUNTED, twelve]
