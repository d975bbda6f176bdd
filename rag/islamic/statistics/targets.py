"""Finds the words that a prompt wants counted, in Arabic. Knows nothing of what is asked about them.

English words are not translated: a listed proper name becomes its Arabic form, everything else is asked back.
"""

from __future__ import annotations

from collections.abc import Sequence

from fanar.arabic.script import language_hint
from rag.islamic.statistics import cues
from rag.islamic.statistics.names import arabic_name, arabic_opening, is_listed
from rag.islamic.statistics.said import Said, Token

_LONGEST = 8
_SHORTEST_JOINED = 4

_PHRASE = cues.PHRASE - cues.WORD
_FRAME = cues.FRAME - cues.AND
_GOES_ON = cues.QURAN | cues.TIMES | cues.HOW_MANY
_ASKED = (
    cues.FRAME | cues.WORD | cues.PHRASE | cues.TIMES | cues.VERSE | cues.SURAH | cues.CONTAIN | cues.BOTH | cues.MECCAN | cues.MEDINAN
    | cues.MOST
)  # fmt: skip
_HONOURED = _ASKED | cues.HONOURS
_WANTED = _ASKED - cues.AND
_MARKS = cues.WORD | cues.PHRASE

Phrase = tuple[str, ...]


def targets(said: Said) -> tuple[Phrase, ...] | str | None:
    """Return the phrases that are wanted, an English word that is not listed, or None for none.

    Words that «و» joins are wanted each for itself, unless they are quoted or called a phrase.
    """
    if said.quoted:
        return _phrases([said.quoted])
    tokens = _wanted(said)
    if not tokens or len(tokens) > _LONGEST:
        return None
    whole = said.any(_PHRASE)
    return _phrases([tuple(token.raw for token in tokens)] if whole else _split(tokens))


def opening(said: Said, after: Sequence[Token]) -> Phrase | str | None:
    """Return the words that something begins or ends with: what is quoted, or stands after the verb."""
    if said.quoted:
        return _one(said.quoted)
    wanted = [token for token in after if token.norm not in cues.QURAN and token.norm not in _NOT_OPENINGS]
    if not wanted or len(wanted) > _LONGEST:
        return None
    first = wanted[0].raw
    if first == "ب":
        wanted = wanted[1:]
    elif first.startswith("ب") and len(first) > 2:
        wanted = [Token(first[1:], wanted[0].norm[1:]), *wanted[1:]]
    return _one(tuple(token.raw for token in wanted)) if wanted else None


def _one(phrase: Phrase) -> Phrase | str:
    found = _phrases([phrase])
    return found if isinstance(found, str) else found[0]


_NOT_OPENINGS = frozenset(("in", "with", "the", "by", "word", "words", "letter", "letters", "في", "من", "كلمه", "كلمات", "بكلمه", "القران"))


def _wanted(said: Said) -> list[Token]:
    """Return the words after «كلمة» up to what goes on with the question, or all that are left."""
    tokens = list(said.tokens)
    marked = [at for at, token in enumerate(tokens) if token.norm in _MARKS]
    phrase = any(tokens[at].norm in _PHRASE for at in marked)
    if after := _marked(tokens, marked, phrase=phrase):
        named = {id(token) for token in after}
        other = [token for token in tokens if id(token) not in named and token.norm not in _HONOURED]
        # Words that are neither wanted nor ask for it say that something else is meant.
        return [] if any(not cues.MENTION.fullmatch(token.norm) for token in other) else _without_honours(after)
    left = [token for token in said.tokens if token.norm not in _WANTED and not cues.MENTION.fullmatch(token.norm)]
    while left and left[0].norm in cues.AND:
        left = left[1:]
    while left and left[-1].norm in cues.AND:
        left = left[:-1]
    return _without_honours(left)


def _marked(tokens: Sequence[Token], marked: Sequence[int], *, phrase: bool) -> list[Token]:
    """Return what each mark names, «و» between: «كلمة الدنيا وكلمة الآخرة»."""
    runs = [run for at in marked if (run := _run(tokens[at + 1 :], phrase=phrase))]
    return [token for number, run in enumerate(runs) for token in ([Token("و", "و"), *run] if number else run)]


def _run(tokens: Sequence[Token], *, phrase: bool) -> list[Token]:
    """Return what is named right after its mark: a word up to the next that frames the question, a phrase up to where it goes on."""
    run: list[Token] = []
    for token in tokens:
        if not run and (token.norm in _BEFORE_A_WORD or (token.norm.isascii() and token.norm in cues.FRAME)):
            continue
        if _goes_on(token) or token.norm in cues.WORD or (run and not phrase and token.norm in _FRAME):
            break
        run.append(token)
    while len(run) > 1 and run[-1].norm in _PREPOSITIONS:
        run.pop()
    return run


_BEFORE_A_WORD = frozenset(("of", "the", "هي", "هو"))
_PREPOSITIONS = frozenset(("في", "in", "of", "the", "من", "and"))


def _goes_on(token: Token) -> bool:
    return token.norm in _GOES_ON or cues.MENTION.fullmatch(token.norm) is not None


def _without_honours(tokens: list[Token]) -> list[Token]:
    named = [token for token in tokens if token.norm not in cues.HONOURS]
    return named if any(_is_name(token) for token in named) else tokens


def _is_name(token: Token) -> bool:
    return arabic_name([token.raw]) is not None or is_listed(token.raw) or is_listed(token.raw.removeprefix("و"))


def _split(tokens: Sequence[Token]) -> list[Phrase]:
    groups: list[list[str]] = [[]]
    for token in tokens:
        if token.norm in cues.AND:
            groups.append([])
        elif token.raw.startswith("و") and len(token.raw) >= _SHORTEST_JOINED and groups[-1]:
            groups.append([token.raw[1:]])
        else:
            groups[-1].append(token.raw)
    return [tuple(group) for group in groups if group]


def _phrases(found: Sequence[Phrase]) -> tuple[Phrase, ...] | str:
    arabic: list[Phrase] = []
    for phrase in found:
        form = _arabic(phrase)
        if form is None:
            return " ".join(phrase)
        arabic.append(form)
    return tuple(arabic)


def _arabic(phrase: Phrase) -> Phrase | None:
    if language_hint(" ".join(phrase)) == "ar":
        return phrase
    form = arabic_name(phrase) or arabic_opening(phrase)
    return tuple(form.split()) if form else None
