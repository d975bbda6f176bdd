"""The block list as operators write it: one rule a line, phrases plain, patterns between slashes. Knows nothing of requests.

Phrases are found as whole words, whatever stands between them and whichever Arabic particles are joined to them; everything is compared
in its normal form, so that tashkeel, tatweel, hamza carriers and invisible characters hide nothing. `#` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from orchestrator.blocklist.automaton import Rules
from orchestrator.blocklist.syntax import read_pattern, unusable

MOST_BYTES = 5_000_000
_APART = re.compile(r"[\W_]+")


def read_rules(path: Path) -> Rules:
    """Return the rules in a file. Raises ConfigurationError, naming the line that cannot be used."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise unusable("the file is larger than 5 MB", "الملف أكبر من 5 ميغابايت")
        lines = content.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise ConfigurationError(
            Bilingual("FANAR_BLOCKLIST names no readable UTF-8 file.", "لا يدل FANAR_BLOCKLIST على ملف UTF-8 مقروء.")
        ) from cause
    return rules_of(lines)


def rules_of(lines: Iterable[str]) -> Rules:
    """Return the rules that stand in these lines. Raises ConfigurationError, naming the line that cannot be used."""
    rules = Rules()
    for number, line in enumerate(lines, start=1):
        rule = line.strip()
        if not rule or rule.startswith("#"):
            continue
        try:
            _add(rules, rule)
        except ConfigurationError as fault:
            en, ar = fault.message.en, fault.message.ar
            raise ConfigurationError(Bilingual(f"FANAR_BLOCKLIST, line {number}: {en}", f"FANAR_BLOCKLIST، السطر {number}: {ar}")) from None
    return rules


def words_of(phrase: str) -> list[str]:
    """Return the words of a phrase in normal form."""
    return _APART.sub(" ", normalize(phrase)).split()


def _add(rules: Rules, rule: str) -> None:
    if len(rule) > 2 and rule.startswith("/") and rule.endswith("/"):
        rules.add_pattern(read_pattern(rule[1:-1]))
        return
    words = words_of(rule)
    if not words:
        raise unusable("a phrase needs letters or digits", "العبارة تحتاج إلى حروف أو أرقام")
    rules.add_phrase(words)
