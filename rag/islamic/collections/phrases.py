"""What is said around passages of collections, in both languages. No source is worded here."""

from __future__ import annotations

from fanar.bilingual import Bilingual

SEARCHING = Bilingual("Searching the installed collections", "البحث في المجموعات المثبَّتة")
HADITH = Bilingual(
    "From the installed collections of hadith, word for word, with the grade that the source states:",
    "من مجموعات الحديث المثبَّتة بنصه، مع الدرجة التي يذكرها المصدر:",
)
NO_HADITH = Bilingual(
    "In the installed collections I find no hadith that surely speaks to this. That does not mean there is none.",
    "لا أجد في مجموعات الحديث المثبَّتة حديثًا يتصل بهذا يقينًا، ولا يعني ذلك أنه لا يوجد.",
)
NO_SUCH_NUMBER = Bilingual(
    "In the installed collections I find no hadith of this book under this number. Editions count differently: some begin anew "
    "in each book, and their hadith are asked for by book and number (2/17).",
    "لا أجد في المجموعات المثبَّتة حديثًا من هذا الكتاب بهذا الرقم. ويختلف الترقيم بين الطبعات: "
    "فبعضها يبدأ العدّ من جديد في كل كتاب، وتُطلب أحاديثه برقم الكتاب ورقم الحديث (2/17).",
)
IN_ARABIC = Bilingual(
    "These sources are in Arabic, and no translation of them is installed; they are shown as they stand.",
    "هذه المصادر بالعربية، ولا ترجمة لها مثبَّتة، فتُعرض كما هي.",
)
LAW = Bilingual(
    "What the installed books and fatwas say, word for word. It is their position, not a ruling in your case:",
    "ما تقوله كتب الفقه والفتاوى المثبَّتة بنصها؛ وهو قول مصادره، وليس فتوى في حالتك:",
)
SCHOOLS_DIFFER = Bilingual(
    "Several schools speak to this. What each says in its own books, side by side, word for word; it is not a ruling in your case:",
    "في المسألة كلام لأكثر من مذهب. هذا ما يقوله كل مذهب في كتبه، متجاورًا بنصه؛ وليس فتوى في حالتك:",
)
ASK = Bilingual("For a ruling in your case, ask a qualified scholar or a fatwa council.", "وللفتوى في حالتك اسأل عالمًا مؤهلًا أو جهة إفتاء.")
NO_LAW = Bilingual(
    "In the installed books of law and fatwas I find nothing that surely answers this, so I give no ruling; "
    "ask a qualified scholar or a fatwa council.",
    "لا أجد في كتب الفقه والفتاوى المثبَّتة ما يجيب عن هذا يقينًا، فلا أعطي حكمًا؛ اسأل عالمًا مؤهلًا أو جهة إفتاء.",
)
CARE_FOR_HADITH = Bilingual(
    "Quote a hadith word for word between « and », with its collection, number and grade, or paraphrase without these marks. "
    "Add no hadith of your own.",
    "انقل الحديث بنصه بين « و» مع اسم مصدره ورقمه ودرجته، أو عبّر عن معناه دون هذه العلامات. ولا تزد حديثًا من عندك.",
)
CARE_FOR_LAW = Bilingual(
    "Give no ruling of your own and prefer no school. Say what each passage says and of which school it is; where they differ, "
    "say that they differ. Name the scholar for the case itself.",
    "لا تُفتِ من عندك ولا ترجّح مذهبًا. بيّن ما يقوله كل مقطع ومن أي مذهب هو، وإن اختلفت فاذكر اختلافها، وأحِل في الحالة نفسها إلى أهل العلم.",
)
PASSAGES = Bilingual("The passages themselves:", "النصوص نفسها:")
