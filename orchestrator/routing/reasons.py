"""Why a prompt goes where it goes, in both languages. Knows nothing of how that is decided."""

from __future__ import annotations

from collections.abc import Mapping

from fanar.bilingual import Bilingual
from fanar.events import Route

_ROUTES: Mapping[Route, str] = {
    Route.GREETING: "تحية",
    Route.GENERAL: "عام",
    Route.ISLAMIC: "إسلامي",
    Route.RECENCY: "أحداث",
    Route.IMAGE: "صورة",
    Route.SPEECH: "صوت",
    Route.TRANSLATION: "ترجمة",
    Route.POETRY: "شعر",
    Route.ATTRIBUTION: "تحقق",
}
_TIERS: Mapping[str, str] = {"star": "ستار", "prime": "برايم"}


def addressed(model: str) -> Bilingual:
    """The client named the model."""
    return Bilingual(f"model: {model} was addressed", f"النموذج: طُلب {model} باسمه")


def rule(en: str, ar: str) -> Bilingual:
    """A sure rule holds."""
    return Bilingual(f"rule: {en}", f"قاعدة: {ar}")


def again(reason: Bilingual) -> Bilingual:
    """A reason holds for the turn before, which is asked again of something else."""
    return Bilingual(f"{reason.en}, {AGAIN.en}", f"{reason.ar}، {AGAIN.ar}")


def judged(route: Route, probability: float) -> Bilingual:
    """The classifier takes a route for the most probable."""
    return Bilingual(f"classifier: {route} {probability:.2f}", f"المصنِّف: {_ROUTES[route]} {probability:.2f}")


def weighty(route: Route, probability: float, islamic: float) -> Bilingual:
    """Another route is more probable than Islamic, which is probable enough."""
    likely = judged(route, probability)
    return Bilingual(
        f"{likely.en}, islamic {islamic:.2f}: taken for its weight",
        f"{likely.ar}، {_ROUTES[Route.ISLAMIC]} {islamic:.2f}: اختير لأهميته",
    )


def unsure(route: Route, probability: float) -> Bilingual:
    """The classifier's best is not probable enough."""
    likely = judged(route, probability)
    return Bilingual(f"{likely.en} is not sure enough: general", f"{likely.ar} لا يكفي للجزم: {_ROUTES[Route.GENERAL]}")


def keeps_topic(route: Route) -> Bilingual:
    """A short turn stays with what the one before was about."""
    return Bilingual(f"follow-up keeps topic {route}", f"متابعة في الموضوع نفسه: {_ROUTES[route]}")


def by_policy(why: Bilingual, tier: str) -> Bilingual:
    """A rule of the policy table chooses a language model."""
    return Bilingual(f"policy: {why.en} -> {tier}", f"السياسة: {why.ar} ← {_TIERS[tier]}")


def absent(tier: str, other: str) -> Bilingual:
    """The chosen model is not there."""
    return by_policy(Bilingual(f"{tier} is not available", f"{_TIERS[tier]} غير متاح"), other)


def too_long(tokens: int, tier: str, other: str) -> Bilingual:
    """The conversation does not fit the chosen model."""
    return by_policy(Bilingual(f"about {tokens} tokens do not fit {tier}", f"نحو {tokens} رمز لا يتسع لها {_TIERS[tier]}"), other)


NOTHING_WRITTEN = rule("nothing is written", "لم يُكتب شيء")
FILES = rule("files are attached", "ملفات مرفقة")
SEEN = rule("an image or video is attached", "صورة أو مقطع مرئي مرفق")
AGAIN = Bilingual("follow-up: asks the same of something else", "متابعة: السؤال نفسه عن شيء آخر")
GATEWAY = Bilingual("gateway: every prompt is general", "البوابة: كل سؤال فيها عام")
