"""`fanar verify`: what is shown of a text's quotations, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.findings import AttributionReport, Check, ClaimedReference, Difference, QuoteFinding
from orchestrator.cli import platforms
from orchestrator.cli.exits import Exit
from tests.fakes.platform import FakeVerifier, fake_attributions, fake_platform, opener
from tests.unit.orchestrator.cli.conftest import Fanar

TEXT = "He said:\nإن الله مع الصادقين here"
START = TEXT.index("إن")
WORD = TEXT.index("الصادقين")
END = WORD + len("الصادقين")
ALTERED = QuoteFinding(
    START,
    END,
    "quran",
    "altered",
    0.75,
    "2:153",
    differences=(Difference("substituted", WORD, END, "الصادقين", "الصابرين"),),
    correction="إن الله مع الصابرين",
)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Make the platform's verifier find these."""

    def found(*quotes: QuoteFinding, warnings: tuple[str, ...] = ()) -> None:
        class Verifier(FakeVerifier):
            def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
                return AttributionReport(quotes, None, warnings)

        def opened(settings, terminal):  # type: ignore[no-untyped-def]
            platform = fake_platform(settings)
            object.__setattr__(platform, "verifier", Verifier())
            object.__setattr__(platform, "attributions", fake_attributions(Verifier()))
            return opener(platform)

        monkeypatch.setattr(platforms, "opener", opened)

    return found


def test_a_changed_word_stands_beside_the_right_one(fanar: Fanar, judged) -> None:  # type: ignore[no-untyped-def]
    judged(ALTERED)
    said = fanar("verify", "-", given=TEXT)
    assert said.code == Exit.FINDING
    assert said.out.splitlines() == [
        "2: altered  2:153",
        "  إن الله مع الصادقين [الصابرين] ",
        "  right: إن الله مع الصابرين",
    ]


def test_differences_that_only_add_or_only_leave_out_are_shown_where_they_are(fanar: Fanar, judged) -> None:  # type: ignore[no-untyped-def]
    text = "one two three"
    differences = (Difference("inserted", 4, 7, "two", ""), Difference("deleted", 13, 13, "", "four"))
    judged(QuoteFinding(0, 13, "quran", "altered", 0.5, "1:1", differences=differences))
    assert fanar("verify", "-", given=text).out.splitlines()[1] == "  one two three [four] "


@pytest.mark.parametrize("status", ["exact", "exact_undiacritised", "orthographic_variant", "partial"])
def test_a_faithful_quotation_is_no_finding(fanar: Fanar, judged, status) -> None:  # type: ignore[no-untyped-def]
    judged(QuoteFinding(START, END, "quran", status, 1.0, "2:153", correction="x"))
    said = fanar("verify", "-", given=TEXT)
    assert said.code == Exit.OK
    assert "right:" not in said.out


@pytest.mark.parametrize("status", ["altered", "diacritic_conflict", "not_found"])
def test_what_the_source_does_not_say_is_a_finding(fanar: Fanar, judged, status) -> None:  # type: ignore[no-untyped-def]
    judged(QuoteFinding(START, END, "quran", status, 0.0, None))
    assert fanar("verify", "-", given=TEXT).code == Exit.FINDING


def test_a_right_quotation_under_a_wrong_reference_is_a_finding(fanar: Fanar, judged) -> None:  # type: ignore[no-untyped-def]
    judged(
        QuoteFinding(START, END, "quran", "exact", 1.0, "2:153", claimed_reference=ClaimedReference("[3:1]", 0, 5, "3:1", correct=False))
    )
    said = fanar("verify", "-", given=TEXT)
    assert said.code == Exit.FINDING
    assert said.out.splitlines()[-1] == "  the text says [3:1]; right: 2:153"


def test_a_text_without_quotations_is_said_to_have_none(fanar: Fanar, judged) -> None:  # type: ignore[no-untyped-def]
    judged(warnings=("too_short",))
    said = fanar("verify", "-", given="nothing here", language="ar")
    assert (said.code, said.out) == (Exit.OK, "")
    assert "لم يوجد في هذا النص اقتباس" in said.err
    assert "too_short" in said.err


def test_json_holds_every_finding(fanar: Fanar, judged) -> None:  # type: ignore[no-untyped-def]
    judged(ALTERED)
    said = fanar("verify", "--json", "-", given=TEXT)
    assert said.code == Exit.FINDING
    assert said.json["quotes"][0]["differences"][0]["expected"] == "الصابرين"


def test_a_file_is_read(fanar: Fanar, judged, surroundings: Path) -> None:  # type: ignore[no-untyped-def]
    judged(ALTERED)
    (surroundings / "a.txt").write_text(TEXT, encoding="utf-8")
    assert "الصابرين" in fanar("verify", "a.txt").out


def test_a_quotation_cannot_command_the_terminal(fanar: Fanar, judged) -> None:  # type: ignore[no-untyped-def]
    judged(QuoteFinding(0, 7, "quran", "not_found", 0.0, None, correction="\x1b]0;x\x07"))
    assert "\x1b" not in fanar("verify", "-", given="ab\u2066\ncdef").out


@pytest.mark.parametrize(
    ("name", "word"),
    [("absent.txt", "no such file"), (".", "folder"), ("latin.txt", "UTF-8"), ("long.txt", "longer"), ("empty.txt", "no text")],
)
def test_a_file_that_cannot_be_checked_is_one_line(
    fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch, name: str, word: str
) -> None:
    monkeypatch.setenv("FANAR_LIMITS__TEXT_CHARACTERS", "100")
    (surroundings / "latin.txt").write_bytes("é".encode("latin-1"))
    (surroundings / "long.txt").write_text("x" * 101)
    (surroundings / "empty.txt").write_text(" \n")
    said = fanar("verify", name)
    assert said.code == Exit.USAGE
    assert word in said.err
    assert said.err.count("\n") == 1


def test_claims_stand_beside_the_passages_that_say_so_or_say_otherwise(fanar: Fanar, judged, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    judged()
    source = tmp_path / "news.txt"
    source.write_text("The bridge opened in 2015. It cost 230 million dollars.", encoding="utf-8")
    text = "The bridge opened in 2015 [7].\nThe bridge cost 300 million dollars [1]. The bridge is blue. Is it safe?"
    said = fanar("verify", "-", "--source", str(source), given=text)
    assert said.code == Exit.FINDING
    lines = said.out.splitlines()
    assert lines[0].startswith("1: ✓ supported")
    assert lines[2:4] == ["  → news.txt: The bridge opened in 2015.", "  [7] names no source"]
    assert lines[4].startswith("2: ✗ contradicted")
    assert lines[4].endswith("by its numbers")
    assert "  [1] the source does not say this" in lines
    assert any(line.startswith("2: ? not found in the sources") for line in lines)
    assert len([line for line in lines if line.startswith(("1:", "2:"))]) == 3


def test_two_files_of_one_name_are_two_sources(fanar: Fanar, judged, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    judged()
    for folder, said in (("a", "The bridge is green."), ("b", "The tower opened in 1999.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(said, encoding="utf-8")
    files = [str(tmp_path / folder / "news.txt") for folder in ("a", "b")]
    said = fanar("verify", "-", "-s", files[0], "-s", files[1], given="The tower opened in 1999.")
    assert said.code == Exit.OK
    assert "→ news.txt (2): The tower opened in 1999." in said.out
