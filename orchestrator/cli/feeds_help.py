"""What `fanar feeds` says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from fanar.bilingual import Bilingual
from fanar.news import SourceState
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_JSON

_URL = Bilingual("An address that `fanar feeds list` shows.", "عنوان مما يعرضه `fanar feeds list`.")

HELP = Help(
    Bilingual("Choose the sources of news, and see how they are doing.", "اختر مصادر الأخبار وتابع حالها."),
    details=Bilingual(
        "Nothing is read that is not added here. While `fanar serve` runs, each source is read every half a minute to five minutes.",
        "لا يُقرأ إلا ما أُضيف هنا. وما دام `fanar serve` يعمل يُقرأ كل مصدر مرة كل نصف دقيقة إلى خمس دقائق.",
    ),
    examples=(
        ("fanar feeds add https://www.aljazeera.com/xml/rss/all.xml", Bilingual("add a feed", "أضف خلاصة")),
        ("fanar feeds import --sample", Bilingual("add outlets in Arabic and English", "أضف صحفًا عربية وإنجليزية")),
        ("fanar feeds poll", Bilingual("read all sources now", "اقرأ كل المصادر الآن")),
        ("fanar feeds status", Bilingual("see what is known up to when", "اعرف إلى أي وقت نعلم")),
    ),
)
ADD = Help(
    Bilingual(
        "Add a feed, a sitemap or a page; of a page that names its feed, that feed.",
        "أضف خلاصة أو خريطة موقع أو صفحة؛ وإن سمّت الصفحة خلاصتها أُضيفت هي.",
    ),
    examples=(
        ("fanar feeds add https://feeds.bbci.co.uk/arabic/rss.xml --authority 0.8", Bilingual("one that is trusted more", "مصدر أوثق")),
    ),
    parameters={
        "url": Bilingual("Its address.", "عنوانه."),
        "outlet": Bilingual("Who publishes it; otherwise what it calls itself.", "ناشره؛ وإلا فاسمه كما يسمي نفسه."),
        "language": Bilingual("Language of its articles where they do not say, such as ar.", "لغة مقالاته إن لم تذكرها، مثل ar."),
        "authority": Bilingual("How far it is trusted, from 0 to 1.", "مقدار الثقة به من 0 إلى 1."),
        "pages": Bilingual(
            "Whether the pages of articles are read too where the feed gives little.", "هل تُقرأ صفحات المقالات أيضًا إن قلّ ما في الخلاصة."
        ),
    },
)
LIST = Help(Bilingual("List the sources.", "اعرض المصادر."), parameters={"as_json": AS_JSON})
STATUS = Help(
    Bilingual("Show how each source is doing, and what is known up to when.", "اعرض حال كل مصدر وإلى أي وقت نعلم."),
    parameters={"as_json": AS_JSON},
)
POLL = Help(
    Bilingual("Look at sources now, all of them or those named.", "اقرأ المصادر الآن، كلها أو المسمّى منها."),
    parameters={"urls": _URL, "as_json": AS_JSON},
)
IMPORT = Help(
    Bilingual("Add the sources of an OPML file, as feed readers write it.", "أضف مصادر ملف OPML كما تكتبه قارئات الخلاصات."),
    parameters={
        "file": Bilingual("The file.", "الملف."),
        "sample": Bilingual("Add the outlets in Arabic and English that come with Fanar.", "أضف الصحف العربية والإنجليزية المرفقة بفنار."),
    },
)
EXPORT = Help(Bilingual("Write the sources as OPML on standard output.", "اكتب المصادر بصيغة OPML على الخرج القياسي."))
REMOVE = Help(Bilingual("Remove sources and all their articles.", "أزل مصادر وكل مقالاتها."), parameters={"urls": _URL})

ADDED = Bilingual("Added {outlet} ({kind}): {url}", "أُضيف {outlet} ({kind}): {url}")
IMPORTED = Bilingual("Added {added} sources; {known} were there already.", "أُضيف {added} من المصادر؛ وكان {known} منها موجودًا.")
REMOVED = Bilingual("Removed {url}", "أُزيل {url}")
NO_FILE = Bilingual("Name an OPML file that can be read, or give --sample.", "سمِّ ملف OPML يمكن قراءته، أو استعمل --sample.")
NOTHING = Bilingual(
    "There are no sources; `fanar feeds add URL` adds one, `fanar feeds import --sample` some.",
    "لا مصادر بعد؛ يضيف الأمر `fanar feeds add URL` مصدرًا، و`fanar feeds import --sample` بعضها.",
)
FIELDS = Bilingual("{articles} articles, {stories} stories; known up to {until}", "{articles} مقالًا في {stories} قصة؛ المعلوم إلى {until}")
STATES: Mapping[SourceState, Bilingual] = {
    "new": Bilingual("not read yet", "لم يُقرأ بعد"),
    "working": Bilingual("working", "يعمل"),
    "failing": Bilingual("failing", "متعثر"),
    "gone": Bilingual("gone", "لم يعد موجودًا"),
}
