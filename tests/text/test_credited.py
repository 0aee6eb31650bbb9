"""Names of persons in what pages state as authors, in many languages; what is no person is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.credited import is_outlet, labelled, letters, persons_in


@pytest.mark.parametrize(
    ("said", "language", "names"),
    [
        ("Jane Doe", "en", ("Jane Doe",)),
        ("By JANE DOE, AP Harbour Writer", "en", ("JANE DOE",)),
        ("Analysis by Jane Doe, Jinbei News Editor-at-large", "en", ("Jane Doe",)),
        ("Jane Doe and John Q. Roe", "en", ("Jane Doe", "John Q. Roe")),
        ("Jane Doe, John Roe &amp; Mary O’Hara", "en", ("Jane Doe", "John Roe", "Mary O’Hara")),
        ("Jane Doe, New York", "en", ("Jane Doe",)),
        ("Jane Doe jane@example.org (509) 555-0100", "en", ("Jane Doe",)),
        ("Jane Doe@janedoe", "en", ("Jane Doe",)),
        ("Jane Doe 20:00, 29 Feb 2024", "en", ("Jane Doe",)),
        ("Von Eva Muster, Wien", "de", ("Eva Muster",)),
        ("Ursula von der Weide", "de", ("Ursula von der Weide",)),
        ("Max Muster und Eva Beispiel", "de", ("Max Muster", "Eva Beispiel")),
        ("Jean d'Orme et Zoé L'Hérault", "fr", ("Jean d'Orme", "Zoé L'Hérault")),
        ("di Viviana Rossi", "it", ("Viviana Rossi",)),
        ("Di Maio Luigi", "it", ("Di Maio Luigi",)),
        ("José Ortega y Gasset", "es", ("José Ortega y Gasset",)),
        ("Ana Paz y Martí Bosch (Enviado especial)", "es", ("Ana Paz", "Martí Bosch")),
        ("Ida Holm og Tôr Reimer-Johansen", "da", ("Ida Holm", "Tôr Reimer-Johansen")),
        ("Atli Steinn Jónsson skrifar frá Ósló", "is", ("Atli Steinn Jónsson",)),
        ("Żaneta Kłos, Łukasz Żak", "pl", ("Żaneta Kłos", "Łukasz Żak")),
        ("Ľubica Šťastná a Ján Ďurčo", "sk", ("Ľubica Šťastná", "Ján Ďurčo")),
        ("İpek Çağlı", "tr", ("İpek Çağlı",)),
        ("Текст: Лида Бусова", "ru", ("Лида Бусова",)),
        ("Иван Петров и Анна Ким", "ru", ("Иван Петров", "Анна Ким")),
        ("大山 美咲", "ja", ("大山 美咲",)),
        ("山田太郎記者", "ja", ("山田太郎",)),
        ("순천, 광양 홍길동 기자 hong@example.org", "ko", ("홍길동",)),
        ("홍길동", "ko", ("홍길동",)),
        ("नरेंद्र शर्मा", "hi", ("नरेंद्र शर्मा",)),
    ],
)
def test_persons_are_named_without_what_stands_round_them(said: str, language: str, names: tuple[str, ...]) -> None:
    assert persons_in(said, language) == names


@pytest.mark.parametrize(
    "said",
    [
        "dpa", "Reuters", "The Associated Press", "AFP", "Anadolu Ajansı", "共同通信", "Staff Reporter", "HNN Staff",
        "Onlineredaktion", "La Rédaction", "Redakcja", "Редакция", "日刊山川", "特別取材班", "admin", "jdadmin",
        "chuck-roe", "View author archive", "The River Bank", "https://example.org/jane", "jane@example.org",
        "Photos by Jane Doe", "Foto: Eva Muster", "Translated by Jane Doe", "Übersetzt von Eva Muster",
        "Editing by John Roe", "2 min read", "",
        "Jane Doe is a writer at the Jinbei Evening who has covered the harbour for ten years.",
    ],
)  # fmt: skip
def test_what_is_no_person_or_did_not_write_is_nobody(said: str) -> None:
    assert persons_in(said) == ()


def test_data_may_state_a_person_in_small_letters_or_one_word() -> None:
    assert persons_in("viktor holm", stated=True) == ("viktor holm",)
    assert persons_in("Regan", stated=True) == ("Regan",)
    assert persons_in("viktor holm") == persons_in("Regan") == persons_in("regan", stated=True) == ()


def test_the_sites_own_names_are_no_persons() -> None:
    outlets = {letters("Habertürk"), "mdr"}
    assert is_outlet("Haberturk", outlets)
    assert persons_in("MDR Sachsen", "de", outlets, stated=True) == ()
    assert persons_in("Eva Muster, MDR Sachsen", "de", outlets) == ("Eva Muster",)
    assert persons_in("東山経済", "ja", {"東山経済オンライン"}) == ()


@pytest.mark.parametrize(
    ("runs", "language", "names"),
    [
        (("Von", "Eva Muster", "Zuerst veröffentlicht"), "de", ("Eva Muster",)),
        (("By", "Jane Doe", ",", "John Roe", "and", "Ann Poe", "March 7"), "en", ("Jane Doe", "John Roe", "Ann Poe")),
        (("Par Denis Leroy",), "fr", ("Denis Leroy",)),
        (("Autor:", "Ada Michalak"), "pl", ("Ada Michalak",)),
        (("Автор", "Иван Петров"), "ru", ("Иван Петров",)),
        (("홍길동 기자",), "ko", ("홍길동",)),
        (("By 2030 the harbour",), "en", ()),
        (("By the way, Jane Doe",), "en", ()),
        (("Di Maio says no",), "it", ()),
        (("Text Size Larger",), "en", ()),
        (("Words", "Jane Doe"), "en", ()),
        (("Jane Doe",), "en", ()),
    ],
)
def test_a_printed_line_names_those_behind_its_label(
    runs: tuple[str, ...], language: str, names: tuple[str, ...]
) -> None:
    assert labelled(runs[0], runs[1:], language) == names


@given(st.text(max_size=400), st.sampled_from(["", "de", "es", "ja", "ko", "tr", "ru"]))
def test_no_text_raises_and_names_stand_in_it(text: str, language: str) -> None:
    for name in (*persons_in(text, language, stated=True), *labelled(text, (text,), language)):
        assert 2 <= len(name) <= 60
        assert "@" not in name
