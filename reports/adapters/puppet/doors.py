"""The two doors of Puppet: its own `http` report processor, and the commands of the PuppetDB terminus."""

from __future__ import annotations

import re
from typing import Final

from reports.adapters.contract import Answer, Arrival, Credential, Door, StaticAnswer, Verdict

STORE_REPORT: Final = "store_report"
REPLACE_FACTS: Final = "replace_facts"

_VERDICTS: Final = {STORE_REPORT: Verdict.KEEP, REPLACE_FACTS: Verdict.MAY_SHED}
_NAMED_IN_BODY: Final = re.compile(rb'"command"\s*:\s*"([a-z_ ]{1,40})"')
_LOOKED_AT: Final = 512  # bytes at either end of a body in which an old terminus names its command

HTTP: Final = Door(
    name="puppet-http",
    paths=("api/v1/reports/puppet", "api/v1/reports/puppet/"),
    credentials=(Credential.BASIC, Credential.QUERY, Credential.CERTIFICATE),
    accepted=Answer(202, b'{"accepted": true}'),
)


def command_name(said: str) -> str:
    """One spelling of a command: old terminus versions write blanks (`store report`)."""
    return said.strip().lower().replace(" ", "_")


def judge(arrival: Arrival) -> Verdict:
    """Keep run reports, keep facts where there is room, drop the rest unread.

    Catalogs, catalog inputs, `deactivate_node` and commands yet to come hold nothing that Fleetview reads, but an
    answer other than success would fail the agent's run, so they are accepted. A command without a name in the query
    is looked for in the body; where that is compressed the report is kept, and the reader finds out.
    """
    said = arrival.query.get("command")
    if said is None:
        found = _NAMED_IN_BODY.search(arrival.body[:_LOOKED_AT] + b"\n" + arrival.body[-_LOOKED_AT:])
        if found is None:
            return Verdict.KEEP
        said = found[1].decode()
    return _VERDICTS.get(command_name(said), Verdict.IGNORE)


_NOTHING: Final = Answer(200, b"[]")

PUPPETDB: Final = Door(
    name="puppetdb",
    paths=("pdb/cmd/v1", "pdb/cmd/v1/"),
    credentials=(Credential.CERTIFICATE, Credential.BASIC),
    # The terminus raises, and with it fails the catalog, unless it gets a JSON object; the uuid is only logged.
    accepted=Answer(200, b'{"uuid": "00000000-0000-0000-0000-000000000000"}'),
    judge=judge,
    gets=(
        # Facts not cached, exported resources; and by POST what code asks with puppetdb_query: we have none.
        StaticAnswer(r"pdb/query/v4(/.*)?", _NOTHING, may_be_posted=True),
        StaticAnswer(r"pdb/meta/v1/version/?", Answer(200, b'{"version": "7.12.1"}')),
        StaticAnswer(
            r"status/v1/services/puppetdb-status/?",
            Answer(200, b'{"service_name": "puppetdb-status", "state": "running", "status": {"read_db_up?": true}}'),
        ),
    ),
    named_by="certname",
)
