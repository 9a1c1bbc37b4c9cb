"""Join two versions of a catalogue for git, which calls this itself."""

from pathlib import Path

import click


@click.command("merge-driver", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
def command(base: Path, ours: Path, theirs: Path) -> None:
    """Write into OURS the catalogue that joins it with THEIRS; both began as BASE.

    Git calls this for files with `merge=leaflets` in .gitattributes.

    \b
    Example:
      leaflets merge-driver base.po ours.po theirs.po
    """
    from generator.review.settle_merges import settle_versions

    settle_versions(base, ours, theirs)
