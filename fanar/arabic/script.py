"""What a text is written in: letters, language, dialect, direction. Hints from its surface; knows nothing of its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.bilingual import Language

Dialect = Literal["msa", "gulf", "egyptian", "levantine", "maghrebi", "iraqi"]
Direction = Literal["rtl", "ltr"]

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_OTHER_RTL = re.compile(r"[\u0590-\u05ff\u0700-\u074f\u0780-\u07ff]+")
# Code, addresses and LaTeX say nothing about the direction of the text around them.
_NEUTRAL = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|@\S+", re.DOTALL)
_SAMPLE = 20_000

_DIALECT_WORDS: dict[Dialect, str] = {
    "gulf": (
        "وش ايش ابي ابغى ابغي تبي يبي تبغى الحين وين زين يالغالي مو موب مب هالحين عيال توني شلونك وشلون ليش "
        "ابا يبا هالشي حيل مره ذحين دحين وايد جذي اشوي قاعد ودي تكفى تكفون"
    ),
    "egyptian": (
        "ايه ازاي ازاى ليه فين امتى دلوقتي دلوقت عايز عاوز عايزه عاوزه ده دي دول كده مش مفيش بتاع بتاعي بتاعه "
        "اوي قوي النهارده النهاردة بكره احنا هوا ازيك عشان علشان لسه كمان برضه برضو طب هاعمل حاجه ينفع"
    ),
    "levantine": (
        "شو ليش هلق هلا هلأ كيفك بدي بدك بدو بدنا هيك هاد هاي مشان منشان كتير لسا هون هونيك منيح منيحة شي عم "
        "رح مين ايمتى قديش بركي هلكلام مزبوط متل كرمال تبع تبعي"
    ),
    "maghrebi": (
        "واش شنو شنوا شكون علاش علاه كيفاش فين وقتاش بزاف دابا توا ديال ديالي نتاع تاع بغيت بغيتي نقدر كاين "
        "كاينه ماكاينش هاد هادي راني راه راك باش حيت برشا شحال قداش كيما عندك مزيان غادي مانيش دوكا كيراك "
        "خويا نتا نتي"
    ),
    "iraqi": (
        "شكو اكو ماكو هسه هسع شلون شلونك شكد شگد اشكد ليش وين منو شنو اريد اني احنه هيج هواي خوش يمعود عيني "
        "هاي جان گلت كلش بعدني شوكت اشوكت دا لعد"
    ),
}
_MARKERS: dict[str, tuple[Dialect, ...]] = {}
for _dialect, _line in _DIALECT_WORDS.items():
    for _word in dict.fromkeys(normalize(_line).split()):
        _MARKERS[_word] = (*_MARKERS.get(_word, ()), _dialect)
_STANDARD = frozenset(
    normalize("ما ماذا لماذا كيف أين متى هل الذي التي الذين هذا هذه ذلك تلك ليس لن لم سوف يجب ينبغي حيث أن إن كان يكون").split()
)

_ARABIZI_TOKEN = re.compile(r"[a-z0-9']+")
_ARABIZI_WORD = re.compile(r"(?=[a-z']*[2356789])[a-z][a-z2356789']+[a-z]?|[2356789][a-z]{2,}[a-z2356789']*")
_LONGEST_TOKEN = 24
_ARABIZI_COMMON = normal_forms(
    "shu shou sho wesh wsh ezay ezzay izzay fen feen leh lesh leish keef kif kifak kefak ana enta enti "
    "inta inti mesh mish msh mafi mafish fi "
    "wallah wlh yalla yallah inshallah nshallah habibi habibti bdi bidi baddi bade aywa aywa la2 kteer "
    "ktir awi awy dlwa2ty delwa2ty hala2 hla2 "
    "wain wayn ween abi abgha alhin wach wash chno chnou kifach fin 3lach bghit labas mzyan bzaf barcha "
    "chwiya shwaya shway tayeb tab5 ya akhi "
    "salam salamo alaikum 3alaikum kaif eh da di dah elli illi allah mashallah alhamdulillah"
)
_ENGLISH_UNIT = re.compile(r"\d+(?:st|nd|rd|th|s|x|k|m|g|kg|km|cm|mm|mb|gb|tb|ml|am|pm|d|p|fps|hz)|[a-z]+\d+|h\d+[a-z]*|b2[bc]|p2p|mp3|mp4")


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a text's letters is Arabic, Latin, or neither; all zero where there are no letters."""

    arabic: float
    latin: float
    other: float


def shares(text: str) -> Shares:
    """Return the share of each script among the letters of `text`."""
    sample = text[:_SAMPLE]
    arabic = sum(map(len, _ARABIC.findall(sample)))
    latin = sum(map(len, _LATIN.findall(sample)))
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return Shares(0.0, 0.0, 0.0)
    total = max(letters, arabic + latin)
    return Shares(arabic / total, latin / total, (total - arabic - latin) / total)


def language_hint(text: str) -> Language:
    """Return the language to answer in: Arabic where three letters in ten are Arabic, or where it is Arabic in Latin letters."""
    share = shares(text)
    return "ar" if share.arabic >= 0.3 or (share.arabic == 0 and is_arabizi(text)) else "en"


def dialect_hint(text: str) -> Dialect | None:
    """Return the variety of Arabic that the marker words of `text` point to; None where they point nowhere or it is not Arabic."""
    votes: dict[Dialect, float] = {}
    standard = 0
    for word in normalize(text[:_SAMPLE]).split():
        token = word.strip('؟?!.,،؛:()«»"')
        standard += token in _STANDARD
        for dialect in _MARKERS.get(token, ()):
            votes[dialect] = votes.get(dialect, 0.0) + 1 / len(_MARKERS[token])
    if not votes:
        return "msa" if standard else None
    best, weight = max(votes.items(), key=lambda vote: vote[1])
    return best if weight * 2 >= standard else "msa"


def is_arabizi(text: str) -> bool:
    """Whether `text` looks like Arabic in Latin letters and digits («3ayez a3raf»)."""
    tokens = [token for token in _ARABIZI_TOKEN.findall(text[:_SAMPLE].lower()) if len(token) <= _LONGEST_TOKEN]
    if not tokens or _ARABIC.search(text):
        return False
    digits = {token for token in tokens if _ARABIZI_WORD.fullmatch(token) and not _ENGLISH_UNIT.fullmatch(token)}
    hits = sum(token in digits or token in _ARABIZI_COMMON for token in tokens)
    return (hits >= 2 and hits / len(tokens) >= 0.25) or (len(tokens) <= 3 and bool(digits))


def base_direction(text: str) -> Direction:
    """Return the direction of most strong letters, code and addresses left out; the first letter breaks a tie."""
    sample = _NEUTRAL.sub(" ", text[:_SAMPLE])
    right = sum(map(len, _ARABIC.findall(sample))) + sum(map(len, _OTHER_RTL.findall(sample)))
    left = sum(map(len, _LATIN.findall(sample)))
    if right != left:
        return "rtl" if right > left else "ltr"
    first_right = min((m.start() for m in (_ARABIC.search(sample), _OTHER_RTL.search(sample)) if m), default=len(sample))
    first_left = _LATIN.search(sample)
    return "rtl" if first_right < (first_left.start() if first_left else first_right) else "ltr"
