"""The words in which municipalities' systems write headers, codes and forms."""

# ruff: noqa: RUF001 - damaged letters are the point

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Words = Mapping[str, str]

# Canonical column -> the system's. `start` and `slut` are a meeting's, `fra` and `til` those of a
# spell or an absence. What is not named is written as it is.
HEADERS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "plain": {"fra": "start", "til": "slut"},
        "momentum": {
            "samtale_id": "Samtale-ID",
            "cpr": "CPR-nr.",
            "samtaletype": "Samtaletype",
            "samtaleform": "Kontaktform",
            "status": "Status",
            "start": "Starttidspunkt",
            "slut": "Sluttidspunkt",
            "aktoer": "Aktør",
            "registreret": "Registreringstidspunkt",
            "indkaldt": "Indkaldelsesdato",
            "bemaerkning": "Bemærkning",
            "system": "Fagsystem",
            "kommune": "Kommunekode",
            "forloeb_id": "Forløb-ID",
            "maalgruppe": "Målgruppe",
            "fravaerstype": "Fraværstype",
            "fra": "Startdato",
            "til": "Slutdato",
        },
        "fasit": {
            "samtale_id": "Samtalenr",
            "cpr": "Personnummer",
            "samtaletype": "Type",
            "samtaleform": "Form",
            "status": "Samtalestatus",
            "start": "Samtaledato",
            "slut": "Sluttidspunkt",
            "aktoer": "Myndighed",
            "registreret": "Oprettet",
            "indkaldt": "Indkaldt dato",
            "bemaerkning": "Notat",
            "system": "Kildesystem",
            "kommune": "Kommunenr",
            "forloeb_id": "Sagsnr",
            "maalgruppe": "Ydelsesgruppe",
            "fravaerstype": "Fravær type",
            "fra": "Fra",
            "til": "Til",
        },
        "opera": {
            "samtale_id": "SAMTALENUMMER",
            "cpr": "CPRNUMMER",
            "samtaletype": "INTERVIEWTYPE",
            "samtaleform": "SAMTALEFORM",
            "status": "AFHOLDELSESSTATUS",
            "start": "AFHOLDELSESDATO",
            "slut": "SLUT",
            "aktoer": "AFHOLDT_AF",
            "registreret": "REGISTRERINGSDATO",
            "indkaldt": "INDKALDT",
            "bemaerkning": "KOMMENTAR",
            "system": "SYSTEM",
            "kommune": "KOMMUNE",
            "forloeb_id": "FORLOEBSID",
            "maalgruppe": "MAALGRUPPEKODE",
            "fravaerstype": "FRAVAER_TYPE",
            "fra": "STARTDATO",
            "til": "SLUTDATO",
        },
        "dfdg": {
            "samtale_id": "Interview_Identifier",
            "cpr": "Person_Civil_Registration_Identifier",
            "samtaletype": "Interview_Type_Identifier",
            "samtaleform": "Interview_Contact_Type_Identifier",
            "start": "Samtaleafholdelsesdato",
            "registreret": "Registreringstidspunkt",
            "kommune": "Municipality_Code",
            "fravaerstype": "Absence_Type_Identifier",
            "fra": "startDato",
            "til": "slutDato",
        },
        "workbase": {
            "samtale_id": "kontaktnummer",
            "cpr": "borger_cpr",
            "samtaleform": "kontaktform",
            "status": "samtalestatus",
            "start": "starttidspunkt",
            "slut": "sluttidspunkt",
            "aktoer": "aktør",
            "registreret": "registreringstidspunkt",
            "indkaldt": "indkaldt_dato",
            "bemaerkning": "beskrivelse",
            "system": "fagsystem",
            "kommune": "kommunekode",
            "forloeb_id": "forløb_id",
            "maalgruppe": "målgruppe",
            "fravaerstype": "fraværstype",
            "fra": "fra",
            "til": "til",
        },
    }
)

# Form code -> how it is written; `many` names two modes, the blank is a form left out.
FORMS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "code": {code: (code,) for code in "1234567"} | {"": ("", "-"), "many": ("5",)},
        "register": {
            "1": ("Personligt",),
            "2": ("Telefonisk",),
            "3": ("Brev",),
            "4": ("Digitalt",),
            "5": ("Andet",),
            "6": ("Møde direkte på arbejde",),
            "7": ("Videokonference",),
            "": ("", "-"),
            "many": ("Telefonisk/Videokonference", "Personligt eller telefonisk"),
        },
        "spoken": {
            "1": ("Personligt fremmøde", "Fremmøde", "Fysisk møde", "Fysisk", "PF"),
            "2": ("Tlf.", "tlf", "Telefonmøde", "Telefon (udgående)", "telefonisk samtale"),
            "3": ("pr. brev", "E-mail", "SMS", "Mail"),
            "4": ("Digital (video)", "Virtuelt", "Online"),
            "5": ("Andet", "Ukendt", "Walk and talk", "Hjemmebesøg", "Se notat", "Åben dør"),
            "6": ("på arbejdsplads", "Møde direkte på arbejde"),
            "7": ("Teams-møde", "Teams", "Video", "Skype for Business", "møde via Teams", "Zoom"),
            "": ("", "-", "Ukendt"),
            "many": ("Telefon/video", "Fysisk el. Teams", "Tlf. + fremmøde"),
        },
        "short": {
            "1": ("PF", "pf", "PF "),
            "2": ("TLF", "tlf ", "Tlf"),
            "3": ("brev", "sms"),
            "4": ("digitalt",),
            "5": ("andet", "?"),
            "6": ("på arbejdsplads",),
            "7": ("video", "Skype", "TEAMS"),
            "": ("", "-"),
            "many": ("PF/TLF",),
        },
        "damaged": {
            "1": ("Personligt fremmÃ¸de", "fremmÃ¸de", "Frem?de"),
            "2": ("Telefon (udgÃ¥ende)", "TelefonmÃ¸de", "Telefonisk"),
            "3": ("Skriftlig",),
            "4": ("Digitalt",),
            "5": ("Andet", "HjemmebesÃ¸g"),
            "6": ("mÃ¸de direkte pÃ¥ arbejde",),
            "7": ("Videosamtale", "Teams-mÃ¸de", "Virtuel"),
            "": ("", "Ukendt"),
            "many": ("Telefon eller video",),
        },
    }
)

TYPES: Final[Words] = MappingProxyType(
    {
        "4": "Opfølgningssamtale",
        "7": "Jobsamtale",
        "8": "Henvisning",
        "9": "Informationsmøde",
        "10": "CV-samtale",
        "11": "Formidlingssamtale",
        "12": "Anden samtale",
        "13": "Informationsmøde uden mødepligt",
        "15": "Rådighedssamtale (a-kasse)",
        "17": "Jobsamtale med a-kasse",
        "19": "Fælles jobsamtale",
    }
)

ABSENCES: Final[Words] = MappingProxyType(
    {
        "1": "Uddannelse",
        "2": "MidlertidigtArbejde",
        "3": "BorgerligtOmbud",
        "4": "BarselMax14Dage",
        "7": "KanIkkeFåFørtidspensionEllerFolkepension",
        "8": "Barsel",
        "9": "Friperiode",
        "10": "Ferie",
        "11": "Sygdom",
    }
)

STATUSES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "held": {
            "held": "Afholdt",
            "planned": "Planlagt",
            "cancelled": "Aflyst",
            "moved": "Ombooket",
            "no_show": "Udeblevet",
            "withdrawn": "Slettet",
        },
        "done": {
            "held": "gennemført",
            "planned": "booket",
            "cancelled": "aflyst",
            "moved": "flyttet",
            "no_show": "udeblevet",
            "withdrawn": "slettet",
        },
    }
)

ACTORS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "jobcenter": {"municipality": "Jobcenter", "a_kasse": "A-kasse", "other": "Anden aktør"},
        "kommune": {"municipality": "kommune", "a_kasse": "akasse", "other": "anden_aktoer"},
        "blank": {"municipality": "", "a_kasse": "a-kasse", "other": "anden aktør"},
    }
)

# LAB § 6 from 2020 and the older LAB § 2 for spells that start before.
GROUPS: Final[Words] = MappingProxyType(
    {
        "DP": "6.1",
        "KTH_JP": "6.2",
        "KTH_AP": "6.3",
        "UH_UP": "6.4",
        "UH_AP": "6.5",
        "SDP": "6.6",
        "JAF": "6.7",
        "RF": "6.8",
        "FLEX": "6.9",
        "REV": "6.10",
    }
)
GROUPS_BEFORE_2020: Final[Words] = MappingProxyType(
    {
        "DP": "2.1",
        "KTH_JP": "2.2",
        "KTH_AP": "2.3",
        "REV": "2.4",
        "SDP": "2.5",
        "FLEX": "2.7",
        "RF": "2.11",
        "UH_UP": "2.12",
        "UH_AP": "2.13",
        "JAF": "2.14",
    }
)
