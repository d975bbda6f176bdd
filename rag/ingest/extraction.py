"""`python -m rag.ingest.extraction`: reads the file on its input and writes its passages as lines of JSON, in a process of its own.

The file may be hostile: the process gives itself bounds on memory and time before it looks at it, and what it says is checked.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator

from fanar.errors import FanarError
from fanar.files import FilePassage
from rag.chunking import split_passages
from rag.ingest.readers import READERS
from rag.ingest.sections import Section


def main() -> None:
    """Read `KIND SECONDS BYTES` from the command line and a file from the input."""
    kind, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        for passage in passages_of(READERS[kind](sys.stdin.buffer.read())):
            _say([passage.text, passage.place, passage.page])
    except FanarError as refused:
        _say(refused.message.by_language())


def passages_of(sections: Iterator[Section]) -> Iterator[FilePassage]:
    """Yield the passages of a file's sections."""
    for section in sections:
        for chunk in split_passages(section.text):
            yield FilePassage(chunk.text, section.place, section.page)


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
