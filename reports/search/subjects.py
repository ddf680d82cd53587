"""The keys of the language, declared: what nodes, runs, changes and resources are searched by.

A key's name is the word of docs/glossary.md or its usual short form; aliases are what others say, and each adapter
declares the words of its own tool.
"""

from __future__ import annotations

from typing import Final

from reports.adapters.discovery import adapters
from reports.rollups.status import NodeStatus
from reports.run import Cause, Outcome, Pattern, Status
from reports.search.keys import Key, Kind, Subject

_PATTERNS: Final = tuple(pattern.name.lower() for pattern in Pattern)
_OUTCOMES: Final = tuple(outcome.name.lower() for outcome in sorted(Outcome, reverse=True))
_NODE: Final = ("host", "hostname", "machine", "server")
_NONE_TOLD: Final = '"": none told'

_NAME: Final = Key("name", Kind.NAME, "Name of the node, whole.", "name:web-*", aliases=("node", *_NODE))
_NODE_NAME: Final = Key("node", Kind.NAME, "Name of the node, whole.", "node:web-*", aliases=("name", *_NODE))
_ENV: Final = Key("env", Kind.NAME, f"Environment ({_NONE_TOLD}).", "env:production", aliases=("environment",))
_SITE: Final = Key("site", Kind.NAME, "Namespace of node names.", "site:main")
_TOOL: Final = Key("tool", Kind.EXACT, "Config tool, as in the address of its door.", "tool:generic")
_RESOURCE: Final = 'resource:"File[/etc/*]"'


def _subject(name: str, bare: str, keys: tuple[Key, ...]) -> Subject:
    """The subject with the words of every tool: each adapter declares them."""
    subject = Subject.of(name, bare, keys)
    for adapter in adapters():
        subject = subject.with_words(adapter.words)
    return subject


NODES: Final = _subject(
    "nodes",
    "name",
    (
        _NAME,
        _ENV,
        _SITE,
        _TOOL,
        Key("role", Kind.NAME, f"What the node is for ({_NONE_TOLD}).", "role:web*"),
        Key(
            "status",
            Kind.WORD,
            "How its newest run ended, or silent.",
            "status:failed,silent",
            aliases=("outcome", "state"),
            words=tuple(NodeStatus),
        ),
        Key("corrections", Kind.COUNT, "Corrections within seven days, today included.", "corrections:>3"),
        Key("heat", Kind.NUMBER, "Corrections, each counting half after seven days.", "heat:>2"),
        Key("risk", Kind.PERCENT, "Probability of a correction or failure within seven days.", "risk:>50"),
        Key("seen", Kind.AGO, "When something last came in from it.", "seen:>2h", aliases=("heard",)),
        Key("first_seen", Kind.AGO, "When something first came in from it.", "first_seen:<7d"),
        Key("changed", Kind.AGO, "That something changed on it since.", "changed:<7d"),
        Key("resource", Kind.RESOURCE, "A resource that ever changed on it.", _RESOURCE),
        Key("corrected", Kind.RESOURCE, "A resource that was ever corrected on it.", 'corrected:"File[/etc/*]"'),
        Key("pattern", Kind.WORD, "That some resource on it behaves so.", "pattern:repeater", words=_PATTERNS),
        Key("clock", Kind.WORD, "Whether its clock agrees with ours.", "clock:wrong", words=("wrong", "right")),
        Key("muted", Kind.WORD, "Whether somebody muted it for now.", "muted:no", words=("yes", "no")),
    ),
)

RUNS: Final = _subject(
    "runs",
    "node",
    (
        _NODE_NAME,
        _ENV,
        _SITE,
        _TOOL,
        Key(
            "outcome",
            Kind.WORD,
            "How it ended; unfinished: not yet, as far as is told.",
            "outcome:failed",
            aliases=("status", "state"),
            words=(*_OUTCOMES, "unfinished"),
        ),
        Key("at", Kind.AGO, "When it started.", "at:<24h", aliases=("started", "date")),
        Key("took", Kind.SPAN, "How long it took.", "took:>10m", aliases=("duration",)),
        Key("failed", Kind.COUNT, "Resources that failed in it.", "failed:>0"),
        Key("changed", Kind.COUNT, "Resources that changed in it.", "changed:>=10"),
        Key("pending", Kind.COUNT, "Resources that a dry run would have changed.", "pending:>0"),
        Key("corrections", Kind.COUNT, "Corrections in it.", "corrections:>3"),
        Key("code", Kind.NAME, f"Version of the code it applied ({_NONE_TOLD}).", "code:4f2a*", aliases=("version",)),
        Key("noop", Kind.WORD, "Whether it was a dry run.", "noop:yes", words=("yes", "no")),
        Key("resource", Kind.RESOURCE, "A resource that changed, failed or was to change in it.", _RESOURCE),
    ),
)

CHANGES: Final = _subject(
    "changes",
    "node",
    (
        _NODE_NAME,
        _ENV,
        _SITE,
        _TOOL,
        Key("resource", Kind.RESOURCE, "What changed.", _RESOURCE),
        Key("type", Kind.NAME, "Type of what changed.", "type:Package"),
        Key("property", Kind.NAME, f"What of it changed ({_NONE_TOLD}).", "property:mode"),
        Key(
            "cause",
            Kind.WORD,
            "Why it was needed.",
            "cause:corrective",
            words=tuple(cause.name.lower() for cause in Cause),
        ),
        Key(
            "status",
            Kind.WORD,
            "What became of it.",
            "status:failed",
            aliases=("outcome", "state"),
            words=tuple(status.name.lower() for status in Status if status is not Status.UNCHANGED),
        ),
        Key("at", Kind.AGO, "When its run started.", "at:<24h", aliases=("started", "date")),
    ),
)

RESOURCES: Final = _subject(
    "resources",
    "title",
    (
        Key("resource", Kind.RESOURCE, "The resource itself.", _RESOURCE),
        Key("type", Kind.NAME, "Its type.", "type:File"),
        Key("title", Kind.NAME, "Its title, whole.", "title:/etc/*"),
        Key("env", Kind.NAME, "An environment in which it was ever corrected.", "env:production", ("environment",)),
        Key("corrections", Kind.COUNT, "Corrections of it, on all nodes and over all time.", "corrections:>3"),
        Key("heat", Kind.NUMBER, "Corrections, each counting half after seven days.", "heat:>2"),
        Key("pattern", Kind.WORD, "That it behaves so on some node.", "pattern:tug_of_war", words=_PATTERNS),
        Key("node", Kind.NAME, "A node on which it ever changed.", "node:web-1", aliases=("name", *_NODE)),
        Key("changed", Kind.AGO, "That it changed somewhere since.", "changed:<7d"),
        Key("muted", Kind.WORD, "Whether somebody muted it on all nodes for now.", "muted:no", words=("yes", "no")),
    ),
)

ENVIRONMENTS: Final = _subject(
    "environments",
    "name",
    (Key("env", Kind.NAME, f"Its name, whole ({_NONE_TOLD}).", "env:prod*", aliases=("environment", "name")),),
)

SUBJECTS: Final = {subject.name: subject for subject in (NODES, RUNS, CHANGES, RESOURCES, ENVIRONMENTS)}
