"""What Schemathesis checks on every answer besides its own checks, and how it makes requests that get further than the first door.

Loaded by Schemathesis in its own environment; counts what it sent and writes that to the file named by COUNTS at the end.
"""

import atexit
import collections
import functools
import json
import os
import pathlib
import re

import jsonschema_rs
import schemathesis

# Models that are there, by the field of the request that is for them.
MODELS = {
    "messages": ("Fanar", "Fanar-S-1-7B", "Fanar-C-2-27B", "Fanar-Sadiq", "Fanar-Diwan", "Islamic-RAG"),
    "content": ("Fanar-S-1-7B", "Fanar-C-2-27B", "Fanar"),
    "input": ("fanar-embedder",),
}
RESEARCH = "/v1/sadiq/deep-research"
RESEARCHERS = ("Fanar-Sadiq", "Fanar-Sadiq-2", "Islamic-RAG")
PROMPTS = ("What is the capital of Qatar?", "ما حكم صيام المسافر؟", "What is 17 * 23?", "اقرأ آية الكرسي", "ارسم لي سفينة")
MODEL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}")
# What names something of the caller's own, and how that is written.
POINTERS = ("parent_id", "branch", "current", "after")
OWN_ID = re.compile(r"[a-z]{1,8}-[0-9a-f]{32}")
ENVELOPE = {"code", "message", "status", "param", "type"}
# The codes of failures that are honest: something is missing or busy, and the answer says what.
HONEST = {503: {"model_not_configured", "overloaded"}, 504: {"timeout"}}
# How our validation words what a schema forbids: it must not refuse what the published schema allows.
FORBIDDEN_BY_SCHEMA = re.compile(
    r"Unknown fields: | is required\.$| must hold | is not one of the forms| is not written in the form"
    r"| must be (?:an? |true|null|one of: |greater than -?\d|at (?:least|most) -?\d)"
)
SENT = collections.Counter()


@schemathesis.hook
def map_body(context, body):
    """Name models that are there, since no random id is one, and let somebody ask something in each conversation."""
    body = _pointing_nowhere_left_out(body)
    there = next((models for field, models in MODELS.items() if isinstance(body, dict) and field in body), ())
    if there and context.operation.path == RESEARCH:
        there = RESEARCHERS
    if not there:
        return body
    name, messages = body.get("model"), body.get("messages")
    if isinstance(name, str) and MODEL_ID.fullmatch(name):
        body = {**body, "model": there[len(name) % len(there)]}
    if isinstance(messages, list) and messages and not any(_asks(message) for message in messages):
        body = {**body, "messages": [*messages, {"role": "user", "content": PROMPTS[len(messages) % len(PROMPTS)]}]}
    return body


@schemathesis.hook
def map_query(context, query):
    """Name nothing that is not there, in half of the requests."""
    return _pointing_nowhere_left_out(query)


def _pointing_nowhere_left_out(fields):
    """Leave out ids that are written as ours are and are nobody's, but for those that begin with a vowel: somebody may guess."""
    if not isinstance(fields, dict):
        return fields
    kept = {name: value for name, value in fields.items() if name not in POINTERS or not _points_nowhere(value)}
    if isinstance(kept.get("messages"), list):
        kept["messages"] = [_pointing_nowhere_left_out(message) for message in kept["messages"]]
    return kept


def _points_nowhere(value):
    return isinstance(value, str) and OWN_ID.fullmatch(value) and value[0] not in "aeiou"


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Name what is there in half of the requests for a research job, a conversation, a file or a collection: no random id is one."""
    if context.operation.path.startswith(RESEARCH) and path_parameters and len(str(path_parameters.get("id"))) % 2:
        return {**path_parameters, "id": os.environ["JOB"]}
    there = next((id_ for path, id_ in json.loads(os.environ["KEPT"]).items() if context.operation.path.startswith(path)), None)
    if not there or not path_parameters:
        return path_parameters
    if context.operation.method.lower() == "delete" and not context.operation.path.endswith("/share"):
        # What is deleted is there for no request after; and an id that stood in an answer is tried again by itself.
        return {**path_parameters, "id": "nobody"} if path_parameters.get("id") == there else path_parameters
    if len(str(path_parameters.get("id"))) % 2:
        return {**path_parameters, "id": there}
    return path_parameters


def _asks(message):
    return isinstance(message, dict) and message.get("role") == "user"


@schemathesis.hook
def after_call(context, case, response):
    """Count."""
    SENT[response.status_code] += 1


@schemathesis.check
def failures_wear_the_envelope(ctx, response, case):
    """Every failure says what it is in the same form, and repeats no path and no trace."""
    if response.status_code < 400:
        return
    error = json.loads(response.content)["error"]
    assert set(error) == ENVELOPE, f"the envelope holds {sorted(error)}"
    assert error["status"] == response.status_code, "the envelope's status is not the answer's"
    assert error["message"], "the envelope says nothing"
    assert not re.search(r"Traceback|site-packages|/work/|/root/|/home/", response.text), "the answer tells of our insides"


@schemathesis.check
def server_errors_are_honest(ctx, response, case):
    """Nothing is 500 or more but what is missing or busy."""
    if response.status_code >= 500:
        code = json.loads(response.content)["error"]["code"]
        assert code in HONEST.get(response.status_code, ()), f"{response.status_code} {code}"


@functools.cache
def _allows(operation):
    """Return what the document says of bodies of this operation, as a validator that is not Schemathesis's reads it."""
    document = operation.schema.raw_schema
    body = document["paths"][operation.path][operation.method.lower()]["requestBody"]["content"]["application/json"]["schema"]
    return jsonschema_rs.Draft202012Validator({**body, "components": document["components"]}).is_valid


@schemathesis.check
def the_document_and_the_validation_agree(ctx, response, case):
    """What the document allows is refused for what a schema cannot say only: fields that contradict one another, characters, models."""
    if response.status_code != 422 or case.media_type != "application/json" or not _allows(case.operation)(case.body):
        return
    message = json.loads(response.content)["error"]["message"]
    # JSON Schema takes 1.0 for an integer; a request that means one writes 1.
    if message.endswith(" must be an integer."):
        return
    assert not FORBIDDEN_BY_SCHEMA.search(message), f"the document allows what is refused: {message}"


@atexit.register
def _write():
    pathlib.Path(os.environ["COUNTS"]).write_text(json.dumps(SENT), encoding="utf-8")
