"""How fast drafts are made, beside argostranslate sentence by sentence, and how much memory they take.

The package is built here, with random weights in the size of Argos's own (6+6 layers of 512, 8 heads, 2048, int8): the speed
is real, the text is not. Every translation ends after 22 tokens. Each run is a process of its own, and the runs alternate.
`--argostranslate PYTHON` names the interpreter with argostranslate (default: that of `make test-argostranslate`); without
it the other side is CTranslate2 called as argostranslate calls it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / ".venv-argostranslate" / "bin" / "python"
LAYERS, DIMENSION, HEADS, INNER, POSITIONS = 6, 512, 8, 2048, 300
WORDS, OUTPUT = 20, 22
"""Tokens of a source, and of its translation."""
CODES = {"en": "en", "fr": "fr"}
Seconds = tuple[float, float]
"""By the clock, and of all cores together: the second suffers less where others work on the machine."""


# The package


def words(count: int) -> list[str]:
    """Return so many different words, the same ones every time."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["".join(letters[number // 26**place % 26] for place in range(4)) for number in range(count)]


def train_pieces(vocabulary: int) -> bytes:
    """Return a SentencePiece model with one piece a word."""
    import io

    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(words(vocabulary)), model_writer=model, model_type="word", vocab_size=vocabulary, minloglevel=2
    )
    return model.getvalue()


def fill(spec: Any, vocabulary: int) -> None:
    """Give a transformer random weights, and positions from which the decoder reads that it is time to end."""
    import numpy as np

    generator = np.random.default_rng(7)

    def weights(*shape: int) -> Any:
        return (generator.standard_normal(shape, dtype="float32") / np.sqrt(shape[-1])).astype("float32")

    def linear(part: Any, outputs: int, inputs: int) -> None:
        part.weight, part.bias = weights(outputs, inputs), np.zeros(outputs, "float32")

    def norm(part: Any) -> None:
        part.gamma, part.beta = np.ones(DIMENSION, "float32"), np.zeros(DIMENSION, "float32")

    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = weights(vocabulary, DIMENSION)
        side.position_encodings.encodings = weights(POSITIONS, DIMENSION)
        norm(side.layer_norm)
        for layer in side.layer:
            for part in (layer.self_attention, layer.ffn):
                norm(part.layer_norm)
            linear(layer.self_attention.linear[0], 3 * DIMENSION, DIMENSION)
            linear(layer.self_attention.linear[1], DIMENSION, DIMENSION)
            linear(layer.ffn.linear_0, INNER, DIMENSION)
            linear(layer.ffn.linear_1, DIMENSION, INNER)
    for layer in spec.decoder.layer:
        norm(layer.attention.layer_norm)
        linear(layer.attention.linear[0], DIMENSION, DIMENSION)
        linear(layer.attention.linear[1], 2 * DIMENSION, DIMENSION)
        linear(layer.attention.linear[2], DIMENSION, DIMENSION)
    end_at(spec, vocabulary, linear)


def end_at(spec: Any, vocabulary: int, linear: Callable[[Any, int, int], None]) -> None:
    """Make the decoder end after OUTPUT tokens: the first number of its state says how late it is."""
    positions = spec.decoder.position_encodings.encodings
    positions[:, 0] = 100
    positions[:OUTPUT, 0] = -100
    linear(spec.decoder.projection, vocabulary, DIMENSION)
    spec.decoder.projection.weight[:, 0] = 0
    spec.decoder.projection.weight[2] = 0
    spec.decoder.projection.weight[2, 0] = 10


def build(path: Path, vocabulary: int) -> None:
    """Write the package."""
    import sentencepiece
    from ctranslate2.specs import transformer_spec

    tokens = train_pieces(vocabulary)
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokens)
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    spec = transformer_spec.TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    fill(spec, len(pieces))
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos, spec.config.decoder_start_token = True, "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    metadata = {"package_version": "1.0", "argos_version": "1.9", "from_code": "en", "from_name": "en", "to_code": "fr", "to_name": "fr"}
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        spec.save(folder)
        for file in sorted(Path(folder).iterdir()):
            package.write(file, f"{path.stem}/model/{file.name}")
        package.writestr(f"{path.stem}/sentencepiece.model", tokens)
        package.writestr(f"{path.stem}/metadata.json", json.dumps(metadata))


def sources(count: int, vocabulary: int) -> list[str]:
    """Return sentences of WORDS known words, the same ones every time."""
    chosen = random.Random(11)  # noqa: S311 - no secret
    known = words(vocabulary - 10)
    return [" ".join(chosen.choices(known, k=WORDS)) for _ in range(count)]


# What is measured: each function translates the first text to load everything, then all; it returns the time of the latter


def ours(folder: Path, texts: list[str], fast: bool = False) -> Seconds:
    """Use the project's engine, from the packed file."""
    from generator.drafting.argos import Argos

    engine = Argos(CODES, [folder], fast=fast)
    return timed(lambda batch: [guess.text for guess in engine.translate(batch, "en", "fr")], texts)


def fast(folder: Path, texts: list[str]) -> Seconds:
    """Use the project's engine with its greedy search."""
    return ours(folder, texts, True)


def reference(folder: Path, texts: list[str]) -> Seconds:
    """Use argostranslate's own API with its defaults, one sentence after another."""
    from argostranslate import package, translate

    from generator.drafting.argos_reference import LineSplitter

    package.install_from_path(next(folder.glob("*.argosmodel")))
    translation = translate.get_translation_from_codes("en", "fr")
    translation.underlying.sentencizer = LineSplitter()
    return timed(lambda batch: [translation.translate(text) for text in batch], texts)


def single(folder: Path, texts: list[str]) -> Seconds:
    """Call CTranslate2 one sentence after another with argostranslate's defaults: beam 4, all cores for each sentence."""
    from ctranslate2 import Translator

    from generator.drafting.argos import LENGTH_PENALTY, load_model
    from generator.drafting.argos_package import read_package

    package = read_package(next(folder.glob("*.argosmodel")))
    tokens = load_model(package).tokens
    files = {name.removeprefix("model/"): package.files.read(name) for name in package.files.sizes if name.startswith("model/")}
    translator = Translator(package.label, files=files, device="cpu", inter_threads=1, intra_threads=0)

    def one(text: str) -> str:
        pieces = [tokens.encode(text, out_type=str)]
        (result,) = translator.translate_batch(
            pieces, beam_size=4, length_penalty=LENGTH_PENALTY, replace_unknowns=True, return_scores=True
        )
        return str(tokens.decode_pieces(result.hypotheses[0]))

    return timed(lambda batch: [one(text) for text in batch], texts)


def timed(translate: Callable[[list[str]], list[str]], texts: list[str]) -> Seconds:
    """Return the time for all texts, after one that loads the model; every translation must have its length."""
    translate(texts[:1])
    wall, busy = time.perf_counter(), time.process_time()
    found = translate(texts)
    seconds = time.perf_counter() - wall, time.process_time() - busy
    lengths = {len(text.split()) for text in found}
    if not lengths <= set(range(OUTPUT - 1, OUTPUT + 3)):
        raise SystemExit(f"translations of {sorted(lengths)} words, not about {OUTPUT}: the weights are wrong")
    return seconds


WAYS: dict[str, Callable[[Path, list[str]], Seconds]] = {"ours": ours, "fast": fast, "argostranslate": reference, "single": single}
LABELS = {
    "ours": "leaflets, beam 4, patience 2, one batch",
    "fast": "leaflets --fast, greedy, one batch",
    "argostranslate": "argostranslate, beam 4, sentence by sentence",
    "single": "ctranslate2 as argostranslate calls it, no batch",
}


def run(way: str, folder: Path, count: int, vocabulary: int) -> None:
    """Measure one way in this process, and print seconds and peak memory as JSON."""
    import resource

    seconds, busy = WAYS[way](folder, sources(count, vocabulary))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    versions = {name: version(name) for name in ("ctranslate2", "sentencepiece", "argostranslate") if installed(name)}
    print(json.dumps({"rate": count / seconds, "busy": 1000 * busy / count, "peak": peak, "versions": versions}))


def installed(name: str) -> bool:
    """Tell whether a package is installed."""
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def child(python: Path, *arguments: object) -> str:
    """Return what this program prints with these arguments, in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": home, "ORT_DISABLE_TELEMETRY": "1"}
        command = [str(part) for part in (python, __file__, *arguments)]
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=True).stdout


def measured(python: Path, way: str, folder: Path, count: int, vocabulary: int) -> dict[str, Any]:
    """Return what one run says."""
    said = child(python, "--run", way, "--folder", folder, "--count", count, "--vocabulary", vocabulary)
    return json.loads(said.splitlines()[-1])


def compare(python: Path, rounds: int, count: int, slow: int, vocabulary: int) -> None:
    """Run all ways in turn and print medians, ratios and memory."""
    ways = {"ours": count, "fast": count, "argostranslate" if python.exists() else "single": slow}
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as name:
        package = Path(name) / "translate-en_fr-1_0.argosmodel"
        child(Path(sys.executable), "--run", "build", "--folder", package, "--vocabulary", vocabulary)  # a large parent would count
        cores = len(os.sched_getaffinity(0))
        print(f"{platform.system()} {platform.machine()}, {cores} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
        print(f"package {package.stat().st_size / 1e6:.0f} MB, {LAYERS}+{LAYERS} layers of {DIMENSION}, vocabulary {vocabulary}, int8")
        for _ in range(rounds):
            for way, number in ways.items():
                found[way].append(
                    measured(python if way == "argostranslate" else Path(sys.executable), way, Path(name), number, vocabulary)
                )
    base = statistics.median(row["rate"] for row in found[list(ways)[-1]])
    print(f"{'':50} {'texts':>6} {'a second':>9} {'lowest':>7} {'highest':>8} {'times':>6} {'CPU ms each':>12} {'peak MB':>8}")
    for way, rows in found.items():
        rates = [row["rate"] for row in rows]
        rate = statistics.median(rates)
        busy = statistics.median(row["busy"] for row in rows)
        peak = max(row["peak"] for row in rows)
        print(f"{LABELS[way]:50} {ways[way]:6} {rate:9.1f} {min(rates):7.1f} {max(rates):8.1f} {rate / base:6.1f} {busy:12.0f} {peak:8.0f}")
    for way, rows in found.items():
        print(f"{way}: " + ", ".join(f"{name} {value}" for name, value in rows[0]["versions"].items()))


def main() -> None:
    """Compare, or be one of the processes of a comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--argostranslate", type=Path, default=REFERENCE, metavar="PYTHON", help="interpreter that has argostranslate")
    parser.add_argument("--vocabulary", type=int, default=32_000, help="59000 makes a package as large as Argos's largest")
    parser.add_argument("--count", type=int, default=640, help="texts a run")
    parser.add_argument("--slow", type=int, default=24, help="texts a run, sentence by sentence")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each")
    parser.add_argument("--run", choices=[*WAYS, "build"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run == "build":
        build(options.folder, options.vocabulary)
    elif options.run:
        run(options.run, options.folder, options.count, options.vocabulary)
    else:
        compare(options.argostranslate, options.rounds, options.count, options.slow, options.vocabulary)


if __name__ == "__main__":
    main()
