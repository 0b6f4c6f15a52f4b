"""How the package arrives on a worker: as this file alone under the package's name, beside a tar of the whole package.

Imported on the worker, it unpacks the tar and gives its place to what was in it. Inside a zip no machine code of a kernel could
be found or kept. In the tar is the machine code that the sending machine had, so a worker like it compiles nothing. Before that
nothing of the package can be imported here.
"""

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
        home = Path.home() / ".cache" / "safarnama"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun = Path(tempfile.mkdtemp(dir=home))
    except (OSError, RuntimeError):
        home, begun = None, Path(tempfile.mkdtemp(prefix="safarnama-"))
    if home and (home / name).is_dir():
        begun.rmdir()
        return home / name
    safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11 learnt it late
    with tarfile.open(fileobj=BytesIO(tar)) as archive:
        archive.extractall(begun, **safely)
    if not home:
        return begun
    try:
        os.rename(begun, home / name)
    except OSError:  # another process was faster
        shutil.rmtree(begun, ignore_errors=True)
    return home / name


if __name__ == "safarnama":
    _sent = Path(__file__).parent
    sys.path.insert(0, str(unpacked(zipfile.ZipFile(_sent).read(TAR), _sent.stem)))
    del sys.modules[__name__]
    import safarnama  # noqa: F401  the real one, from the folder
