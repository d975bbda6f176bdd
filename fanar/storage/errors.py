"""Turns the database's errors into ours, by one table. Nothing else in the platform knows SQLAlchemy's error tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DisconnectionError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, FanarError, StorageError

_UNREACHABLE = Bilingual(
    "The database could not be reached or is busy. Check FANAR_DATABASE_URL and the data folder, or try again.",
    "تعذّر الوصول إلى قاعدة البيانات أو أنها مشغولة. تحقّق من FANAR_DATABASE_URL ومن مجلد البيانات، أو أعد المحاولة.",
)
_TABLE: tuple[tuple[type[SQLAlchemyError], type[FanarError], Bilingual], ...] = (
    (IntegrityError, ConflictError, Bilingual("It contradicts what is already stored.", "هذا يتعارض مع ما هو محفوظ من قبل.")),
    (OperationalError, StorageError, _UNREACHABLE),
    (DisconnectionError, StorageError, _UNREACHABLE),
    (PoolTimeoutError, StorageError, _UNREACHABLE),
    (SQLAlchemyError, StorageError, Bilingual("The database refused the operation.", "رفضت قاعدة البيانات العملية.")),
)


def translate(cause: SQLAlchemyError) -> FanarError:
    """Return our error for one of the database's."""
    return next(error(message) for foreign, error, message in _TABLE if isinstance(cause, foreign))


@contextmanager
def our_errors() -> Iterator[None]:
    """Raise our error in place of the database's, from its cause."""
    try:
        yield
    except SQLAlchemyError as cause:
        raise translate(cause) from cause
