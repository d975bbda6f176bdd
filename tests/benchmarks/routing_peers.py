"""What a router is compared with: a list of keywords, and TF-IDF with logistic regression from scikit-learn. Both read the same prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from fanar.arabic.normalization import normalize
from fanar.events import Route
from orchestrator.routing.prompts import Prompt

Guess = Callable[[Prompt], Route]

_KEYWORDS: dict[Route, str] = {
    Route.TRANSLATION: "ترجم translate بالانجليزي بالفرنسي",
    Route.IMAGE: "ارسم صمم صورة draw image picture logo",
    Route.SPEECH: "بصوت صوتي تسجيل transcribe aloud voice audio",
    Route.POETRY: "قصيدة شعر بيت بحر poem verse rhyme",
    Route.ATTRIBUTION: "هل صحيح صحة مصدر إشاعة true verify source claim",
    Route.ISLAMIC: "حكم القرآن آية سورة حديث صلاة صيام زكاة حلال حرام دعاء quran hadith prayer halal zakat",
    Route.RECENCY: "اليوم الآن سعر أخبار طقس today now price news weather latest",
    Route.GREETING: "مرحبا السلام شكرا صباح hello thanks hi bye",
}
_TABLE = [(route, tuple(normalize(words).split())) for route, words in _KEYWORDS.items()]


def by_keywords(prompt: Prompt) -> Route:
    """Return the first route one of whose keywords stands in the prompt."""
    text = normalize(prompt.text)
    return next((route for route, words in _TABLE if any(word in text for word in words)), Route.GENERAL)


def by_tfidf(training: Sequence[Prompt], *, seed: int) -> Guess:
    """Return a TF-IDF classifier over characters 2–5 within words, fitted on `training`."""
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, preprocessor=normalize),
        LogisticRegression(C=10, max_iter=300, random_state=seed),
    )
    model.fit([prompt.text for prompt in training], [prompt.route.value for prompt in training])
    return lambda prompt: Route(model.predict([prompt.text])[0])
