"""Options that many commands have, and what their help says of them: one wording for each. Knows nothing of any command."""

from __future__ import annotations

from typing import Annotated

import typer

from fanar.bilingual import Bilingual

AsJson = Annotated[bool, typer.Option("--json")]
Server = Annotated[str | None, typer.Option("--server", metavar="URL")]

AS_JSON = Bilingual("Print JSON.", "اطبع بصيغة JSON.")
AS_THE_API = Bilingual("Print the result as the API gives it.", "اطبع النتيجة كما تعطيها الواجهة البرمجية.")
SERVER = Bilingual("Address of the server to ask.", "عنوان الخادم المطلوب.")
