#!/usr/bin/env python3
"""Print what plain shared characters reach on the benchmark: BM25 over character pairs,
with the need's title alone and with title and body as the query. A matcher that knows
meanings should do better; the function `measure` takes any ranking."""

import collections
import csv
import json
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
DEPTH = 10
USABLE = 3


def lines(name):
    with open(HERE / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def levels():
    """The mean of both passes, by need and offer."""
    mean = collections.defaultdict(lambda: collections.defaultdict(float))
    for name in ("grades-1.tsv", "grades-2.tsv"):
        with open(HERE / name, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                mean[row["need"]][row["offer"]] += int(row["level"]) / 2
    return mean


def gain(ranked):
    return sum((2 ** (level - 1) - 1) / math.log2(place + 2) for place, level in enumerate(ranked[:DEPTH]))


def measure(rank, needs, level):
    """`rank(need)` gives all offers' ids, best first."""
    ndcg, first, found, usable = 0.0, 0, 0, 0
    for need in needs:
        graded = level[need["id"]]
        ids = rank(need)
        pool = [graded[id] for id in ids if id in graded]
        ndcg += gain(pool) / gain(sorted(pool, reverse=True))
        first += pool[0] >= USABLE
        good = {id for id in graded if graded[id] >= USABLE}
        usable += len(good)
        found += len(good & set(ids[:DEPTH]))
    return ndcg / len(needs), first / len(needs), found / usable


def pairs(text):
    return [text[place : place + 2] for place in range(len(text) - 1)]


def bm25(offers, query, k1=1.2, b=0.75):
    bags = {offer["id"]: collections.Counter(pairs(offer["title"] + offer["body"])) for offer in offers}
    size = {id: sum(bag.values()) for id, bag in bags.items()}
    mean = sum(size.values()) / len(size)
    seen = collections.Counter(term for bag in bags.values() for term in bag)

    def weight(term):
        return math.log(1 + (len(bags) - seen[term] + 0.5) / (seen[term] + 0.5))

    def rank(need):
        terms = sorted(set(pairs(query(need))))
        score = {
            id: sum(
                weight(term) * bag[term] * (k1 + 1) / (bag[term] + k1 * (1 - b + b * size[id] / mean))
                for term in terms
                if term in bag
            )
            for id, bag in bags.items()
        }
        return sorted(score, key=lambda id: (-score[id], id))

    return rank


def main():
    needs, offers, level = lines("needs.jsonl"), lines("offers.jsonl"), levels()
    queries = {
        "title": lambda need: need["title"],
        "title and body": lambda need: need["title"] + need["body"],
    }
    for name, query in queries.items():
        ndcg, first, found = measure(bm25(offers, query), needs, level)
        print(f"{name}: nDCG@{DEPTH} in the pool {ndcg:.3f}, first in the pool usable {first:.3f}, "
              f"usable in the first {DEPTH} of all {found:.3f}")


if __name__ == "__main__":
    main()
