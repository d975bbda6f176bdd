"""`fanar inherit`: divides an estate, from heirs by name or from a story in words. Asks no server: it is arithmetic."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AsJson
from orchestrator.cli.terminal import Terminal

HELP = Help(
    Bilingual("Divide an estate by one of the four schools, with its proof.", "اقسم تركة على أحد المذاهب الأربعة، مع خطوات الحل."),
    details=Bilingual(
        "Heirs are keys with their number: wife=2 son=3 mother, or a story in Arabic, a dialect or English; what is missing is asked.",
        "الورثة أسماء مع أعدادها: wife=2 son=3 mother، أو قصة بالعربية أو لهجة أو بالإنجليزية؛ ويُسأل عما ينقص.",
    ),
    examples=(
        ("fanar inherit wife daughter=2 father mother --madhab shafii", Bilingual("heirs by their keys", "ورثة بأسمائهم")),
        (
            "fanar inherit husband mother full_sister=2 --deceased female --estate 80000",
            Bilingual("and what each gets", "ونصيب كل وارث مالًا"),
        ),
        ('fanar inherit "توفي رجل وترك زوجة وابنين وثلاث بنات"', Bilingual("a story", "قصة")),
    ),
    parameters={
        "heirs": Bilingual("KEY or KEY=NUMBER for each kind of heir, or one story.", "اسم الوارث أو الاسم=العدد لكل صنف، أو قصة واحدة."),
        "deceased": Bilingual(
            "Who died: male or female. Otherwise a husband or a wife tells.", "المتوفى: male أو female. وإلا فالزوج أو الزوجة يدلان."
        ),
        "madhab": Bilingual("The school: hanafi, maliki, shafii or hanbali.", "المذهب: hanafi أو maliki أو shafii أو hanbali."),
        "estate": Bilingual("What was left, in money.", "قيمة التركة."),
        "currency": Bilingual("Its currency.", "عملتها."),
        "debts": Bilingual("Debts, taken off first.", "الديون، وتُخصم أولًا."),
        "as_json": Bilingual(
            "Print the result as the API gives it, of a story one for each school.",
            "اطبع النتيجة كما تعطيها الواجهة البرمجية، وللقصة نتيجة لكل مذهب.",
        ),
    },
)
_NO_SCHOOL = Bilingual(
    "Name the school: --madhab hanafi, maliki, shafii or hanbali.", "سمِّ المذهب: ‎--madhab hanafi أو maliki أو shafii أو hanbali."
)
_NOT_A_NUMBER = Bilingual("Behind = stands how many there are of an heir: son=3.", "بعد = يأتي عدد الوارث: son=3.")


def inherit(
    ctx: typer.Context,
    heirs: Annotated[list[str], typer.Argument(metavar="KEY[=NUMBER]...|STORY")],
    deceased: Annotated[str | None, typer.Option("--deceased", metavar="male|female")] = None,
    madhab: Annotated[str | None, typer.Option("--madhab", metavar="SCHOOL")] = None,
    estate: Annotated[float | None, typer.Option("--estate", metavar="AMOUNT")] = None,
    currency: Annotated[str, typer.Option("--currency", metavar="NAME")] = "",
    debts: Annotated[float, typer.Option("--debts", metavar="AMOUNT")] = 0.0,
    as_json: AsJson = False,
) -> int:
    """Divide an estate."""
    terminal: Terminal = ctx.obj
    if any(" " in part for part in heirs):
        return _from_story(" ".join(heirs), terminal, as_json=as_json)
    if madhab is None:
        raise UnprocessableError(_NO_SCHOOL, param="madhab")
    counted = dict(map(_counted, heirs))
    sex = deceased or ("female" if "husband" in counted else "male")
    body: dict[str, Any] = {"deceased": sex, "heirs": counted, "madhab": madhab}
    given = {"estate": estate, "currency": currency, "debts": debts}
    result = _divided({**body, **{name: value for name, value in given.items() if value}})
    if as_json:
        terminal.json(result)
    else:
        terminal.write(terminal.text(Bilingual(**result["text"])) + "\n")
    return Exit.OK


def _divided(body: dict[str, Any]) -> dict[str, Any]:
    from orchestrator.api.faults import validated
    from orchestrator.api.schemas.inheritance import InheritanceRequest
    from rag.islamic.inheritance.calculator import calculate
    from rag.islamic.inheritance.telling import told

    return told(calculate(validated(InheritanceRequest, body).inquiry()))


def _counted(part: str) -> tuple[str, int]:
    name, equals, number = part.partition("=")
    if equals and not (number.isascii() and number.isdigit() and len(number) < 6):
        raise UnprocessableError(_NOT_A_NUMBER, param="heirs")
    return name, int(number) if equals else 1


def _from_story(story: str, terminal: Terminal, *, as_json: bool) -> int:
    from fanar.arabic.script import language_hint
    from rag.islamic.inheritance.talk.answering import answer
    from rag.islamic.inheritance.talk.wording import WHO

    reply = answer([story], language=language_hint(story))
    if reply is None:
        raise UnprocessableError(WHO, param="heirs")
    if as_json:
        terminal.json({"answered": reply.answered, "text": reply.text, **reply.data})
    else:
        terminal.write(reply.text + "\n")
    return Exit.OK if reply.answered else Exit.FINDING
