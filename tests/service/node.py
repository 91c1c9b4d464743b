"""A real Elasticsearch for the tests: fetched once with Maven, started on free ports, stopped at the end."""

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
NOBODY = 65534  # Elasticsearch refuses to run as root
START_S = 240
UNUSED = (
    "x-pack-migrate",
    "x-pack-redact",
    "x-pack-geoip-enterprise-downloader",
    "x-pack-apm-data",
    "x-pack-otel-data",
)
"""Modules that the tests never ask: without them the node starts sooner."""


class NoNodeError(Exception):
    """The node cannot be had here; the message says why."""


@dataclass(frozen=True)
class Release:
    """A version of Elasticsearch, the SonarQube that carries its modules, and the oldest JDK it takes."""

    version: str
    modules: str
    jdk: int
    plugins: tuple[str, ...] = ()


RELEASES = {
    "es94": Release("9.4.3", "26.9.0.129388", 21, plugins=("x-pack-kql",)),
    "es819": Release("8.19.13", "26.6.0.123539", 17),
}


def cache() -> Path:
    """Return the folder that keeps fetched nodes; root, who starts the node as nobody, needs one open to all."""
    named, own = os.environ.get("NEWSWATCH_TEST_CACHE"), HERE / ".cache"
    if named:
        return Path(named).resolve()
    shared = os.geteuid() == 0 and _closed(own)
    return Path(tempfile.gettempdir()).resolve() / "newswatch-test-node" if shared else own


def _closed(folder: Path) -> str:
    """Return the first folder above it that other users may not enter."""
    return next((str(p) for p in folder.parents if not p.stat().st_mode & 0o001), "")


def java_home(oldest: int) -> Path:
    """Return the newest JDK's folder; raises NoNodeError where none is new enough."""
    named = [os.environ[name] for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    java = shutil.which("java")
    homes = [
        *map(Path, named),
        *Path("/usr/lib/jvm").glob("*"),
        *([Path(java).resolve().parent.parent] if java else []),
    ]
    found = max(((_major(home), str(home)) for home in homes), default=(0, ""))
    if found[0] < oldest:
        raise NoNodeError(f"no JDK {oldest} or newer (looked at ES_JAVA_HOME, JAVA_HOME, /usr/lib/jvm and PATH)")
    return Path(found[1])


def _major(home: Path) -> int:
    release = home / "release"
    if not release.is_file():
        return 0
    version = re.search(r'JAVA_VERSION="(\d+)', release.read_text())
    return int(version[1]) if version else 0


def fetched(name: str) -> Path:
    """Return the folder of that release, fetched with Maven where it is not there yet; raises NoNodeError."""
    release, home = RELEASES[name], cache() / name
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes side by side: one fetches, the others wait
        if not (home / ".complete").exists():
            _fetch(release, home)
        for plugin in release.plugins:
            if not (home / f".{plugin}").exists():
                _add(plugin, release, home)
    return home


def _fetch(release: Release, home: Path) -> None:
    if not shutil.which("mvn"):
        raise NoNodeError("no Maven (mvn) to fetch Elasticsearch with")
    with tempfile.TemporaryDirectory(dir=cache(), prefix="fetch-") as work:
        _maven(Path(work), release)
        _assemble(Path(work) / "target", home)
    (home / ".complete").write_text(release.version)


def _add(plugin: str, release: Release, home: Path) -> None:
    """Put in one of Elasticsearch's own plugins, whole or not at all: another process may be starting the node."""
    if not shutil.which("mvn"):
        raise NoNodeError(f"no Maven (mvn) to fetch {plugin} with")
    with tempfile.TemporaryDirectory(dir=cache(), prefix="fetch-") as folder:
        work = Path(folder)
        artifact = f"-Dartifact=org.elasticsearch.plugin:{plugin}:{release.version}"
        _run(work, COPY, artifact, f"-DoutputDirectory={work}/jars")
        [jar] = (work / "jars").glob("*.jar")
        with zipfile.ZipFile(jar) as packed:
            described = [name for name in packed.namelist() if DESCRIBES.fullmatch(name)]
            made = work / described[0].split("/")[2]
            made.mkdir()
            for name in described:
                (made / Path(name).name).write_bytes(packed.read(name))
        for part in (jar, *(home / "modules" / "lang-painless").glob("antlr4-runtime-*.jar")):
            shutil.copy(part, made)
        for path in (made, *made.iterdir()):
            path.chmod(0o755)
        made.rename(home / "modules" / made.name)
    (home / f".{plugin}").write_text(release.version)


COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
DESCRIBES = re.compile(r"META-INF/es-plugins/[^/]+/[^/]+")


def _maven(work: Path, release: Release) -> None:
    shutil.copy(HERE / "pom.xml", work)
    _run(work, f"-Dnode.version={release.version}", f"-Dmodules.version={release.modules}", "generate-resources")


def _run(work: Path, *words: str) -> None:
    # a throw-away repository: the archives are 1 GB, what is kept of them 180 MB
    command = ["mvn", "-B", "-q", f"-Dmaven.repo.local={work}/repository", *words]
    try:
        subprocess.run(command, cwd=work, check=True, capture_output=True, text=True, timeout=1500)
    except subprocess.CalledProcessError as e:
        raise NoNodeError(f"Maven could not fetch Elasticsearch: {(e.stdout + e.stderr).strip()[-300:]}") from None
    except subprocess.TimeoutExpired:
        raise NoNodeError("Maven did not fetch Elasticsearch in 25 minutes") from None


def _assemble(target: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    shutil.move(next((target / "node").glob("elasticsearch-*")), home)
    (home / "plugins").mkdir(exist_ok=True)
    for module in (target / "modules").glob("*/elasticsearch/modules/*"):
        if module.name not in UNUSED and not (home / "modules" / module.name).exists():
            shutil.move(module, home / "modules" / module.name)
    for program in (home / "bin").iterdir():
        program.chmod(0o755)


@contextlib.contextmanager
def running(name: str = "es94") -> Iterator[str]:
    """Yield the URL of a started node; raises NoNodeError."""
    with made(name) as node:
        yield node.start()


@contextlib.contextmanager
def made(name: str = "es94") -> Iterator["Node"]:
    """Yield a node that can be started and stopped, and keeps its data meanwhile; raises NoNodeError."""
    home, java = fetched(name), java_home(RELEASES[name].jdk)
    with tempfile.TemporaryDirectory(dir=cache(), prefix="session-", ignore_cleanup_errors=True) as session:
        node = Node(home, java, Path(session))
        _lay_out(home, Path(session))
        try:
            yield node
        finally:
            node.stop()


@dataclass
class Node:
    """One node: its program, and the folder of its settings and data."""

    home: Path
    java: Path
    session: Path
    process: subprocess.Popen[bytes] | None = None
    healthy: Callable[[str], bool] | None = None

    def start(self) -> str:
        """Start it and return its URL, a new one each time."""
        (self.session / "logs" / "http.ports").unlink(missing_ok=True)
        self.process = _start(self.home, self.java, self.session)
        return _answering(self.process, self.session, self.healthy or _healthy)

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.process is not None:
            _stop(self.process)
            self.process = None


def _lay_out(home: Path, session: Path) -> None:
    shutil.copytree(home / "config", session / "config")
    (session / "tmp").mkdir()
    (session / "config" / "elasticsearch.yml").write_text(_settings(session))
    # the client compiler alone halves the time to start; for measures the whole one
    options = "-Xms512m\n-Xmx512m\n"
    if os.environ.get("NEWSWATCH_TEST_JIT") != "full":
        options += "-XX:TieredStopAtLevel=1\n"
    (session / "config" / "jvm.options.d").mkdir(exist_ok=True)
    (session / "config" / "jvm.options.d" / "test.options").write_text(options)


def environment(java: Path, session: Path) -> dict[str, str]:
    """Return the environment of the node and of its tools."""
    kept = {key: value for key, value in os.environ.items() if key not in {"JAVA_HOME", "ES_JAVA_OPTS"}}
    own = {"ES_JAVA_HOME": str(java), "ES_PATH_CONF": f"{session}/config", "ES_TMPDIR": f"{session}/tmp"}
    return {**kept, **own, "HOME": f"{session}/tmp"}


def _start(home: Path, java: Path, session: Path) -> subprocess.Popen[bytes]:
    user = _as_nobody(session) if os.geteuid() == 0 else None
    with (session / "console").open("wb") as console:
        return subprocess.Popen(
            [home / "bin" / "elasticsearch"],
            env=environment(java, session),
            cwd=session,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )


def _settings(session: Path) -> str:
    values = {
        "node.name": "test",
        "path.data": f"{session}/data",
        "path.logs": f"{session}/logs",
        "network.host": "127.0.0.1",
        "http.port": 0,
        "transport.port": 0,
        "node.portsfile": "true",
        "discovery.type": "single-node",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "cluster.info.update.interval": "1d",  # each time, what a test blocks as on a full disk would be let go
        "xpack.security.enabled": "false",
    }
    return "".join(f"{key}: {value}\n" for key, value in values.items())


def _as_nobody(session: Path) -> int:
    closed = _closed(session)
    if closed:
        raise NoNodeError(f"{closed} is closed to other users: set NEWSWATCH_TEST_CACHE to a folder that is open")
    for path in [session, *session.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    return NOBODY


def _answering(process: subprocess.Popen[bytes], session: Path, healthy: Callable[[str], bool]) -> str:
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        url = _url(session)
        if url and healthy(url):
            return url
        time.sleep(0.2)
    raise NoNodeError(f"Elasticsearch did not start: {(session / 'console').read_text(errors='replace')[-2000:]}")


def _url(session: Path) -> str:
    ports = session / "logs" / "http.ports"
    lines = ports.read_text().split() if ports.exists() else []
    return f"http://{lines[0]}" if lines else ""


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=3) as answer:
            return bool(json.load(answer)["status"] in {"yellow", "green"})
    except (OSError, ValueError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
