#![allow(dead_code, unused, clippy::all)]
mod bench {
    #[path = "/work/wt-index/crates/app/cli/src/bench/corpus.rs"]
    pub(crate) mod corpus;
    #[path = "/work/wt-index/crates/app/cli/src/bench/matches.rs"]
    pub(crate) mod matches;
    #[path = "/work/wt-index/crates/app/cli/src/bench/memory.rs"]
    pub(crate) mod memory;
    pub(crate) use memory::*;
    pub(crate) fn share(sorted: &[f64], percent: usize) -> f64 {
        let place = (sorted.len() * percent).div_ceil(100);
        sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
    }
}
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let dir = std::env::args().nth(2).unwrap_or("/tmp/idx-bench".into());
    let _ = std::fs::remove_dir_all(&dir);
    let t = std::time::Instant::now();
    let clock = move || t.elapsed().as_secs_f64();
    let m = bench::matches::measure(std::path::Path::new(&dir), n, &clock, &|k| ()).unwrap();
    println!("{}", serde_json::to_string(&m).unwrap());
}
