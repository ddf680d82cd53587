"""Every request is answered with the eyes of who asks: as soon as it is known who that is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Final, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from reports.people.sight import Sight, seeing, sight_of

Respond = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_ROOM: Final = "fleetview_looking"  # the attribute of a request


class Looking:
    """One request, and whose eyes it looks with. Nobody's, until `begin`: before that, no fleet is asked."""

    __slots__ = ("_until_answered", "sight")

    def __init__(self) -> None:
        self._until_answered = ExitStack()
        self.sight: Sight | None = None

    def __enter__(self) -> Looking:
        return self

    def __exit__(self, *raised: object) -> None:
        self._until_answered.close()

    def begin(self, sight: Sight) -> None:
        """Look with these eyes until the answer is made. Who asks does not change on the way."""
        if self.sight is None:
            self.sight = sight
            self._until_answered.enter_context(seeing(sight))

    @property
    def sees_a_part(self) -> bool:
        return self.sight is not None and not self.sight.sees_all


class WithTheirEyes:
    """Middleware, behind the one that asks for a login."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with Looking() as looking:
            setattr(request, _ROOM, looking)
            response = self.get_response(request)
            if looking.sees_a_part:
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                if isinstance(response, StreamingHttpResponse) and looking.sight:
                    # Sent after we have returned: each piece is made with the same eyes.
                    response.streaming_content = _each_seen(iter(response), looking.sight)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, object],  # noqa: ARG002
    ) -> None:
        """The API's views need no login of Django's: they authenticate by themselves, and call `look_as`."""
        if getattr(view, "login_required", True):
            look_as(request, sight_of(request.user))


def look_as(request: HttpRequest, sight: Sight) -> None:
    """From here on, this request sees what `sight` may see."""
    looking: Looking = getattr(request, _ROOM)
    looking.begin(sight)


def is_somebody(request: HttpRequest) -> bool:
    """Whether it has been found out already who asks, and that is somebody who may."""
    looking: Looking | None = getattr(request, _ROOM, None)
    return looking is not None and looking.sight is not None


def sees_a_part(request: HttpRequest) -> bool:
    """Whether who asks sees less than the whole fleet."""
    looking: Looking | None = getattr(request, _ROOM, None)
    return looking is not None and looking.sees_a_part


def needs_whole_sight(view: View) -> View:
    """Decorator of a view whose answer may name any node: who sees a part of the fleet is answered with 403."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view
        if sees_a_part(request):
            raise PermissionDenied("This may name any node, so it is for those who see the whole fleet.")
        return view(request, *args, **kwargs)

    return cast("View", guarded)


def sight_behind(request: HttpRequest) -> Sight:
    """With whose eyes this request looks, for work that goes on after it."""
    looking: Looking = getattr(request, _ROOM)
    if looking.sight is None:
        raise RuntimeError("nobody has been found to be asking")
    return looking.sight


def _each_seen(pieces: Iterator[bytes], sight: Sight) -> Iterator[bytes]:
    while True:
        with seeing(sight):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
