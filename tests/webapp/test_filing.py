"""How names are filed."""

from __future__ import annotations

import pytest

from webapp.filing import filed, letter


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Élysée, Palais de l’", "elysee palais de l"),
        ("d’Alembert", "dalembert"),
        ("Łódź", "lodz"),
        ("ʿAlī b. Abī Ṭālib", "ali b abi talib"),
        ("Ἀθῆναι", "αθηναι"),
        ("Тоқаев, Қасым-Жомарт", "тоқаев қасым жомарт"),
        ("“The Spark”", "the spark"),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_accents_signs_and_capitals(name, key):
    assert filed(name) == key


@pytest.mark.parametrize(
    ("name", "stands_under"),
    [
        ("Élysée", "E"),
        ("Øresund", "O"),
        ("Йод", "Й"),
        ("Қазақстан", "Қ"),
        ("Ἀθῆναι", "Α"),
        ("김대중", "ㄱ"),
        ("さくら", "かな"),
        ("夏目漱石", "漢字"),
        ("1905", "0–9"),
        ("(without a name)", "W"),
        ("", "0–9"),
    ],
)
def test_a_name_stands_under_a_letter_of_its_own_script(name, stands_under):
    assert letter(name) == stands_under
