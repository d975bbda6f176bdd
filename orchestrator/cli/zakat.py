"""`fanar zakat`: reckons zakat, from options, from a request in JSON, or from a question in words. Asks no server: it is arithmetic."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from orchestrator.cli.calendar import show
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_THE_API, AsJson
from orchestrator.cli.terminal import Terminal

HELP = Help(
    Bilingual(
        "Reckon zakat by one of the four schools, each line with its rule.", "احسب الزكاة على أحد المذاهب الأربعة، كل سطر مع قاعدته."
    ),
    details=Bilingual(
        "Prices are yours to give, per gram of pure metal; they are never guessed. A question in words is answered by all four schools; "
        "- reads a whole request of the API in JSON: goods, shares, receivables, crops, treasure.",
        "الأسعار تعطيها أنت، لجرام المعدن الخالص، ولا تُخمَّن. ويُجاب السؤال بالكلام على المذاهب الأربعة؛ "
        "والعلامة - تقرأ طلبًا كاملًا بصيغة JSON: العروض والأسهم والديون والزروع والركاز.",
    ),
    examples=(
        ("fanar zakat --madhab hanafi --cash 25000 --debts 4000 --nisab silver --silver-price 5.6", Bilingual("money", "نقود")),
        ("fanar zakat --madhab shafii --gold 200 --karat 21 --gold-price 480", Bilingual("gold", "ذهب")),
        ("fanar zakat --madhab maliki --sheep 130", Bilingual("livestock that grazes", "أنعام سائمة")),
        ('fanar zakat "عندي ٢٠٠ جرام ذهب كم زكاتها"', Bilingual("a question", "سؤال")),
        ("fanar zakat - < request.json", Bilingual("everything the API takes", "كل ما تقبله الواجهة البرمجية")),
    ),
    parameters={
        "question": Bilingual("A question in words, or - for a request in JSON.", "سؤال بالكلام، أو - لطلب بصيغة JSON."),
        "madhab": Bilingual("The school: hanafi, maliki, shafii or hanbali.", "المذهب: hanafi أو maliki أو shafii أو hanbali."),
        "nisab": Bilingual("By which metal the nisab of money is reckoned: gold or silver.", "بمَ يُقدَّر نصاب النقود: gold أو silver."),
        "gold_price": Bilingual("A gram of pure gold.", "سعر جرام الذهب الخالص."),
        "silver_price": Bilingual("A gram of pure silver.", "سعر جرام الفضة الخالصة."),
        "currency": Bilingual("The currency.", "العملة."),
        "gold": Bilingual("Grams of gold.", "جرامات الذهب."),
        "karat": Bilingual("Its karat.", "عياره."),
        "worn": Bilingual("The gold is permitted jewellery that is worn.", "الذهب حلي مباح ملبوس."),
        "silver": Bilingual("Grams of silver.", "جرامات الفضة."),
        "cash": Bilingual("Money.", "النقود."),
        "debts": Bilingual("What you owe.", "ما عليك من دين."),
        "camels": Bilingual("Camels.", "الإبل."),
        "cattle": Bilingual("Cattle.", "البقر."),
        "sheep": Bilingual("Sheep and goats.", "الغنم."),
        "fed": Bilingual("The livestock is fed or works.", "الأنعام معلوفة أو عاملة."),
        "since": Bilingual("When the nisab was reached, YYYY-MM-DD.", "متى بلغ المال النصاب، YYYY-MM-DD."),
        "as_json": AS_THE_API,
    },
)
_NO_SCHOOL = Bilingual(
    "Name the school: --madhab hanafi, maliki, shafii or hanbali.", "سمِّ المذهب: ‎--madhab hanafi أو maliki أو shafii أو hanbali."
)
_NOT_UNDERSTOOD = Bilingual(
    "Tell what you own and ask for its zakat, or use the options: fanar zakat --help.",
    "اذكر ما تملك واسأل عن زكاته، أو استعمل الخيارات: fanar zakat --help.",
)
_NOT_JSON = Bilingual("The input is not a JSON object.", "المُدخل ليس كائن JSON.")
_LONGEST = 100_000


def zakat(
    ctx: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="[QUESTION|-]")] = None,
    madhab: Annotated[str | None, typer.Option("--madhab", metavar="SCHOOL")] = None,
    nisab: Annotated[str | None, typer.Option("--nisab", metavar="gold|silver")] = None,
    gold_price: Annotated[float | None, typer.Option("--gold-price", metavar="AMOUNT")] = None,
    silver_price: Annotated[float | None, typer.Option("--silver-price", metavar="AMOUNT")] = None,
    currency: Annotated[str, typer.Option("--currency", metavar="NAME")] = "",
    gold: Annotated[float | None, typer.Option("--gold", metavar="GRAMS")] = None,
    karat: Annotated[float, typer.Option("--karat", metavar="KARAT")] = 24.0,
    worn: Annotated[bool, typer.Option("--worn")] = False,
    silver: Annotated[float | None, typer.Option("--silver", metavar="GRAMS")] = None,
    cash: Annotated[float, typer.Option("--cash", metavar="AMOUNT")] = 0.0,
    debts: Annotated[float, typer.Option("--debts", metavar="AMOUNT")] = 0.0,
    camels: Annotated[int, typer.Option("--camels", metavar="NUMBER")] = 0,
    cattle: Annotated[int, typer.Option("--cattle", metavar="NUMBER")] = 0,
    sheep: Annotated[int, typer.Option("--sheep", metavar="NUMBER")] = 0,
    fed: Annotated[bool, typer.Option("--fed")] = False,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE")] = None,
    as_json: AsJson = False,
) -> int:
    """Reckon zakat."""
    terminal: Terminal = ctx.obj
    if question is not None and question != "-":
        return _answered(question, terminal)
    if question == "-":
        show(_reckoned(_object(terminal.read(limit=_LONGEST))), terminal, as_json=as_json)
        return Exit.OK
    if madhab is None:
        raise UnprocessableError(_NO_SCHOOL, param="madhab")
    prices = {"gold": gold_price, "silver": silver_price}
    herds = {"camels": camels, "cattle": cattle, "sheep": sheep}
    body: dict[str, Any] = {
        "madhab": madhab,
        "nisab": nisab,
        "currency": currency,
        "prices": {name: price for name, price in prices.items() if price is not None},
        "gold": [{"grams": gold, "karat": karat, "use": "worn" if worn else "saved"}] if gold is not None else [],
        "silver": [{"grams": silver}] if silver is not None else [],
        "cash": cash,
        "debts": debts,
        "livestock": {name: {"count": count, "grazing": not fed} for name, count in herds.items() if count},
        "hawl": {"since": since} if since else None,
    }
    show(_reckoned(body), terminal, as_json=as_json)
    return Exit.OK


def _reckoned(body: dict[str, Any]) -> dict[str, Any]:
    from orchestrator.api.faults import validated
    from orchestrator.api.schemas.zakat import ZakatRequest
    from orchestrator.platform import local_now
    from rag.islamic.zakat.calculator import calculate
    from rag.islamic.zakat.telling import told

    return told(calculate(validated(ZakatRequest, body).case(local_now().date())))


def _object(text: str) -> dict[str, Any]:
    import json

    try:
        body = json.loads(text)
    except ValueError as cause:
        raise UnprocessableError(_NOT_JSON) from cause
    if not isinstance(body, dict):
        raise UnprocessableError(_NOT_JSON)
    return body


def _answered(question: str, terminal: Terminal) -> int:
    from fanar.arabic.script import language_hint
    from fanar.messages import ChatMessage, ChatRequest
    from rag.islamic.zakat.talk import ZakatTalk

    reply = asyncio.run(ZakatTalk().answer(ChatRequest((ChatMessage("user", question),))))
    if reply is None:
        raise UnprocessableError(_NOT_UNDERSTOOD, param="question")
    terminal.write(reply.text.in_language(language_hint(question)) + "\n")
    return Exit.OK if reply.answered else Exit.FINDING
