"""What a vector store refuses, in words. Knows nothing of any store."""

from __future__ import annotations

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, IndexMismatchError, NotFoundError, UnprocessableError


def unknown_collection() -> NotFoundError:
    """There is no such collection."""
    return NotFoundError(
        Bilingual("There is no such index: run fanar corpora reindex to build it.", "لا يوجد فهرس كهذا: نفّذ fanar corpora reindex لبنائه.")
    )


def existing_collection() -> ConflictError:
    """There is such a collection already."""
    return ConflictError(Bilingual("There is an index of this name already.", "يوجد فهرس بهذا الاسم من قبل."))


def foreign_vectors() -> IndexMismatchError:
    """The vectors are another embedder's than the collection's."""
    return IndexMismatchError(
        Bilingual(
            "The index was built by another embedder than the one in use: run fanar corpora reindex.",
            "بُني الفهرس بنموذج تضمين غير المستعمل الآن: نفّذ fanar corpora reindex.",
        )
    )


def uneven_batch() -> UnprocessableError:
    """Ids, vectors and metadata are not of one length, or an id stands twice among them."""
    return UnprocessableError(
        Bilingual(
            "Every document needs one id of its own, one vector and one set of metadata.",
            "لا بد لكل وثيقة من معرّف خاص بها ومتجه واحد ومجموعة بيانات وصفية واحدة.",
        )
    )
