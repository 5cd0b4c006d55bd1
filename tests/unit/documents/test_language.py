from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents.language import check_language, foreign_language
from ssrgraph.errors import DocumentError

ENGLISH = (
    "The Ministry of Defence said on Tuesday that it had delivered three patrol boats to the coast guard. "
    "The boats were paid for under a grant that was announced last year, and their crews have been trained since May."
)
# ruff: noqa: E501, RUF001 -- texts in other languages are written with the letters of those languages
OTHERS = {
    "fr": "Le ministère de la Défense a annoncé mardi la livraison de trois patrouilleurs aux garde-côtes. Les équipages "
    "sont formés depuis le mois de mai par des instructeurs venus de plusieurs pays de l’Union européenne.",
    "de": "Das Verteidigungsministerium teilte am Dienstag mit, dass es der Küstenwache drei Patrouillenboote übergeben "
    "hat. Die Besatzungen werden seit Mai von Ausbildern aus mehreren Ländern der Europäischen Union geschult.",
    "es": "El Ministerio de Defensa anunció el martes la entrega de tres patrulleras a la guardia costera. Las "
    "tripulaciones reciben formación desde mayo de instructores de varios países de la Unión Europea, según el comunicado.",
    "uk": "Міністерство оборони повідомило у вівторок, що передало береговій охороні три патрульні катери. Екіпажі "
    "проходять підготовку з травня під керівництвом інструкторів із кількох країн Європейського Союзу.",
    "ar": "أعلنت وزارة الدفاع يوم الثلاثاء أنها سلمت خفر السواحل ثلاثة زوارق دورية. ويتلقى أفراد الطواقم التدريب منذ شهر "
    "مايو على أيدي مدربين من عدة دول في الاتحاد الأوروبي، وفق ما جاء في بيان صدر عن الوزارة في العاصمة مساء اليوم نفسه.",
}
NAMES = {"fr": "French", "de": "German", "es": "Spanish", "uk": "Ukrainian", "ar": "Arabic"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_document_in_another_language_is_refused_by_its_name(code):
    assert foreign_language(OTHERS[code]) == code
    with pytest.raises(DocumentError, match=rf"a\.txt: is in {NAMES[code]}; only English is read"):
        check_language(OTHERS[code], name=Path("a.txt"))


@pytest.mark.parametrize("code", OTHERS)
def test_a_bilingual_document_is_read(code):
    assert foreign_language(f"{ENGLISH}\n\n{OTHERS[code]}") is None


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "",
        "Le ministère a formé 40 soldats.",  # too short to tell
        "Deliveries:\n" + "\n".join(f"• {number} M1A1 Abrams tanks\n• {number} F-16 aircraft" for number in range(40)),
        "\n".join(f"20{number:02d}\t$5,000,000\t$6,000,000\t$1,200,000" for number in range(40)),
    ],
)
def test_english_short_texts_lists_and_figures_pass(text):
    assert foreign_language(text) is None


def test_what_a_person_says_of_the_language_counts_more_than_the_text():
    check_language(OTHERS["fr"], name=Path("a.txt"), language="en-GB")
    with pytest.raises(DocumentError, match="is in French"):
        check_language(ENGLISH, name=Path("a.txt"), language="fr_FR")
    with pytest.raises(DocumentError, match="is in the language 'xx'"):
        check_language(ENGLISH, name=Path("a.txt"), language="xx")
