"""Signed statements in a file of where a picture or a sound comes from (C2PA), written and read offline. Knows nothing of pixels.

What is stated: that a machine made it, and of which kind that machine is: a rule (`algorithmicMedia`) or a trained model
(`trainedAlgorithmicMedia`), with which program, and the number that its watermark bears, if it has one. No prompt and no user is named.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import c2pa

from fanar.image.credentials import Credentials
from fanar.media import Origin

_SOURCES: Mapping[Origin, str] = {
    "rule": "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
    "model": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    # Lettering drawn by rule over what a model made; words that a voice reads between recordings.
    "composite": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic",
}
_ORIGINS = {source: origin for origin, source in _SOURCES.items()}
_NUMBER = "org.fanar.picture"
_OFFLINE = {"builder": {"thumbnail": {"enabled": False}}, "verify": {"ocsp_fetch": False, "remote_manifest_fetch": False}}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of itself. `intact` says that file and statement belong together and are as they were signed.

    `ours` says that this installation's key signed it; `origin` is None for kinds of sources that are not told apart here.
    """

    intact: bool
    ours: bool
    origin: Origin | None
    signer: str | None
    program: str | None
    number: int | None
    faults: tuple[str, ...] = ()


def stated(content: bytes, media_type: str, *, origin: Origin, model: str, credentials: Credentials, number: int | None = None) -> bytes:
    """Return the file with a signed statement in it."""
    actions = [{"action": "c2pa.created", "digitalSourceType": _SOURCES[origin], "softwareAgent": {"name": model}}]
    numbered = [] if number is None else [{"label": _NUMBER, "data": {"watermark": number}}]
    manifest = {
        "claim_generator_info": [{"name": "Fanar"}],
        "format": media_type,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}, *numbered],
    }
    info = c2pa.C2paSignerInfo(alg=b"es256", sign_cert=credentials.chain, private_key=credentials.key, ta_url=None)
    signed = io.BytesIO()
    with (
        c2pa.Settings.from_dict(_settings(credentials.authority)) as settings,
        c2pa.Context(settings) as context,
        c2pa.Builder(manifest, context) as builder,
        c2pa.Signer.from_info(info) as signer,
    ):
        builder.sign(signer, media_type, io.BytesIO(content), signed)
    return signed.getvalue()


def read(content: bytes, media_type: str, *, authority: bytes | None) -> Statement | None:
    """Return what a file states, None where it states nothing. `authority` is the certificate of the key that is ours."""
    try:
        with c2pa.Settings.from_dict(_settings(authority)) as settings, c2pa.Context(settings) as context:
            reader = c2pa.Reader.try_create(media_type, io.BytesIO(content), context=context)
            if reader is None:
                return None
            with reader:
                return _statement(json.loads(reader.json()))
    except c2pa.C2paError:
        return Statement(intact=False, ours=False, origin=None, signer=None, program=None, number=None, faults=("unreadable",))


def _settings(authority: bytes | None) -> dict[str, Any]:
    if authority is None:
        return _OFFLINE
    return {**_OFFLINE, "trust": {"user_anchors": authority.decode("ascii")}}


def _statement(told: Mapping[str, Any]) -> Statement:
    manifest = told["manifests"][told["active_manifest"]]
    state = told.get("validation_state")
    results = told.get("validation_results", {}).get("activeManifest", {})
    data = {row["label"]: row["data"] for row in manifest.get("assertions", ())}
    actions = data.get("c2pa.actions.v2", data.get("c2pa.actions", {})).get("actions", ())
    created: Mapping[str, Any] = next((action for action in actions if action.get("action") == "c2pa.created"), {})
    agent = created.get("softwareAgent")
    number = data.get(_NUMBER, {}).get("watermark")
    return Statement(
        intact=state in ("Valid", "Trusted"),
        ours=state == "Trusted",
        origin=_ORIGINS.get(created.get("digitalSourceType", "")),
        signer=manifest.get("signature_info", {}).get("issuer"),
        program=agent.get("name") if isinstance(agent, dict) else agent,
        number=number if isinstance(number, int) else None,
        faults=tuple(row["code"] for row in results.get("failure", ())),
    )
