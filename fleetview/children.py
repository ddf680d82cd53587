"""Keep child processes running: start them, pass on what they say, start them again when they die, stop them."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fleetview.leash import die_with_parent

_FIRST_PAUSE = 0.5  # seconds before a child that died is started again; doubled each time
_LONGEST_PAUSE = 30.0
_SETTLED = 60.0  # seconds of life after which a death counts as the first again
_LAST_WORDS = 2.0  # seconds that output is read on for after a child's end, should something else hold the pipe
_LONGEST_LINE = 64 * 1024  # bytes; a longer line is broken, not kept in memory


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running, or to run until it has once succeeded."""

    name: str
    command: tuple[str, ...]
    folder: Path
    stop_by: signal.Signals = signal.SIGTERM
    patience: float = 10.0  # seconds that it has to stop in, before it is killed


def say(name: str, line: str) -> None:
    """One line of the one log: when, who, what."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {name:<9} {line}\n")
    sys.stdout.flush()


async def keep(child: Child) -> None:
    """Run the child for ever; cancel to stop it."""
    pause = _FIRST_PAUSE
    while True:
        born = time.monotonic()
        code = await run(child)
        pause = _FIRST_PAUSE if time.monotonic() - born > _SETTLED else pause
        say("serve", f"{child.name} ended ({_describe(code)}); starting it again in {pause:g} s")
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def succeed(child: Child) -> None:
    """Run the child until it ends well. For what needs a database that may still be on its way."""
    pause = _FIRST_PAUSE
    while (code := await run(child)) != 0:
        say("serve", f"{child.name} failed ({_describe(code)}); trying again in {pause:g} s")
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def run(child: Child) -> int:
    """Run the child once, to its end, and give its exit code. Cancelled, it stops the child first."""
    output, end = os.pipe()  # not asyncio's pipe: with that, a child counts as running while a grandchild holds it
    relay = asyncio.create_task(_relay(output, child.name))
    process = await asyncio.create_subprocess_exec(
        *child.command,
        cwd=child.folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=end,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is ours to pass on, in order
        preexec_fn=functools.partial(die_with_parent, os.getpid()),
    )
    os.close(end)
    try:
        return await process.wait()
    except asyncio.CancelledError:
        await _stop(process, child)
        raise
    finally:
        # What it left behind would hold ports and files.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(TimeoutError):
            await asyncio.wait_for(relay, _LAST_WORDS)


async def _relay(output: int, name: str) -> None:
    """Pass on what the child and its own children write, line by line, until the last of them has closed its end."""
    stream = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(output, "rb")
    )
    try:
        await _relay_lines(stream, name)
    finally:
        transport.close()


async def _relay_lines(stream: asyncio.StreamReader, name: str) -> None:
    rest = b""
    while chunk := await stream.read(_LONGEST_LINE):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            lines, rest = [*lines, rest], b""
        for line in lines:
            say(name, line.decode(errors="replace").rstrip())
    if rest:
        say(name, rest.decode(errors="replace"))


async def _stop(process: asyncio.subprocess.Process, child: Child) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(child.stop_by)
    try:
        await asyncio.wait_for(process.wait(), child.patience)
    except TimeoutError:
        say("serve", f"{child.name} did not stop within {child.patience:g} s: killing it")
        process.kill()
        await process.wait()


def _describe(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
