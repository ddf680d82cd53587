"""`/api/v1/schema/`: the read API as OpenAPI 3.1; and the answer to a path that is none."""

from __future__ import annotations

from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from reports.errors import NothingFound


class Schema(SpectacularAPIView):
    """JSON unless YAML is asked for: every YAML parser reads it too."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer, OpenApiYamlRenderer2]


@extend_schema(exclude=True)
@api_view(["GET", "HEAD"])
def no_such_path(request: Request, rest: str) -> Response:  # noqa: ARG001 - the pattern names it
    """The answer to any other path below the read API."""
    raise NothingFound(f"no such path: {request.path}; /api/v1/schema/ lists them all, each with a slash at its end")
