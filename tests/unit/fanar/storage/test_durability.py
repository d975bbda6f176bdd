"""What was acknowledged survives a kill."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.engine import open_engine

PROGRAM = """
import os, signal, sys
from fanar.documents import CorpusInfo, Document
from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade

engine = open_engine(sys.argv[1])
upgrade(engine)
repository = SqlCorpusRepository(engine=engine)
info = CorpusInfo("c", "", "1", "", "", "", 0, 0, "ar", "general")
repository.install(info, [Document(id="1", corpus="c", reference="1", text="kept")])

def breaks():
    for n in range(3000):
        yield Document(id=str(n), corpus="c", reference="1", text="lost")
    os.kill(os.getpid(), signal.SIGKILL)

repository.install(info, breaks())
"""


def test_a_kill_amid_an_installation_leaves_the_generation_before_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fanar.db"
    assert subprocess.run([sys.executable, "-c", PROGRAM, url], check=False).returncode == -9
    repository = SqlCorpusRepository(engine=open_engine(url))
    assert [document.text for document in repository.documents("c")] == ["kept"]
    assert [info.generation for info in repository.corpora()] == [1]
