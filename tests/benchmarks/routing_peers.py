"""What a router is compared with: a list of keywords, and TF-IDF with logistic regression from scikit-learn. Both read the same prompts.

And which held-out prompts are too much like one that was learned from to prove anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
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


def resemblance(prompts: Sequence[Prompt], learned: Sequence[Prompt]) -> list[float]:
    """Return, for each of `prompts`, the share of character 4-grams in common with the learned one that is most like it (Jaccard)."""
    grams = CountVectorizer(analyzer="char_wb", ngram_range=(4, 4), binary=True, preprocessor=normalize)
    theirs = grams.fit_transform([" ".join(prompt.turns) for prompt in learned]).astype("int32")
    ours = grams.transform([" ".join(prompt.turns) for prompt in prompts]).astype("int32")
    common = (ours @ theirs.T).toarray()
    # Grams that no learned prompt has are not in the vocabulary, but count in the union.
    sizes = [len(set(grams.build_analyzer()(" ".join(prompt.turns)))) for prompt in prompts]
    union = [size + theirs.sum(axis=1).A1 - row for size, row in zip(sizes, common, strict=True)]
    return [float((row / whole).max()) for row, whole in zip(common, union, strict=True)]
