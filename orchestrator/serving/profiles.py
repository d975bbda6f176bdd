"""How vLLM serves each model: `deploy/vllm/NAME.yaml`, in vLLM's own format, so that `vllm serve --config` takes the same file by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, NotConfiguredError

# In a clone they lie with the other ways to deploy; a wheel carries them within the package.
_HERE = Path(__file__).parent
FOLDERS = (_HERE.parents[1] / "deploy" / "vllm", _HERE / "profiles")


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a profile the platform has to know; the rest is between the file and vLLM."""

    path: Path
    served_name: str
    context_tokens: int


def find_profile(name: str, *, folders: tuple[Path, ...] = FOLDERS) -> Profile:
    """Return the profile of a model. Raises NotConfiguredError when it has none, ConfigurationError when it cannot be used."""
    path = next((found for folder in folders if (found := folder / f"{name}.yaml").is_file()), None)
    if path is None:
        raise NotConfiguredError(
            Bilingual(
                f"There is no profile for serving {name} with vLLM: add deploy/vllm/{name}.yaml.",
                f"لا يوجد ملف تشغيل لتقديم {name} بواسطة vLLM: أضف deploy/vllm/{name}.yaml.",
            )
        )
    return _read(path)


def _read(path: Path) -> Profile:
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Profile(path, str(told["served-model-name"]), int(told["max-model-len"]))
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as cause:
        raise ConfigurationError(
            Bilingual(
                f"The profile {path.name} cannot be read: it needs served-model-name and max-model-len, in YAML.",
                f"تعذّرت قراءة ملف التشغيل {path.name}: يلزمه served-model-name وmax-model-len بصيغة YAML.",
            )
        ) from cause
