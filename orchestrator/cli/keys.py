"""`fanar keys`: API keys made, listed, revoked, in the database of this machine's platform."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from fanar.bilingual import Bilingual
from fanar.keys import ApiKey
from fanar.limits.allowance import read_allowance
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.terminal import Json, Terminal, printable

if TYPE_CHECKING:
    from orchestrator.accounts import Accounts

Made = TypeVar("Made")

HELP = Help(
    Bilingual("Make, list and revoke API keys.", "أنشئ مفاتيح الواجهة واعرضها وألغها."),
    details=Bilingual(
        "On this machine no key is needed; beyond it every request needs one. Only a hash is kept, so a key is shown once.",
        "لا حاجة إلى مفتاح على هذا الجهاز؛ ومن خارجه يلزم لكل طلب مفتاح. لا تُحفظ إلا بصمته، فيُعرض المفتاح مرة واحدة.",
    ),
    examples=(
        ("fanar keys create phone", Bilingual("make a key", "أنشئ مفتاحًا")),
        ("fanar keys list", Bilingual("see whose keys there are", "اعرض المفاتيح الموجودة")),
        ("fanar keys revoke key-0123456789abcdef", Bilingual("close the door to a key", "ألغِ مفتاحًا")),
    ),
)
_CREATE = Help(
    Bilingual("Make a key and show it, this once.", "أنشئ مفتاحًا واعرضه، هذه المرة فقط."),
    examples=(
        ("fanar keys create phone --days 90", Bilingual("a key that closes by itself", "مفتاح ينتهي من نفسه")),
        (
            "fanar keys create shop --limit 50/60 --quota 1000/day",
            Bilingual("50 requests in any 60 seconds and 1000 a day, for each model", "50 طلبًا في كل 60 ثانية و1000 في اليوم لكل نموذج"),
        ),
        ("KEY=$(fanar keys create ci)", Bilingual("the key alone stands on standard output", "المفتاح وحده على الخرج القياسي")),
    ),
    parameters={
        "name": Bilingual("Whose it is or what for.", "لمن المفتاح أو لماذا."),
        "days": Bilingual("Days it is good for; otherwise until it is revoked.", "أيام صلاحيته؛ وإلا فحتى يُلغى."),
        "limit": Bilingual(
            "Requests in seconds for each model, such as 50/60; 0 sets none. Without it everybody's limit holds.",
            "عدد الطلبات في الثواني لكل نموذج، مثل 50/60؛ والصفر بلا حد. وبدونه يسري الحد العام.",
        ),
        "quota": Bilingual(
            "Requests a day or month (UTC) for each model, such as 1000/day or 20000/month; may be given twice.",
            "عدد الطلبات في اليوم أو الشهر لكل نموذج، مثل 1000/day أو 20000/month؛ ويجوز تكراره.",
        ),
        "as_json": AS_JSON,
    },
)
_LIST = Help(
    Bilingual("List all keys, revoked and expired ones too.", "اعرض كل المفاتيح، الملغاة والمنتهية أيضًا."),
    parameters={"as_json": AS_JSON},
)
_REVOKE = Help(
    Bilingual("Close the door to a key, within seconds and for good.", "ألغِ مفتاحًا خلال ثوانٍ وبلا رجعة."),
    parameters={"key_id": Bilingual("The id that `fanar keys list` shows.", "المعرّف الذي يعرضه `fanar keys list`.")},
)
_ONCE = Bilingual("Key {id} for {name}. It is shown this once and kept nowhere.", "المفتاح {id} لأجل {name}. يُعرض هذه المرة فقط ولا يُحفظ.")
_REVOKED = Bilingual("Key {id} is revoked.", "أُلغي المفتاح {id}.")
_NONE = Bilingual("There are no keys; `fanar keys create NAME` makes one.", "لا مفاتيح بعد؛ ينشئ الأمر `fanar keys create NAME` مفتاحًا.")
_COLUMNS = (
    Bilingual("id", "المعرّف"),
    Bilingual("name", "الاسم"),
    Bilingual("ends in", "آخره"),
    Bilingual("created", "أُنشئ"),
    Bilingual("state", "الحال"),
    Bilingual("limits", "الحدود"),
)
_STATES = {
    "usable": Bilingual("usable", "صالح"),
    "revoked": Bilingual("revoked", "ملغى"),
    "expired": Bilingual("expired", "منتهٍ"),
}

app = typer.Typer()


@app.command(cls=documented(_CREATE))
def create(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=1, max=36500)] = None,
    limit: Annotated[str, typer.Option("--limit", metavar="N/SECONDS", show_default=False)] = "",
    quota: Annotated[list[str] | None, typer.Option("--quota", metavar="N/PERIOD", show_default=False)] = None,
    as_json: AsJson = False,
) -> int:
    """Make a key."""
    terminal: Terminal = ctx.obj
    lifetime = None if days is None else timedelta(days=days)
    allowance = read_allowance(" ".join([limit, *(quota or ())]))
    made = _with_accounts(lambda accounts: accounts.create(name, lifetime=lifetime, allowance=allowance))
    if as_json:
        terminal.json({**_told(made.key), "key": made.secret})
        return Exit.OK
    facts = {"id": made.key.id, "name": made.key.name}
    terminal.note(_ONCE.format(**facts))
    terminal.write(made.secret + "\n")
    return Exit.OK


@app.command("list", cls=documented(_LIST))
def list_keys(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List all keys."""
    terminal: Terminal = ctx.obj
    keys = _with_accounts(lambda accounts: accounts.keys())
    if as_json:
        terminal.json([_told(key) for key in keys])
    elif keys:
        _show(keys, terminal)
    else:
        terminal.note(_NONE)
    return Exit.OK


@app.command(cls=documented(_REVOKE))
def revoke(ctx: typer.Context, key_id: Annotated[str, typer.Argument(metavar="ID")]) -> int:
    """Revoke a key."""
    terminal: Terminal = ctx.obj
    revoked = _with_accounts(lambda accounts: accounts.revoke(key_id))
    terminal.note(_REVOKED.format(id=revoked.id), style="")
    return Exit.OK


def _with_accounts(work: Callable[[Accounts], Made]) -> Made:
    """Do one thing with the keys of this machine's platform."""
    from orchestrator.bootstrap.storage import open_storage

    async def worked() -> Made:
        async with open_storage(load_settings()) as storage:
            return work(storage.accounts)

    return asyncio.run(worked())


def _show(keys: list[ApiKey], terminal: Terminal) -> None:
    from rich.table import Table

    table = Table(*(terminal.text(column) for column in _COLUMNS), box=None, pad_edge=False)
    for key in keys:
        state = _STATES[_state(key)]
        table.add_row(key.id, printable(key.name), f"…{key.last_four}", f"{key.created:%Y-%m-%d}", terminal.text(state), str(key.allowance))
    terminal.show(table)


def _state(key: ApiKey) -> str:
    if key.revoked is not None:
        return "revoked"
    return "usable" if key.usable(datetime.now(UTC)) else "expired"


def _told(key: ApiKey) -> Json:
    times = {name: time.isoformat() if (time := getattr(key, name)) else None for name in ("created", "expires", "revoked")}
    return {"id": key.id, "name": key.name, "last_four": key.last_four, "state": _state(key), "limits": str(key.allowance), **times}
