//! The real binary on PostgreSQL; says so and ends where none is installed.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use common::{Server, run, run_with};

#[tokio::test]
async fn a_platform_runs_on_postgres() {
    let Some(url) = testkit::pg::fresh_database().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let at = ["--database", &url, "--data", &data, "--lang", "en"];
    let go = |args: &[&str]| run(&[args, &at].concat());
    assert!(
        go(&["user", "list"]).expect(1).err.contains("withheld.key"),
        "no key was made by looking"
    );
    go(&["migrate"]).expect(0);
    let add = [
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
    run_with(&[&add[..], &at].concat(), "correct horse battery\n").expect(0);
    assert!(go(&["user", "list"]).expect(0).out.contains("root@example.cn"));
    assert!(go(&["doctor"]).expect(0).out.contains("(postgres) answers"));
    let server = Server::start(&[&["serve"], &at[..]].concat());
    assert!(server.get("/health").1.contains("postgres"));
    let cookies = server.sign_in("root@example.cn", "correct+horse+battery");
    assert_eq!(server.ask("GET /desk", &[("Cookie", &cookies)], "").0, 200);
    assert_eq!(server.stop().0, 0);
    assert!(go(&["programme", "show"]).expect(0).out.contains("Jiangsu 2023"));
    // Another folder has another key: it does not open what this one sealed.
    let other = folder.path().join("other").display().to_string();
    assert!(
        run(&["serve", "--database", &url, "--data", &other])
            .expect(1)
            .err
            .contains("withheld.key")
    );
}

#[test]
fn a_database_that_does_not_answer_is_said_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let url = "postgres://jb:secret@127.0.0.1:1/none";
    let ran = run(&["migrate", "--database", url, "--data", &data, "--lang", "en"]).expect(1);
    assert!(
        ran.err.contains("postgres://jb@127.0.0.1:1/none") && !ran.err.contains("secret"),
        "{}",
        ran.err
    );
}
