"""Forget a campaign on this computer: its key, unsent texts, and who reads here; an edge."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from generator.review.reader_code import READER_FILE
from generator.signing.unsaved import DESK_FOLDER
from generator.trust.memory import forget_campaign
from generator.trust.readers_edge import campaign_registry
from generator.trust.signer import keys_locked


def forget(root: Path) -> None:
    """Destroy what this computer keeps of a campaign for its reader.

    A key cannot be made again: what it signed stays signed, and a new key asks to be admitted.
    """
    with keys_locked():
        forget_campaign(root, campaign_registry(root).campaign)
        with suppress(OSError):
            shutil.rmtree(root / DESK_FOLDER)
        with suppress(OSError):
            (root / READER_FILE).unlink()
