//! The project's tasks: `cargo xtask test`, `cargo xtask generate`, `cargo xtask pictures`.

#[path = "../../crates/testkit/src/pg_cluster.rs"]
mod pg_cluster;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// What the tests need beside Rust: a probe, and Debian's packages for it.
const NEEDS: [(&str, &str, &[&str]); 3] = [
    (
        "PostgreSQL (tests of the second store)",
        "/usr/lib/postgresql",
        &["postgresql"],
    ),
    (
        "Chromium (browser tests)",
        "/usr/bin/chromedriver",
        &["chromium", "chromium-driver"],
    ),
    (
        "Chinese fonts (pictures)",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        &["fonts-noto-cjk"],
    ),
];

/// Files that are made from the code: where they lie and the command that prints them.
const GENERATED: [(&str, &[&str]); 1] = [("docs/errors.md", &["errors", "--markdown"])];

fn main() -> Result<()> {
    std::env::set_current_dir(root())?;
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("test") => test(&args.collect::<Vec<_>>()),
        Some("generate") => generate(),
        Some("pictures") => pictures(),
        other => {
            eprintln!("{}", if other.is_some() { "no such task" } else { "which task?" });
            eprintln!(
                "  cargo xtask test [ARGS]        all tests on both stores and in a browser; ARGS go to the runner"
            );
            eprintln!("  cargo xtask generate           writes the files that are made from the code");
            eprintln!("  cargo xtask pictures           takes the README's pictures of the running demo");
            bail!("see above")
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Installs what is missing where this is Debian and we are root; elsewhere says what is missing.
fn provide() -> Result<Vec<&'static str>> {
    let missing: Vec<_> = NEEDS
        .iter()
        .filter(|(_, probe, _)| !Path::new(probe).exists())
        .collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|o| o.stdout.trim_ascii() == b"0");
    let debian = Path::new("/usr/bin/apt-get").exists();
    if root && debian {
        let packages: Vec<&str> = missing.iter().flat_map(|(_, _, p)| p.iter().copied()).collect();
        eprintln!("installing {}", packages.join(" "));
        run(Command::new("apt-get").args(["update", "-q"]))?;
        run(Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "-q", "--no-install-recommends"])
            .args(&packages))?;
    }
    let still: Vec<_> = NEEDS
        .iter()
        .filter(|(_, probe, _)| !Path::new(probe).exists())
        .collect();
    for (what, _, packages) in &still {
        eprintln!("missing: {what}; on Debian: apt-get install {}", packages.join(" "));
    }
    Ok(still.iter().map(|(what, _, _)| *what).collect())
}

fn test(args: &[String]) -> Result<()> {
    let missing = provide()?;
    let cluster = pg_cluster::Cluster::start()?;
    let nextest = cargo()
        .args(["nextest", "--version"])
        .output()
        .is_ok_and(|o| o.status.success());
    let mut command = cargo();
    if nextest {
        command.args(["nextest", "run", "--workspace"]);
    } else {
        command.args(["test", "--workspace"]);
    }
    command.args(args);
    if let Some(cluster) = &cluster {
        command.env("JIEBANG_TEST_PG", &cluster.url);
    }
    run(&mut command)?;
    for what in missing {
        eprintln!("left out, since it is not installed: {what}");
    }
    Ok(())
}

fn generate() -> Result<()> {
    for (path, args) in GENERATED {
        let out = cargo()
            .args(["run", "--quiet", "--package", "jiebang", "--"])
            .args(args)
            .output()?;
        if !out.status.success() {
            bail!("jiebang {}: {}", args.join(" "), String::from_utf8_lossy(&out.stderr));
        }
        std::fs::write(path, &out.stdout)?;
    }
    Ok(())
}

fn pictures() -> Result<()> {
    provide()?;
    run(cargo().args([
        "test",
        "--package",
        "jiebang",
        "--test",
        "pictures",
        "--",
        "--ignored",
        "--nocapture",
    ]))
}
