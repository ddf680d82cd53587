"""What taking in a report costs, all of it: `python -m bench.intake [REPORTS]`.

Real gunicorn doors, spool, drain and PostgreSQL on two cores, and PuppetDB reports of 300 resources (121 kB of JSON,
gzipped and chunked as puppetserver sends them, one in six with events). CPU time is summed over every process but the
client, so it is fair on a busy machine; reports a second is not. What it costs to make one file is measured first: an
ext4 without a journal takes ten times as long for some minutes after many files were deleted, this bench's own too.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.processes import cpu_seconds
from bench.puppetdb_reports import Post, make_posts


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


ROOT: Final = Path(__file__).resolve().parents[1]
PORT: Final = _free_port()
CONNECTIONS: Final = 16
WARM_UP: Final = 400


def main() -> None:
    """Start everything, warm it up, post, wait until all is stored, and print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 6000
    cores = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, cores)
    posts = make_posts(count + WARM_UP, newest=datetime.now(UTC))
    print(f"{count} reports, {posts[0].unpacked / 1e3:.0f} kB each, {len(posts[0].body) / 1e3:.1f} kB gzipped")
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=_var()))
    folder.chmod(0o711)
    try:
        print(f"{'one file':10} {_file_seconds(folder) * 1e3:8.2f} ms CPU to make")
        with _server(folder) as programs:
            token = _run(folder, "manage.py", "issue_token", "bench", "--scope", "send").split()[-1]
            _measure(posts[:WARM_UP], token, folder, programs)
            spent, seconds = _measure(posts[WARM_UP:], token, folder, programs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, cpu in spent.items():
        print(f"{name:10} {cpu / count * 1e3:8.2f} ms CPU a report")
    print(f"{'all':10} {sum(spent.values()) / count * 1e3:8.2f} ms CPU a report, {count / seconds:.0f} reports/s")


def _file_seconds(folder: Path, *, count: int = 500) -> float:
    """CPU that the file system takes to make an empty file here. They stay until the end: deleting is what is dear."""
    place = folder / "files"
    place.mkdir()
    before = time.process_time()
    for number in range(count):
        (place / str(number)).touch()
    return (time.process_time() - before) / count


def _var() -> Path:
    """Where a real one would keep its spool: a memory disk would flatter."""
    path = ROOT / "var"
    path.mkdir(mode=0o711, exist_ok=True)
    return path


def _measure(
    posts: Sequence[Post], token: str, folder: Path, programs: dict[str, int]
) -> tuple[dict[str, float], float]:
    """CPU seconds by program and wall seconds, from the first post until the spool is empty and rollups are counted."""
    before = {name: cpu_seconds(pid) for name, pid in programs.items()}
    began = time.monotonic()
    asyncio.run(_post_all(posts, token))
    while any((folder / "spool" / "new").iterdir()) or any((folder / "spool" / "claimed").glob("*/*")):
        time.sleep(0.05)
    seconds = time.monotonic() - began
    time.sleep(2.5)  # the last recount
    return {name: cpu_seconds(pid) - before[name] for name, pid in programs.items()}, seconds


async def _post_all(posts: Sequence[Post], token: str) -> None:
    waiting = iter(posts)
    await asyncio.gather(*(_post_some(waiting, token) for _ in range(CONNECTIONS)))


async def _post_some(waiting: Iterator[Post], token: str) -> None:
    """One kept-alive connection, as puppetserver keeps some."""
    credential = base64.b64encode(f"bench:{token}".encode()).decode()
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    for post in waiting:
        head = (
            f"POST /pdb/cmd/v1?{post.query} HTTP/1.1\r\nHost: fleetview\r\nAuthorization: Basic {credential}\r\n"
            "Content-Type: application/json; charset=utf-8\r\nAccept: application/json\r\nContent-Encoding: gzip\r\n"
            f"X-Uncompressed-Length: {post.unpacked}\r\nTransfer-Encoding: chunked\r\n\r\n{len(post.body):x}\r\n"
        )
        writer.write(head.encode() + post.body + b"\r\n0\r\n\r\n")
        status = await reader.readline()
        assert b" 200 " in status, status
        headers = await reader.readuntil(b"\r\n\r\n")
        length = headers.lower().partition(b"content-length:")[2].split()[0]
        await reader.readexactly(int(length))
    writer.close()


@contextmanager
def _server(folder: Path) -> Iterator[dict[str, int]]:
    """PostgreSQL, doors and drain, as `make run` starts them; name → process id."""
    doors = "gunicorn fleetview.wsgi:application --worker-class gthread --workers 2 --threads 8 --keep-alive 30"
    doors += f" --no-control-socket --log-level warning --worker-tmp-dir /dev/shm --bind 127.0.0.1:{PORT}"
    with _program(folder, "-m", "fleetview.postgres", str(folder)) as postgres:
        _run(folder, "-m", "fleetview.migrate")
        (folder / "static").mkdir()
        with _program(folder, "-m", *doors.split()) as gunicorn, _program(folder, "manage.py", "drain") as drain:
            _wait_for(lambda: b"200" in _get_health())
            yield {"doors": gunicorn.pid, "drain": drain.pid, "postgres": postgres.pid}


def _get_health() -> bytes:
    try:
        return asyncio.run(_ask_health())
    except OSError:
        return b""


async def _ask_health() -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: fleetview\r\nConnection: close\r\n\r\n")
    line = await reader.readline()
    writer.close()
    return line


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "the doors did not open"
        time.sleep(0.1)


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "FLEETVIEW_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "fleetview.settings"}


@contextmanager
def _program(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=_environment(folder))
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _run(folder: Path, *arguments: str) -> str:
    command, environment = [sys.executable, *arguments], _environment(folder)
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
