"""Runs scenarios one after the other and prints what each saw or raised. Imports nothing that a client's environment may lack."""

import asyncio
import inspect
import json
import sys

FIELDS = ("status_code", "code", "param", "type", "body")


def observe(*scenarios):
    """Print one JSON object on the last line: for each scenario {"seen": …} or {"error": {…}}."""
    told = {scenario.__name__: _one(scenario) for scenario in scenarios}
    # Some clients print on their own.
    sys.stdout.write("\n" + json.dumps(told, default=str))


def _one(scenario):
    try:
        seen = scenario()
        return {"seen": asyncio.run(seen) if inspect.iscoroutine(seen) else seen}
    except Exception as error:  # noqa: BLE001  (whatever a client raises is what it saw)
        fields = {name: getattr(error, name, None) for name in FIELDS}
        return {"error": {"kind": type(error).__name__, "message": str(error), **fields}}
