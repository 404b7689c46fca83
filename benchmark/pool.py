#!/usr/bin/env python3
"""Write pool.tsv: per need the offers chosen by reading (pool-chosen.tsv), filled up to
twelve with offers drawn at random from the other industry fields, and after that the
offers written later for that need (pool-later.tsv), which take no part in the draw.
The seed is fixed."""

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


def table(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def numbered(prefix, fields):
    return {f"{prefix}-{number:03d}": field for number, field in enumerate(fields, 1)}


def main():
    offers = numbered("pat", fields_of("patents.csv")) | numbered("ach", fields_of("achievements.csv"))
    with open(HERE / "extra-offers.jsonl", encoding="utf-8") as file:
        offers |= {offer["id"]: offer["field"] for offer in map(json.loads, file)}
    later = {}
    for row in table("pool-later.tsv"):
        later.setdefault(row["need"], []).append(row["offer"])
        offers.pop(row["offer"], None)
    needs = numbered("need", fields_of("needs.csv"))
    draw = random.Random(SEED)
    chosen = {row["need"]: row["offers"].split() for row in table("pool-chosen.tsv")}
    lines = ["need\toffer\n"]
    for need, field in needs.items():
        pool = list(chosen[need])
        others = sorted(id for id, of in offers.items() if of != field and id not in pool)
        pool += draw.sample(others, PER_NEED - len(pool))
        lines += [f"{need}\t{offer}\n" for offer in sorted(pool) + later.get(need, [])]
    (HERE / "pool.tsv").write_text("".join(lines), encoding="utf-8")
    print("pairs", len(lines) - 1)


if __name__ == "__main__":
    main()
