"""Child processes: kept running, relayed, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from fleetview import children
from fleetview.children import Child, keep, run, succeed


def child(folder: Path, script: str, patience: float = 10.0) -> Child:
    return Child("child", (sys.executable, "-c", script), folder, patience=patience)


@pytest.fixture(autouse=True)
def quick_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(children, "_LONGEST_PAUSE", 0.02)


def test_what_a_child_says_is_passed_on_under_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = "import sys; print('out'); sys.stdout.flush(); sys.stderr.write('err\\nno end of line')"
    assert asyncio.run(run(child(tmp_path, script))) == 0
    said = [line.split(maxsplit=1)[1] for line in capsys.readouterr().out.splitlines()]
    assert said == ["child     out", "child     err", "child     no end of line"]


def test_a_line_without_end_is_broken_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(run(child(tmp_path, "print('x' * 300_000)")))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert sum(line.count("x") for line in lines) == 300_000


def test_a_child_that_dies_is_started_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = (
        "import pathlib, time; p = pathlib.Path('lives'); p.open('a').write('x')\n"
        "time.sleep(60 * (len(p.read_text()) > 2))"
    )

    async def watch() -> None:
        task = asyncio.create_task(keep(child(tmp_path, script)))
        while not (tmp_path / "lives").exists() or len((tmp_path / "lives").read_text()) < 3:
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(watch(), 30))
    assert "child ended (exit code 0); starting it again" in capsys.readouterr().out


def test_what_must_succeed_is_tried_until_it_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = "import pathlib, sys; p = pathlib.Path('tries'); p.open('a').write('x'); sys.exit(len(p.read_text()) < 3)"
    asyncio.run(asyncio.wait_for(succeed(child(tmp_path, script)), 30))
    assert (tmp_path / "tries").read_text() == "xxx"
    assert capsys.readouterr().out.count("child failed (exit code 1)") == 2


def test_a_cancelled_child_is_asked_to_stop_and_may_tidy_up(tmp_path: Path) -> None:
    script = (
        "import pathlib, signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path('tidied').touch(), sys.exit()))\n"
        "pathlib.Path('ready').touch(); time.sleep(60)"
    )
    asyncio.run(_cancel_when_ready(child(tmp_path, script), tmp_path))
    assert (tmp_path / "tidied").exists()


def test_a_child_that_will_not_stop_is_killed_with_its_own_children(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('grandchild').write_text(str(grandchild.pid))\n"
        "pathlib.Path('ready').touch(); time.sleep(60)"
    )
    asyncio.run(_cancel_when_ready(child(tmp_path, script, patience=0.1), tmp_path))
    assert _is_gone(int((tmp_path / "grandchild").read_text()))


def test_a_child_dies_with_its_parent_even_by_kill_9(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys; from pathlib import Path; from fleetview.children import Child, run\n"
        "code = 'import os, pathlib, time; pathlib.Path(\"pid\").write_text(str(os.getpid())); time.sleep(60)'\n"
        f"asyncio.run(run(Child('child', (sys.executable, '-c', code), Path({str(tmp_path)!r}))))"
    )

    async def kill_parent() -> None:
        parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script)
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            await asyncio.sleep(0.02)
        parent.kill()
        await parent.wait()

    asyncio.run(asyncio.wait_for(kill_parent(), 30))
    assert _is_gone(int((tmp_path / "pid").read_text()))


async def _cancel_when_ready(wanted: Child, folder: Path) -> None:
    task = asyncio.create_task(run(wanted))
    while not (folder / "ready").exists():
        await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 30)


def _is_gone(pid: int) -> bool:
    """Whether the process ends within a few seconds; a zombie that nobody has buried yet has ended."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if " Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return False
