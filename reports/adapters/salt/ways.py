"""The lines that set Salt up to forward its results. Each way was tried as it stands here, but for the addresses."""

from __future__ import annotations

from typing import Final

from reports.adapters.contract import SetupFile, SetupWay

_MASTERLESS: Final = SetupWay(
    title="salt-call, piped to curl",
    when="Masterless nodes, or any node where a cron job or timer runs salt-call.",
    files=(
        SetupFile(
            where="/usr/local/sbin/salt-report",
            lines="""\
#!/bin/sh
# Apply the states and forward the result; log lines stay on stderr.
salt-call --local --metadata --out=json state.apply |
  curl -sS --max-time 60 -H 'Content-Type: application/json' -H 'Authorization: Bearer @TOKEN@' --data-binary @- \\
    "@URL@/api/v1/reports/salt?node=$(hostname -f)&environment=production"
""",
        ),
        SetupFile(
            where="/etc/cron.d/salt-report (or a systemd timer that starts the script)",
            lines="*/30 * * * * root /usr/local/sbin/salt-report >/dev/null\n",
        ),
    ),
    notes=(
        "--metadata adds job id, node and arguments: with it the start is exact and a dry run is known as one.",
        "Change environment=production to what you call the node's environment; the result does not contain it.",
        (
            "Add &code_version=$(git -C /srv/salt rev-parse --short HEAD) to the URL: then a change of the code can be "
            "told from drift with certainty."
        ),
        "If salt-call dies, curl sends an empty body. With ?node= it is shown as a failed run.",
    ),
)

_REACTOR: Final = SetupWay(
    title="Reactor on the master",
    when="A master with minions, any supported release. Nothing is installed; one POST per node and job.",
    files=(
        SetupFile(
            where="/etc/salt/master.d/fleetview.conf",
            lines="""\
reactor:
  - 'salt/job/*/ret/*':
    - /srv/reactor/fleetview.sls
""",
        ),
        SetupFile(
            where="/srv/reactor/fleetview.sls (readable by the master alone: it holds the token)",
            lines="""\
fleetview:
  runner.http.query:
    - url: '@URL@/api/v1/reports/salt?tag={{ tag | urlencode }}'
    - method: POST
    - header_dict:
        Content-Type: application/json
        Authorization: Bearer @TOKEN@
    - data: {{ data | json | yaml_dquote }}
""",
        ),
        SetupFile(where="shell", lines="systemctl restart salt-master\n"),
    ),
    notes=(
        "Keep `json | yaml_dquote`: with `json | json` the master drops every result that holds a DEL character.",
        "React on 'salt/job/*/ret/*' only. Each POST is a job on the master itself, and 'salt/*' would answer itself.",
        "The token and each body can be read on the master's event bus.",
        "A refused POST is not sent again by Salt. Watch the intake page after setting it up.",
        (
            "Add &environment=production to the URL if this master serves one environment. Without it, saltenv or "
            "pillarenv of the run is taken where they were asked for."
        ),
        "State events over 1 MiB lose large diffs (VALUE_TRIMMED): raise max_event_size on the master.",
    ),
)

_LOGSTASH: Final = SetupWay(
    title="http_logstash engine (3006 and 3007)",
    when="A master of 3006 or 3007 that shall not run a job per result. 3008 does not ship this engine.",
    files=(
        SetupFile(
            where="/etc/salt/master.d/fleetview.conf (readable by the master alone: it holds the token)",
            lines="""\
engines:
  - http_logstash:
      url: '@URL@/api/v1/reports/salt?token=@TOKEN@'
      tags:
        - 'salt/job/*/ret/*'
""",
        ),
        SetupFile(where="shell", lines="systemctl restart salt-master\n"),
    ),
    notes=(
        "The engine cannot send a header, so the token stands in the URL: keep it out of your proxy's log.",
        "The master's id must end in _master, as it does unless it was changed.",
        "Events are sent one after the other, and a refused one is not sent again.",
    ),
)

_INVENTORY: Final = SetupWay(
    title="Facts and packages",
    when="With any way above: tell also what each node is and which versions it has.",
    files=(
        SetupFile(
            where="shell on the master (or a schedule on the minions)",
            lines="salt '*' grains.items\nsalt '*' pkg.list_pkgs\n",
        ),
    ),
    notes=(
        "Once a day is enough. What other functions return is ignored.",
        (
            "Events already collected as JSON lines (rawfile_json), the stream of salt-api's /events and the output of "
            "`salt --out=json` can be posted to the same address as they are."
        ),
    ),
)

WAYS: Final = (_MASTERLESS, _REACTOR, _LOGSTASH, _INVENTORY)
