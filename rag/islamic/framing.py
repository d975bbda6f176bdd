"""The words that ask what the Quran says of something, taken off what they ask about. Knows nothing of what that is.

Everybody asks so, of anything: «ماذا يقول القرآن عن» and "verses about" make two questions look alike that are not.
"""

from __future__ import annotations

from collections.abc import Sequence

from fanar.arabic.words import normal_forms

_VERSES = normal_forms("آيات آية آيه الآيات الآية verse verses ayah ayahs ayat aya passage passages")
_SOURCES = normal_forms(
    "القرآن قرآن بالقرآن الإسلام الدين الله ربنا ربي المصحف كتاب quran qur'an koran quranic qur'anic islam allah god lord scripture"
)
_SAYING = normal_forms(
    "يقول يقوله قال قاله بيقول كيقول تقول بتقول كتقول يذكر ذكر بيذكر ذكرت ورد وردت الواردة جاء جاءت نزل نزلت",
    "تكلم يتكلم بيتكلم تتكلم بتتكلم تحدث يتحدث تتحدث يحكي بيحكي حكى تحكي بتحكي كيهضر كتهضر",
    "say says said teach teaches tell tells state states talk talks talking speak speaks written stated revealed",
)
_ABOUT = normal_forms("عن على حول بخصوص بشأن في about on regarding concerning")
_NAMING = normal_forms("mention mentions mentioned mentioning describe describes described")
"""They say and name what is said."""
_FRAMING = normal_forms(
    "ماذا ما ايش وش شو شنو شن اش ايه أيه كيف هو هي هل توجد هناك الكريم العظيم المجيد تعالى سبحانه من التي اللي قرآنية",
    "أبي أبغى أبغا أريد نريد عايز عاوز عايزة بدي بغيت أعطني أعطيني عطني عطيني هات هاتلي اذكر اذكري جيب جبلي جيبلي وريني أرني اعرض",
    "لي ممكن فضلك لو سمحت",
    "what does do did has have is are there the a an holy noble some any all which that how to us me of from in",
    "show give find list quote read share bring please can could you i want need",
)


def topic_of(words: Sequence[str]) -> list[str]:
    """Return those of `words`, in their search form, that say what is asked about; all of them where nothing frames it so."""
    start, source, said, verses = 0, False, False, False
    for at, word in enumerate(words, 1):
        source, said, verses = source or word in _SOURCES, said or word in _SAYING or word in _NAMING, verses or word in _VERSES
        if word in _ABOUT or word in _NAMING:
            start = at if verses or (source and said) else start
        elif not (word in _SOURCES or word in _SAYING or word in _VERSES or word in _FRAMING):
            break
    return list(words[start:]) or list(words)
