"""The lines that set Chef Infra Client up to report its runs."""

from __future__ import annotations

from typing import Final

from reports.adapters.contract import SetupFile, SetupWay

_CLIENT: Final = SetupWay(
    title="Data collector of the client",
    when="Nodes that run chef-client against a Chef server, which is nearly always.",
    files=(
        SetupFile(
            where="/etc/chef/client.rb",
            lines="""\
data_collector.server_url '@URL@/data-collector/v0/'
data_collector.token '@TOKEN@'
""",
        ),
    ),
    notes=(
        (
            "A node has one data collector: this takes its runs away from Chef Automate. To have both, leave "
            "data_collector.server_url as it is and send a file, as below."
        ),
        "With a token the client logs one warning a run ('token authentication is not recommended'); it is harmless.",
        (
            "A certificate that the node does not trust turns reporting off for the run: put the CA, or the "
            "certificate itself, into /etc/chef/trusted_certs/."
        ),
        "why-run (chef-client -W) sends nothing at all.",
        (
            "If this server cannot be reached, the run goes on and ends well; its report is lost. Do not set "
            "data_collector.raise_on_failure."
        ),
        "The node object comes along: minimal_ohai true, or allowed_automatic_attributes, keep it small.",
    ),
)

_SOLO: Final = SetupWay(
    title="Local mode and chef-solo",
    when="Nodes without a Chef server: chef-client --local-mode, chef-solo, Effortless.",
    files=(
        SetupFile(
            where="/etc/chef/client.rb (chef-solo: solo.rb)",
            lines="""\
data_collector.server_url '@URL@/data-collector/v0/'
data_collector.token '@TOKEN@'
data_collector.mode :both
data_collector.organization 'edge-sites'
""",
        ),
    ),
    notes=(
        "Without the token nothing is sent in local mode.",
        (
            "data_collector.organization names a namespace of nodes; leave the line out (Chef then says chef_solo) to "
            "have these nodes beside all others."
        ),
        "In local mode a failed POST is not tried again.",
    ),
)

_FILE: Final = SetupWay(
    title="A file on the node, sent later",
    when="Nodes whose data collector must stay with Automate, or that are not always connected.",
    files=(
        SetupFile(
            where="/etc/chef/client.rb",
            lines="data_collector.output_locations(files: ['/var/log/chef-runs.json'])\n",
        ),
        SetupFile(
            where="/etc/cron.d/chef-report",
            lines="""\
*/15 * * * * root f=/var/log/chef-runs; test -s $f.json && mv $f.json $f.sent && install -m 600 /dev/null $f.json && \
curl -fsS --max-time 60 -H 'x-data-collector-token: @TOKEN@' --data-binary @$f.sent @URL@/data-collector/v0/ >/dev/null
""",
        ),
    ),
    notes=(
        "The file must exist before the first run: install -m 600 /dev/null /var/log/chef-runs.json",
        "One message a line; a file sent twice counts once.",
        "If a POST fails, /var/log/chef-runs.sent holds what was not sent: send it before the next quarter hour.",
        "output_locations(urls: […]) would do without the file, but never posts in Chef 16, 17 and 18 up to 18.11.21.",
    ),
)

WAYS: Final = (_CLIENT, _SOLO, _FILE)
