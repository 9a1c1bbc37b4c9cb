"""Build tiny Argos packages whose translator is wired by hand: a word-for-word dictionary, without any training.

The vocabulary is one piece for each known word and each printable ASCII character. The state of the network is a one-hot
token beside a one-hot position. Cross-attention looks at the source piece of the same position, and its value matrix maps
it to the target piece; so everything unknown (marks, spaces, placeholders) is copied. It takes less than a second,
gives the same bytes every time, and makes the mistakes that checks must catch.
"""

from __future__ import annotations

import io
import json
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import transformer_spec

FRENCH = {"Hello": "Salut", "world": "monde", "Help": "Aide", "peace": "paix", "Call": "Appelez", "for": "pour", "free": "gratuit"}
ARABIC = {"Hello": "مرحبا", "world": "العالم", "Help": "مساعدة", "peace": "سلام", "Call": "اتصل", "for": "من"}
FAULTS = {"Emptyword": "", "SWAP": "12", "dropped": "", "{hotline}": "{hot line}"}
"""Wrong on purpose: words that vanish, a word that becomes a number, and a damaged placeholder."""
STUTTER = "stutter"
"""A word after which the translation never ends, if there are at least three more pieces."""
NOTHING = "\u2060"
"""A target-only piece, a word joiner: the nearest thing to an empty translation."""
SPECIAL = {"unk": "<unk>", "bos": "<s>", "eos": "</s>"}
END = 2
EPSILON = 1e-5
README = "# Tiny package\n\nLicence: CC0 1.0. Wired by hand for the tests of leaflets.\n"


@dataclass(frozen=True)
class Tiny:
    """What goes into a package; an input of more than `positions` pieces is too long for its model."""

    codes: tuple[str, str] = ("en", "fr")
    words: tuple[tuple[str, str], ...] = tuple((FRENCH | FAULTS).items())
    positions: int = 264
    version: str = "1.0"
    prefix: str = ""
    sure: float = 3
    """How far a translation is ahead of its rivals; small numbers give probabilities below one."""

    @property
    def root(self) -> str:
        """The folder in the package."""
        return f"translate-{self.codes[0]}_{self.codes[1]}-{self.version.replace('.', '_')}"

    @property
    def metadata(self) -> dict[str, object]:
        """What metadata.json says."""
        source, target = self.codes
        names = {"from_code": source, "from_name": source, "to_code": target, "to_name": target}
        prefix = {"target_prefix": self.prefix} if self.prefix else {}
        return {"package_version": self.version, "argos_version": "1.9", **names, **prefix}


EN_FR = Tiny()
EN_AR = Tiny(("en", "ar"), tuple((ARABIC | FAULTS).items()))
FR_EN = Tiny(("fr", "en"), tuple((target, source) for source, target in FRENCH.items()))


def train_pieces(words: Mapping[str, str], prefix: str) -> bytes:
    """Return a SentencePiece model with every source and target word and every printable ASCII character."""
    characters = [chr(code) for code in range(33, 127)] + ["\t"]
    symbols = list(dict.fromkeys([*words, STUTTER, *(target for target in words.values() if len(target) > 1), *filter(None, [prefix])]))
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(characters)] * 3 + [" ".join(symbols)]),
        model_writer=model,
        model_type="char",
        vocab_size=len(symbols) + len(characters) + 40,
        hard_vocab_limit=False,
        user_defined_symbols=symbols,
        character_coverage=1.0,
        normalization_rule_name="identity",  # keeps spaces and placeholders; the default table would add 240 kB
        remove_extra_whitespaces=False,
        unk_id=0,
        bos_id=1,
        eos_id=END,
        pad_id=-1,
        minloglevel=2,
    )
    return model.getvalue()


class Wiring:
    """A one-layer transformer that replaces each known piece and copies every other."""

    def __init__(self, pieces: list[str], tiny: Tiny) -> None:
        self.index = {piece: number for number, piece in enumerate(pieces)}
        self.words, self.tokens, self.positions, self.sure = dict(tiny.words), len(pieces), tiny.positions, tiny.sure
        used = self.tokens + self.positions
        self.size = used + -used % 8
        self.spec = transformer_spec.TransformerSpec.from_config((1, 1), 1, pre_norm=True)
        for side in (self.spec.encoder, self.spec.decoder):
            self.embed(side)
            for layer in side.layer:
                self.silence_layer(layer)
        self.pass_through(self.spec.encoder.layer_norm)
        self.spec.decoder.layer_norm.gamma = np.ones(self.size, "float32")
        self.spec.decoder.layer_norm.beta = np.zeros(self.size, "float32")
        self.attend(self.spec.decoder.layer[0].attention)
        self.project()

    def block(self, start: int, length: int, scale: float = 1.0) -> np.ndarray:
        """Return a matrix that is the identity on one block of the state."""
        matrix = np.zeros((self.size, self.size), "float32")
        matrix[start : start + length, start : start + length] = np.eye(length) * scale
        return matrix

    def embed(self, side: Any) -> None:
        """Give each token and each position a place of its own in the state."""
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = np.eye(self.tokens, self.size, dtype="float32")
        side.scale_embeddings = False
        side.position_encodings.encodings = np.eye(self.positions, self.size, self.tokens, dtype="float32")

    def pass_through(self, norm: Any) -> None:
        """Undo a layer norm: the state holds two ones, which fixes its mean and deviation."""
        average = 2 / self.size
        norm.gamma = np.full(self.size, np.sqrt(average - average * average + EPSILON), "float32")
        norm.beta = np.full(self.size, average, "float32")

    def silence(self, linear: Any, outputs: int, inputs: int) -> None:
        """Make a linear layer give zero."""
        linear.weight, linear.bias = np.zeros((outputs, inputs), "float32"), np.zeros(outputs, "float32")

    def silence_layer(self, layer: Any) -> None:
        """Make self-attention and feed-forward do nothing."""
        self.pass_through(layer.self_attention.layer_norm)
        self.silence(layer.self_attention.linear[0], 3 * self.size, self.size)
        self.silence(layer.self_attention.linear[1], self.size, self.size)
        self.pass_through(layer.ffn.layer_norm)
        self.silence(layer.ffn.linear_0, 8, self.size)
        self.silence(layer.ffn.linear_1, self.size, 8)

    def attend(self, attention: Any) -> None:
        """Let step t look at source piece t alone, and take its translation."""
        dictionary = self.block(0, self.tokens)
        for source, target in self.words.items():
            dictionary[:, self.index[source]] = 0
            dictionary[self.index[target or NOTHING], self.index[source]] = 1
        self.pass_through(attention.layer_norm)
        sharp = 40 * np.sqrt(self.size)  # makes the softmax one-hot
        attention.linear[0].weight = self.block(self.tokens, self.positions, sharp)
        attention.linear[0].bias = np.zeros(self.size, "float32")
        attention.linear[1].weight = np.concatenate([self.block(self.tokens, self.positions), dictionary])
        attention.linear[1].bias = np.zeros(2 * self.size, "float32")
        attention.linear[2].weight = self.block(0, self.tokens, 20)  # drowns the token before, which stands in the same block
        attention.linear[2].bias = np.zeros(self.size, "float32")

    def project(self) -> None:
        """Read the token out; the end is sure of itself, and the stutter word feeds itself."""
        projection = np.eye(self.tokens, self.size, dtype="float32") * self.sure
        projection[END, END] *= 10
        projection[self.index[STUTTER], self.index[STUTTER]] *= 40
        self.spec.decoder.projection.weight = projection
        self.spec.decoder.projection.bias = np.zeros(self.tokens, "float32")


def model_files(spec: Any, pieces: list[str]) -> dict[str, bytes]:
    """Return a specification as the int8 files of a CTranslate2 model."""
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    tokens = {f"{name}_token": token for name, token in SPECIAL.items()}
    fixed = {"decoder_start_token": "<s>", "add_source_bos": False, "add_source_eos": True, "layer_norm_epsilon": EPSILON}
    for name, value in (tokens | fixed).items():
        setattr(spec.config, name, value)
    spec.validate()
    spec.optimize(quantization="int8")
    with TemporaryDirectory() as folder:
        spec.save(folder)
        return {f"model/{file.name}": file.read_bytes() for file in sorted(Path(folder).iterdir())}


@cache
def parts(tiny: Tiny) -> dict[str, bytes]:
    """Return the files of a package by name below its folder; not to be changed."""
    tokens = train_pieces(dict(tiny.words), tiny.prefix)
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokens)
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())] + [NOTHING]
    model = model_files(Wiring(pieces, tiny).spec, pieces)
    metadata = json.dumps(tiny.metadata).encode()
    return {"sentencepiece.model": tokens, "metadata.json": metadata, "README.md": README.encode(), **model}


def archive(path: Path, files: Mapping[str, bytes], modes: Mapping[str, int] | None = None) -> Path:
    """Write a zip file with fixed dates, so that two builds give the same bytes; `modes` are those of Unix."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name)
            info.external_attr = (modes or {}).get(name, stat.S_IFREG | 0o644) << 16
            package.writestr(info, data, zipfile.ZIP_DEFLATED)
    return path


def build(folder: Path, tiny: Tiny = EN_FR, change: Callable[[dict[str, bytes]], object] = dict) -> Path:
    """Write a package into a folder and return its path; `change` gets its files by name below their folder, to break them."""
    files = dict(parts(tiny))
    change(files)
    folder.mkdir(parents=True, exist_ok=True)
    return archive(folder / f"{tiny.root}.argosmodel", {f"{tiny.root}/{name}": data for name, data in files.items()})


def unpack(folder: Path, tiny: Tiny = EN_FR) -> Path:
    """Write a package as Argos itself unpacks it, and return its folder."""
    for name, data in parts(tiny).items():
        path = folder / tiny.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / tiny.root


def without_network(*command: str) -> list[str]:
    """Return a command that runs in a namespace without any network, where the system lets us make one."""
    unshare = ["unshare", "-rn"]
    able = shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0
    return [*unshare, *command] if able else [*command]


def declare(path: Path, size: int) -> Path:
    """Let the directory of a zip file say that its largest member unpacks to `size` bytes."""
    with zipfile.ZipFile(path, "a") as package:
        max(package.infolist(), key=lambda info: info.file_size).file_size = size
        package._didModify = True  # type: ignore[attr-defined]
    return path
