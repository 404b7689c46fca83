//! The real binary, run and asked from tests.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Everything that a command of `jiebang` came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// The binary with nothing of the surrounding settings.
pub(crate) fn jiebang() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiebang"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("JIEBANG_") || n.starts_with("LC_") || n == "LANG")
    {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(args: &[&str]) -> Ran {
    run_with(args, "")
}

pub(crate) fn run_with(args: &[&str], input: &str) -> Ran {
    let mut child = jiebang()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child
        .stdin
        .take()
        .expect("input")
        .write_all(input.as_bytes())
        .expect("input is read");
    let done = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran {
        code: done.status.code().expect("a code"),
        out: text(done.stdout),
        err: text(done.stderr),
    }
}

/// A server that is ended when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// What it printed up to and with its address.
    pub(crate) said: String,
}

impl Server {
    /// Starts one and waits for its address.
    pub(crate) fn start(args: &[&str]) -> Self {
        let child = jiebang()
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut server = Self {
            child,
            address: String::new(),
            said: String::new(),
        };
        let mut out = BufReader::new(server.child.stdout.take().expect("output"));
        while server.address.is_empty() {
            let mut line = String::new();
            if out.read_line(&mut line).expect("output") == 0 {
                let log = server.log();
                panic!("it ended: {}{log}", server.said);
            }
            server.said.push_str(&line);
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.split_whitespace().next().expect("an address");
                server.address = address.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
            }
        }
        // The rest is read aside, so that the server never waits for us.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        server
    }

    /// What it logs until it ends.
    fn log(&mut self) -> String {
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .expect("errors")
            .read_to_string(&mut log)
            .expect("errors");
        log
    }

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path}"), &[], "")
    }

    /// Signs in as a browser does, and gives the cookies.
    pub(crate) fn sign_in(&self, email: &str, password: &str) -> String {
        let page = self.get("/sign-in").1;
        let csrf = page
            .split_once("name=\"_csrf\" value=\"")
            .expect("a form")
            .1
            .split('"')
            .next()
            .expect("a token");
        let form = format!(
            "_csrf={csrf}&email={}&password={password}&next=",
            email.replace('@', "%40")
        );
        let cookies = cookies(&page);
        let head = [
            ("Cookie", cookies.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let (status, answer) = self.ask("POST /sign-in", &head, &form);
        assert_eq!(status, 303, "{email}: {answer}");
        format!("{cookies}; {}", self::cookies(&answer))
    }

    pub(crate) fn ask(&self, line: &str, head: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let head: String = head
            .iter()
            .map(|(name, value)| {
                format!(
                    "{name}: {value}
"
                )
            })
            .collect();
        let length = body.len();
        let address = &self.address;
        write!(
            stream,
            "{line} HTTP/1.1
Host: {address}
Connection: close
Content-Length: {length}
{head}
{body}"
        )
        .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, answer)
    }

    /// Asks it to stop, and gives its exit code and what it logged.
    pub(crate) fn stop(mut self) -> (i32, String) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .expect("kill")
                .success()
        );
        let log = self.log();
        let status = self.child.wait().expect("it ends");
        (status.code().expect("a code"), log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The cookies that an answer sets.
pub(crate) fn cookies(answer: &str) -> String {
    let head = answer.split("\r\n\r\n").next().expect("a head");
    let set = head
        .lines()
        .filter(|line| line.to_ascii_lowercase().starts_with("set-cookie: "))
        .map(|line| &line[12..]);
    set.map(|cookie| cookie.split(';').next().expect("a cookie"))
        .collect::<Vec<_>>()
        .join("; ")
}

/// A folder with a store in it.
pub(crate) fn store() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    run(&["migrate", "--data", &data]).expect(0);
    (folder, data)
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}
