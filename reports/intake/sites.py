"""Which site a run belongs to: the sender's own, or a site of its own for an organization that is not the sender's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from reports.intake.envelope import Envelope
from reports.intake.prepare import Understood
from reports.sql import load

_LEARN = load(__file__, "learn_organization")


class Sites:
    """Remembers, for one drain, which organization is each credential's own."""

    def __init__(self) -> None:
        self._own: dict[int, str] = {}

    def learn(self, reports: Iterable[Understood]) -> None:
        """Make the first organization that a credential without one speaks of its own, here and in the database.

        Another drain, or another credential of the same name, may have been first: then theirs is taken.
        """
        for report in reports:
            told = [run.organization for run in report.runs] + [one.organization for one in report.inventories]
            organization = next(filter(None, told), None)
            if organization and self._own_of(report.envelope) is None:
                self._own[report.envelope.token_id] = _learn(report.envelope.token_id, organization)

    def site_of(self, envelope: Envelope, organization: str | None) -> str:
        """The site of a run or inventory that names `organization`."""
        if organization is None or organization == self._own_of(envelope):
            return envelope.site
        return organization

    def _own_of(self, envelope: Envelope) -> str | None:
        return envelope.organization or self._own.get(envelope.token_id)


def _learn(token_id: int, organization: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, {"token_id": token_id, "organization": organization})
        row = cursor.fetchone()
    return str(row[0]) if row else organization  # the credential is gone: nothing to remember it by
