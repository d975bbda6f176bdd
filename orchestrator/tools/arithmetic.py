"""Exact arithmetic on expressions in signs or words, Arabic and English. Computes with fractions; knows nothing of variables or units."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from fanar.arabic.numerals import read_numeral
from fanar.bilingual import Bilingual
from orchestrator.tools.result import ToolResult
from orchestrator.tools.wording import FILLERS, Question, read_question, show, without_fillers

_NAME = Bilingual("arithmetic", "الحساب")

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\*\*|[-+−–×*·÷/^()%√²³]|[^\W\d_]+(?:'[a-z]+)?|\S")
_NUMBER = re.compile(r"[\d,]*\d(?:\.\d+)?")
_PHRASES = {
    "في الميه": "%",
    "في المئه": "%",
    "في المايه": "%",
    "ف الميه": "%",
    "مضروبا في": "*",
    "مضروب في": "*",
    "ضرب في": "*",
    "مقسوما علي": "/",
    "مقسوم علي": "/",
    "تقسيم علي": "/",
    "قسمه علي": "/",
    "علي قسمه": "/",
    "multiplied by": "*",
    "divided by": "/",
    "square root of": "√",
    "square root": "√",
    "root of": "√",
    "الجذر التربيعي ل": "√",
    "الجذر التربيعي": "√",
    "جذر تربيعي": "√",
    "to the power of": "^",
    "to the power": "^",
    "raised to": "^",
    "مرفوع لقوه": "^",
    "مرفوعا للاس": "^",
    "per cent": "%",
}
_WORDS = {
    word: sign
    for sign, line in {
        "+": "زائد زايد زاءد جمع plus",
        "-": "ناقص طرح minus − –",
        "*": "ضرب times x في فى × ·",
        "/": "قسمه تقسيم علي over ÷",
        "^": "اس **",
        "%": "percent بالميه بالمئه بالمايه بالمءه",
        "of": "من of",
        "²": "تربيع squared",
        "³": "تكعيب cubed",
        "√": "جذر",
    }.items()
    for word in line.split()
}
# Imperatives and nouns of action that put the sign before both numbers.
_PREFIXED = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<!\w)(?:ال|ا)?ضرب ([\d.,]+) (?:في|ف) ([\d.,]+)", r"\1 * \2"),
        (r"(?<!\w)(?:ال|ا)?(?:جمع|مجموع) ([\d.,]+) (?:و|مع|الي|علي) ?([\d.,]+)", r"\1 + \2"),
        (r"(?<!\w)(?:ال|ا)?طرح ([\d.,]+) من ([\d.,]+)", r"\2 - \1"),
        (r"(?<!\w)(?:ال)?(?:اقسم|قسمه|تقسيم) ([\d.,]+) علي ([\d.,]+)", r"\1 / \2"),
        (r"(?<!\w)(?:ال)?نسبه ([\d.,]+) من ([\d.,]+)", r"\1 / \2 * 100"),
        (r"(?<!\w)(?:زياده|زود|زيد|ارفع) ([\d.,]+) (?:بنسبه|ب) ?([\d.]+ ?%)", r"\1 + \2"),
        (r"(?<!\w)(?:انقاص|نقص|خفض|تخفيض) ([\d.,]+) (?:بنسبه|ب) ?([\d.]+ ?%)", r"\1 - \2"),
        (r"(?<!\w)what percent(?:age)? of ([\d.,]+) is ([\d.,]+)", r"\2 / \1 * 100"),
        (r"(?<!\w)(?:increase) ([\d.,]+) by ([\d.]+ ?%)", r"\1 + \2"),
        (r"(?<!\w)(?:decrease|reduce) ([\d.,]+) by ([\d.]+ ?%)", r"\1 - \2"),
        (r"(?<!\w)(?:add|sum of) ([\d.,]+) and ([\d.,]+)", r"\1 + \2"),
        (r"(?<!\w)(?:product of) ([\d.,]+) and ([\d.,]+)", r"\1 * \2"),
        (r"(?<!\w)subtract ([\d.,]+) from ([\d.,]+)", r"\2 - \1"),
        (r"(?<!\w)(?:multiply) ([\d.,]+) by ([\d.,]+)", r"\1 * \2"),
        (r"(?<!\w)(?:divide) ([\d.,]+) by ([\d.,]+)", r"\1 / \2"),
    )
)
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ ", "^": "^", "%": "%", "of": " × ", "√": "√", "²": "²", "³": "³", "(": "(", ")": ")"}
_DIGIT = re.compile(r"\d")
_BARE_AMBIGUOUS = re.compile(r"\d+(?:[/\-–]\d+){1,2}")
_BRACKETS, _MINUS = ("(", ")"), "-"
_LONGEST_NUMBER, _MOST_TOKENS, _DEEPEST, _MOST_BITS = 30, 64, 20, 4096

Token = Fraction | str


class _Refused(Exception):  # noqa: N818 - not a failure: the text is simply no expression
    """The text is no expression that can be computed exactly within bounds."""


@dataclass(frozen=True, slots=True)
class _Percent:
    value: Fraction


def parse_arithmetic(text: str) -> ToolResult | None:
    """Compute the expression that `text` asks for; None unless the whole prompt is one."""
    question = read_question(text)
    if question is None or not any(map(str.isalnum, question.text)) or _BARE_AMBIGUOUS.fullmatch(text.strip()):
        return None
    tokens = _tokens(question.text)
    if not tokens or len(tokens) > _MOST_TOKENS or not any(isinstance(piece, str) and piece not in _BRACKETS for piece in tokens):
        return None
    try:
        value = _Parser(tokens).value()
    except _Refused:
        return None
    except ZeroDivisionError:
        undefined = "القسمة على صفر غير معرّفة." if question.language == "ar" else "Division by zero is undefined."
        return ToolResult(_NAME, undefined, "undefined", question.language)
    return _result(question, tokens, value)


def _result(question: Question, tokens: list[Token], value: Fraction) -> ToolResult:
    shown, exact = show(value)
    fraction = "" if exact or value.denominator > 9999 else f" ({value.numerator}/{value.denominator})"
    text = f"{_expression(tokens)} {'=' if exact else '≈'} {shown}{fraction}"
    return ToolResult(_NAME, question.digits(text), shown, question.language)


def _expression(tokens: list[Token]) -> str:
    pieces = []
    for at, token in enumerate(tokens):
        if isinstance(token, Fraction):
            pieces.append(show(token)[0])
        elif token == _MINUS and (at == 0 or (isinstance(tokens[at - 1], str) and tokens[at - 1] not in (")", "%", "²", "³"))):
            pieces.append("−")
        else:
            pieces.append(_SIGNS[token])
    return "".join(pieces)


def _tokens(text: str) -> list[Token] | None:
    for pattern, replacement in _PREFIXED if _DIGIT.search(text) else ():
        text = pattern.sub(replacement, text, count=1)
    for phrase, symbol in _PHRASES.items():
        if phrase in text:
            text = re.sub(rf"(?<!\w)(?:ال)?{phrase}(?!\w)", f" {symbol} ", text)
    words = without_fillers(_TOKEN.findall(text))
    found: list[Token] = []
    at = 0
    while at < len(words):
        word = words[at]
        if _NUMBER.fullmatch(word):
            if len(word) > _LONGEST_NUMBER:
                return None
            found.append(Fraction(word.replace(",", "")))
        elif (sign := _sign(word)) is not None:
            found.append(sign)
        elif (numeral := read_numeral(words, at)) is not None:
            found.append(Fraction(numeral[0]))
            at = numeral[1]
            continue
        elif word not in FILLERS or found:
            return None
        at += 1
    return found


def _sign(word: str) -> str | None:
    return word if word in _SIGNS else _WORDS.get(word)


class _Parser:
    """Recursive descent over the tokens: sums of products of powers."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def value(self) -> Fraction:
        """Return the value of all tokens; raises _Refused when they are no expression."""
        value = self._sum()
        if self._at < len(self._tokens):
            raise _Refused
        return _number(value)

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *signs: str) -> str | None:
        token = self._next()
        if isinstance(token, str) and token in signs:
            self._at += 1
            return token
        return None

    def _sum(self) -> Fraction | _Percent:
        left = self._product()
        while sign := self._take("+", "-"):
            right = self._product()
            base = _number(left)
            # As on a pocket calculator: 240 + 15 % adds 15 % of 240.
            change = base * right.value if isinstance(right, _Percent) else right
            left = _bounded(base + change if sign == "+" else base - change)
        return left

    def _product(self) -> Fraction | _Percent:
        left = self._power()
        while sign := self._take("*", "/", "of"):
            if sign == "of" and not isinstance(left, _Percent):
                raise _Refused
            right = _number(self._power())
            left = _bounded(_number(left) / right if sign == "/" else _number(left) * right)
        return left

    def _power(self) -> Fraction | _Percent:
        if self._take("-"):
            value = self._power()
            return _Percent(-value.value) if isinstance(value, _Percent) else -value
        base = self._postfix()
        if not self._take("^"):
            return base
        return _raised(_number(base), _number(self._power()))

    def _postfix(self) -> Fraction | _Percent:
        value: Fraction | _Percent = self._atom()
        while mark := self._take("%", "²", "³"):
            value = _Percent(_number(value) / 100) if mark == "%" else _raised(_number(value), Fraction(2 if mark == "²" else 3))
        return value

    def _atom(self) -> Fraction:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused
        try:
            if self._take("√"):
                return _root(self._atom())
            if self._take("("):
                value = _number(self._sum())
                if not self._take(")"):
                    raise _Refused
                return value
        finally:
            self._depth -= 1
        token = self._next()
        if not isinstance(token, Fraction):
            raise _Refused
        self._at += 1
        return token


def _number(value: Fraction | _Percent) -> Fraction:
    return value.value if isinstance(value, _Percent) else value


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise _Refused
    return value


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator != 1 or bits * abs(exponent.numerator) > _MOST_BITS:
        raise _Refused
    return base**exponent.numerator


def _root(value: Fraction) -> Fraction:
    if value < 0:
        raise _Refused
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    # Rounded at the 40th decimal, so that what is shown is right.
    return Fraction(math.isqrt(value.numerator * 10**80 // value.denominator), 10**40)
