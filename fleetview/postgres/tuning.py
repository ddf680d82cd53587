"""The embedded server's settings: given on its command line at each start, so that an upgrade changes them too."""

from __future__ import annotations

import os

from fleetview.postgres.place import Place

_MIB = 2**20


def server_options(place: Place, *, throw_away: bool) -> list[str]:
    """The `-c name=value` arguments. What is not named keeps PostgreSQL's default, synchronous_commit among it."""
    chosen = {
        "listen_addresses": "",  # the unix socket alone
        "unix_socket_directories": str(place.socket),
        "unix_socket_permissions": "0700",
        "hba_file": str(place.access),
        "ident_file": str(place.names),
        "max_connections": "100",
        "shared_buffers": f"{_shared_buffers() // _MIB}MB",
        "min_dynamic_shared_memory": "64MB",  # parallel queries in containers, whose /dev/shm is small
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",  # our statements are short
        "log_line_prefix": "",
        "log_checkpoints": "off",
        "timezone": "UTC",
    }
    if throw_away:
        chosen |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "128MB"}
    return [argument for name, value in chosen.items() for argument in ("-c", f"{name}={value}")]


def _shared_buffers() -> int:
    """An eighth of the memory, within bounds: gunicorn, the drain and the page cache need the rest."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(max(memory // 8, 64 * _MIB), 1024 * _MIB)
