"""A few well-known sayings, written down for these tests, as two small collections."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from fanar.documents import Document

TEXTS = {
    ("bukhari", "1", "sahih"): "حدثنا فلان قال سمعت رسول الله صلى الله عليه وسلم يقول إِنَّمَا الأَعْمَالُ بِالنِّيَّاتِ وَإِنَّمَا لِكُلِّ امْرِئٍ مَا نَوَى",
    ("bukhari", "13", "sahih"): "عن النبي صلى الله عليه وسلم قال لَا يُؤْمِنُ أَحَدُكُمْ حَتَّى يُحِبَّ لِأَخِيهِ مَا يُحِبُّ لِنَفْسِهِ",
    ("muslim", "101", "sahih"): "قال رسول الله صلى الله عليه وسلم مَنْ غَشَّنَا فَلَيْسَ مِنَّا",
    ("muslim", "54", "sahih"): "لَا تَدْخُلُونَ الْجَنَّةَ حَتَّى تُؤْمِنُوا وَلَا تُؤْمِنُوا حَتَّى تَحَابُّوا أَوَلَا أَدُلُّكُمْ عَلَى شَيْءٍ إِذَا فَعَلْتُمُوهُ تَحَابَبْتُمْ",
    ("tirmidhi", "2680", "daif"): "يُوشِكُ أَنْ يَضْرِبَ النَّاسُ أَكْبَادَ الْإِبِلِ يَطْلُبُونَ الْعِلْمَ",
    ("nasai", "1", "hasan"): "خَيْرُكُمْ خَيْرُكُمْ لِأَهْلِهِ وَأَنَا خَيْرُكُمْ لِأَهْلِي وَإِذَا مَاتَ صَاحِبُكُمْ فَدَعُوهُ",
    ("nasai", "2", "hasan"): "وَأَنَا خَيْرُكُمْ لِأَهْلِي وَإِذَا مَاتَ صَاحِبُكُمْ فَدَعُوهُ وَلَا تَقَعُوا فِيهِ",
}


def documents(texts: Iterable[tuple[tuple[str, str, str], str]] = tuple(TEXTS.items())) -> list[Document]:
    """Return the sayings as documents of the corpus `sunnah`."""
    return [
        Document(
            f"{collection}:{number}",
            "sunnah",
            f"{collection}:{number}",
            text,
            url=f"https://sunnah.com/{collection}:{number}",
            metadata={"collection": collection, "number": number, "grade": grade, "chapter": ""},
        )
        for (collection, number, grade), text in texts
    ]


def collection(folder: Path) -> HadithCanon:
    """Return them indexed and opened."""
    build_hadith_index(folder, documents())
    return HadithCanon(folder, name="sunnah")
