"""`fanar serve`: starts the platform, says what it can and cannot do, serves it, and stops it gracefully."""

from __future__ import annotations

import gc
from typing import Annotated, Literal

import typer

from fanar.bilingual import Bilingual
from fanar.settings import load_settings
from orchestrator.cli.help import Help
from orchestrator.cli.terminal import Terminal

HELP = Help(
    Bilingual("Start the platform and serve its API and page.", "شغّل المنصة مع واجهتها البرمجية وصفحتها."),
    details=Bilingual(
        "The first start installs the Quran and indexes it. Ctrl-C lets answers in progress finish, then stops.",
        "عند التشغيل الأول يُثبَّت القرآن ويُفهرس. ومع Ctrl-C تكتمل الأجوبة الجارية ثم تتوقف المنصة.",
    ),
    examples=(
        ("fanar serve", Bilingual("on http://127.0.0.1:8000, for this machine alone", "على http://127.0.0.1:8000 لهذا الجهاز وحده")),
        ("fanar serve --port 9000", Bilingual("on another port", "على منفذ آخر")),
        (
            "FANAR_STAR__URL=http://127.0.0.1:8001/v1 fanar serve",
            Bilingual("with a language model of any OpenAI-compatible server", "مع نموذج لغوي من أي خادم متوافق مع OpenAI"),
        ),
        (
            "fanar serve --only gateway",
            Bilingual("the language models alone: small, and up in a second", "النماذج اللغوية وحدها: صغيرة وتعمل في ثانية"),
        ),
        (
            "fanar serve --host 0.0.0.0",
            Bilingual("for others too; they need a key: fanar keys create", "للآخرين أيضًا؛ ويلزمهم مفتاح: fanar keys create"),
        ),
    ),
    parameters={
        "host": Bilingual("Address to listen on; otherwise FANAR_HOST.", "العنوان الذي يُستمع عليه؛ وإلا فـ FANAR_HOST."),
        "port": Bilingual("Port to listen on; otherwise FANAR_PORT.", "المنفذ الذي يُستمع عليه؛ وإلا فـ FANAR_PORT."),
        "workers": Bilingual("API worker processes; otherwise FANAR_WORKERS.", "عدد عمليات الواجهة؛ وإلا فـ FANAR_WORKERS."),
        "only": Bilingual(
            "Serve one part alone: gateway is the language models, without retrieval and scripture; otherwise FANAR_ONLY.",
            "قدّم جزءًا واحدًا: gateway هي النماذج اللغوية دون استرجاع ولا نصوص دينية؛ وإلا فـ FANAR_ONLY.",
        ),
    },
)


def serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option("--host", metavar="ADDRESS")] = None,
    port: Annotated[int | None, typer.Option("--port", "-p", metavar="N", min=1, max=65535)] = None,
    workers: Annotated[int | None, typer.Option("--workers", metavar="N", min=1, max=64)] = None,
    only: Annotated[Literal["gateway"] | None, typer.Option("--only")] = None,
) -> int:
    """Start the platform."""
    terminal: Terminal = ctx.obj
    given = {"host": host, "port": port, "workers": workers, "only": only}
    settings = load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    from orchestrator.cli.listening import listening

    with listening(settings) as socket:
        # What is imported and built from here on stays: the collector would walk through it again and again. It is back once all is built.
        gc.disable()
        try:
            # Heavy, so only once it is sure that the port is ours.
            from orchestrator.cli.serving import serve_alone, serve_together

            run = serve_alone if settings.workers == 1 else serve_together
            return run(settings, terminal, socket)
        finally:
            gc.enable()
