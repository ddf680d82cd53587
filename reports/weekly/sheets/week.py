"""The sheets of a week, part by part in their order."""

from __future__ import annotations

from reports.weekly.blocks import Sheets
from reports.weekly.brief import WeeklyBrief
from reports.weekly.sheets.front import frame_of, front
from reports.weekly.sheets.hotspots import hot_nodes, hot_resources, when_it_happens
from reports.weekly.sheets.runs import environments, runs_by_day
from reports.weekly.sheets.trouble import failures, fleet_events, mutes, repeaters, silent_nodes
from reports.weekly.sheets.trust import definitions, forecast, intake, made_of_week


def lay_out_week(brief: WeeklyBrief) -> Sheets:
    """Everything a weekly brief holds, as blocks."""
    about = brief.about
    return Sheets(
        frame=frame_of(about),
        blocks=(
            *front(brief),
            *runs_by_day(brief),
            *environments(brief),
            *hot_nodes(brief),
            *hot_resources(brief),
            *when_it_happens(brief),
            *fleet_events(brief),
            *failures(brief),
            *silent_nodes(brief),
            *repeaters(brief),
            *mutes(brief),
            *forecast(brief),
            *intake(brief),
            *definitions(brief.definitions, about.unknown, made_of_week(about)),
        ),
    )
