"""`/api/v1/intake/`: what came in, what waits, what was refused."""

from __future__ import annotations

from django.utils import timezone

from reports.api.endpoint import Asked, endpoint
from reports.api.shapes import IntakeSerializer
from reports.intake.status import IntakeNumbers, count_intake


@endpoint("intake_retrieve", IntakeSerializer)
def intake(asked: Asked) -> IntakeNumbers:  # noqa: ARG001 - takes no parameter
    """Reports since the beginning; what is pending lies in the spool of the machine that answers."""
    return count_intake(timezone.now())
