"""What all endpoints share: a plain function from a query to an answer becomes a view that the schema knows truly."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, inline_serializer
from rest_framework.decorators import api_view
from rest_framework.fields import URLField
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from reports.analysis.paging import Slice
from reports.api.parameters import Parameter, read_query
from reports.api.shapes import ErrorSerializer

Asked: TypeAlias = Mapping[str, Any]  # the value of every known parameter, by its name
Shape: TypeAlias = type[Serializer[Any]]
Beside: TypeAlias = Callable[[Sequence[Any]], dict[str, Any]]
View: TypeAlias = Callable[..., HttpResponseBase]

REFUSALS = dict.fromkeys((400, 401, 403, 503), ErrorSerializer)


def endpoint(
    operation: str, shape: Shape, *, known: Iterable[Parameter] = (), beside: Beside | None = None
) -> Callable[[Callable[..., Any]], View]:
    """Make a view of `find(asked, **path)`, whose answer is written as `shape`, with what `beside` finds for it."""

    def decorate(find: Callable[..., Any]) -> View:
        def answer(_request: Request, asked: Asked, path: Mapping[str, str]) -> Response:
            found = find(asked, **path)
            return Response(shape(found, context=beside((found,)) if beside else {}).data)

        responses = {200: shape, 404: ErrorSerializer, **REFUSALS}
        return _make_view(find, answer, operation=operation, known=tuple(known), responses=responses)

    return decorate


def list_endpoint(
    operation: str, shape: Shape, *, known: Iterable[Parameter], beside: Beside | None = None
) -> Callable[[Callable[[Asked], Slice[Any]]], View]:
    """Make a view of `find(asked)`, whose rows are written as `shape`, between the addresses of their neighbours.

    `beside` finds for all rows at once what another room knows of them; the shape has it as its context.
    """

    def decorate(find: Callable[[Asked], Slice[Any]]) -> View:
        def answer(request: Request, asked: Asked, _path: Mapping[str, str]) -> Response:
            return _answer_page(request, find(asked), shape, beside)

        responses = {200: _page_of(shape), **REFUSALS}
        return _make_view(find, answer, operation=operation, known=tuple(known), responses=responses)

    return decorate


def list_or_one_endpoint(
    operation: str, shape: Shape, one: Shape, *, known: Iterable[Parameter], beside: Beside | None = None
) -> Callable[[Callable[[Asked], Any]], View]:
    """Make a view of `find(asked)`, which answers with a slice of rows, or with one thing where its name was asked."""

    def decorate(find: Callable[[Asked], Any]) -> View:
        def answer(request: Request, asked: Asked, _path: Mapping[str, str]) -> Response:
            found = find(asked)
            if isinstance(found, Slice):
                return _answer_page(request, found, shape, beside)
            return Response(one(found).data)

        either = PolymorphicProxySerializer(
            component_name=f"{shape.__name__.removesuffix('Serializer')}sOrOne",
            serializers=[one, _page_of(shape)],
            resource_type_field_name=None,
        )
        responses = {200: either, 404: ErrorSerializer, **REFUSALS}
        return _make_view(find, answer, operation=operation, known=tuple(known), responses=responses)

    return decorate


def _answer_page(request: Request, found: Slice[Any], shape: Shape, beside: Beside | None) -> Response:
    context = beside(found.rows) if beside else {}
    page = {"next": _address(request, found.next), "previous": _address(request, found.previous)}
    return Response({**page, "results": shape(found.rows, many=True, context=context).data})


def _make_view(
    find: Callable[..., Any],
    answer: Callable[[Request, Asked, Mapping[str, str]], Response],
    *,
    operation: str,
    known: tuple[Parameter, ...],
    responses: Mapping[int, object],
) -> View:
    def view(request: Request, /, **path: str) -> Response:
        return answer(request, read_query(request.query_params, known), path)

    functools.update_wrapper(view, find)  # its docstring is what the schema says of it
    parameters = [parameter.describe() for parameter in known]
    described = extend_schema(operation_id=operation, parameters=parameters, responses=dict(responses))
    made: View = described(api_view(["GET", "HEAD"])(view))
    return made


def _address(request: Request, cursor: str | None) -> str | None:
    """The whole address of this very list at another cursor."""
    if cursor is None:
        return None
    query = [(name, text) for name, texts in request.query_params.lists() if name != "cursor" for text in texts]
    base = settings.FLEETVIEW_URL or f"{request.scheme}://{request.get_host()}"
    return f"{base}{request.path}?{urlencode([*query, ('cursor', cursor)])}"


def _page_of(shape: Shape) -> Serializer[Any]:
    return inline_serializer(
        f"{shape.__name__.removesuffix('Serializer')}Page",
        {
            "next": URLField(allow_null=True, help_text="Address of the page after this one."),
            "previous": URLField(allow_null=True, help_text="Address of the page before this one."),
            "results": shape(many=True),
        },
    )
