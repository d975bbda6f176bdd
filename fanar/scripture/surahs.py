"""The 114 surahs: names, number of verses in the Kufan count, place of revelation. Knows nothing of the text of their verses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError

Place = Literal["makki", "madani"]

# number | Arabic | transliteration | meaning | verses | place (m: makki, d: madani) | other names and spellings, separated by commas
_TABLE = """
1|الفاتحة|Al-Fatihah|The Opening|7|m|فاتحة الكتاب,أم الكتاب,أم القرآن,السبع المثاني,الحمد,Umm al-Kitab,Al-Hamd
2|البقرة|Al-Baqarah|The Cow|286|d|
3|آل عمران|Ali 'Imran|The Family of Imran|200|d|Imran,Aal-i-Imran,Ale Imran
4|النساء|An-Nisa|The Women|176|d|النساء الكبرى,The Woman
5|المائدة|Al-Ma'idah|The Table Spread|120|d|العقود,The Table
6|الأنعام|Al-An'am|The Cattle|165|m|
7|الأعراف|Al-A'raf|The Heights|206|m|
8|الأنفال|Al-Anfal|The Spoils of War|75|d|The Spoils
9|التوبة|At-Tawbah|The Repentance|129|d|براءة,الفاضحة,Bara'ah,Toba,Repentance
10|يونس|Yunus|Jonah|109|m|Younes
11|هود|Hud|Hud|123|m|Houd
12|يوسف|Yusuf|Joseph|111|m|Yousef,Youssef,Yosef
13|الرعد|Ar-Ra'd|The Thunder|43|d|Raad
14|إبراهيم|Ibrahim|Abraham|52|m|Ebrahim
15|الحجر|Al-Hijr|The Rocky Tract|99|m|
16|النحل|An-Nahl|The Bee|128|m|النعم,The Bees
17|الإسراء|Al-Isra|The Night Journey|111|m|بني إسرائيل,سبحان,Bani Israil,Bani Isra'il,Children of Israel
18|الكهف|Al-Kahf|The Cave|110|m|Kahaf
19|مريم|Maryam|Mary|98|m|Mariam,Meryem,Miriam
20|طه|Ta-Ha|Ta-Ha|135|m|
21|الأنبياء|Al-Anbiya|The Prophets|112|m|Anbya
22|الحج|Al-Hajj|The Pilgrimage|78|d|
23|المؤمنون|Al-Mu'minun|The Believers|118|m|المؤمنين,Muminin,Muminoon
24|النور|An-Nur|The Light|64|d|Light
25|الفرقان|Al-Furqan|The Criterion|77|m|
26|الشعراء|Ash-Shu'ara|The Poets|227|m|
27|النمل|An-Naml|The Ant|93|m|سليمان,The Ants
28|القصص|Al-Qasas|The Stories|88|m|
29|العنكبوت|Al-'Ankabut|The Spider|69|m|
30|الروم|Ar-Rum|The Romans|60|m|Rome,The Byzantines
31|لقمان|Luqman|Luqman|34|m|
32|السجدة|As-Sajdah|The Prostration|30|m|الم السجدة,Sajda,Alif Lam Mim Sajdah
33|الأحزاب|Al-Ahzab|The Confederates|73|d|The Combined Forces
34|سبأ|Saba|Sheba|54|m|Sheba
35|فاطر|Fatir|The Originator|45|m|الملائكة,Malaikah,The Angels
36|يس|Ya-Sin|Ya-Sin|83|m|ياسين,Yasseen
37|الصافات|As-Saffat|Those Ranged in Ranks|182|m|
38|ص|Sad|Sad|88|m|صاد,Saad
39|الزمر|Az-Zumar|The Groups|75|m|الغرف,The Troops
40|غافر|Ghafir|The Forgiver|85|m|المؤمن,الطول,Al-Mu'min,Gafir
41|فصلت|Fussilat|Explained in Detail|54|m|حم السجدة,المصابيح,Ha-Mim Sajdah,Ha Mim
42|الشورى|Ash-Shura|The Consultation|53|m|حم عسق
43|الزخرف|Az-Zukhruf|The Ornaments of Gold|89|m|
44|الدخان|Ad-Dukhan|The Smoke|59|m|
45|الجاثية|Al-Jathiyah|The Crouching|37|m|الشريعة,Jasiyah,Jathiya
46|الأحقاف|Al-Ahqaf|The Wind-Curved Sandhills|35|m|
47|محمد|Muhammad|Muhammad|38|d|القتال,Mohammed,Mohamed,Al-Qital
48|الفتح|Al-Fath|The Victory|29|d|Fateh,Conquest
49|الحجرات|Al-Hujurat|The Rooms|18|d|The Chambers
50|ق|Qaf|Qaf|45|m|قاف,الباسقات
51|الذاريات|Adh-Dhariyat|The Winnowing Winds|60|m|Zariyat
52|الطور|At-Tur|The Mount|49|m|
53|النجم|An-Najm|The Star|62|m|
54|القمر|Al-Qamar|The Moon|55|m|اقتربت
55|الرحمن|Ar-Rahman|The Most Merciful|78|d|عروس القرآن,Rehman,The Beneficent,The Merciful
56|الواقعة|Al-Waqi'ah|The Inevitable|96|m|Waqia
57|الحديد|Al-Hadid|The Iron|29|d|Iron
58|المجادلة|Al-Mujadilah|The Pleading Woman|22|d|قد سمع,Mujadalah,Mujadala
59|الحشر|Al-Hashr|The Exile|24|d|بني النضير
60|الممتحنة|Al-Mumtahanah|She That Is Examined|13|d|الامتحان,Mumtahinah
61|الصف|As-Saff|The Ranks|14|d|الحواريين,الحواريون
62|الجمعة|Al-Jumu'ah|Friday|11|d|Jumah,Juma,Jumua
63|المنافقون|Al-Munafiqun|The Hypocrites|11|d|المنافقين,Munafiqin
64|التغابن|At-Taghabun|Mutual Loss and Gain|18|d|
65|الطلاق|At-Talaq|Divorce|12|d|النساء القصرى,النساء الصغرى,The Divorce
66|التحريم|At-Tahrim|The Prohibition|12|d|المتحرم
67|الملك|Al-Mulk|The Sovereignty|30|m|تبارك,المنجية,المانعة,تبارك الذي بيده الملك,Tabarak,The Dominion
68|القلم|Al-Qalam|The Pen|52|m|ن,نون,ن والقلم,Nun,Noon
69|الحاقة|Al-Haqqah|The Reality|52|m|Haqqa
70|المعارج|Al-Ma'arij|The Ascending Stairways|44|m|سأل سائل,الواقع
71|نوح|Nuh|Noah|28|m|Noah
72|الجن|Al-Jinn|The Jinn|28|m|قل أوحي
73|المزمل|Al-Muzzammil|The Enshrouded One|20|m|Muzammil
74|المدثر|Al-Muddaththir|The Cloaked One|56|m|Mudathir,Muddassir,Mudassir
75|القيامة|Al-Qiyamah|The Resurrection|40|m|Qiyama,Resurrection
76|الإنسان|Al-Insan|Man|31|d|الدهر,هل أتى,الأبرار,Ad-Dahr,The Human,Hal Ata
77|المرسلات|Al-Mursalat|Those Sent Forth|50|m|
78|النبأ|An-Naba|The Tidings|40|m|عم,عم يتساءلون,التساؤل,Amma,The Great News
79|النازعات|An-Nazi'at|Those Who Pull Out|46|m|
80|عبس|'Abasa|He Frowned|42|m|
81|التكوير|At-Takwir|The Overthrowing|29|m|كورت,إذا الشمس كورت
82|الانفطار|Al-Infitar|The Cleaving|19|m|انفطرت
83|المطففين|Al-Mutaffifin|The Defrauders|36|m|التطفيف,المطففون,Mutaffifeen,Tatfif
84|الانشقاق|Al-Inshiqaq|The Splitting Open|25|m|انشقت
85|البروج|Al-Buruj|The Constellations|22|m|
86|الطارق|At-Tariq|The Night-Comer|17|m|
87|الأعلى|Al-A'la|The Most High|19|m|سبح,سبح اسم ربك
88|الغاشية|Al-Ghashiyah|The Overwhelming|26|m|Ghashiya
89|الفجر|Al-Fajr|The Dawn|30|m|
90|البلد|Al-Balad|The City|20|m|
91|الشمس|Ash-Shams|The Sun|15|m|
92|الليل|Al-Layl|The Night|21|m|Lail
93|الضحى|Ad-Duha|The Morning Brightness|11|m|The Forenoon
94|الشرح|Ash-Sharh|The Relief|8|m|الانشراح,ألم نشرح,Inshirah,Alam Nashrah
95|التين|At-Tin|The Fig|8|m|الزيتون
96|العلق|Al-'Alaq|The Clot|19|m|اقرأ,اقرأ باسم ربك,Iqra
97|القدر|Al-Qadr|The Night of Decree|5|m|The Power,Laylat al-Qadr
98|البينة|Al-Bayyinah|The Clear Proof|8|d|لم يكن,القيمة,البرية,Bayyina
99|الزلزلة|Az-Zalzalah|The Earthquake|8|d|الزلزال,إذا زلزلت,Zilzal,Zalzala
100|العاديات|Al-'Adiyat|The Courser|11|m|
101|القارعة|Al-Qari'ah|The Striking Calamity|11|m|Qaria
102|التكاثر|At-Takathur|The Rivalry in Increase|8|m|ألهاكم,المقابر,Takasur
103|العصر|Al-'Asr|The Declining Day|3|m|Time
104|الهمزة|Al-Humazah|The Slanderer|9|m|Humaza
105|الفيل|Al-Fil|The Elephant|5|m|ألم تر كيف
106|قريش|Quraysh|Quraysh|4|m|لإيلاف,لإيلاف قريش,Quraish,Qureysh
107|الماعون|Al-Ma'un|Small Kindnesses|7|m|أرأيت,الدين,Maoon
108|الكوثر|Al-Kawthar|Abundance|3|m|إنا أعطيناك,Kausar,Kauser
109|الكافرون|Al-Kafirun|The Disbelievers|6|m|الكافرين,قل يا أيها الكافرون,Kafirin
110|النصر|An-Nasr|The Help|3|d|التوديع,إذا جاء نصر الله,The Divine Support
111|المسد|Al-Masad|The Palm Fibre|5|m|اللهب,تبت,تبت يدا أبي لهب,أبي لهب,Al-Lahab,Lahab,Tabbat
112|الإخلاص|Al-Ikhlas|Sincerity|4|m|التوحيد,الصمد,قل هو الله أحد,الأساس,At-Tawhid,Qul Huwallahu Ahad,Purity
113|الفلق|Al-Falaq|The Daybreak|5|m|قل أعوذ برب الفلق
114|الناس|An-Nas|Mankind|6|m|قل أعوذ برب الناس,The People
"""


@dataclass(frozen=True, slots=True)
class Surah:
    """One surah. `aliases` are its other names and spellings in both scripts."""

    number: int
    name: str
    transliteration: str
    meaning: str
    verses: int
    place: Place
    aliases: tuple[str, ...]


def _read(line: str) -> Surah:
    number, name, transliteration, meaning, verses, place, aliases = line.split("|")
    others = tuple(alias for alias in aliases.split(",") if alias)
    return Surah(int(number), name, transliteration, meaning, int(verses), "makki" if place == "m" else "madani", others)


SURAHS: tuple[Surah, ...] = tuple(_read(line) for line in _TABLE.strip().splitlines())
"""All surahs in order."""


def surah(number: int) -> Surah:
    """Return the surah of this number. Raises NotFoundError."""
    if not 1 <= number <= len(SURAHS):
        raise NotFoundError(Bilingual("There are 114 surahs; none has this number.", "عدد السور 114، ولا سورة بهذا الرقم."))
    return SURAHS[number - 1]
