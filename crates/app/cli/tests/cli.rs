//! The real binary, from the outside: exit codes, what it says and what it leaves behind.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use std::path::Path;

use common::{Server, jiebang, run, run_with, store, write};

#[test]
fn help_is_told_in_the_readers_language() {
    let zh = run(&["--help"]).expect(0);
    assert!(
        zh.out.contains("用法：jiebang") && zh.out.contains("体检"),
        "{}",
        zh.out
    );
    let en = run(&["serve", "--help", "--lang", "en"]).expect(0);
    assert!(en.out.contains("Usage: jiebang serve") && en.out.contains("--listen") && en.out.contains("Examples:"));
    assert!(run(&["--version"]).expect(0).out.starts_with("jiebang 0."));
    // Hidden: for developers.
    assert!(!zh.out.contains("routes"));
}

#[test]
fn wrong_use_is_code_2_in_plain_words() {
    assert!(run(&[]).expect(2).err.contains("jiebang demo"));
    assert!(
        run(&["sreve", "--lang", "en"])
            .expect(2)
            .err
            .contains("Did you mean “serve”?")
    );
    assert!(run(&["serve", "--lisen", "x"]).expect(2).err.contains("--listen"));
    assert!(run(&["import", "needs"]).expect(2).err.contains("缺少"));
    assert!(
        run(&["import", "needs", "/no/such.xlsx"])
            .expect(2)
            .err
            .contains("/no/such.xlsx")
    );
    assert!(
        run(&["programme", "check", "/no/such.toml"])
            .expect(2)
            .err
            .contains("/no/such.toml")
    );
    assert!(
        run(&["demo", "--today", "yesterday"])
            .expect(2)
            .err
            .contains("2023-06-14")
    );
    assert!(
        run(&["demo", "--database", "sqlite:x"])
            .expect(2)
            .err
            .contains("--database")
    );
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("x.xlsx").display().to_string();
    let ran = run(&["template", "nedes", &out, "--data", "/no/such/folder"]).expect(2);
    assert!(ran.err.contains("needs") && ran.err.contains("patents"), "{}", ran.err);
}

#[test]
fn a_store_that_is_not_there_is_not_made_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("none").display().to_string();
    for args in [["user", "list"], ["programme", "show"]] {
        let ran = run(&[args[0], args[1], "--data", &data, "--lang", "en"]).expect(1);
        assert!(ran.err.contains("jiebang migrate"), "{}", ran.err);
    }
    assert!(!Path::new(&data).exists());
}

#[test]
fn a_broken_programme_is_told_line_by_line() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../programmes/jiangsu-2023.toml");
    let good = run(&["programme", "check", root, "--lang", "en"]).expect(0);
    assert!(
        good.out.contains("69 bidding days (6 on public holidays)"),
        "{}",
        good.out
    );
    let text = std::fs::read_to_string(root).unwrap();
    let line = text.lines().position(|l| l.starts_with("region = ")).unwrap() + 1;
    let folder = tempfile::tempdir().unwrap();
    let broken =
        text.replacen("region = \"320000\"", "region = \"999999\"", 1)
            .replacen("year = 2023", "yaer = 2023", 1);
    let file = write(folder.path(), "broken.toml", &broken);
    let ran = run(&["programme", "check", &file]).expect(1);
    assert!(ran.err.contains(&format!("{file}:{line}: ")), "{}", ran.err);
    assert!(ran.err.contains("yaer"), "all mistakes at once: {}", ran.err);
    let (_folder, data) = store();
    run(&["programme", "use", &file, "--data", &data]).expect(1);
    run(&["programme", "use", root, "--data", &data]).expect(0);
    let shown = run(&["programme", "show", "--data", &data, "--lang", "en"])
        .expect(0)
        .out;
    assert!(shown.contains("R056") && shown.lines().count() > 60, "{shown}");
    assert_eq!(shown, run(&["programme", "show", root, "--lang", "en"]).expect(0).out);
}

#[test]
fn templates_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["organisations", "liaisons", "patents", "achievements", "needs"] {
        let out = folder.path().join(format!("{kind}.xlsx"));
        run(&[
            "template",
            kind,
            &out.display().to_string(),
            "--data",
            "/no/such/folder",
        ])
        .expect(0);
        let bytes = std::fs::read(&out).unwrap();
        let grids = sheets::read("t.xlsx", &bytes, &sheets::Limits::default()).expect("a workbook");
        assert!(grids.iter().any(|g| !g.rows.is_empty()), "{kind}");
    }
    assert!(!Path::new("/no/such/folder").exists());
}

/// Two organisations, one of which has a credit code with a wrong check character.
const ORGANISATIONS: &str = "单位名称,统一社会信用代码,单位类型,所属区划,地址,所属园区,企业资质,是否部省属本科,简介\n\
    秣陵理工大学,12320115MAA3K17T1T,高校,320115,,,,是,\n\
    南京朴砺微电子有限公司,91320111MAA1C4R8XH,企业,320111,,,高新技术企业,否,\n";

#[test]
fn an_import_holds_bad_rows_and_says_why() {
    let (folder, data) = store();
    let file = write(folder.path(), "单位.csv", ORGANISATIONS);
    let looked = run(&["import", "organisations", &file, "--dry-run", "--json", "--data", &data])
        .expect(1)
        .json();
    assert_eq!(
        (&looked["new"], &looked["held"], &looked["batch"]),
        (&1.into(), &1.into(), &serde_json::Value::Null),
        "{looked}"
    );
    let ran = run(&["import", "organisations", &file, "--json", "--data", &data])
        .expect(1)
        .json();
    assert_eq!(
        (&ran["new"], &ran["held"]),
        (&1.into(), &1.into()),
        "a look leaves nothing behind: {ran}"
    );
    assert_eq!(ran["batch"], ran["batches"][0]);
    let error = &ran["errors"][0];
    assert_eq!(
        (&error["row"], &error["column"], &error["code"]),
        (&3.into(), &"uscc".into(), &"uscc-check".into())
    );
    assert_eq!(error["raw"], "91320111MAA1C4R8XH");
    let again = run(&["import", "organisations", &file, "--data", &data]).expect(1);
    assert!(
        again.out.contains("相同 1") && again.out.contains(&format!("{file}:3 ")),
        "{}",
        again.out
    );
    let mended = write(folder.path(), "mended.csv", &ORGANISATIONS.replace("8XH", "8XG"));
    run(&["import", "organisations", &mended, "--data", &data]).expect(0);
    let pdf = write(folder.path(), "x.xlsx", "%PDF-1.7 ");
    assert!(
        run(&["import", "organisations", &pdf, "--data", &data, "--lang", "en"])
            .expect(1)
            .out
            .contains("PDF")
    );
    assert_eq!(
        run(&["import", "organisations", &mended, "--publish", "--data", &data])
            .expect(2)
            .code,
        2
    );
}

#[test]
fn an_import_can_publish_at_once() {
    let (_folder, data) = store();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../demo/needs.csv");
    let all = std::fs::read_to_string(file).unwrap().lines().count() - 1;
    let ran = run(&["import", "needs", file, "--publish", "--json", "--data", &data])
        .expect(0)
        .json();
    assert_eq!((&ran["published"], &ran["new"]), (&all.into(), &all.into()), "{ran}");
    let again = run(&["import", "needs", file, "--publish", "--json", "--data", &data])
        .expect(0)
        .json();
    assert_eq!(
        (&again["published"], &again["same"]),
        (&0.into(), &all.into()),
        "{again}"
    );
}

#[test]
fn settings_come_from_the_environment_too() {
    let (_folder, data) = store();
    let doctor = |name: &str, value: &str| {
        let done = jiebang()
            .args(["doctor", "--data", &data, "--lang", "en"])
            .env(name, value)
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let (code, said) = doctor("JIEBANG_SMTP_URL", "smtp://127.0.0.1:1");
    assert!(code == Some(1) && said.contains("bad   mail: 127.0.0.1:1"), "{said}");
    assert_eq!(
        doctor("JIEBANG_SMTP_PASSWORD", "0123").0,
        Some(0),
        "a password of digits is a text"
    );
    let (code, said) = doctor("JIEBANG_TRUST_PROXY", "perhaps");
    assert!(code == Some(1) && said.contains("JIEBANG_TRUST_PROXY"), "{said}");
    let (code, said) = doctor("JIEBANG_KEY_FILE", "/no/such.key");
    assert!(code == Some(1) && said.contains("/no/such.key"), "{said}");
    let (code, said) = doctor("JIEBANG_SCANNER", "clamd:tcp:127.0.0.1:1");
    assert!(
        code == Some(1) && said.contains("bad   virus scanner: clamd:tcp:127.0.0.1:1"),
        "{said}"
    );
    let (code, said) = doctor("JIEBANG_SCANNER", "avast");
    assert!(code == Some(1) && said.contains("\"avast\" cannot be read"), "{said}");
}

#[test]
fn accounts_are_made_listed_and_given_passwords() {
    let (folder, data) = store();
    let file = write(folder.path(), "o.csv", &ORGANISATIONS.replace("8XH", "8XG"));
    run(&["import", "organisations", &file, "--data", &data]).expect(0);
    let add = |more: &[&str], password: &str| {
        let args = [
            "user",
            "add",
            "--name",
            "周启元",
            "--password-stdin",
            "--data",
            &data,
            "--lang",
            "en",
        ];
        run_with(&[&args[..], more].concat(), password)
    };
    let mail = ["--email", "zhou@mlut.example.cn"];
    let good = "correct horse battery\n";
    assert!(
        add(&[&mail[..], &["--role", "laison"]].concat(), good)
            .expect(2)
            .err
            .contains("liaison")
    );
    assert!(
        add(&[&mail[..], &["--role", "liaison"]].concat(), good)
            .expect(2)
            .err
            .contains("--org")
    );
    assert!(
        add(&[&mail[..], &["--role", "bureau", "--region", "999999"]].concat(), good)
            .expect(2)
            .err
            .contains("999999")
    );
    assert!(add(&mail, "short\n").expect(1).err.contains("10"));
    add(
        &[&mail[..], &["--role", "liaison", "--org", "12320115MAA3K17T1T"]].concat(),
        good,
    )
    .expect(0);
    assert!(add(&mail, good).expect(1).err.contains("already"));
    let list = run(&["user", "list", "--json", "--data", &data]).expect(0).json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["email"], "zhou@mlut.example.cn");
    assert_eq!(
        list[0]["roles"][0],
        serde_json::json!({ "role": "liaison", "org": "秣陵理工大学", "region": null })
    );
    assert!(
        run(&["user", "list", "--data", &data])
            .expect(0)
            .out
            .contains("活动联络员 (秣陵理工大学)")
    );
    let passwd = |mail: &str| {
        run_with(
            &["user", "passwd", mail, "--password-stdin", "--data", &data],
            "another long one\n",
        )
    };
    passwd("zhou@mlut.example.cn").expect(0);
    passwd("nobody@mlut.example.cn").expect(2);
    // A liaison brings in rows of their own university, and of no other.
    let as_zhou = |kind| run(&["import", kind, &file, "--as", "zhou@mlut.example.cn", "--data", &data]);
    as_zhou("organisations").expect(1);
}

#[test]
fn the_doctor_says_what_is_bad() {
    let (_folder, data) = store();
    let well = run(&["doctor", "--data", &data, "--lang", "en"]).expect(0);
    for what in ["settings", "data folder", "database", "key", "clock", "mail", "disk"] {
        assert!(
            well.out.lines().any(|l| l[6..].starts_with(what)),
            "{what}: {}",
            well.out
        );
    }
    assert!(
        well.out.contains("warn  mail"),
        "without SMTP nobody gets a mail: {}",
        well.out
    );
    assert!(
        well.out.contains("warn  virus scanner"),
        "without a scanner files are kept unscanned: {}",
        well.out
    );
    let key = Path::new(&data).join("keys/withheld.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::write(&key, [1; 32]).unwrap();
    assert!(run(&["doctor", "--data", &data]).expect(1).out.contains("bad   密钥"));
    std::fs::remove_file(&key).unwrap();
    assert!(run(&["doctor", "--data", &data]).expect(1).out.contains("withheld.key"));
    // And nothing else goes on with another key or none.
    assert!(
        run(&["user", "list", "--data", &data])
            .expect(1)
            .err
            .contains("withheld.key")
    );
    std::fs::write(&key, kept).unwrap();
    std::fs::write(Path::new(&data).join("jiebang.toml"), "listne = \"x\"\n").unwrap();
    assert!(run(&["doctor", "--data", &data]).expect(1).out.contains("listne"));
    assert!(run(&["serve", "--data", &data]).expect(1).err.contains("jiebang.toml"));
    let none = run(&["doctor", "--data", "/no/such/folder"]).expect(1);
    assert!(none.out.contains("/no/such/folder"));
}

#[cfg(unix)]
#[test]
fn the_doctor_sees_who_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, data) = store();
    let open = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    open(Path::new(&data), 0o755);
    assert!(run(&["doctor", "--data", &data]).expect(0).out.contains("chmod 700"));
    open(&Path::new(&data).join("keys/withheld.key"), 0o644);
    assert!(run(&["doctor", "--data", &data]).expect(1).out.contains("chmod 600"));
}

#[test]
fn every_code_is_documented() {
    let page = run(&["errors", "--markdown"]).expect(0).out;
    assert!(
        page.starts_with("# Errors\n") && page.contains("| `money-no-unit` |") && page.contains("## Refused files")
    );
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/errors.md")).unwrap();
    assert!(
        kept == page,
        "docs/errors.md is out of date: run `cargo xtask generate`"
    );
    let list = run(&["errors", "--lang", "en"]).expect(0).out;
    assert!(list.contains("not-found") && list.contains("encrypted"));
}

#[test]
fn routes_name_who_may() {
    let out = run(&["routes"]).expect(0).out;
    let health = out.lines().find(|l| l.contains("/health")).expect("a route");
    assert!(
        health.starts_with("GET") && health.contains("ops.health") && health.ends_with("anyone"),
        "{health}"
    );
}

#[test]
fn a_server_serves_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let server = Server::start(&["serve", "--data", &data, "--log-format", "json"]);
    assert_eq!(server.get("/health").0, 200);
    assert_eq!(server.get("/").0, 200);
    assert_eq!(server.get("/nothing/here").0, 404);
    let taken = run(&["serve", "--data", &data, "--listen", &server.address, "--lang", "en"]).expect(1);
    assert!(taken.err.contains("--listen"), "{}", taken.err);
    let (code, log) = server.stop();
    assert_eq!(code, 0, "{log}");
    for line in log.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    }
    let shown = run(&["programme", "show", "--data", &data, "--lang", "en"])
        .expect(0)
        .out;
    assert!(
        shown.contains("Jiangsu 2023"),
        "the shipped programme is in force: {shown}"
    );
}

#[test]
fn the_demo_is_made_once_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo").display().to_string();
    let server = Server::start(&["demo", "--data", &data]);
    assert!(server.said.contains("2023-06-14 09:00"), "{}", server.said);
    for path in ["/", "/needs", "/offers", "/health", "/en/needs"] {
        assert_eq!(server.get(path).0, 200, "{path}");
    }
    assert!(server.get("/needs").1.contains("href=\"/needs/"), "needs are public");
    for role in ["centre", "bureau", "liaison", "member", "admin"] {
        let cookies = server.sign_in(&format!("{role}@demo.example.cn"), "jiebang-demo-2023");
        assert_eq!(server.ask("GET /desk", &[("Cookie", &cookies)], "").0, 200, "{role}");
    }
    let (code, log) = server.stop();
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("held=0"), "every row of the demo goes in: {log}");
    assert!(!log.contains("WARN") && !log.contains("ERROR"), "{log}");
    let people = run(&["user", "list", "--json", "--data", &data]).expect(0).json();
    let people = people.as_array().unwrap();
    assert!(
        people
            .iter()
            .filter(|p| !p["roles"].as_array().unwrap().is_empty())
            .count()
            >= 15,
        "{people:?}"
    );
    let server = Server::start(&["demo", "--data", &data, "--today", "2023-07-03"]);
    assert!(server.said.contains("2023-07-03 09:00"), "{}", server.said);
    assert_eq!(server.get("/needs").0, 200);
    let (code, log) = server.stop();
    assert_eq!(code, 0, "{log}");
    assert!(!log.contains("held="), "a second start makes nothing: {log}");
    assert!(
        run(&["serve", "--data", &data, "--lang", "en"])
            .expect(1)
            .err
            .contains("passwords everybody knows")
    );
    // Made anew, nothing of what was there is left, the logs of lots least of all: their key is another one.
    let file = Path::new(&data).join("files").join("old");
    std::fs::write(&file, "old").unwrap();
    let server = Server::start(&["demo", "--data", &data, "--fresh"]);
    assert_eq!(server.get("/hall").0, 200);
    let (code, log) = server.stop();
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("held=0") && !file.exists(), "{log}");
}

#[test]
fn a_folder_that_is_no_demo_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let thesis = folder.path().join("thesis.docx");
    std::fs::write(&thesis, "x").unwrap();
    for args in [&["demo"][..], &["demo", "--fresh"]] {
        run(&[args, &["--data", &data, "--listen", "127.0.0.1:0"]].concat()).expect(1);
    }
    assert!(thesis.exists());
    std::fs::remove_file(&thesis).unwrap();
    std::fs::write(folder.path().join("DEMO.txt"), "x").unwrap();
    let half = run(&["demo", "--data", &data, "--listen", "127.0.0.1:0", "--lang", "en"]).expect(1);
    assert!(
        half.err.contains("Delete the folder") && half.err.contains("--fresh"),
        "{}",
        half.err
    );
}
