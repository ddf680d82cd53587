"""Real Salt, set up with the lines that the intake page shows."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.tools.lines import find_lines, lay_out
from tests.tools.served import Served, free_port, wait_until

pytestmark = pytest.mark.tools


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to itself for everything Salt reads and writes, and the file that its states manage."""

    folder: Path

    @property
    def managed(self) -> Path:
        """The file under Salt's care."""
        return self.folder / "motd"

    def configure(self, part: str, **settings: Any) -> Path:  # noqa: ANN401 - any setting
        """The configuration folder of a minion or master. JSON is YAML too."""
        folder = self.folder / part
        folder.mkdir(exist_ok=True)
        roots = {"root_dir": str(self.folder / f"{part}.root"), "sock_dir": str(self.folder / f"{part}.sock")}
        (folder / part).write_text(json.dumps({**roots, "log_level": "warning", **settings}))
        return folder

    def write_states(self, contents: str) -> Path:
        """States that keep one file as it should be."""
        states = self.folder / "states"
        states.mkdir(exist_ok=True)
        declared = {"motd": {"file.managed": [{"name": str(self.managed)}, {"contents": contents}]}}
        (states / "web.sls").write_text(json.dumps(declared))
        (states / "top.sls").write_text(json.dumps({"base": {"*": ["web"]}}))
        return states


@pytest.fixture
def place(short_folder: Path, request: pytest.FixtureRequest) -> Place:
    """A place for this test alone."""
    folder = short_folder / f"salt-{abs(hash(request.node.name)) % 1000}"
    folder.mkdir()
    return Place(folder)


def changes_of(run: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What changed in a run, and how that ended."""
    return [(change["title"], change["status"]) for change in run["changes"]]


def test_salt_call_piped_to_curl_gives_a_run(salt: Path, served: Served, place: Place) -> None:
    minion = place.configure(
        "minion", id="masterless", file_client="local", file_roots={"base": [str(place.write_states("one"))]}
    )
    written = lay_out(find_lines(served, "salt", "salt-call --local"), place.folder / "way")
    (script,) = (path for path in written.values() if path.read_text().startswith("#!"))
    environment = {**os.environ, "PATH": f"{salt}:{os.environ['PATH']}", "SALT_CONFIG_DIR": str(minion)}

    def apply() -> None:
        ran = subprocess.run(["sh", str(script)], env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr

    apply()
    place.managed.write_text("drifted\n")
    apply()
    apply()
    first, second, third = served.wait_for_runs("masterless", 3)
    assert place.managed.read_text() == "one\n"
    assert first["tool"] == "salt"
    assert changes_of(first) == changes_of(second) == [(str(place.managed), "success")]
    assert "-drifted" in second["changes"][0]["diff"]
    assert (third["outcome"], third["changes"]) == ("unchanged", [])
    assert third["counts"]["total"] == 1


@contextmanager
def running(program: Path, configuration: Path, log: Path) -> Iterator[None]:
    """A daemon of Salt in the foreground."""
    with log.open("wb") as written:
        daemon = subprocess.Popen([program, "-c", str(configuration)], stdout=written, stderr=written)
    try:
        yield
    finally:
        daemon.terminate()
        daemon.wait(timeout=60)


def test_a_master_that_reacts_forwards_what_its_minion_returns(salt: Path, served: Served, place: Place) -> None:
    lay_out(find_lines(served, "salt", "reactor:"), place.folder / "way")
    ports = {"publish_port": free_port(), "ret_port": free_port()}
    states = place.write_states("one")
    master = place.configure(
        "master",
        **ports,
        interface="127.0.0.1",
        auto_accept=True,
        worker_threads=2,
        file_roots={"base": [str(states)]},
        default_include=str(place.folder / "way/etc/salt/master.d/*.conf"),
    )
    minion = place.configure(
        "minion", id="reacted", master="127.0.0.1", publish_port=ports["publish_port"], master_port=ports["ret_port"]
    )

    def ask(*arguments: str) -> str:
        command = [str(salt / "salt"), "-c", str(master), "--out=json", "-t", "20", "reacted", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout

    with (
        running(salt / "salt-master", master, place.folder / "master.log"),
        running(salt / "salt-minion", minion, place.folder / "minion.log"),
    ):
        accepted = place.folder / "master.root" / "etc/salt/pki/master/minions/reacted"
        wait_until(accepted.exists, "the master to accept its minion")
        wait_until(lambda: "true" in ask("test.ping"), "the minion to answer its master")
        ask("state.apply")
        place.managed.write_text("drifted\n")
        ask("state.apply", "test=True")
        ask("state.apply")
        first, dry, second = served.wait_for_runs("reacted", 3)
    assert changes_of(first) == changes_of(second) == [(str(place.managed), "success")]
    assert (dry["outcome"], dry["noop"]) == ("pending", True)
    assert changes_of(dry) == [(str(place.managed), "pending")]
