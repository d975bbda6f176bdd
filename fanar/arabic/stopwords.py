"""Words that say little about what a text is about, in `search` form. Knows nothing of how they are weighed.

Our own lists: function words of standard Arabic and of its dialects, words that ask, and English ones.
"""

from __future__ import annotations

from fanar.arabic.words import normal_forms

ARABIC = normal_forms(
    "من في على إلى عن مع حتى منذ خلال بين تحت فوق عند لدى قبل بعد حول ضد دون غير سوى عبر نحو لأجل بسبب",
    "و ف ثم أو أم بل لكن لكنّ ولكن إن أن أنّ إنّ كأن لعل ليت لو لولا إذا إذ إذن كي لكي حيث حين حينما عندما كلما بينما",
    "لا ما لم لن ليس ليست ليسوا قد لقد سوف هل ألا إلا إنما فقط أيضا كذلك هكذا",
    "هذا هذه هذان هاتان هؤلاء ذلك تلك أولئك هنا هناك الذي التي اللذان اللتان الذين اللاتي اللواتي",
    "أنا نحن أنت أنتم أنتن هو هي هم هن هما إياه إياها",
    "به بها بهم بك بي فيه فيها فيهم له لها لهم لك لي لنا لكم عليه عليها عليهم عليك علي علينا عليكم منه "
    "منها منهم منك مني منا عنه عنها عنهم إليه إليها",
    "كان كانت كانوا يكون تكون يكونون كنت كنا أكون نكون صار أصبح يوجد توجد هنالك كل بعض جميع أي أية كلا كلتا نفس ذات",
)
QUESTIONS = normal_forms(
    "ما ماذا من متى أين كيف كم لماذا لم لمَ هل أي أية بماذا فيم عم ممّ علام ماهو ماهي",
    "شو شنو شنهو وش ايش إيش ليش ليه لاش علاش علاه إزاي ازاى كيفاش شلون چيف وين فين منين إمتى امتى وقتاش "
    "إيمتى متين مين منو شكون إيه ايه قديش قداش بكام بشحال شحال شگد اشكد أشنو آش واش هلا",
)
DIALECT = normal_forms(
    "اللي يلي لي ده دي دول هاد هادا هادي هاي هيك كده كدا كذا هسه هسع هلق هلأ دلوقتي دحين الحين دابا توا "
    "باش عشان علشان مشان منشان حق بتاع بتاعي تاع ديال ديالي نتاع مال",
    "مش مو مهو ماهو موب مب ماكو أكو فيه مافي مفيش فيش كاين ماكانش كاينة بس برضه برضو كمان بعدين لسا لسه "
    "خلاص يعني والله بدي بدك عايز عاوز عاوزة أبي أبغى ابغى ابا نبي بغيت بغا حاب راح رح حا غادي",
    "احنا إحنا نحنا حنا انتو إنتو انتي إنتي هوا هيا همه هما",
)
ENGLISH = normal_forms(
    "a an the this that these those and or but nor so yet if then else than as of at by for with about against between into through during",
    "before after above below to from up down in out on off over under again further once here there all any both each few more most other",
    "some such no not only own same too very can will just should now am is are was were be been being "
    "have has had having do does did doing",
    "i me my we our you your he him his she her it its they them their what which who whom whose when "
    "where why how would could shall may might must",
    "please tell know give show say says said let us",
)
STOPWORDS = ARABIC | QUESTIONS | DIALECT | ENGLISH
"""All of them but the words of courtesy, which a caller may want to keep («السلام» is also a name of God)."""
