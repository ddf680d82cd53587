"""How much of what happened to a node on a day was the node's own, and how much befell all of its like?"""

from __future__ import annotations

import numpy as np

from reports.risk.fleet_days import Flags, FleetDays, Numbers
from reports.risk.shrinkage import GUESS, GUESS_TRIES

_FEW = 2.0  # so many nodes more, of the usual habit: a group of two does not make a misfortune
_MORE_THAN_USUAL = 2.0  # times the habit: the others may have a bad day by chance


def own_days(fleet: FleetDays, happened: Flags) -> Numbers:
    """Days on which it happened, each worth as much as it says of the node itself, 0 to 1.

    Bad code, or a script run over a list of names, strikes half of a role on one day, and would drown what tells its
    nodes apart. Such a day counts by as much as the others' habit explains of it.
    """
    hits, ran = _by_group(fleet, happened), _by_group(fleet, fleet.ran)
    habits = (hits.sum(axis=1) + GUESS * GUESS_TRIES) / (ran.sum(axis=1) + GUESS_TRIES)
    habit = habits[fleet.group_of][:, None]
    others_hit = hits[fleet.group_of] - happened
    others_ran = np.maximum(ran[fleet.group_of] - fleet.ran, 0.0)
    that_day = (others_hit + habit * _FEW) / (others_ran + _FEW)
    own: Numbers = happened * np.minimum(1.0, _MORE_THAN_USUAL * habit / that_day)
    return own


def _by_group(fleet: FleetDays, flags: Flags) -> Numbers:
    """By group and day: of how many nodes it is so."""
    nodes, days = np.nonzero(flags)
    places = fleet.group_of[nodes] * fleet.length + days
    counts = np.bincount(places, minlength=len(fleet.groups) * fleet.length)
    return counts.reshape(len(fleet.groups), fleet.length).astype(np.float64)
