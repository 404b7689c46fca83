#![allow(dead_code, unused, clippy::all)]
mod bench {
    #[path = "/work/wt-index/crates/app/cli/src/bench/corpus.rs"]
    pub(crate) mod corpus;
}
use bench::corpus::*;
use matching::{table::Table, text::Analyser};
fn main() {
    let c = Corpus::new(1);
    println!("words {}", c.words());
    let mut n = Numbers::new(1);
    let docs: Vec<_> = (0..5000u64).map(|i| c.offer(i, &mut n)).collect();
    println!("{:?}", docs[0]);
    let bytes: usize = docs.iter().map(|d| d.body.len() + d.title.len()).sum();
    println!("bytes/doc {}", bytes / docs.len());
    let a = Analyser::new();
    let t = Table::shipped().unwrap();
    let time = |name: &str, f: &mut dyn FnMut(usize)| {
        let s = std::time::Instant::now();
        for i in 0..docs.len() {
            f(i)
        }
        println!(
            "{name}: {:.1} us/doc",
            s.elapsed().as_secs_f64() * 1e6 / docs.len() as f64
        );
    };
    let mut plain = vec![];
    time("normalise", &mut |i| {
        plain.push((a.normalise(&docs[i].title), a.normalise(&docs[i].body)))
    });
    let mut k = 0usize;
    time("visit", &mut |i| {
        a.visit_normal(&plain[i].0, &mut |t: &str| k += 1);
        a.visit_normal(&plain[i].1, &mut |t: &str| k += 1);
    });
    println!("terms/doc {}", k / docs.len());
    let j = jieba_rs::Jieba::new();
    time("jieba cut_for_search", &mut |i| {
        k += j.cut_for_search(&plain[i].1, false).len();
    });
    time("jieba cut", &mut |i| {
        k += j.cut(&plain[i].1, false).len();
    });
    time("embed", &mut |i| {
        k += t.embed(&plain[i].0, &plain[i].1).0[0] as usize;
    });
    time("json", &mut |i| {
        k += serde_json::to_vec(&docs[i]).unwrap().len();
    });
    time("clone", &mut |i| {
        k += docs[i].clone().body.len();
    });
    println!("{k}");
}
