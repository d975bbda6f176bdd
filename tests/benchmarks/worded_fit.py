"""Fits how likely a verse is meant whose wordings a text is near: `python -m tests.benchmarks.worded_fit ARCHIVE`; writes nothing.

Our own English questions, those that nothing answers too, against the one translation that may go along with the Quran: the archive
quran-json-3.1.2.tgz, as fetched by npm pack. The numbers stand in `rag.islamic.worded`, rounded.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag.ingest.quran import quran_documents
from rag.ingest.quran_json import read_quran_json
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.worded import InstalledWordings, Worded
from rag.islamic.wordings import build_wordings, open_wordings
from tests.benchmarks.retrieval_library import calibration_questions

_RIDGE = 0.05
Floats = NDArray[np.float64]
_NAMES = ("share", "lead", "intercept")


def main(archive: Path) -> None:
    """Print the numbers."""
    documents = quran_documents(load_tanzil(), load_subjects(), translation=read_quran_json(archive))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "wordings"
        build_wordings(folder, documents, language="en")
        installed = InstalledWordings(shelf=lambda: [open_wordings(folder, name="translation")], verses=documents)
        questions = [each for each in calibration_questions() if each.variety == "english"]
        # What surely only asks would be left out: here every question counts.
        found = [(installed.of(each.text.rstrip("?")), each.accepted) for each in questions]
    rows = np.array([_row(worded) for worded, _ in found if worded])
    right = np.array([worded.verse.id in accepted for worded, accepted in found if worded])
    for number, weight in zip(_NAMES, _fit(rows, right), strict=True):
        print(f"{number:10} {weight:.2f}")


def _row(worded: Worded) -> tuple[float, float, float]:
    return worded.share, worded.lead, 1.0


def _fit(rows: Floats, right: Floats) -> Floats:
    signs = np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> float:
        return float(np.logaddexp(0, -signs * (rows @ weights)).sum() + _RIDGE * weights[:-1] @ weights[:-1])

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), method="L-BFGS-B").x)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("archive", type=Path)
    main(options.parse_args().archive)
