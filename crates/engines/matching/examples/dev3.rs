#![allow(dead_code, unused, clippy::all, missing_docs)]
mod bench {
    #[path = "/work/wt-index/crates/app/cli/src/bench/corpus.rs"]
    pub(crate) mod corpus;
}
use bench::corpus::*;
use std::io::Write;
fn main() {
    let c = Corpus::new(20_230_621);
    let mut n = Numbers::new(20_230_621);
    let count: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut f = std::io::BufWriter::new(std::fs::File::create("/work/scratch/py-index/offers.jsonl").unwrap());
    for s in 1..=count {
        let o = c.offer(s, &mut n);
        writeln!(
            f,
            "{}",
            serde_json::json!({"id": o.id, "title": o.title, "body": o.body})
        )
        .unwrap();
    }
    let mut f = std::io::BufWriter::new(std::fs::File::create("/work/scratch/py-index/needs.jsonl").unwrap());
    for _ in 0..2000 {
        let (t, b) = c.need(&mut n);
        writeln!(f, "{}", serde_json::json!({"title": t, "body": b})).unwrap();
    }
}
