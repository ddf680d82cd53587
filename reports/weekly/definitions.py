"""How each number of a brief is counted: printed at its end, word for word as docs/weekly-brief.md has it."""

from __future__ import annotations

from typing import Final

from reports.weekly.brief import Definition

_OF_RUNS: Final = (
    ("runs", "Runs of the week that ended, by the UTC hour they began in; a run that never ended is in no count."),
    ("failed", "Runs that failed, or some of whose resources did."),
    ("stale catalog", "Runs that applied an old catalog, because the new one failed."),
    ("corrected", "Runs, not failed or stale, with at least one correction."),
    ("changed", "Runs that changed something, and none of it was a correction."),
    ("pending", "Dry runs that found something to do."),
    ("unchanged", "Runs that found everything as it should be."),
    ("share failed", "Failed runs, of all runs of the week."),
)
_CORRECTIONS: Final = (
    ("correction", "A change that succeeded and whose cause is corrective: drift that the tool had to put right."),
    ("nodes that ran", "Nodes on which at least one run ended in the week."),
    ("nodes corrected", "Of these, nodes with at least one correction in the week; likewise failed and changed."),
    ("the week before", "The seven UTC days right before, counted in the same way."),
    ("first heard of", "Nodes whose first report came in within the week."),
    ("gone silent", "Nodes last heard of within the week that are silent as of making."),
)
_HOTSPOTS: Final = (
    ("ranking", "A week that is over: most corrections in it first. The present week: hottest first, as on the page."),
    ("heat", "Corrections, each counting half after seven days, as of making; what repeats has none."),
    ("risk", "The probability of a correction or a failure within seven days, as of making."),
    ("pattern", "How the hottest resource behaves over all time: sporadic, periodic, tug of war, repeater, failing."),
    ("cause", "Of the newest correction in the week: who says that it is one, and on what evidence."),
    ("trend", "Corrections on each of fourteen UTC days: the week before, and the week."),
    ("new", "Of the first hundred of the ranking, those with no correction in the week before."),
)

DEFINITIONS: Final = (
    *(Definition("days", term, sentence) for term, sentence in _OF_RUNS),
    *(Definition("counters", term, sentence) for term, sentence in _CORRECTIONS),
    *(Definition("nodes", term, sentence) for term, sentence in _HOTSPOTS),
    Definition("environments", "share", "Runs of the environment that ended corrected, of all its runs in the week."),
    Definition("resources", "nodes", "On how many nodes the resource was corrected: the most on one day of the week."),
    Definition("resources", "days", "On how many of the seven UTC days it was corrected."),
    Definition("heat_map", "cell of a day", "Corrections of one node on one UTC day."),
    Definition("hours", "cell of an hour", "Corrections of the week by day of the week and hour of the day, UTC."),
    Definition(
        "events",
        "fleet event",
        "One resource corrected on many nodes of one environment at about one time; shown once.",
    ),
    Definition(
        "failures",
        "failing alike",
        "Nodes, not silent, whose newest run failed or had a stale catalog, by what made it so, as of making.",
    ),
    Definition(
        "messages",
        "message",
        "Runs of the week that failed as a whole, by what the tool said, but for its digits; new: none of the last 300"
        " failed runs before the week said it.",
    ),
    Definition("silent", "silent", "Nodes that nothing came in from for longer than the limit, as of making."),
    Definition(
        "repeaters",
        "repeater",
        "A resource that changes in nearly every run of a node, and did so within seven days, as of making.",
    ),
    Definition("mutes", "mute", "What was muted at any time of the week; it stands until it expires or is ended."),
    Definition(
        "forecast",
        "hits",
        "Of the nodes that led the ranking by risk before a past week, those that needed a correction or failed in it.",
    ),
    Definition(
        "intake",
        "accepted",
        "Reports that a door took in the week, by UTC day: stored, known already, left aside, refused, or dropped under"
        " pressure.",
    ),
    Definition("about", "cut-off", "When the newest report of a node in this brief came in; later ones are not in it."),
)

_OF_INCIDENTS: Final = (
    ("counters", "runs", "Runs that began in the window and ended, by how they ended."),
    ("counters", "nodes", "Nodes on which such a run ended; changed, corrected, failed: in some run of it."),
    ("slices", "cell of a slice", "Changes in the runs that began in the slice, by cause, and resources that failed."),
    ("versions", "code version", "One that a node ran in the window and not before; with the first such node."),
    ("versions", "new", "None of the first 50 nodes that ran it had it in the 14 days before the window."),
    ("moments", "went silent", "Nodes last heard of in the window that are silent as of making."),
    ("moments", "came back", "Nodes whose run came longer than the limit of silence after the one before."),
    ("events", "fleet event", "One resource corrected on many nodes of one environment at about one time."),
    ("failures", "message", "Runs that failed as a whole, by what the tool said, but for its digits."),
    ("facts", "moved", "A fact or package that a node told differently from before; alike on many: one line."),
    ("changes", "line", "The same change, on as many nodes and as many times as told; the first is shown."),
    ("changes", "new", "What did nothing in the 30 days before: on any node, on this node; or a new error."),
    ("about", "cut-off", "When the newest report of a node in this brief came in; later ones are not in it."),
)
OF_INCIDENTS: Final = tuple(Definition(part, term, sentence) for part, term, sentence in _OF_INCIDENTS)
