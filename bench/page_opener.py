"""One fleet's pages, opened in this process by somebody who is logged in: what each cost.

Imported in a process of its own, whose environment says which database is meant (see pages.py).
"""

from __future__ import annotations

import functools
import gzip
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
os.environ.setdefault("FLEETVIEW_SILENT_AFTER", "2 d")  # runs are hours apart, and a fleet that was made once grows old
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.db.models.functions import MD5  # noqa: E402
from django.test import Client  # noqa: E402

from bench.addresses import DEEP, PAGES, VARIANTS, fill  # noqa: E402
from fleetview.garbage import spare_what_stays  # noqa: E402
from reports.rollups.tables import NodeResource, NodeState, ResourceState  # noqa: E402
from reports.store.tables import Change, Resource  # noqa: E402
from reports.weekly.tables import Brief  # noqa: E402

_LOOP: Final = 10_000
_TRIALS: Final = 300
_SAMPLE: Final = 40
_HEAVY: Final = 10  # of the sample: those with most
_PAGES_DEEP: Final = 15
_DEEP_MARK: Final = ", deep"
_NEXT: Final = re.compile(r'rel="next"[^>]*href="([^"]*)"')
_ASSET: Final = re.compile(r'(?:href|src)="/static/([^"#]*)')


@dataclass(frozen=True, slots=True)
class Opened:
    """One answer: what it took, and what it weighs, without plotly: as sent, and with nothing compressed.

    `cpu` is what it took of a processor, here and in PostgreSQL. `pace` is what a fixed loop took right before: who
    else is busy slows a processor down, too.
    """

    address: str
    milliseconds: float
    cpu: float
    cpu_of_database: float
    pace: float
    queries: int
    sent: int
    plain: int


@dataclass(slots=True)
class _Counter:
    queries: int = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 - Django's signature
        self.queries += 1
        return execute(*statement)


@dataclass(slots=True)
class _Fleet:
    client: Client
    told: list[dict[str, str]]
    deep: dict[str, str] = field(default_factory=dict)


def names() -> list[str]:
    """What can be opened."""
    return [*PAGES, *VARIANTS, *(name + _DEEP_MARK for name in DEEP)]


def open_page(name: str, turn: int) -> Opened:
    """Open one of them, each turn with another node, run and resource."""
    fleet = _fleet()
    told = fleet.told[turn % len(fleet.told)]
    address = _deep(name.removesuffix(_DEEP_MARK)) if name.endswith(_DEEP_MARK) else fill(_address(name), told)
    client = Client(SERVER_NAME="localhost") if name == "/login/" else fleet.client
    counter, at_pace = _Counter(), pace()
    with connection.execute_wrapper(counter):
        began, cpu, cpu_of_database = time.perf_counter(), time.process_time(), _cpu_of_database()
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        cpu_of_database = _cpu_of_database() - cpu_of_database
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    html = gzip.decompress(answer.content) if answer.get("Content-Encoding") == "gzip" else answer.content
    sent, plain = _weigh_assets(html.decode())
    return Opened(
        address=address,
        milliseconds=took * 1000,
        cpu=(cpu + cpu_of_database) * 1000,
        cpu_of_database=cpu_of_database * 1000,
        pace=at_pace,
        queries=counter.queries,
        sent=len(answer.content) + sent,
        plain=len(html) + plain,
    )


def pace() -> float:
    """What a small fixed loop takes of a processor by now."""
    began, counts = time.thread_time(), {}
    for number in range(_LOOP):
        counts[str(number % 977)] = number
    return time.thread_time() - began


def best_pace() -> float:
    """The same, where nobody disturbs it."""
    return min(pace() for _ in range(_TRIALS))


def _cpu_of_database() -> float:
    """Seconds that our connection's own process in PostgreSQL, on this machine, has been running so far."""
    return int(Path(f"/proc/{_backend()}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


@functools.cache
def _backend() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


@functools.cache
def _fleet() -> _Fleet:
    connection.settings_dict["CONN_MAX_AGE"] = None  # one process in PostgreSQL, whose time is told
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.filter(is_superuser=True).earliest("pk"))
    spare_what_stays()  # as a server does when it has loaded everything
    return _Fleet(client, list(_sample()))


def _address(name: str) -> str:
    return PAGES[name] if name in PAGES else VARIANTS[name]


def _deep(name: str) -> str:
    """Far behind the first page of a list: as its own links lead there, walked once."""
    fleet = _fleet()
    if name not in fleet.deep:
        address = fill(_address(name), fleet.told[0])
        for _ in range(_PAGES_DEEP):
            onward = _NEXT.findall(fleet.client.get(address).content.decode())
            if not onward:
                break
            address = address.partition("?")[0] + onward[-1].replace("&amp;", "&")
        fleet.deep[name] = address
    return fleet.deep[name]


def _sample() -> Iterator[dict[str, str]]:
    """Nodes and resources by chance, and those with most; the same in every database that holds the same fleet."""
    of_nodes = _heaviest("node_id") + list(
        NodeState.objects.exclude(last_run_id=None).order_by(MD5("name")).values_list("node_id", flat=True)[:_SAMPLE]
    )
    resources = _heaviest("resource_id") + list(
        ResourceState.objects.order_by("-heat", "-resource_id").values_list("resource_id", flat=True)[:_SAMPLE]
    )
    known = NodeState.objects.exclude(environment=None).values_list("environment", flat=True).distinct()
    environments = [environment for environment in known if environment is not None]
    since = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=5)
    for place, (node_id, resource_id) in enumerate(zip(of_nodes[:_SAMPLE], resources[:_SAMPLE], strict=True)):
        node, resource = NodeState.objects.get(pk=node_id), Resource.objects.get(pk=resource_id)
        other = NodeState.objects.get(pk=of_nodes[place + 1])
        change = Change.objects.filter(node_id=node_id, at__gte=since).order_by("-at").first()
        if change is None or node.site != "main":
            continue
        yield {
            "node": node.name,
            "run": str(node.last_run_id),
            "other_node": other.name,
            "other_run": str(other.last_run_id),
            "change": f"{change.run_id}:{change.ordinal}",
            "resource": f"{resource.type}[{resource.title}]",
            "environment": environments[place % len(environments)],
            "since": f"{since:%Y-%m-%d}",
            "until": f"{since + timedelta(days=2):%Y-%m-%d}",
            "brief": str(_brief()),
        }


@functools.cache
def _brief() -> int:
    """The newest that is made; in a fleet without any, one that says so."""
    made = Brief.objects.filter(state=Brief.State.MADE).order_by("-asked_at").first()
    if made is None:
        now = datetime.now(UTC)
        told = {
            "scope_kind": "fleet",
            "paper": "a4",
            "week": "2026-W01",
            "asked_by_name": "bench",
            "lines": ["A line."],
        }
        made = Brief.objects.create(**told, kind=Brief.Kind.WEEKLY, state=Brief.State.MADE, asked_at=now, made_at=now)
    return made.pk


def _heaviest(column: str) -> list[int]:
    rows = NodeResource.objects.values_list(column).annotate(times=Count("*")).order_by("-times", column)
    return [key for key, _ in rows[:_HEAVY]]


def _weigh_assets(html: str) -> tuple[int, int]:
    """Of the style sheets, scripts and icons that a page names: bytes compressed as they are served, and plain."""
    weights = [_weigh(asset) for asset in sorted(set(_ASSET.findall(html))) if "plotly" not in asset]
    return sum(sent for sent, _ in weights), sum(plain for _, plain in weights)


@functools.cache
def _weigh(asset: str) -> tuple[int, int]:
    file = Path(settings.STATIC_ROOT) / asset
    packed = [file.with_name(file.name + ending) for ending in (".gz",)]
    return min(one.stat().st_size for one in (file, *packed) if one.exists()), file.stat().st_size
