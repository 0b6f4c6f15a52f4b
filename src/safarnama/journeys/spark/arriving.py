"""How the package arrives on a worker: as this file alone under the package's name, beside a tar of the whole package.

Imported on the worker, it unpacks the tar and gives its place to what was in it. Inside a zip no machine code of a kernel could
be found or kept. In the tar is the machine code that the sending machine had, so a worker like it compiles nothing. Before that
nothing of the package can be imported here.
"""

import contextlib
import os
import shutil
import sys
import tarfile
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

TAR = "package.tar"


def unpacked(tar: bytes, name: str) -> Path:
    """The folder with the contents of a tar. The first on a machine unpacks it under ``name`` in its user's cache; where that
    cannot be, it is unpacked for this process."""
    try:
        kept = Path.home() / ".cache" / "safarnama" / name
        if not kept.is_dir():
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            begun = Path(tempfile.mkdtemp(dir=kept.parent))
            # Another process may be faster, or there may be no room.
            with contextlib.suppress(OSError):
                try:
                    _unpack(tar, begun)
                    os.rename(begun, kept)
                finally:
                    shutil.rmtree(begun, ignore_errors=True)
        if kept.is_dir():
            return kept
    except (OSError, RuntimeError):  # no home, or none to write in
        pass
    alone = Path(tempfile.mkdtemp(prefix="safarnama-"))
    _unpack(tar, alone)
    return alone


def _unpack(tar: bytes, folder: Path) -> None:
    safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11 learnt it late
    with tarfile.open(fileobj=BytesIO(tar)) as archive:
        archive.extractall(folder, **safely)


if __name__ == "safarnama":
    _sent = Path(__file__).parent
    sys.path.insert(0, str(unpacked(zipfile.ZipFile(_sent).read(TAR), _sent.stem)))
    del sys.modules[__name__]
    import safarnama  # noqa: F401  the real one, from the folder
