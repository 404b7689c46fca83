//! A lot's package by the real binary: written from the logs, checked, and no changed byte of it passes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use common::run;

#[test]
fn a_package_is_written_and_checked_and_no_changed_byte_passes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let at = ["--data", &data, "--lang", "en"];
    let go = |args: &[&str]| run(&[args, &at].concat());
    let told = go(&["bench", "bids", "--tell", "--bidders", "4", "--seconds", "1"])
        .expect(0)
        .out;
    let line = told.lines().find(|line| line.starts_with("bench-")).unwrap();
    let lot = line.split(' ').next().unwrap().to_owned();
    go(&["migrate"]).expect(0);
    let user = [
        "user",
        "add",
        "--email",
        "root@example.cn",
        "--name",
        "Root",
        "--role",
        "admin",
        "--password-stdin",
    ];
    common::run_with(&[&user[..], &at].concat(), "correct horse battery\n").expect(0);

    let file = folder.path().join("lot.txt").display().to_string();
    assert!(
        go(&["lot", "export", "nowhere", &file])
            .expect(2)
            .err
            .contains("no log of lot nowhere")
    );
    let wrote = go(&["lot", "export", &lot, &file]).expect(0).out;
    assert!(wrote.contains("the names of 0 bidders"), "{wrote}");
    let holds = go(&["lot", "verify", &file]).expect(0).out;
    assert!(holds.starts_with("It holds.") && holds.contains(&lot), "{holds}");
    assert_eq!(go(&["lot", "verify", "/nowhere/lot.txt"]).code, 2);

    let text = std::fs::read(&file).unwrap();
    let changed = folder.path().join("changed.txt");
    // Places all over the file, so that every kind of line is met: the head, steps, batches, the end.
    let places = (0..24).map(|n| n * (text.len() - 1) / 23);
    for place in places {
        let mut bytes = text.clone();
        bytes[place] ^= 1;
        std::fs::write(&changed, &bytes).unwrap();
        let said = go(&["lot", "verify", &changed.display().to_string()]).expect(1).out;
        let number = 1 + text[..place].iter().filter(|byte| **byte == b'\n').count();
        assert!(
            said.contains("It does not hold, line "),
            "byte {place} of line {number}: {said}"
        );
    }
}
