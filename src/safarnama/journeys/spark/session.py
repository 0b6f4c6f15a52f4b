"""A session on a cluster, and the package on its workers."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import socket
import sys
import tarfile
import tempfile
import warnings
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import safarnama
from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.journeys.spark import arriving


def session_on(engine: str) -> Any:
    """A SparkSession whose master is ``engine``: spark://HOST:PORT, yarn, k8s://…, local[*]. Raises ``Mistake`` when Spark or
    Java is not installed here, and when there is no such master."""
    if not engine.startswith(("spark://", "k8s://", "local")) and engine != "yarn":
        raise Mistake(_ENGINE, seen=engine)
    if importlib.util.find_spec("pyspark") is None:
        raise Mistake(_NO_SPARK)
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise Mistake(_NO_JAVA)
    if engine.startswith("spark://"):
        _reach(engine)
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        session = (
            SparkSession.builder.master(engine)
            .appName("safarnama")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
    except Exception as error:
        raise Mistake(_NO_MASTER, engine=engine, reason=str(error).strip().splitlines()[0]) from error
    # What it says of pandas concerns a part of it that is not used here.
    warnings.filterwarnings("ignore", category=FutureWarning, module=r"pyspark\.")
    return session


def _reach(engine: str) -> None:
    """Spark itself says only after a minute that nobody answers, and at length."""
    masters = engine.removeprefix("spark://").split(",")
    why = ""
    for master in masters:
        host, _, port = master.rpartition(":")
        if not host or not port.isdigit():
            raise Mistake(_ENGINE, seen=engine)
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
        except OSError as error:
            why = error.strerror or str(error)
        else:
            return
    raise Mistake(_NO_MASTER, engine=engine, reason=why)


def ship(session: Any) -> None:
    """Send this very package to the workers, so that both sides are the same version whatever is installed there."""
    session.addArtifact(str(_archive()), pyfile=True)


@cache
def _archive() -> Path:
    """What is sent: the same sources make the same name, under which workers keep it. See ``arriving``."""
    folder = Path(safarnama.__file__).parent
    sources = sorted(folder.rglob("*.py"))
    packed, name = BytesIO(), hashlib.sha256()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as tar:
        for path in [*sources, *sorted(folder.rglob("__pycache__/*.nb?"))]:
            tar.add(path, Path("safarnama") / path.relative_to(folder))
    for path in sources:
        name.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    target = Path(tempfile.mkdtemp(prefix="safarnama-")) / f"safarnama-{name.hexdigest()[:16]}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(arriving.__file__, "safarnama.py")
        archive.writestr(arriving.TAR, packed.getvalue())
    return target


_ENGINE = Text(
    en="{seen} is no engine. Write spark://HOST:PORT, yarn, k8s://… or local[*]; without --engine it is asked on this machine.",
    fa="{seen} موتور نیست. بنویسید spark://HOST:PORT یا yarn یا k8s://… یا local[*]؛ بدون ‎--engine از همین دستگاه پرسیده می‌شود.",
)
_NO_SPARK = Text(
    en="Spark is not installed here. Install it: pip install 'safarnama[spark]'",
    fa="اسپارک اینجا نصب نیست. نصب کنید: pip install 'safarnama[spark]'",
)
_NO_JAVA = Text(
    en="Spark needs Java 17 or newer, and there is none here. On Debian: apt-get install default-jre-headless",
    fa="اسپارک به جاوای ۱۷ یا تازه‌تر نیاز دارد و اینجا نیست. در دبیان: apt-get install default-jre-headless",
)
_NO_MASTER = Text(
    en="No session on {engine} ({reason}). Is the master running, and can this machine reach it?",
    fa="نشستی روی {engine} ساخته نشد ({reason}). آیا master روشن است و این دستگاه به آن می‌رسد؟",
)
