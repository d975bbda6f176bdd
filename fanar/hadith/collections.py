"""The collections of hadith: what they are called, and where their hadith can be read. Knows nothing of their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual

_NOT_IN_NAME = re.compile(r"[^a-z0-9\u0621-\u064a]+")
_SUNNAH = "https://sunnah.com/"


@dataclass(frozen=True, slots=True)
class HadithCollection:
    """A collection. `id` is what sunnah.com calls it; `cited` are normal forms by which Arabic texts cite it, `files` names in datasets."""

    id: str
    name: Bilingual
    cited: tuple[str, ...]
    files: tuple[str, ...]
    least: int = 1
    """With fewer hadith than this it is not all there."""


def _collection(id_: str, en: str, ar: str, cited: str, files: str = "", *, least: int = 1) -> HadithCollection:
    return HadithCollection(id_, Bilingual(en, ar), tuple(cited.split("|")), tuple(files.split()), least)


COLLECTIONS = (
    _collection(
        "bukhari", "Sahih al-Bukhari", "صحيح البخاري", "البخاري|بخاري|bukhari|bukhaari|bukharee|bukhary|bokhari", "bukhari", least=7_000
    ),
    _collection("muslim", "Sahih Muslim", "صحيح مسلم", "مسلم|muslim", "muslim", least=5_000),
    _collection(
        "abudawud",
        "Sunan Abi Dawud",
        "سنن أبي داود",
        "ابو داود|ابي داود|ابو داوود|ابي داوود|abu dawud|abi dawud|abu dawood|abi dawood|abu daud|abi daud|abu dawoud|abu daoud|abu dawd",
        "abudawud abudaud",
        least=4_800,
    ),
    _collection(
        "tirmidhi",
        "Jami` at-Tirmidhi",
        "جامع الترمذي",
        "الترمذي|tirmidhi|tirmizi|tirmithi|tirmidhee|tirmidi|tirmidzi|termizi",
        "tirmidhi tirmizi",
        least=3_800,
    ),
    _collection(
        "nasai", "Sunan an-Nasa'i", "سنن النسائي", "النسايي|nasa'i|nasai|nasaa'i|nasaai|nasa'ee|nasaee|nisai", "nasai nesai", least=5_500
    ),
    _collection(
        "ibnmajah",
        "Sunan Ibn Majah",
        "سنن ابن ماجه",
        "ابن ماجه|بن ماجه|ibn majah|ibn maja|ibn maajah|ibn majeh|ibnu majah",
        "ibnmajah ibnmaja",
        least=4_200,
    ),
    _collection("malik", "Muwatta Malik", "موطأ مالك", "مالك|الموطا|muwatta|muwatta'|malik", "malik", least=1_500),
    _collection("ahmad", "Musnad Ahmad", "مسند أحمد", "احمد|musnad ahmad|ahmad", "ahmed ahmad", least=25_000),
    _collection("darimi", "Sunan ad-Darimi", "سنن الدارمي", "الدارمي|darimi", "darimi", least=3_200),
    _collection(
        "riyadussalihin",
        "Riyad as-Salihin",
        "رياض الصالحين",
        "رياض الصالحين|riyad as-salihin|riyad us-saliheen|riyadh us-saliheen"
        "|riyadh as-salihin|riyadh al-salihin|riyadh as-saliheen|riyad|riyadh",
        "riyadassalihin riyadussalihin",
    ),
    _collection(
        "bulugh",
        "Bulugh al-Maram",
        "بلوغ المرام",
        "بلوغ المرام|bulugh al-maram|bulugh al maram|bulugh ul-maram|bulugh",
        "bulughalmaram bulugh",
    ),
    _collection(
        "adab",
        "Al-Adab Al-Mufrad",
        "الأدب المفرد",
        "الادب المفرد|adab al-mufrad|adab al mufrad|adab ul-mufrad|adabul mufrad",
        "aladabalmufrad adab",
    ),
    _collection("mishkat", "Mishkat al-Masabih", "مشكاة المصابيح", "مشكاه المصابيح|mishkat", "mishkatalmasabih mishkat"),
    _collection(
        "shamail", "Ash-Shama'il Al-Muhammadiyah", "الشمائل المحمدية", "الشمايل المحمديه|الشمايل|shama'il", "shamailmuhammadiyah shamail"
    ),
    _collection(
        "nawawi40",
        "An-Nawawi's Forty Hadith",
        "الأربعون النووية",
        "الاربعون النوويه|الاربعين النوويه|40 nawawi|nawawi 40|nawawi forty",
        "nawawi40",
    ),
    _collection("qudsi40", "Forty Hadith Qudsi", "الأربعون القدسية", "الاربعون القدسيه|الاربعين القدسيه", "qudsi40"),
    _collection("shahwaliullah40", "Forty Hadith of Shah Waliullah", "أربعون الشاه ولي الله", "اربعون الشاه ولي الله", "shahwaliullah40"),
)
"""Those that datasets commonly hold; another one is named as its file is."""

BY_ID: Mapping[str, HadithCollection] = {collection.id: collection for collection in COLLECTIONS}
_BY_FILE = {name: collection for collection in COLLECTIONS for name in (collection.id, *collection.files)}


def collection_of_file(name: str) -> HadithCollection:
    """Return the collection that a file of this name holds ("AbuDaud.jsonl.gz", "bukhari.json")."""
    stem = _NOT_IN_NAME.sub("", normalize(name.partition(".")[0]).lower())
    known = _BY_FILE.get(stem)
    return known or HadithCollection(stem or "hadith", Bilingual(name.partition(".")[0], name.partition(".")[0]), (), (stem,))


def collection_name(id_: str) -> Bilingual:
    """Return what a collection is called, its id where it is none of those known."""
    known = BY_ID.get(id_)
    return known.name if known else Bilingual(id_, id_)


def address(collection: str, number: str, *, chapter: str = "") -> str | None:
    """Return where a hadith can be read, None for a collection that is not on sunnah.com. Within a `chapter`, numbers are the chapter's."""
    if collection not in BY_ID or not number:
        return None
    return f"{_SUNNAH}{collection}/{chapter}/{number}" if chapter else f"{_SUNNAH}{collection}:{number}"
