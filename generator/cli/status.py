"""`leaflets status`: what is translated, read and ready."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.cli import names, show

if TYPE_CHECKING:
    from generator.usecases.status import Count


@click.command("status")
@names.languages
@names.as_json
@click.pass_context
def command(context: click.Context, languages: tuple[str, ...], json_: bool) -> None:
    """Show per language and leaflet how much is translated, and how much is ready to hand out.

    \b
    Example:
      leaflets status -l ar
    """
    from generator.usecases.status import status

    report = status(names.project_of(context), languages)
    if json_:
        keys = ("leaflet", "language", "total", "missing", "stale", "draft", "read", "ready")
        show.as_json({"catalogues": [{key: getattr(count, key) for key in keys} for count in report.counts]})
    else:
        _table(report.counts)
    for problem in report.problems:
        show.note(problem.line())
    show.next_step(report.next_step)
    sys.exit(1 if report.problems else 0)


def _table(counts: tuple[Count, ...]) -> None:
    show.result(f"{'language':10} {'leaflet':22} {'translated':>10}  {'':10} {'ready':>10}")
    for count in sorted(counts, key=lambda count: (count.language, count.leaflet)):
        bar = "█" * round(10 * count.translated / count.total)
        kind = "ready" if count.ready == count.total else "draft"
        ready = show.colour(f"{count.ready:>4} of {count.total:<3}", kind)
        stale = f"  {count.stale} changed in English" if count.stale else ""
        show.result(f"{count.language:10} {count.leaflet:22} {count.translated:>3} of {count.total:<3}  {bar:10} {ready}{stale}")
