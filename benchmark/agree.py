#!/usr/bin/env python3
"""Print how far the two grading passes agree: exact, within one level, and Cohen's kappa
with quadratic weights (1 is full agreement, 0 what chance alone would give)."""

import collections
import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
LEVELS = (1, 2, 3, 4)


def grades(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        found = [((row["need"], row["offer"]), int(row["level"])) for row in csv.DictReader(file, delimiter="\t")]
    table = dict(found)
    if len(table) != len(found) or not set(table.values()) <= set(LEVELS):
        sys.exit(f"{name}: a pair twice, or a level outside 1 to 4")
    return table


def kappa(pairs):
    """1 - observed / expected disagreement, each weighted by the squared distance."""
    first = collections.Counter(a for a, _ in pairs)
    second = collections.Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    expected = sum(first[a] * second[b] * (a - b) ** 2 for a in LEVELS for b in LEVELS) / len(pairs) ** 2
    return 1 - observed / expected


def main():
    one, two = grades("grades-1.tsv"), grades("grades-2.tsv")
    if one.keys() != two.keys():
        sys.exit("the passes do not grade the same pairs")
    pairs = [(one[pair], two[pair]) for pair in sorted(one)]
    count = collections.Counter(pairs)
    print(f"pairs {len(pairs)}, needs {len({need for need, _ in one})}, offers {len({offer for _, offer in one})}")
    print(f"exact {sum(a == b for a, b in pairs) / len(pairs):.3f}")
    print(f"within one {sum(abs(a - b) <= 1 for a, b in pairs) / len(pairs):.3f}")
    print(f"quadratic weighted kappa {kappa(pairs):.3f}")
    print("pass 1 \\ 2" + "".join(f"{level:6}" for level in LEVELS))
    for a in LEVELS:
        print(f"{a:10}" + "".join(f"{count[a, b]:6}" for b in LEVELS))


if __name__ == "__main__":
    main()
