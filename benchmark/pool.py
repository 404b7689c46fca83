#!/usr/bin/env python3
"""Write pool.tsv: per need the offers chosen by reading (pool-chosen.tsv), filled up to
twelve with offers drawn at random from the other industry fields. The seed is fixed."""

import csv
import json
import pathlib
import random

HERE = pathlib.Path(__file__).resolve().parent
PER_NEED = 12
SEED = 20230614


def fields_of(table):
    with open(HERE.parent / "demo" / table, encoding="utf-8-sig", newline="") as file:
        return [row["产业领域"] for row in csv.DictReader(file)]


def numbered(prefix, fields):
    return {f"{prefix}-{number:03d}": field for number, field in enumerate(fields, 1)}


def main():
    offers = numbered("pat", fields_of("patents.csv")) | numbered("ach", fields_of("achievements.csv"))
    with open(HERE / "extra-offers.jsonl", encoding="utf-8") as file:
        offers |= {offer["id"]: offer["field"] for offer in map(json.loads, file)}
    needs = numbered("need", fields_of("needs.csv"))
    draw = random.Random(SEED)
    with open(HERE / "pool-chosen.tsv", encoding="utf-8") as file:
        chosen = {row["need"]: row["offers"].split() for row in csv.DictReader(file, delimiter="\t")}
    lines = ["need\toffer\n"]
    for need, field in needs.items():
        pool = list(chosen[need])
        others = sorted(id for id, of in offers.items() if of != field and id not in pool)
        pool += draw.sample(others, PER_NEED - len(pool))
        lines += [f"{need}\t{offer}\n" for offer in sorted(pool)]
    (HERE / "pool.tsv").write_text("".join(lines), encoding="utf-8")
    print("pairs", len(lines) - 1)


if __name__ == "__main__":
    main()
