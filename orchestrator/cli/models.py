"""`fanar models`: weights pulled, served, stopped, on this machine. A platform that runs here finds what is served by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.settings import Settings, load_settings
from fanar.weights.catalog import Engine, Weights, WeightsCatalog, built_in, images, speech
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.keeping import STOPPED, keep, keep_apart
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Json, Terminal, printable

if TYPE_CHECKING:
    from fanar.weights.files import WeightsSource
    from fanar.weights.store import WeightsStore
    from orchestrator.serving.state import RunningModel

_NAME = Bilingual("Name of the model; `fanar models list` shows them.", "اسم النموذج؛ يعرضها الأمر `fanar models list`.")

HELP = Help(
    Bilingual("Language models on this machine: pull, serve, stop.", "النماذج اللغوية على هذا الجهاز: تنزيلها وتشغيلها وإيقافها."),
    details=Bilingual(
        "Star and Prime want a GPU and vLLM; small runs on a laptop. A platform that runs here uses what is served, without a restart.",
        "يحتاج ستار وبرايم إلى معالج رسوميات وإلى vLLM، ويعمل small على حاسوب محمول. وتستعمل المنصة العاملة هنا ما يُشغَّل دون إعادة تشغيل.",
    ),
    examples=(
        ("fanar models list", Bilingual("what there is, what is here, what runs", "المتاح والموجود هنا والعامل")),
        ("fanar models pull small && fanar models serve small", Bilingual("a model on a laptop", "نموذج على حاسوب محمول")),
        ("fanar models serve prime --detach", Bilingual("Prime on a GPU, in the background", "برايم على معالج رسوميات، في الخلفية")),
    ),
)
_LIST = Help(
    Bilingual("List models: what they are, whether they are here, whether they run.", "اعرض النماذج وحالها."),
    parameters={"as_json": AS_JSON},
)
_PULL = Help(
    Bilingual("Bring a model's weights here; a pull that broke off goes on.", "نزّل أوزان نموذج؛ ويُستأنف التنزيل المنقطع."),
    details=Bilingual(
        "The licence is shown first. Every file is checked; half a model is never used; only data is taken, never code.",
        "تُعرض الرخصة أولًا. ويُدقَّق كل ملف، ولا يُستعمل نموذج ناقص، ولا تؤخذ إلا البيانات دون الشفرة.",
    ),
    examples=(
        ("fanar models pull small", Bilingual("from the hub that FANAR_HUB_URL names", "من المستودع الذي يحدده FANAR_HUB_URL")),
        ("fanar models pull whisper-large-v3-turbo", Bilingual("what writes speech down", "ما يفرّغ الكلام")),
        ("fanar models pull oryx", Bilingual("what draws, and what it is laid over", "ما يرسم، والأساس الذي فوقه")),
        ("fanar models pull prime --from /mnt/fanar-9b --link", Bilingual("from a folder, without a copy", "من مجلد، دون نسخ")),
    ),
    parameters={
        "name": _NAME,
        "folder": Bilingual("Take the files from this folder.", "خذ الملفات من هذا المجلد."),
        "link": Bilingual("Link the folder's files instead of copying them.", "اربط ملفات المجلد بدل نسخها."),
        "revision": Bilingual("Take this revision of the hub's repository.", "خذ هذه المراجعة من المستودع."),
    },
)
_SERVE = Help(
    Bilingual("Serve a pulled model until Ctrl-C.", "شغّل نموذجًا منزّلًا حتى Ctrl-C."),
    details=Bilingual(
        "What follows -- is handed to the model's server as it is. A server that dies is started again.",
        "ما يلي -- يُسلَّم إلى خادم النموذج كما هو. والخادم الذي يتعطل يُعاد تشغيله.",
    ),
    examples=(
        ("fanar models serve small", Bilingual("on a laptop", "على حاسوب محمول")),
        ("fanar models serve prime -- --quantization fp8", Bilingual("with an option of vLLM", "مع خيار من خيارات vLLM")),
    ),
    parameters={
        "name": _NAME,
        "options": Bilingual("Options of the model's server.", "خيارات خادم النموذج."),
        "detach": Bilingual("Return when it answers and leave it running.", "ارجع حين يجيب واتركه يعمل."),
        "while_pid": Bilingual("Stop when the process of this number ends.", "توقف حين تنتهي العملية ذات هذا الرقم."),
    },
)
_STOP = Help(Bilingual("Stop serving a model.", "أوقف تشغيل نموذج."), parameters={"name": _NAME})
_LOG = Help(Bilingual("Show what a model's server said last.", "اعرض آخر ما قاله خادم نموذج."), parameters={"name": _NAME})

_LICENCE = Bilingual("{title} ({repository}), licence {licence}: {url}", "‏{title} ({repository})، الرخصة {licence}: {url}")
_PULLED = Bilingual("{title} is here, revision {revision}.", "‏{title} موجود هنا، المراجعة {revision}.")
_LISTENS = Bilingual(
    "The platform listens with it once FANAR_SPEECH__MODEL={name} is set.", "تسمع به المنصة متى ضُبط FANAR_SPEECH__MODEL={name}."
)
_DRAWS = Bilingual("The platform draws with it once FANAR_IMAGE__MODEL={name} is set.", "ترسم به المنصة متى ضُبط FANAR_IMAGE__MODEL={name}.")
_LOOKS = Bilingual(
    "The platform looks with it at what was drawn once FANAR_IMAGE__CLASSIFIER={name} is set.",
    "تنظر به المنصة فيما رُسم متى ضُبط FANAR_IMAGE__CLASSIFIER={name}.",
)
_UNSERVED = Bilingual("No server serves {name}. {use}", "لا خادم يشغّل {name}. {use}")
# How the platform is told of weights that it loads itself, by what loads them.
_USES: Mapping[Engine, Bilingual] = {"whisper": _LISTENS, "diffusers": _DRAWS, "transformers": _LOOKS}
_NOT_RUNNING = Bilingual("{name} was not being served.", "لم يكن {name} قيد التشغيل.")
_NO_LOG = Bilingual("{name} has not been served here yet: fanar models serve {name}", "لم يُشغَّل {name} هنا بعد: fanar models serve {name}")
_COLUMNS = (
    Bilingual("name", "الاسم"),
    Bilingual("model", "النموذج"),
    Bilingual("as", "في موضع"),
    Bilingual("size", "الحجم"),
    Bilingual("licence", "الرخصة"),
    Bilingual("state", "الحال"),
)
_STATES = {
    "absent": Bilingual("not here", "غير موجود"),
    "here": Bilingual("here", "موجود"),
    "starting": Bilingual("starting", "قيد البدء"),
    "ready": Bilingual("running", "يعمل"),
    "restarting": Bilingual("restarting", "يُعاد تشغيله"),
}
_LOG_LINES = 40

app = typer.Typer()


@app.command("list", cls=documented(_LIST))
def list_models(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the models."""
    from orchestrator.serving.state import known_models

    terminal: Terminal = ctx.obj
    settings = load_settings()
    here = {installed.name: installed.revision for installed in _store(settings).installed()}
    running = {model.name: model for model in known_models(settings.data)}
    rows = [_told(weights, here.get(weights.name), running.get(weights.name), terminal) for weights in (*built_in(), *speech(), *images())]
    if as_json:
        terminal.json(rows)
    else:
        _show(rows, terminal)
    return Exit.OK


@app.command(cls=documented(_PULL))
def pull(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    folder: Annotated[Path | None, typer.Option("--from", metavar="FOLDER")] = None,
    link: Annotated[bool, typer.Option("--link")] = False,
    revision: Annotated[str | None, typer.Option("--revision", metavar="ID")] = None,
) -> int:
    """Pull a model's weights."""
    terminal: Terminal = ctx.obj
    settings, weights = load_settings(), _catalog(name).find(name)
    if weights.base is not None and folder is None:
        pull(ctx, weights.base)
    facts = {"title": weights.title, "repository": weights.repository, "licence": weights.licence, "url": weights.licence_url}
    terminal.note(_LICENCE.format(**facts), style="")
    with reporting(terminal) as report:
        made = _store(settings).pull(weights, _source(weights, settings, folder, revision, link=link), report=report)
    terminal.note(_PULLED.format(title=weights.title, revision=made.revision), style="green")
    if not weights.seats:
        terminal.note(_USES[weights.engine].format(name=name), style="")
    return Exit.OK


@app.command(cls=documented(_SERVE))
def serve(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    options: Annotated[list[str] | None, typer.Argument(metavar="[-- OPTIONS]")] = None,
    detach: Annotated[bool, typer.Option("--detach")] = False,
    while_pid: Annotated[int | None, typer.Option("--while-pid", metavar="PID", min=1)] = None,
) -> int:
    """Serve a pulled model."""
    from orchestrator.serving.server import ModelServer

    terminal: Terminal = ctx.obj
    settings, weights = load_settings(), _language_model(name)
    # What is missing is said now and here, also for a server in the background.
    server = ModelServer(weights, settings=settings, options=options or ())
    if detach:
        keep_apart(weights, settings, terminal, options=options or [], while_pid=while_pid)
    else:
        asyncio.run(keep(server, weights, settings, terminal, while_pid=while_pid))
    return Exit.OK


@app.command(cls=documented(_STOP))
def stop(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Stop serving a model."""
    from orchestrator.serving.server import stop_server

    terminal: Terminal = ctx.obj
    weights = _language_model(name)
    with terminal.waiting():
        stopped = stop_server(load_settings().data, weights.name)
    terminal.note((STOPPED if stopped else _NOT_RUNNING).format(name=weights.name), style="")
    return Exit.OK


@app.command(cls=documented(_LOG))
def log(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Show the end of a server's log."""
    from orchestrator.serving.server import log_file

    terminal: Terminal = ctx.obj
    weights = _language_model(name)
    path = log_file(load_settings().data, weights.name)
    if not path.exists():
        raise NotFoundError(_NO_LOG.format(name=weights.name))
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    terminal.write("\n".join(lines) + "\n")
    return Exit.OK


def _catalog(name: str) -> WeightsCatalog:
    return next((catalog for catalog in (speech(), images()) if name in catalog), built_in())


def _language_model(name: str) -> Weights:
    """Return the weights that a server serves under this name. Raises NotFoundError, UnprocessableError for those that none serves."""
    weights = _catalog(name).find(name)
    if not weights.seats:
        raise UnprocessableError(_UNSERVED.format(name=name, use=_USES[weights.engine].format(name=name)))
    return weights


def _store(settings: Settings) -> WeightsStore:
    from fanar.weights.store import WeightsStore

    return WeightsStore(settings.data / "weights")


def _source(weights: Weights, settings: Settings, folder: Path | None, revision: str | None, *, link: bool) -> WeightsSource:
    from fanar.weights.folder import FolderSource

    if folder is not None:
        return FolderSource(folder, link=link)
    from fanar.weights.hub import HubSource

    token = settings.hub_token.get_secret_value() if settings.hub_token else None
    return HubSource(weights.repository, revision=revision or weights.revision, url=settings.hub_url, token=token)


def _told(weights: Weights, revision: str | None, running: RunningModel | None, terminal: Terminal) -> Json:
    state = running.state if running else "here" if revision else "absent"
    return {
        "name": weights.name,
        "title": weights.title,
        "repository": weights.repository,
        "seats": list(weights.seats),
        "bytes": weights.bytes,
        "licence": weights.licence,
        "why": terminal.text(weights.why),
        "revision": revision,
        "state": state,
        "url": running.url if running else None,
    }


def _show(rows: list[Json], terminal: Terminal) -> None:
    from rich.table import Table

    table = Table(*(terminal.text(column) for column in _COLUMNS), box=None, pad_edge=False)
    # Names are what other commands are given: a narrow terminal must not cut them.
    table.columns[0].no_wrap, table.columns[0].overflow = True, "ignore"
    for row in rows:
        size, state = f"{row['bytes'] / 1e9:.1f} GB", terminal.text(_STATES[row["state"]])
        table.add_row(row["name"], row["title"], ", ".join(row["seats"]), size, row["licence"], state)
    terminal.show(table)
    for row in rows:
        terminal.show(f"\n{row['name']}: {printable(row['why'])}")
