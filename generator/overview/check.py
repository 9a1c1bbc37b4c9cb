"""Check everything that people edit, and return every problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from generator.audio.take_back import recording_problems
from generator.base.names import pick_names
from generator.base.result_cache import ResultCache
from generator.campaign.project import Project
from generator.editions.lost import find_losses
from generator.editions.overflow import long_fact_warnings, overflow_warnings
from generator.overview.check_catalogues import catalogue_problems, language_problems
from generator.overview.check_sources import (
    fact_problems,
    outdated_catalogues,
    outdated_templates,
    site_problems,
    source_problems,
)
from generator.overview.check_trust import trust_problems
from generator.overview.sharing import sharing_problems
from generator.problem import Problem
from generator.review.one_key import one_key_problems
from generator.review.snapshot import Snapshot
from generator.review.source_obstacles import source_obstacles
from generator.review.stray_files import stray_files
from generator.review.translation_obstacles import contested_in


def check_campaign(
    project: Project,
    today: date,
    languages: Iterable[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """Return the problems of a campaign, or of some of its languages, in the order of the work."""
    wanted = pick_names("language", languages, project.campaign.languages)
    snapshot, seconds = Snapshot(project, today=today), ResultCache("second-readings")
    problems = [
        *find_losses(snapshot, wanted),  # first: what is gone explains much of the rest
        *trust_problems(snapshot),
        *recording_problems(project),
        *source_problems(snapshot),
        *outdated_templates(project),
        *outdated_catalogues(snapshot),
        *stray_files(snapshot),
        *fact_problems(snapshot),
        *long_fact_warnings(snapshot),
        *site_problems(snapshot),
        *sharing_problems(project),
        *source_obstacles(snapshot),
        *one_key_problems(snapshot, wanted),
        *contested_in(snapshot, wanted),
    ]
    for number, code in enumerate(wanted, 1):
        language = project.languages[code]
        problems += language_problems(project, language, today)
        for (of, *_), found in overflow_warnings(snapshot).items():
            problems += found if of == code else ()
        if code != "en":
            problems += catalogue_problems(snapshot, language, seconds)
        if progress:
            progress(number, len(wanted))
    snapshot.save_findings()
    seconds.save()
    return list(dict.fromkeys(problems))
