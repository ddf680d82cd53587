"""Lines that send a report by hand or from a script."""

from __future__ import annotations

from typing import Final

from reports.adapters.contract import SetupFile, SetupWay

_CURL: Final = SetupWay(
    title="curl",
    when="Any tool or script that can write JSON at the end of a run.",
    files=(
        SetupFile(
            where="report.json",
            lines="""\
{
  "tool": "ansible",
  "node": "web01.example.org",
  "started_at": "2026-11-23T20:00:00Z",
  "ended_at": "2026-11-23T20:00:41Z",
  "status": "success",
  "environment": "production",
  "code_version": "4f2c1e9",
  "unlisted": {"unchanged": 41},
  "resources": [
    {
      "type": "template",
      "title": "/etc/motd",
      "status": "changed",
      "defined_at": "roles/base/tasks/main.yml:12",
      "changes": [{"property": "mode", "old": "0666", "new": "0644", "corrective": true}]
    }
  ]
}
""",
        ),
        SetupFile(
            where="shell, at the end of the run",
            lines="""\
curl -fsS --max-time 60 -H 'Content-Type: application/json' -H 'Authorization: Bearer @TOKEN@' \\
  --data-binary @report.json @URL@/api/v1/reports/generic
""",
        ),
    ),
    notes=(
        "The JSON Schema is at @URL@/api/v1/reports/generic/schema; a name it does not know is refused, not ignored.",
        "Several runs may be sent as a list of up to 1000. A report sent twice counts once.",
        (
            "Send code_version, and desired and found where the tool can tell them: with them a correction can be told "
            "from a change of the code."
        ),
    ),
)

WAYS: Final = (_CURL,)
