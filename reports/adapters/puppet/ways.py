"""The lines that set Puppet up to forward its reports, in the order in which to try them."""

from __future__ import annotations

from typing import Final

from reports.adapters.contract import SetupFile, SetupWay

_REPORT_URL: Final = "reporturl = @SCHEME@://@SENDER@:@TOKEN@@@HOST@/api/v1/reports/puppet\n"
_CERTIFICATE: Final = (
    "This server needs a certificate for its name, issued by the Puppet CA: on the CA host, with puppetserver "
    "running, `puppetserver ca generate --certname <this server's name>`. The terminus trusts nothing else."
)
_HTTPS: Final = (
    "Over https Puppet trusts only certificates of the Puppet CA, unless report_include_system_store = true "
    "(Puppet 7 and later)."
)
_OUTAGE: Final = (
    "Without soft_write_failure = true every catalog request fails while this server cannot be reached: agents fall "
    "back to cached catalogs. Set it before server_urls."
)

_HTTP: Final = SetupWay(
    title="Puppet server, http report processor",
    when="Puppet agents that report to a Puppet server. Two lines, and no certificate needed: start here.",
    files=(
        SetupFile(
            where="/etc/puppetlabs/puppet/puppet.conf on each Puppet server",
            lines=f"[server]\nreports   = http\n{_REPORT_URL}",
        ),
        SetupFile(where="shell", lines="systemctl reload puppetserver\n"),
    ),
    notes=(
        "reports is a list: write `reports = store,http` or `reports = puppetdb,http` to keep what is there.",
        "Before Puppet 6 the section is called [master].",
        _HTTPS,
        "If this server is down the report is lost and one line is logged; no agent run is affected.",
        (
            "Facts are not sent this way: for the inventory add one of the PuppetDB ways. The same run sent both ways "
            "counts once."
        ),
    ),
)

_BROADCAST: Final = SetupWay(
    title="Puppet server with a PuppetDB: a copy of each command",
    when="Sites that run PuppetDB: reports and facts, and PuppetDB stays what it is.",
    files=(
        SetupFile(
            where="/etc/puppetlabs/puppet/puppetdb.conf on each Puppet server",
            lines="""\
[main]
server_urls             = https://puppetdb.example.com:8081
submit_only_server_urls = @TLS_URL@
command_broadcast       = true
""",
        ),
        SetupFile(where="shell", lines="systemctl reload puppetserver\n"),
    ),
    notes=(
        "Leave server_urls as it is at your site, and put puppetdb into `reports` of puppet.conf if it is not there.",
        "command_broadcast = true is required: without it this server is only asked when PuppetDB fails.",
        (
            "The address must be https and without a path. The Puppet server shows its own certificate: allow its name "
            "here with `manage.py trust_certificate`."
        ),
        _CERTIFICATE,
        "If this server is down each command logs one warning; no agent run is affected.",
    ),
)

_ALONE: Final = SetupWay(
    title="Puppet server without PuppetDB: this server in its place",
    when="Reports and facts from a site without PuppetDB.",
    files=(
        SetupFile(
            where="/etc/puppetlabs/puppet/puppetdb.conf on each Puppet server",
            lines="[main]\nserver_urls        = @TLS_URL@\nsoft_write_failure = true\n",
        ),
        SetupFile(
            where="/etc/puppetlabs/puppet/puppet.conf on each Puppet server",
            lines="[server]\nreports = puppetdb\nstoreconfigs = true\nstoreconfigs_backend = puppetdb\n",
        ),
        SetupFile(
            where="/etc/puppetlabs/puppet/routes.yaml on each Puppet server",
            lines="master: {facts: {terminus: puppetdb, cache: yaml}}\n",
        ),
        SetupFile(where="shell", lines="systemctl restart puppetserver\n"),
    ),
    notes=(
        _OUTAGE,
        "The package puppetdb-termini has to be installed.",
        "Exported resources need a real PuppetDB: this server answers every query with an empty list.",
        _CERTIFICATE,
    ),
)

_APPLY_HTTP: Final = SetupWay(
    title="Masterless puppet apply, http report processor",
    when="Nodes that run puppet apply: each sends for itself.",
    files=(
        SetupFile(
            where="/etc/puppetlabs/puppet/puppet.conf (Debian: /etc/puppet/puppet.conf) on each node",
            lines=f"[main]\nreports   = http\n{_REPORT_URL}",
        ),
    ),
    notes=(
        "puppet apply never tells corrections from intended changes; here that is worked out from the node's own runs.",
        "A manifest that does not compile leaves no report at all: the node falls silent.",
        _HTTPS,
    ),
)

_APPLY_COMMANDS: Final = SetupWay(
    title="Masterless puppet apply, PuppetDB commands",
    when="Nodes that run puppet apply and have a certificate of a Puppet CA: reports and facts.",
    files=(
        SetupFile(
            where="/etc/puppetlabs/puppet/puppetdb.conf (Debian: /etc/puppet/puppetdb.conf) on each node",
            lines="[main]\nserver_urls        = @TLS_URL@\nsoft_write_failure = true\n",
        ),
        SetupFile(
            where="puppet.conf in the same folder",
            lines="[main]\nreports = puppetdb\nstoreconfigs = true\nstoreconfigs_backend = puppetdb\n",
        ),
        SetupFile(
            where="routes.yaml in the same folder",
            lines="""\
apply:
  catalog: {terminus: compiler, cache: puppetdb}
  resource: {terminus: ral, cache: puppetdb}
  facts: {terminus: facter, cache: puppetdb_apply}
""",
        ),
        SetupFile(where="shell, once", lines="puppet ssl bootstrap\n"),
    ),
    notes=(
        (
            "A node's certificate speaks only for the node of that name: allow them all with "
            "`manage.py trust_certificate '*'`."
        ),
        _OUTAGE,
        "The package puppetdb-termini (Debian: puppet-terminus-puppetdb) has to be installed.",
        _CERTIFICATE,
    ),
)

WAYS: Final = (_HTTP, _BROADCAST, _ALONE, _APPLY_HTTP, _APPLY_COMMANDS)
