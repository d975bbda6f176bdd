"""Where owners listen."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from fanar.errors import ConfigurationError
from fanar.workers.sockets import socket_path


def test_the_socket_lies_in_a_private_folder_beside_the_data(tmp_path: Path) -> None:
    path = socket_path(tmp_path, "chroma")
    assert path.is_relative_to(tmp_path)
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_too_deep_for_a_socket_gets_a_short_path_of_its_own(tmp_path: Path) -> None:
    deep = tmp_path / ("مجلد" * 20)
    paths = {socket_path(deep, "chroma"), socket_path(deep, "whisper"), socket_path(deep / "other", "chroma")}
    assert len(paths) == 3
    assert paths.isdisjoint({socket_path(tmp_path, "chroma")})
    for path in paths:
        assert path.parent.stat().st_mode & 0o777 == 0o700
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(os.fspath(path))
        path.unlink()


def test_the_same_folder_by_another_name_has_the_same_socket(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert socket_path(tmp_path / "link", "chroma") == socket_path(tmp_path, "chroma")


def test_a_folder_that_others_may_enter_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o755)
    with pytest.raises(ConfigurationError, match="FANAR_DATA"):
        socket_path(tmp_path, "chroma")


def test_a_link_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigurationError):
        socket_path(tmp_path, "chroma")
