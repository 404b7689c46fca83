#!/usr/bin/env python3
"""Write needs.jsonl and offers.jsonl from the demo's tables and extra-offers.jsonl.

Ids follow the rows' order: need-001 is the first row of demo/needs.csv, pat-001 of
demo/patents.csv, ach-001 of demo/achievements.csv. Grades refer to these ids, so rows
may be added at the end of a table but never moved; --check fails when a file differs.
"""

import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"


def rows(name):
    with open(DEMO / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def join(row, *columns):
    return "\n".join(row[column].strip() for column in columns if row[column].strip())


def needs():
    for number, row in enumerate(rows("needs.csv"), 1):
        body = join(row, "背景与现状", "需解决的技术问题", "技术指标")
        yield {"id": f"need-{number:03d}", "title": row["需求名称"], "body": body}


def offers():
    for number, row in enumerate(rows("patents.csv"), 1):
        body = join(row, "技术简介", "应用产品或场景")
        yield {"id": f"pat-{number:03d}", "kind": "patent", "title": row["专利名称"], "body": body}
    for number, row in enumerate(rows("achievements.csv"), 1):
        body = join(row, "技术简介", "技术指标")
        yield {"id": f"ach-{number:03d}", "kind": "achievement", "title": row["成果名称"], "body": body}
    with open(HERE / "extra-offers.jsonl", encoding="utf-8") as file:
        for line in file:
            offer = json.loads(line)
            yield {key: offer[key] for key in ("id", "kind", "title", "body")}


def main():
    check = "--check" in sys.argv[1:]
    for name, items in (("needs.jsonl", needs()), ("offers.jsonl", offers())):
        text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        path = HERE / name
        if check:
            if path.read_text(encoding="utf-8") != text:
                sys.exit(f"{name} differs from its sources")
        else:
            path.write_text(text, encoding="utf-8")
        print(name, text.count("\n"))


if __name__ == "__main__":
    main()
