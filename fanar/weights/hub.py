"""Weights from a Hugging Face hub, through its own library. Knows nothing of where they are kept.

The library's own downloads begin a broken file anew; a shard is 5 GB, so here each file goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self, cast

import httpx2
from huggingface_hub import HfApi, hf_hub_url
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError
from huggingface_hub.file_download import http_get

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, NotConfiguredError, NotFoundError
from fanar.weights.files import Listing, Report, WeightsFile

_SECONDS = 20.0
_UNREACHABLE = Bilingual(
    "The hub could not be reached or broke off. What has come is kept: pull again to go on. "
    "FANAR_HUB_URL names another hub, and `fanar models pull NAME --from FOLDER` takes files that are here already.",
    "تعذّر الوصول إلى مستودع النماذج أو انقطع. ما وصل محفوظ: أعد التنزيل ليُستأنف. "
    "يحدد FANAR_HUB_URL مستودعًا آخر، ويأخذ الأمر `fanar models pull NAME --from FOLDER` ملفات موجودة هنا.",
)
_GATED = Bilingual(
    "The owner of these weights wants their terms accepted first: accept them on the model's page and set FANAR_HUB_TOKEN.",
    "يشترط مالك هذه الأوزان قبول شروطه أولًا: اقبلها في صفحة النموذج واضبط FANAR_HUB_TOKEN.",
)
_NO_REPOSITORY = Bilingual(
    "The hub has no such weights, or not for everybody: set FANAR_HUB_TOKEN if they are yours.",
    "لا توجد هذه الأوزان في المستودع، أو ليست متاحة للجميع: اضبط FANAR_HUB_TOKEN إن كانت لك.",
)
_NO_REVISION = Bilingual("The hub has no such revision of these weights.", "لا توجد هذه المراجعة من الأوزان في المستودع.")

# The first row that fits counts: the kinds are nested.
_BY_CLASS: tuple[tuple[type[Exception], type[FanarError], Bilingual], ...] = (
    (GatedRepoError, NotConfiguredError, _GATED),
    (RepositoryNotFoundError, NotFoundError, _NO_REPOSITORY),
    (RevisionNotFoundError, NotFoundError, _NO_REVISION),
    (HfHubHTTPError, ModelUnavailableError, _UNREACHABLE),
    (httpx2.HTTPError, ModelUnavailableError, _UNREACHABLE),
    (OSError, ModelUnavailableError, _UNREACHABLE),
)
_ERRORS = tuple(row[0] for row in _BY_CLASS)


class HubSource:
    """The weights of a repository of the hub at `url`."""

    def __init__(self, repository: str, *, revision: str = "main", url: str, token: str | None = None) -> None:
        self._repository = repository
        self._revision = revision
        self._url = url.rstrip("/")
        # False, not None: without a token of ours none that happens to lie on this machine is sent anywhere.
        self._token: str | bool = token or False

    @property
    def name(self) -> str:
        """Where that is, for the record."""
        return f"{self._url}/{self._repository}"

    def listing(self) -> Listing:
        """Return the repository's files at the commit that the revision means now."""
        api = HfApi(endpoint=self._url, token=self._token)
        with _mapped():
            info = api.model_info(self._repository, revision=self._revision, files_metadata=True, timeout=_SECONDS)
        files = tuple(
            WeightsFile(row.rfilename, row.size or 0, sha256=row.lfs.sha256 if row.lfs else None, blob=None if row.lfs else row.blob_id)
            for row in info.siblings or ()
        )
        return Listing(info.sha or self._revision, files)

    def fetch(self, listing: Listing, file: WeightsFile, into: Path, report: Report) -> None:
        """Write a file, going on from what `into` holds already."""
        url = hf_hub_url(self._repository, file.path, revision=listing.revision, endpoint=self._url)
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        with into.open("ab") as stream, _mapped():
            http_get(
                url,
                stream,
                resume_size=stream.tell(),
                headers=headers,
                expected_size=file.size,
                tqdm_class=cast("Any", partial(_Reporting, report)),
            )


class _Reporting:
    """What the library takes for a progress bar: reports what comes and shows nothing."""

    def __init__(self, report: Report, **_looks: object) -> None:
        self._report = report

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End."""

    def update(self, count: int) -> None:
        """Report bytes; less than none when what came before has to come again."""
        self._report(count)


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except _ERRORS as cause:
        error, message = next((error, message) for kind, error, message in _BY_CLASS if isinstance(cause, kind))
        raise error(message) from cause
