"""What `fanar route fit` does where FANAR_ROUTING__ENCODER is set: fit the encoder's head, and say what it gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanar.bilingual import Bilingual
from fanar.settings import Settings
from orchestrator.cli.terminal import Json, Terminal

if TYPE_CHECKING:
    from orchestrator.routing.fit_encoder import EncoderFit
    from orchestrator.routing.prompts import Prompt

FIGURES = {
    "accuracy": Bilingual("accuracy", "الدقة"),
    "macro_f1": Bilingual("macro-F1", "متوسط F1"),
    "islamic_recall": Bilingual("Islamic recall", "استدعاء الإسلامي"),
    "islamic_precision": Bilingual("Islamic precision", "إحكام الإسلامي"),
}
"""The figures of the route, as they are on its card and as people read them."""
_COLUMNS = (
    Bilingual("out of fold", "دون تدريب عليها"),
    Bilingual("n-grams alone", "المقاطع وحدها"),
    Bilingual("with encoder", "مع المُرمِّز"),
)
_SHARE = Bilingual("The encoder's share in what is decided is {share:.0%}.", "نصيب المُرمِّز من القرار {share:.0%}.")


def fit_head(settings: Settings, corrected: list[Prompt], terminal: Terminal) -> EncoderFit:
    """Fetch the encoder if it is not here, fit its head on the shipped and the corrected prompts, and keep it in the data folder."""
    from orchestrator.bootstrap.encoder import encoder_head, load_encoder
    from orchestrator.routing.fit_encoder import fit_encoder
    from orchestrator.routing.fusion import fingerprint, save_encoder_head
    from orchestrator.routing.prompts import read_prompts

    source = settings.routing.encoder or ""
    with terminal.waiting():
        encoder = load_encoder(source, fetch=True)
        made = fit_encoder([*read_prompts(), *corrected], encoder=encoder)
    save_encoder_head(encoder_head(settings.data), made.head, fingerprint=fingerprint(source, encoder.dimensions))
    return made


def show_head(made: EncoderFit, terminal: Terminal) -> None:
    """Print what the encoder gains."""
    from rich.table import Table

    table = Table(*(terminal.text(column) for column in _COLUMNS), box=None, pad_edge=False)
    for name, label in FIGURES.items():
        table.add_row(terminal.text(label), f"{made.before[name]:.4f}", f"{made.after[name]:.4f}")
    terminal.show(table)
    share = made.head.share
    terminal.note(_SHARE.format(share=share), style="")


def told_head(made: EncoderFit) -> Json:
    """Return the same for programs."""
    figures = {"before": {name: made.before[name] for name in FIGURES}, "after": {name: made.after[name] for name in FIGURES}}
    return {"share": made.head.share, **figures}
