"""Finishes the vLLM environment: removes CUDA builds that cannot load here, and gives the rebuild the name vLLM looks itself up by."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

folder = Path(sys.argv[1])
python = folder / "bin" / "python"
subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "-y", "torchvision", "torchaudio", "torchcodec"], check=True)
(packages,) = (folder / "lib").glob("python3.*/site-packages")
named = packages / "vllm-0.32.0+cpu.dist-info"
named.mkdir(exist_ok=True)
(named / "METADATA").write_text("Metadata-Version: 2.1\nName: vllm\nVersion: 0.32.0+cpu\n", encoding="utf-8")
