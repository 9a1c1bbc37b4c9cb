"""Translate with Argos packages by CTranslate2 and SentencePiece alone.

Offline, in one batch, with one model in memory.
"""

from __future__ import annotations

import os
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.drafting.argos_package import MODEL_FOLDER, Package
from generator.drafting.engine import EMPTY_TEXT, EngineSetup, Guess, Origin
from generator.drafting.installed_packages import InstalledPackages
from generator.drafting.package_files import PackageFiles, PackageKind
from generator.problem import LeafletsError, Problem

# As in Argos itself.
LENGTH_PENALTY = 0.2

# Tokens above which CTranslate2 would cut the text in silence.
LONGEST_INPUT = 1024

# Tokens after which CTranslate2 stops, whether the sentence ended or not.
LONGEST_OUTPUT = 256

# How CTranslate2 says that a text is longer than its model can count.
NO_POSITION = "No position encodings"

# Characters of which an empty translation may consist.
INVISIBLE_CHARS = string.whitespace + "\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
NO_MEMORY = ("bad_alloc", "allocate")
TEXT_TOO_LONG = Guess(fault="the text is too long for the model")
ENDLESS = Guess(fault="the translation does not end")
EMPTY_DRAFT = Guess(fault="the translation is empty")


@dataclass(frozen=True)
class BeamSearch:
    """How a translation is looked for.

    With patience 1 a beam ends too soon and misses likely sentences.
    A greedy search (beam 1) takes a third of the time.
    """

    beam: int = 4
    patience: float = 2
    batch: int = 16
    """Texts that a core translates together: 32 take twice the memory, 8 are slower."""

    def __str__(self) -> str:
        """Return it as an origin states it."""
        return f"beam {self.beam}, patience {self.patience:g}"


THOROUGH, FAST = BeamSearch(), BeamSearch(beam=1, patience=1)


@dataclass(frozen=True)
class ArgosModel:
    """A package in memory, ready to translate."""

    translator: Any
    tokens: Any
    prefix: str = ""

    def guesses(self, texts: Sequence[str], search: BeamSearch = THOROUGH) -> list[Guess]:
        """Return one guess for each text, in order.

        Texts should differ, and come in the same order every time.
        """
        tokenized: list[list[str]] = self.tokens.encode(list(texts), out_type=str)
        guesses = [TEXT_TOO_LONG if tokens else EMPTY_TEXT for tokens in tokenized]
        fitting = [
            place for place, tokens in enumerate(tokenized) if 0 < len(tokens) <= LONGEST_INPUT
        ]
        found = self._halving([tokenized[place] for place in fitting], search)
        for place, guess in zip(fitting, found, strict=True):
            guesses[place] = guess
        return guesses

    def _halving(self, batch: list[list[str]], search: BeamSearch) -> list[Guess]:
        """Translate a batch; halve it until a text that is too long for the model is alone."""
        try:
            return self._batch(batch, search) if batch else []
        except RuntimeError as error:
            if NO_POSITION not in str(error):
                raise
        if len(batch) == 1:
            return [TEXT_TOO_LONG]
        half = len(batch) // 2
        return self._halving(batch[:half], search) + self._halving(batch[half:], search)

    def _batch(self, batch: list[list[str]], search: BeamSearch) -> list[Guess]:
        results = self.translator.translate_batch(
            batch,
            target_prefix=[[self.prefix]] * len(batch) if self.prefix else None,
            max_batch_size=search.batch,
            batch_type="examples",
            beam_size=search.beam,
            patience=search.patience,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            return_scores=True,
            # 0 turns the silent cut of long texts off; `guesses` has refused them.
            max_input_length=0,
            max_decoding_length=LONGEST_OUTPUT,
        )
        return [self._guess(result.hypotheses[0], result.scores[0]) for result in results]

    def _guess(self, pieces: list[str], score: float) -> Guess:
        if len(pieces) >= LONGEST_OUTPUT:
            return ENDLESS
        own = pieces[1:] if self.prefix and pieces[:1] == [self.prefix] else pieces
        text = self.tokens.decode_pieces(own).replace("▁", " ").removeprefix(" ")
        return (
            Guess(text, mean_log_probability(score, len(pieces)))
            if text.strip(INVISIBLE_CHARS)
            else EMPTY_DRAFT
        )


def mean_log_probability(score: float, pieces: int) -> float:
    """Return the mean log-probability per token of a score of CTranslate2.

    It has divided the sum by length ** LENGTH_PENALTY. The end of the sentence is a token too.

    >>> round(mean_log_probability(-5.0, 31), 4)
    -0.3125
    """
    length = pieces + 1
    return float(score * length**LENGTH_PENALTY / length)


@contextmanager
def model_errors(package: Package) -> Iterator[None]:
    """Turn what CTranslate2 and SentencePiece raise into a LeafletsError that says what to do."""
    try:
        yield
    except (MemoryError, RuntimeError, ValueError, OSError) as error:
        code, what = "model-broken", f"the model does not work: {error}"
        hint = (
            "fetch the package again; if that does not help, "
            "it needs another version of ctranslate2"
        )
        if isinstance(error, MemoryError) or any(sign in str(error) for sign in NO_MEMORY):
            code, what = "model-memory", "not enough memory for this model"
            hint = (
                "close other programs, or draft fewer languages at a time "
                "on a computer with more memory"
            )
        raise LeafletsError(Problem(code, what, str(package.path), hint)) from None


def usable_cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@dataclass(frozen=True)
class PackageFile:
    """A file of a package that is read when CTranslate2 asks, one at a time.

    With all of them in a dictionary a third more memory is used.
    """

    files: PackageFiles
    name: str

    def read(self) -> bytes:
        """Return all of it; raise LeafletsError if it is damaged."""
        return self.files.read(self.name)


def load_model(package: Package, threads: int = 0) -> ArgosModel:
    """Return a package as a model in memory, with one translator a core and one thread each.

    Raises LeafletsError if the model does not work.
    """
    from ctranslate2 import Translator
    from sentencepiece import SentencePieceProcessor

    with model_errors(package):
        tokens = SentencePieceProcessor(model_proto=package.tokens())
        options: dict[str, Any] = {
            "device": "cpu",
            "inter_threads": threads or usable_cores(),
            "intra_threads": 1,
        }
        source = package.label
        if package.files.kind is PackageKind.FOLDER:
            source = str(package.path / "model")
        else:
            options["files"] = {
                name.removeprefix(MODEL_FOLDER): PackageFile(package.files, name)
                for name in package.files.sizes
                if name.startswith(MODEL_FOLDER)
            }
        return ArgosModel(Translator(source, **options), tokens, package.target_prefix)


@dataclass
class Argos:
    """The engine; `codes` gives Argos's code for each of ours.

    `folders` hold packages (default: Argos's own). `fast` is a greedy search; `threads` is how many
    batches are translated at a time, 0 for one a core.
    """

    codes: Mapping[str, str]
    folders: Sequence[Path] | None = None
    fast: bool = False
    threads: int = 0
    name: str = field(default="argos", init=False)
    offline: bool = field(default=True, init=False)
    fake: bool = field(default=False, init=False)
    version: str = field(init=False)
    _current: tuple[Package, ArgosModel] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Look up the libraries' versions; raise ImportError if one is not installed."""
        self.version = version("ctranslate2")
        self.search = FAST if self.fast else THOROUGH
        self._settings = f"{self.search}, sentencepiece {version('sentencepiece')}"
        self.packages = InstalledPackages(self.codes, self.folders)

    @classmethod
    def set_up(cls, setup: EngineSetup) -> Argos:
        """Return the engine for a campaign's languages and folders.

        Raises ImportError if a library is not installed.
        """
        return cls(setup.codes, setup.folders or None, setup.fast)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of our codes for which there is a package."""
        return self.packages.pairs()

    def origin(self, source: str, target: str) -> Origin:
        """Return engine, package, its sha256 and licence for a pair.

        Raises LeafletsError if there is no package.
        """
        engine = f"{self.name}-{self.version}"
        return self.packages.package(source, target).origin(engine, self._settings)

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        """Return a guess for each text; equal texts are translated once.

        The order of the texts does not matter to the result.
        Raises LeafletsError if there is no package, it is broken, or the memory is too small.
        """
        package = self.packages.package(source, target)
        texts = sorted({text for text in batch if text.strip()}, key=lambda text: (len(text), text))
        with model_errors(package):
            found = dict(zip(texts, self._model(package).guesses(texts, self.search), strict=True))
        return [found.get(text, EMPTY_TEXT) for text in batch]

    def _model(self, package: Package) -> ArgosModel:
        if self._current is None or self._current[0] != package:
            self.close()  # before the next one is loaded: two do not fit everywhere
            self._current = (package, load_model(package, self.threads))
        return self._current[1]

    def close(self) -> None:
        """Give the memory of the model back; the next translation loads it again.

        CTranslate2's own `unload_model` does nothing while a worker still puts its batch away.
        """
        self._current = None
