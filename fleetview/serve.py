"""Fleetview as one foreground process: PostgreSQL, doors and pages, drain and scheduler, started and stopped together.

The doors come first and wait for nothing: they take reports with PostgreSQL down. What needs the database is started
once the migrations have gone through, however long that takes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from fleetview.bind import address, insist_free
from fleetview.children import keep, run, say, succeed
from fleetview.only_one import AlreadyServed, only_one
from fleetview.programs import Programs, find_programs


def main() -> None:
    """The command line: `--demo` also fills the fleet with samples."""
    parser = argparse.ArgumentParser(prog="python -m fleetview.serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="make a login and post eight weeks of samples")
    wanted = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
    try:
        programs = find_programs()
        with only_one(programs.data_dir):
            insist_free(programs.bind)
            if programs.tls_bind:
                insist_free(programs.tls_bind, "FLEETVIEW_TLS_BIND")
            asyncio.run(serve(programs, demo=wanted.demo))
    except (AlreadyServed, ImproperlyConfigured, PermissionError) as error:
        sys.exit(str(error))


async def serve(programs: Programs, *, demo: bool) -> None:
    """Run everything until SIGINT or SIGTERM; then stop the doors and the drain, and PostgreSQL last."""
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    below = [_start(keep(programs.postgres))] if programs.postgres else []
    above = [_start(_open_doors(programs)), _start(_work(programs, demo=demo))]
    failed = await _until(stopping, [*below, *above])
    say("serve", "stopping")
    await _stop(above)
    await _stop(below)
    say("serve", "stopped")
    if failed:
        raise failed


async def _open_doors(programs: Programs) -> None:
    if programs.assets and await run(programs.assets) == 0:
        programs.assets_done()
    async with asyncio.TaskGroup() as group:
        for child in programs.doors:
            group.create_task(keep(child))
        group.create_task(_announce(programs))


async def _work(programs: Programs, *, demo: bool) -> None:
    """What needs the tables. Migrations are tried until they go through."""
    await succeed(programs.migrate)
    async with asyncio.TaskGroup() as group:
        for child in programs.workers:
            group.create_task(keep(child))
        if demo:
            group.create_task(_fill(programs))


async def _fill(programs: Programs) -> None:
    await _until_open(programs.bind)
    await succeed(programs.samples)


async def _announce(programs: Programs) -> None:
    await _until_open(programs.bind)
    say("serve", f"ready at {programs.url or address(programs.bind)} (Ctrl-C stops it)")


async def _until_open(bind: str) -> None:
    """Return when GET /healthz answers 200."""
    while not await _answers(bind):
        await asyncio.sleep(0.1)


async def _answers(bind: str) -> bool:
    parts = urlsplit(address(bind))
    try:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
        status = await reader.readline()
    except OSError:
        return False
    writer.close()
    return b" 200 " in status


def _start(what: Coroutine[None, None, None]) -> asyncio.Task[None]:
    return asyncio.create_task(what)


async def _until(stopping: asyncio.Event, tasks: list[asyncio.Task[None]]) -> BaseException | None:
    """Wait for the signal; or for a mistake of ours, which must stop everything and be seen."""
    waiting = asyncio.create_task(stopping.wait())
    done, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return next((error for task in done if not task.cancelled() and (error := task.exception())), None)


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


if __name__ == "__main__":
    main()
