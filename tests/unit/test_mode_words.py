import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.modes.decide import decide_mode
from pipelines.modes.folding import WordList, fold, same_word
from pipelines.modes.forms import FormEvidence, FormReading, read_form
from pipelines.modes.vocabulary import Mode

NOTHING = FormReading("unknown", "none", remark_may_decide=True, unmatched=False)
UNMATCHED = FormReading("unknown", "none", remark_may_decide=True, unmatched=True)
SEVERAL = FormReading("unknown", "none", remark_may_decide=False, unmatched=True)


def decided(mode: Mode, evidence: FormEvidence) -> FormReading:
    return FormReading(mode, evidence, remark_may_decide=False, unmatched=False)


def double_encode(text: str) -> str:
    return text.encode().decode("cp1252")


# --- folding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Fremmøde ", "fremmøde"),
        (double_encode("fremmøde"), "fremmøde"),
        (double_encode("FREMMØDE"), "fremmøde"),
        (double_encode("fremmøde").lower(), "fremmøde"),
        (double_encode(double_encode("fremmøde")), "fremmøde"),
        ("fremmøde".encode().decode("latin-1"), "fremmøde"),
        (double_encode("Bemærkning på"), "bemærkning på"),
        ("fremm\ufffd\ufffdde", "fremm?de"),
        ("a\u030abent", "åbent"),
        ("møde\u00a0via \t Teams", "møde via teams"),
        ("2 \u2013 Telefonisk", "2 - telefonisk"),
        ("", ""),
    ],
)
def test_folding_repairs_what_systems_do_to_danish(written: str, folded: str):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "written",
    [
        "fremmøde",
        "FREMMØDE",
        "fremmoede",
        "fremm?de",
        "fremm\ufffdde",
        "fremm??de",
        "frem?de",
        double_encode("fremmøde"),
        " Frem-møde. ",
        "frem_møde",
    ],
)
def test_one_word_in_many_spellings(written: str):
    assert same_word(written, "fremmøde")


@pytest.mark.parametrize(
    "written", ["fremmåde", "fremmde", "fremmode", "fremmødet", "?", "", "fre?møde"]
)
def test_another_word_is_another_word(written: str):
    assert not same_word(written, "fremmøde")


def test_both_sides_may_be_spelt_without_danish_letters():
    assert same_word("MÅLGRUPPE", "maalgruppe")
    assert same_word("Samtale-ID", "samtale_id")
    assert same_word("KanIkkeF?F?rtidspension", "KanIkkeFåFørtidspension")


def test_damage_that_fits_two_words_finds_neither():
    words = WordList({"mål": 1, "møl": 2, "hår": 3})
    assert words.find("m?l") is None
    assert words.find("h?r") == 3
    assert words.find("møl") == 2


def test_one_word_cannot_have_two_meanings():
    with pytest.raises(ValueError, match="two meanings"):
        WordList({"aktør": 1, "AKTOER": 2})


def test_a_full_cache_does_not_change_answers():
    words = WordList({"telefon": True}, cache_size=2)
    assert [words.find(text) for text in ("telefon", "a", "b", "c", "Telefon", "a")] == [
        True,
        None,
        None,
        None,
        True,
        None,
    ]


# --- the form field ------------------------------------------------------------------------------

PINNED_WORDS = {
    "in_person": [
        *("personligt", "personligt fremmøde", "fremmøde", "fysisk", "fysisk møde", "pf"),
        *("møde direkte på arbejde", "på arbejdsplads"),
    ],
    "phone": [
        "telefon",
        "telefonisk",
        "telefonmøde",
        "tlf",
        "tlf.",
        "opkald",
        "telefon (udgående)",
    ],
    "virtual": [
        *("video", "videokonference", "videosamtale", "digital", "digitalt", "teams"),
        *("teams-møde", "skype", "skype for business", "zoom", "online", "virtuel", "virtuelt"),
    ],
    "written": ["brev", "pr. brev", "mail", "e-mail", "sms", "skriftlig"],
}


@pytest.mark.parametrize(
    ("mode", "word"), [(mode, word) for mode, words in PINNED_WORDS.items() for word in words]
)
def test_every_listed_word_decides_however_it_is_spelt(mode: Mode, word: str):
    for written in (word, word.upper(), f"  {word} ", word.replace(" ", "_"), _damage(word)):
        assert read_form(written) == decided(mode, "word")


def _damage(word: str) -> str:
    for letter in "æøå":
        word = word.replace(letter, "?")
    return word


@pytest.mark.parametrize(
    ("code", "mode"),
    [
        *[("1", "in_person"), ("2", "phone"), ("3", "written"), ("4", "virtual")],
        *[("6", "in_person"), ("7", "virtual"), (" 2 ", "phone"), ("04", "virtual")],
        *[("4.0", "virtual"), ("7,0", "virtual"), ("2.", "phone")],
    ],
)
def test_a_code_decides(code: str, mode: Mode):
    assert read_form(code) == decided(mode, "code")


@pytest.mark.parametrize(
    "form", [None, "", "   ", "-", "\u2013", "5", "05", "5.0", "ukendt", "Ukendt ", "Andet"]
)
def test_a_form_that_says_nothing_leaves_it_to_the_remark(form: str | None):
    assert read_form(form) == NOTHING


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("telefonisk samtale", "phone"),
        ("møde via Teams", "virtual"),
        ("Digital (video)", "virtual"),
        ("2 - Telefonisk", "phone"),
        ("2-Telefonisk", "phone"),
        ("Telefon (indgående)", "phone"),
        ("1. telefonsamtale", "phone"),
        ("Samtale pr. tlf.", "phone"),
        ("teamsmøde", "virtual"),
        ("video/skype-forbindelse", "virtual"),
        ("Personlig samtale på jobcenter", "in_person"),
        ("Personligt frem?de", "in_person"),
        ("Møde på arbejdspladsen", "in_person"),
        ("sendt via e mail", "written"),
    ],
)
def test_a_longer_value_decides_where_it_names_one_mode(form: str, mode: Mode):
    assert read_form(form) == decided(mode, "word")


@pytest.mark.parametrize(
    "form",
    [
        "Fysisk/telefon",
        "Telefonmøde via Teams",
        "Teams-telefon",
        "tlf eller video",
        "Telefonisk, ikke fysisk",
        "Personligt fremmøde (alternativt pr. mail)",
    ],
)
def test_two_modes_decide_nothing_and_silence_the_remark(form: str):
    assert read_form(form) == SEVERAL


@pytest.mark.parametrize(
    "form",
    [
        *("ikke telefon", "Ikke-telefonisk", "uden video", "ej fremmøde", "Telefon?"),
        *("mailadresse", "mail-adresse", "telefonnummer", "brevet", "jobteams", "Digital post"),
        *("0", "8", "12", "rundringning", "Anden kontakt", "?"),
    ],
)
def test_a_value_without_a_named_mode_is_listed(form: str):
    assert read_form(form) == UNMATCHED


@settings(deadline=None)  # the first example loads the word lists
@given(st.text())
def test_any_text_is_read(form: str):
    reading = read_form(form)
    assert (reading.mode == "unknown") == (reading.evidence == "none")
    assert reading.mode == "unknown" or not (reading.remark_may_decide or reading.unmatched)


# --- form and remark together --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "remark_mode", "decision"),
    [
        ("2", None, ("phone", "code", False)),
        ("2", "phone", ("phone", "code", False)),
        ("2", "virtual", ("phone", "code", True)),
        ("Teams", "phone", ("virtual", "word", True)),
        (None, "phone", ("phone", "remark", False)),
        ("5", "in_person", ("in_person", "remark", False)),
        ("vrøvl", "written", ("written", "remark", False)),
        ("vrøvl", None, ("unknown", "none", False)),
        ("telefon/video", "phone", ("unknown", "none", False)),
    ],
)
def test_the_form_wins_and_the_remark_fills_in(
    form: str | None, remark_mode: Mode | None, decision: tuple[Mode, str, bool]
):
    assert decide_mode(read_form(form), remark_mode) == decision
