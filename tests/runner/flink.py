"""A real Flink for the tests: fetched once with Maven, started on free ports, stopped at the end."""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

HERE = Path(__file__).parent
RECIPE = ROOT / "docker" / "flink"
START_S = 120
COPY = "dependency:copy-dependencies"


class NoFlinkError(Exception):
    """The cluster cannot be had here; the message says why."""


def cache() -> Path:
    """The folder that keeps fetched jars."""
    named = os.environ.get("NEWSWATCH_TEST_CACHE")
    return Path(named).resolve() / "flink" if named else HERE / ".cache"


def fetched() -> Path:
    """The folder of the jars, fetched with Maven where they are not there yet; raises NoFlinkError."""
    jars, wanted = cache() / "jars", (RECIPE / "pom.xml").read_text("utf-8")
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes side by side: one fetches, the others wait
        complete = cache() / ".complete"
        if not complete.exists() or complete.read_text("utf-8") != wanted:
            _fetch(jars)
            complete.write_text(wanted, "utf-8")
    return jars


def _fetch(jars: Path) -> None:
    for program in ("mvn", "java"):
        if not shutil.which(program):
            raise NoFlinkError(f"no {program} on the PATH")
    shutil.rmtree(jars, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=cache(), prefix="fetch-") as work:
        shutil.copy(RECIPE / "pom.xml", work)
        command = ["mvn", "-B", "-q", f"-Dmaven.repo.local={work}/repository", COPY, f"-DoutputDirectory={work}/jars"]
        try:
            subprocess.run(command, cwd=work, check=True, capture_output=True, text=True, timeout=900)
        except subprocess.CalledProcessError as e:
            raise NoFlinkError(f"Maven could not fetch Flink: {(e.stdout + e.stderr).strip()[-300:]}") from None
        except subprocess.TimeoutExpired:
            raise NoFlinkError("Maven did not fetch Flink in 15 minutes") from None
        shutil.move(Path(work, "jars"), jars)


@dataclass
class Flink:
    """A manager, a task manager that may be killed, and a job server, on free ports of this machine."""

    jars: Path
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rpc, self.rest, self.jobs = free_ports(3)
        with zipfile.ZipFile(self.empty_jar, "w") as jar:
            jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")

    @property
    def empty_jar(self) -> Path:
        """What a job brings along: nothing, for all that it needs stands on the cluster's class path."""
        return self.folder / "empty.jar"

    def options(self) -> list[str]:
        """The arguments of a stream that is to run here."""
        endpoint = f"--job_endpoint=localhost:{self.jobs}"
        quick = ("--checkpointing_interval=1000", "--max_bundle_time_mills=100")
        master = f"--flink_master=localhost:{self.rest}"
        return ["--runner=FlinkRunner", endpoint, master, f"--files_to_stage={self.empty_jar}", *quick]

    def start(self) -> None:
        """Start all three; raises NoFlinkError."""
        self.start_one("manager", *self._addresses(), f"-Drest.port={self.rest}", "-Drest.bind-address=localhost")
        self.start_tasks()
        artifacts = f"--artifacts-dir={self.folder}/artifacts"
        ports = (f"--job-port={self.jobs}", "--artifact-port=0", "--expansion-port=0")
        self.start_one("jobs", f"--flink-master=http://localhost:{self.rest}", artifacts, *ports)
        self.until(lambda: _listens(self.jobs) and self.slots() > 0, "Flink did not start")

    def start_tasks(self) -> None:
        """Start a task manager."""
        here = ("-Dtaskmanager.bind-host=localhost", "-Dtaskmanager.host=localhost", f"-Dio.tmp.dirs={self.folder}")
        self.start_one("tasks", *self._addresses(), *here)

    def _addresses(self) -> tuple[str, ...]:
        manager = (
            "-Djobmanager.rpc.address=localhost",
            f"-Djobmanager.rpc.port={self.rpc}",
            "-Drest.address=localhost",
        )
        folder = f"-Dstate.checkpoints.dir=file://{self.folder}/checkpoints"
        return (*manager, "-Djobmanager.bind-host=localhost", folder)

    def start_one(self, role: str, *arguments: str) -> None:
        """Start one of them."""
        own = {"JARS": str(self.jars), "FLINK_CONF_DIR": str(RECIPE), "JAVA_OPTIONS": "-XX:TieredStopAtLevel=1"}
        with (self.folder / f"{role}.log").open("ab") as log:
            self.running[role] = subprocess.Popen(
                [RECIPE / "start.sh", role, *arguments],
                env={**os.environ, **own},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self, role: str) -> None:
        """Kill one of them, as a power cut would."""
        process = self.running.pop(role)
        process.kill()
        process.wait()

    def slots(self) -> int:
        """How many slots its task managers offer."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.rest}/overview", timeout=3) as answer:
                return int(json.load(answer)["slots-total"])
        except (OSError, ValueError):
            return 0

    def until(self, reached: Callable[[], object], failure: str, seconds: float = START_S) -> None:
        """Wait until that is so; raises NoFlinkError with what the logs say last."""
        end = time.monotonic() + seconds
        while not reached():
            ended = [role for role, process in self.running.items() if process.poll() is not None]
            if ended or time.monotonic() > end:
                raise NoFlinkError(f"{failure}: {ended} {self.said()}")
            time.sleep(0.2)

    def said(self) -> str:
        """The last words of their logs."""
        return "\n".join(f"{log.name}: {log.read_text(errors='replace')[-1500:]}" for log in self.folder.glob("*.log"))

    def stop(self) -> None:
        """Stop all."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def running() -> Iterator[Flink]:
    """Yield a started cluster; raises NoFlinkError."""
    with tempfile.TemporaryDirectory(prefix="newswatch-flink-", ignore_cleanup_errors=True) as folder:
        flink = Flink(fetched(), Path(folder))
        try:
            flink.start()
            yield flink
        finally:
            flink.stop()


def free_ports(many: int) -> list[int]:
    """So many ports that nobody uses now."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(many)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _listens(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0
