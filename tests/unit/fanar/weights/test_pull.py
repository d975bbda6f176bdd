"""Pulling weights: from a hub that breaks, lies and refuses, and from a folder."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from fanar.errors import (
    ConflictError,
    ModelUnavailableError,
    NotConfiguredError,
    NotFoundError,
    StorageError,
    UnprocessableError,
)
from fanar.weights.catalog import Weights
from fanar.weights.files import Listing, Report, WeightsFile, WeightsSource, sha256_of
from fanar.weights.folder import FolderSource
from fanar.weights.hub import HubSource
from fanar.weights.store import PullProgress, WeightsStore
from tests.fakes.hub import COMMIT, Hub
from tests.unit.fanar.weights.conftest import FILES

BIG = "model.safetensors"
WANTED = {"config.json", "tokenizer.json", BIG, "README.md"}


def quiet(_progress: PullProgress) -> None:
    """Report to nobody."""


@pytest.fixture(params=["hub", "folder", "links"])
def anywhere(request: pytest.FixtureRequest, source: HubSource, folder: Path) -> WeightsSource:
    return {"hub": source, "folder": FolderSource(folder), "links": FolderSource(folder, link=True)}[request.param]


def test_a_pull_brings_every_wanted_file_as_it_was(anywhere: WeightsSource, store: WeightsStore, weights: Weights) -> None:
    made = store.pull(weights, anywhere, report=quiet)
    assert {file.path for file in made.files} == WANTED
    for name in WANTED:
        assert (store.folder("small") / name).read_bytes() == FILES[name]
    assert made.source == anywhere.name


def test_a_pull_records_what_it_brought(anywhere: WeightsSource, store: WeightsStore, weights: Weights) -> None:
    made = store.pull(weights, anywhere, report=quiet)
    assert store.installed() == [made] == [store.find("small")]
    assert all(file.sha256 == sha256_of(store.folder("small") / file.path) for file in made.files)
    assert made.size == sum(len(FILES[name]) for name in WANTED)


def test_the_commit_that_a_moving_revision_meant_is_recorded(source: HubSource, store: WeightsStore, weights: Weights) -> None:
    assert store.pull(weights, source, report=quiet).revision == COMMIT


def test_nothing_that_could_run_code_is_brought(anywhere: WeightsSource, store: WeightsStore, weights: Weights) -> None:
    store.pull(weights, anywhere, report=quiet)
    brought = {path.name for path in store.folder("small").iterdir()}
    assert not brought & {"pytorch_model.bin", "modeling_tiny.py"}


def test_weights_that_are_only_a_pickle_are_refused(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    del hub.files[BIG]
    with pytest.raises(UnprocessableError):
        store.pull(weights, source, report=quiet)
    assert store.installed() == []


@pytest.mark.parametrize("path", ["../out.json", "/etc/out.json", "a\\..\\out.json", "a\n.json"])
def test_a_file_outside_the_folder_is_refused(
    hub: Hub, source: HubSource, store: WeightsStore, weights: Weights, tmp_path: Path, path: str
) -> None:
    hub.files[path] = b"{}"
    with pytest.raises(UnprocessableError):
        store.pull(weights, source, report=quiet)
    assert not list(tmp_path.rglob("out.json"))


def test_progress_ends_at_the_whole(anywhere: WeightsSource, store: WeightsStore, weights: Weights) -> None:
    reports: list[PullProgress] = []
    made = store.pull(weights, anywhere, report=reports.append)
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert reports[-1].done == reports[-1].total == made.size


def test_a_connection_that_breaks_is_taken_up_where_it_stopped(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    hub.cut = 70_000
    store.pull(weights, source, report=quiet)
    assert (store.folder("small") / BIG).read_bytes() == FILES[BIG]
    assert "bytes=70000-" in [asked for _, asked, _ in hub.requests]


def test_a_pull_that_died_goes_on_from_what_came(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    class Power(BaseException):
        """The machine is switched off."""

    def pull_the_plug(progress: PullProgress) -> None:
        if progress.done > 100_000:
            raise Power

    with pytest.raises(Power):
        store.pull(weights, source, report=pull_the_plug)
    assert store.installed() == []
    with pytest.raises(NotConfiguredError):
        store.find("small")

    hub.requests.clear()
    reports: list[PullProgress] = []
    made = store.pull(weights, source, report=reports.append)
    assert store.damaged("small") == []
    assert reports[-1].done == made.size
    large = [asked for path, asked, _ in hub.requests if path.endswith(BIG)]
    assert large
    assert all(asked and asked.startswith("bytes=") and asked != "bytes=0-" for asked in large)
    assert not [path for path, _, _ in hub.requests if path.endswith("config.json")]


def test_a_hub_without_ranges_is_asked_for_the_whole_again(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    hub.cut, hub.ranges = 70_000, False
    store.pull(weights, source, report=quiet)
    assert (store.folder("small") / BIG).read_bytes() == FILES[BIG]


@pytest.mark.parametrize("name", [BIG, "config.json"])
def test_a_file_that_is_not_what_the_hub_promised_is_thrown_away(
    hub: Hub, source: HubSource, store: WeightsStore, weights: Weights, name: str
) -> None:
    hub.corrupt = frozenset((name,))
    with pytest.raises(ModelUnavailableError, match="checksum"):
        store.pull(weights, source, report=quiet)
    assert store.installed() == []
    hub.corrupt = frozenset()
    store.pull(weights, source, report=quiet)
    assert store.damaged("small") == []


def test_what_is_there_at_this_revision_is_not_pulled_again(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    first = store.pull(weights, source, report=quiet)
    hub.requests.clear()
    assert store.pull(weights, source, report=quiet) == first
    assert all("/resolve/" not in path for path, _, _ in hub.requests)


def test_a_new_revision_replaces_the_old_one_whole(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    store.pull(weights, source, report=quiet)
    hub.commit = "f" * 40
    hub.files.pop("README.md")
    store.pull(weights, source, report=quiet)
    assert store.find("small").revision == "f" * 40
    assert not (store.folder("small") / "README.md").exists()


def test_a_failed_update_leaves_the_old_weights_in_use(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    first = store.pull(weights, source, report=quiet)
    hub.commit, hub.refuses = "f" * 40, True
    with pytest.raises(ModelUnavailableError):
        store.pull(weights, source, report=quiet)
    assert store.find("small") == first
    assert store.damaged("small") == []


def test_damaged_files_are_named_and_pulled_again(source: HubSource, store: WeightsStore, weights: Weights) -> None:
    store.pull(weights, source, report=quiet)
    (store.folder("small") / BIG).write_bytes(b"gone bad")
    (store.folder("small") / "config.json").unlink()
    assert set(store.damaged("small")) == {BIG, "config.json"}
    store.pull(weights, source, report=quiet)
    assert store.damaged("small") == []


def test_a_partial_file_longer_than_the_whole_is_begun_anew(
    source: HubSource, store: WeightsStore, weights: Weights, tmp_path: Path
) -> None:
    partial = tmp_path / "weights" / ".partial" / "small" / COMMIT
    partial.mkdir(parents=True)
    (partial / "config.json").write_bytes(b"x" * 1000)
    store.pull(weights, source, report=quiet)
    assert store.damaged("small") == []


def test_removed_weights_are_gone(source: HubSource, store: WeightsStore, weights: Weights) -> None:
    store.pull(weights, source, report=quiet)
    store.remove("small")
    assert store.installed() == []
    assert not store.folder("small").exists()
    with pytest.raises(NotConfiguredError, match="fanar models pull small"):
        store.remove("small")


def test_two_pulls_of_the_same_weights_do_not_meet(source: HubSource, store: WeightsStore, weights: Weights, tmp_path: Path) -> None:
    lock = tmp_path / "weights" / ".partial" / "small.lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ConflictError):
            store.pull(weights, source, report=quiet)


class _Huge:
    """A source of more than any disk holds."""

    name = "huge"

    def listing(self) -> Listing:
        return Listing("1", (WeightsFile("model.safetensors", 10**18),))

    def fetch(self, listing: Listing, file: WeightsFile, into: Path, report: Report) -> None:
        raise AssertionError


def test_weights_larger_than_the_disk_are_not_begun(store: WeightsStore, weights: Weights) -> None:
    with pytest.raises(StorageError, match="FANAR_DATA"):
        store.pull(weights, _Huge(), report=quiet)


def test_a_token_is_sent_to_the_hub_where_one_is_set(hub: Hub, store: WeightsStore, weights: Weights) -> None:
    hub.token = "secret"
    with pytest.raises(NotFoundError, match="FANAR_HUB_TOKEN"):
        store.pull(weights, HubSource(hub.repository, url=hub.url), report=quiet)
    store.pull(weights, HubSource(hub.repository, url=hub.url, token="secret"), report=quiet)
    assert store.damaged("small") == []


def test_no_token_that_lies_on_this_machine_is_sent(
    hub: Hub, source: HubSource, store: WeightsStore, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "somebody's")
    store.pull(weights, source, report=quiet)
    assert {authorization for _, _, authorization in hub.requests} == {None}


def test_weights_whose_terms_are_not_accepted_name_the_way(hub: Hub, source: HubSource, store: WeightsStore, weights: Weights) -> None:
    hub.gated = True
    with pytest.raises(NotConfiguredError, match="FANAR_HUB_TOKEN"):
        store.pull(weights, source, report=quiet)


def test_what_the_hub_does_not_have_is_not_found(hub: Hub) -> None:
    with pytest.raises(NotFoundError):
        HubSource("owner/other", url=hub.url).listing()
    with pytest.raises(NotFoundError):
        HubSource(hub.repository, revision="v9", url=hub.url).listing()


def test_a_hub_that_is_away_names_the_other_ways() -> None:
    with pytest.raises(ModelUnavailableError, match=r"FANAR_HUB_URL.*--from"):
        HubSource("owner/tiny", url="http://127.0.0.1:9").listing()


def test_a_folder_that_is_none_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        FolderSource(tmp_path / "nothing").listing()


def test_a_file_that_vanishes_while_it_is_copied_is_said(folder: Path, store: WeightsStore, weights: Weights) -> None:
    class Vanishing(FolderSource):
        def listing(self) -> Listing:
            found = super().listing()
            (folder / BIG).unlink()
            return found

    with pytest.raises(ModelUnavailableError):
        store.pull(weights, Vanishing(folder), report=quiet)


def test_a_link_shares_the_bytes_and_a_copy_does_not(folder: Path, store: WeightsStore, weights: Weights) -> None:
    store.pull(weights, FolderSource(folder, link=True), report=quiet)
    assert (store.folder("small") / BIG).samefile(folder / BIG)
    store.remove("small")
    store.pull(weights, FolderSource(folder), report=quiet)
    assert not (store.folder("small") / BIG).samefile(folder / BIG)
