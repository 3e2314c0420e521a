"""What caseworkers write in the remark field. Nobody is named."""

# ruff: noqa: RUF001 - dashes and quotes as caseworkers' systems write them

from __future__ import annotations

SAYS = {
    "in_person": (
        "Borger mødte op personligt på jobcentret.",
        "Mødte op personligt – god dialog om jobmål.",
        "Samtalen blev holdt ved personligt fremmøde.",
        "Fysisk møde på jobcentret, CV gennemgået.",
        "Holdt som fysisk møde efter borgers ønske.",
    ),
    "phone": (
        "Telefonmøde. Borger orienteret om næste skridt.",
        "Samtalen blev holdt telefonisk pga. transport.",
        "Holdt telefonisk – borger er i virksomhedspraktik.",
        "Telefonisk samtale gennemført, plan opdateret.",
        "Afholdt pr. telefon.",
    ),
    "virtual": (
        "Holdt over Teams.",
        "Afholdt på Teams – lyd og billede ok.",
        "Videomøde, borger deltog hjemmefra.",
        "Samtalen blev holdt som videosamtale.",
        "Holdt via Skype, tolk deltog.",
    ),
}
"""By mode: remarks that say how this meeting was held."""

TRAPS = (
    "Ønsker video næste gang.",
    "Ringer senere på ugen om praktikplads.",
    "Drøftede digitalt CV på jobnet.",
    "Borger har fået nyt telefonnummer, rettet i systemet.",
    "Skal møde personligt hos virksomheden på mandag.",
    "Næste samtale holdes på Teams.",
    "Aftalt at borger ringer, når svaret fra lægen foreligger.",
    "Har svært ved “digitale løsninger”, tilbudt kursus.",
    "Mail sendt med link til jobopslag.",
    "Kan ikke bruge video derhjemme.",
    "Forsøgt kontaktet pr. telefon forud for mødet uden held.",
    "Søger job som telefonsælger.",
    "Er blevet tilbudt telefonisk opfølgning fremover.",
    "Fysisk nedslidt – henvist til fysioterapeut.",
    "Fremmøde i praktikken drøftet; fravær 3 dage.",
    "Overvejer online-kursus i bogføring.",
    "Mødet var først booket som telefonmøde.",
)
"""Remarks that name a mode without saying how this meeting was held."""

NEUTRAL = (
    "Min Plan opdateret.",
    "CV gennemgået og godkendt.",
    "Aftalt 2 ansøgninger om ugen.",
    "Drøftet praktik inden for lager og logistik.",
    "Afventer helbredsoplysninger – følges op om 4 uger.",
    "Borger er i løntilskud 25 t./uge.",
    "Talt om brancheskift; “vil gerne arbejde med dyr”.",
    "Rådighed vurderet – ingen bemærkninger.",
    "Joblog gennemgået. Søger bredt.",
    "Mentor deltog; bevilling forlænget.",
    "Henvist til kursus i kommunens regi.",
    "Bevilget befordring.",
)

NOT_HELD = (
    "Ikke mødt. Ringer senere.",
    "Aflyst pga. sygdom.",
    "Borger meldte afbud på telefonen.",
    "Udeblevet – partshøring sendt.",
    "Flyttet til næste uge efter aftale.",
    "Rådgiver syg, ny tid sendes digitalt.",
    "Borger kunne ikke logge på Teams.",
    "Startet i job – samtale ikke nødvendig.",
)
"""Remarks on meetings that did not take place."""
