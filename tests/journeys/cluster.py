"""A real Spark cluster on this machine: a master and two workers of one core each, whose Python does not have the package."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Cluster:
    """``url`` is what ``--engine`` takes; ``workers`` the processes, for killing one."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self.folder = folder
        self.home = Path(pyspark.__file__).parent
        port, web = _free(), _free()
        self.url = f"spark://127.0.0.1:{port}"
        self.python = _bare_python(folder)
        self.environment = {
            **os.environ,
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "512m",
            "PYSPARK_PYTHON": self.python,
            "HOME": str(folder),  # where workers keep the package
            # Six short-lived machines on two cores: compiling well costs them more than it brings.
            "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        }
        self.environment.pop("PYTHONPATH", None)
        self._all = [self._start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(web))]
        time.sleep(4)
        self.workers = [self._worker(number) for number in range(2)]
        self._all += self.workers

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        work = str(self.folder / f"worker{number}")
        return self._start(
            "worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--work-dir", work,
            "--webui-port", str(_free()), self.url,
        )  # fmt: skip

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
        with open(self.folder / f"{name}-{len(list(self.folder.glob('*.log')))}.log", "wb") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def session(self) -> Any:
        from pyspark.sql import SparkSession

        os.environ |= {
            name: self.environment[name] for name in ("SPARK_LOCAL_IP", "PYSPARK_PYTHON", "JAVA_TOOL_OPTIONS")
        }
        return (
            SparkSession.builder.master(self.url)
            .appName("safarnama tests")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "800m")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()
        )

    def kill(self, worker: int) -> None:
        """A worker and its executor go at once, without a word."""
        os.killpg(self.workers[worker].pid, signal.SIGKILL)

    def stop(self) -> None:
        for process in self._all:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop()


def _bare_python(folder: Path) -> str:
    """A Python with the libraries of this one, but not the package that is tested: folders named in PYTHONPATH are read, links to
    a package under development in them are not."""
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{libraries}" exec {sys.executable} -S "$@"\n')
    script.chmod(0o755)
    return str(script)


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
