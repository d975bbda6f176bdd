"""Counts the tokens of a text as the model that was named counts them: its own server is asked. Knows nothing of HTTP."""

from __future__ import annotations

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError, UnprocessableError
from fanar.llm.catalog import ModelCatalog, Service
from fanar.llm.tokenize import TokenCount
from orchestrator.backends.backend import Backend
from orchestrator.models import LanguageModels

_NO_LANGUAGE_MODEL = Bilingual(
    "Tokens are counted by one language model: name Star or Prime, such as Fanar-C-2-27B.",
    "يَعُدّ الرموز نموذج لغوي بعينه: سمِّ ستار أو برايم، مثل Fanar-C-2-27B.",
)
_NOT_CONNECTED = Bilingual(
    "No language model of this name is connected; set FANAR_STAR__URL or FANAR_PRIME__URL.",
    "لا نموذج لغوي متصلًا بهذا الاسم؛ اضبط FANAR_STAR__URL أو FANAR_PRIME__URL.",
)


class TokenCounter:
    """Counts with the tokenizers of Star and Prime."""

    def __init__(self, *, models: LanguageModels, catalog: ModelCatalog) -> None:
        self._models = models
        self._catalog = catalog

    async def count(self, text: str, *, model: str) -> TokenCount:
        """Return the count. Raises NotFoundError, UnprocessableError, NotConfiguredError where the server counts no tokens."""
        entry = self._catalog.find(model)
        if entry.service not in (Service.STAR, Service.PRIME):
            raise UnprocessableError(_NO_LANGUAGE_MODEL, param="model")
        backend = next(iter(self._models.order(entry.id, preferred=entry.service.value)), None)
        if not isinstance(backend, Backend):
            raise NotConfiguredError(_NOT_CONNECTED, param="model")
        return await backend.count_tokens(text)
