"""The yardstick for `jiebang bench match`: PyPI bm25s with jieba on the same texts.

    pip install bm25s jieba
    jiebang bench match --offers 100000 --texts offers.jsonl
    python tools/yardstick/bm25.py offers.jsonl offers.needs.jsonl

Prints one JSON object: offers taken in a second (jieba's words for search and bm25s' index over title and body as one
text), the memory of the process, what a top-20 match takes, and 2,000 needs against all. bm25s has no vectors, no
fields, no reasons, no updates and no search box; it is asked for the words alone.
"""

import json
import resource
import sys
import time

import bm25s
import jieba

TOP = 20
MATCHES = 400


def words(text):
    return [word for word in jieba.cut_for_search(text, HMM=False) if word.strip() and word[0].isalnum()]


def percentile(times, share):
    return sorted(times)[max(0, -(-len(times) * share // 100) - 1)] * 1000


def main(offers_path, needs_path):
    with open(offers_path, encoding="utf-8") as file:
        offers = [json.loads(line) for line in file]
    with open(needs_path, encoding="utf-8") as file:
        needs = [json.loads(line) for line in file]
    jieba.initialize()
    start = time.perf_counter()
    corpus = [words(offer["title"] + " " + offer["body"]) for offer in offers]
    cut = time.perf_counter() - start
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(corpus, show_progress=False)
    spent = time.perf_counter() - start
    del corpus
    times = []
    for need in needs[:MATCHES]:
        begin = time.perf_counter()
        index.retrieve([words(need["title"] + " " + need["body"])], k=TOP, show_progress=False)
        times.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    asked = [words(need["title"] + " " + need["body"]) for need in needs]
    index.retrieve(asked, k=TOP, n_threads=2, show_progress=False)
    cross = time.perf_counter() - begin
    print(
        json.dumps(
            {
                "offers": len(offers),
                "index_per_s": round(len(offers) / spent, 1),
                "of_which_jieba_s": round(cut, 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "match_ms": {"p50": round(percentile(times, 50), 2), "p99": round(percentile(times, 99), 2)},
                "cross_s": round(cross, 2),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
