"""Real Puppet, set up with the lines that the intake page shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools.authority import Authority
from tests.tools.lines import find_lines
from tests.tools.served import Served

pytestmark = pytest.mark.tools


@dataclass(frozen=True, slots=True)
class Node:
    """A node that runs `puppet apply`, with folders of its own, and the file under Puppet's care."""

    name: str
    program: str
    folder: Path

    @property
    def managed(self) -> Path:
        """The file that the manifest is about."""
        return self.folder / "motd"

    def configure(self, *files: dict[str, str]) -> None:
        """Write these configuration files; of one that comes twice, the second part follows the first."""
        (self.folder / "conf").mkdir()
        for part in files:
            for place, text in part.items():
                with (self.folder / "conf" / Path(place).name).open("a") as file:
                    file.write(text)

    def trust(self, authority: Authority) -> None:
        """What `puppet ssl bootstrap` would fetch from the authority."""
        issued = authority.issue(self.name)
        for place, file in (
            ("certs/ca.pem", authority.certificate),
            ("crl.pem", authority.revocations),
            (f"certs/{self.name}.pem", issued.certificate),
            (f"private_keys/{self.name}.pem", issued.key),
        ):
            (self.folder / "ssl" / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, self.folder / "ssl" / place)

    def apply(self, content: str) -> str:
        """Have the file hold this content; what Puppet said."""
        manifest = self.folder / "site.pp"
        manifest.write_text(f"file {{ '{self.managed}': content => \"{content}\\n\" }}\n")
        folders = ("vardir", "logdir", "rundir", "statedir", "publicdir")
        places = [f"--confdir={self.folder}/conf", f"--ssldir={self.folder}/ssl"]
        places += [f"--{folder}={self.folder}/{folder}" for folder in folders]
        command = [self.program, "apply", *places, f"--certname={self.name}", "--color=false", str(manifest)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout + ran.stderr


def make_node(name: str, program: str, folder: Path) -> Node:
    """A node of its own."""
    (folder / name).mkdir()
    return Node(name, program, folder / name)


def test_the_http_processor_forwards_each_run(puppet: str, served: Served, short_folder: Path) -> None:
    node = make_node("apply-http", puppet, short_folder)
    node.configure(find_lines(served, "puppet", "[main]", "reporturl"))
    node.apply("one")
    node.managed.write_text("drifted\n")
    node.apply("one")
    node.apply("one")
    first, second, third = served.wait_for_runs(node.name, 3)
    resource = f"File[{node.managed}]"
    assert {first["tool"], second["tool"]} == {"puppet"}
    assert [(change["resource"], change["property"]) for change in first["changes"]] == [(resource, "ensure")]
    assert [(change["resource"], change["property"]) for change in second["changes"]] == [(resource, "content")]
    assert second["changes"][0]["status"] == "success"
    assert (third["outcome"], third["changes"]) == ("unchanged", [])


def test_the_terminus_forwards_runs_and_facts_by_its_certificate(
    puppet: str, served: Served, authority: Authority, short_folder: Path
) -> None:
    served.manage("trust_certificate", "*")
    node = make_node("apply-terminus", puppet, short_folder)
    node.trust(authority)
    node.configure(find_lines(served, "puppet", "[main]", "apply:"))
    said = node.apply("one")
    assert "/pdb/cmd/v1" not in said, said
    (run,) = served.wait_for_runs(node.name, 1)
    assert [change["title"] for change in run["changes"]] == [str(node.managed)]
    facts = served.wait_for_node(node.name)["facts"]
    assert facts["puppetversion"].split(".")[0] == run["tool_version"].split(".")[0]


def test_the_same_run_through_both_doors_counts_once(
    puppet: str, served: Served, authority: Authority, short_folder: Path
) -> None:
    served.manage("trust_certificate", "*")
    node = make_node("apply-both", puppet, short_folder)
    node.trust(authority)
    http = find_lines(served, "puppet", "[main]", "reporturl")
    commands = find_lines(served, "puppet", "[main]", "apply:")
    only_url = {place: re.sub(r"(?m)^reports.*\n", "", text) for place, text in http.items()}
    both = {place: text.replace("reports = puppetdb", "reports = puppetdb,http") for place, text in commands.items()}
    node.configure(only_url, both)
    before = served.ask("intake/")
    node.apply("one")
    (run,) = served.wait_for_runs(node.name, 1)
    assert [change["title"] for change in run["changes"]] == [str(node.managed)]
    now = served.ask("intake/")
    told = (now["stored"] + now["duplicates"]) - (before["stored"] + before["duplicates"])
    assert told == 3, "the facts, and the run by either door"
