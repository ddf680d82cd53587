"""Put on the demo, from the first report to the login that it ends with."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from reports.adapters.discovery import adapters
from reports.demo.brief import order_brief
from reports.demo.cast import Cast
from reports.demo.fleet import make_fleet
from reports.demo.login import NAME, premiere_at, renew_login
from reports.demo.post import Poster, post_all
from reports.demo.story import Scene, tell
from reports.drift.stale import explain_stale
from reports.intake.setup import senders_file, spool
from reports.intake.tokens import Grant, issue_token, publish_senders
from reports.risk.backtest import backtest
from reports.risk.foretell import foretell
from reports.store.tables import StaleDay, StaleHour

Say = Callable[[str], None]

_TOKEN_LIVES = timedelta(hours=1)
_LOOK_EVERY = 0.2  # seconds
_WORD_EVERY = 3.0  # seconds between two words about what the drain has left to do


def show(url: str, now: datetime, say: Say) -> None:
    """Make a token and a login, post eight weeks at the doors of `url`, and wait until all is stored and judged.

    Done twice, it adds only what happened in between.
    """
    scenes = all_scenes(premiere_at(now), now)
    say(f"telling {len(scenes):,} reports of {len({scene.actor.name for scene in scenes})} nodes over eight weeks")
    token = issue_token(Grant(name=NAME, scope="send", expires_at=now + _TOKEN_LIVES))
    publish_senders(senders_file(), now=now)
    with Poster(url, token) as poster:
        post_all(poster, scenes, say)
    _wait_until_stored(say)
    _judge(now, say)
    order_brief(now)
    password = renew_login()
    for line in ("", f"Open      {url}/", f"User      {NAME}", f"Password  {password}", ""):
        say(line)


def all_scenes(premiere: datetime, now: datetime) -> list[Scene]:
    """The whole story up to now, with every tool that has samples for it."""
    cast = Cast(adapters())
    return tell(make_fleet(cast.tellers()), cast, premiere=premiere, now=now)


def _wait_until_stored(say: Say) -> None:
    """The doors are much faster than the drain, and a page that fills while one looks at it is confusing."""
    said_at = time.monotonic()
    while left := _left():
        if time.monotonic() - said_at > _WORD_EVERY:
            said_at = time.monotonic()
            say(left)
        time.sleep(_LOOK_EVERY)


def _judge(now: datetime, say: Say) -> None:
    """What the schedule would do within the next hour: pages are to show it at once."""
    while explain_stale(now).is_any:
        time.sleep(_LOOK_EVERY)
    _wait_until_stored(say)
    foretold, tested = foretell(now), backtest(now)
    say(f"the next week foretold of {foretold.nodes} nodes, and that tested on {len(tested.weeks)} past weeks")


def _left() -> str | None:
    """What the drain has still to do, in words; None when a page would show all."""
    if spooled := len(spool().everything()):
        return f"{spooled:,} of them still to be read and stored"
    if stale := StaleDay.objects.count():
        return f"all stored; {stale:,} days of nodes still to be counted"
    if stale := StaleHour.objects.count():
        return f"all stored; {stale:,} hours of the fleet still to be counted"
    return None
