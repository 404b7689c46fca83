//! Viruses: a scanner is asked before a file is kept. Without one files are taken unscanned, and `jiebang doctor` says so;
//! with one that does not answer, nothing is taken.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use kernel::Issue;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use super::Files;
use crate::{App, Fault, FaultKind, Permit, Result, act};

/// How long a scanner may take for one file: clamd takes a second for 20 MB, some more while it loads its signatures.
const SCAN_WAIT: Duration = Duration::from_secs(60);
/// How long it may take to answer that it is there.
const PING_WAIT: Duration = Duration::from_secs(5);
/// Bytes handed over at once: clamd reads into a buffer of about this size.
const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes of an answer that are read: a name of a virus is some forty.
const ANSWER_BYTES_MAX: u64 = 4096;
/// Characters of a virus's name that are repeated.
const NAME_CHARS: usize = 80;

/// What a scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody looked: no scanner is set.
    Unscanned,
    /// Nothing was found.
    Clean,
    /// A virus, by its name.
    Infected(String),
}

/// Why a scanner gives no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanTrouble {
    /// It cannot be reached, or ends the talk.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// It takes too long.
    #[error("takes too long")]
    Slow,
    /// It answers with an error, a limit of its own mostly.
    #[error("refuses: {0}")]
    Refuses(String),
    /// It answers what nobody understands.
    #[error("answers nonsense")]
    Nonsense,
}

/// Looks through files for viruses.
pub trait Scanner: Send + Sync + 'static {
    /// Where it is, for people; none where nothing is looked through.
    fn place(&self) -> Option<String>;

    /// Looks through a file.
    fn scan<'a>(&'a self, bytes: &'a [u8]) -> BoxFuture<'a, Result<Verdict, ScanTrouble>>;

    /// Asks whether it is there: its version.
    fn version(&self) -> BoxFuture<'_, Result<String, ScanTrouble>>;
}

/// Nobody looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoScanner;

impl Scanner for NoScanner {
    fn place(&self) -> Option<String> {
        None
    }

    fn scan<'a>(&'a self, _bytes: &'a [u8]) -> BoxFuture<'a, Result<Verdict, ScanTrouble>> {
        Box::pin(std::future::ready(Ok(Verdict::Unscanned)))
    }

    fn version(&self) -> BoxFuture<'_, Result<String, ScanTrouble>> {
        Box::pin(std::future::ready(Ok(String::new())))
    }
}

/// Where a clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClamdAddress {
    /// `clamd:tcp:HOST:PORT`
    Tcp(String),
    /// `clamd:unix:PATH`
    Unix(PathBuf),
}

impl fmt::Display for ClamdAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "clamd:tcp:{address}"),
            Self::Unix(path) => write!(f, "clamd:unix:{}", path.display()),
        }
    }
}

impl FromStr for ClamdAddress {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.strip_prefix("clamd:").and_then(|rest| rest.split_once(':')) {
            Some(("tcp", address)) => {
                let port = address
                    .rsplit_once(':')
                    .map(|(host, port)| (!host.is_empty(), port.parse::<u16>().is_ok()));
                (port == Some((true, true)))
                    .then(|| Self::Tcp(address.to_owned()))
                    .ok_or(())
            }
            Some(("unix", path)) if path.starts_with('/') => Ok(Self::Unix(path.into())),
            _ => Err(()),
        }
    }
}

/// The scanner of a setting: nobody for nothing and `none`, else `clamd:tcp:HOST:PORT` or `clamd:unix:PATH`. No scanner
/// for any other text: a mistyped setting must not let files through unscanned.
#[must_use]
pub fn scanner(setting: Option<&str>) -> Option<Arc<dyn Scanner>> {
    match setting
        .map(str::trim)
        .filter(|text| !text.is_empty() && *text != "none")
    {
        None => Some(Arc::new(NoScanner)),
        Some(text) => Some(Arc::new(Clamd::new(text.parse().ok()?))),
    }
}

/// A clamd, asked by its own protocol (clamd(8), INSTREAM): the file is handed over and never touches a disk.
#[derive(Debug, Clone)]
pub struct Clamd {
    address: ClamdAddress,
    wait: Duration,
}

impl Clamd {
    /// At an address.
    #[must_use]
    pub fn new(address: ClamdAddress) -> Self {
        Self {
            address,
            wait: SCAN_WAIT,
        }
    }

    /// With another patience than a minute.
    #[must_use]
    pub fn waiting(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    async fn connect(&self) -> Result<Box<dyn Talk>, ScanTrouble> {
        let unreachable = |error: std::io::Error| ScanTrouble::Unreachable(error.to_string());
        match &self.address {
            ClamdAddress::Tcp(address) => Ok(Box::new(TcpStream::connect(address).await.map_err(unreachable)?)),
            #[cfg(unix)]
            ClamdAddress::Unix(path) => {
                let stream = tokio::net::UnixStream::connect(path).await;
                Ok(Box::new(stream.map_err(unreachable)?))
            }
            #[cfg(not(unix))]
            ClamdAddress::Unix(_) => Err(ScanTrouble::Unreachable("no such sockets on this system".to_owned())),
        }
    }

    async fn ask(&self, command: &[u8], bytes: Option<&[u8]>) -> Result<String, ScanTrouble> {
        let mut talk = self.connect().await?;
        let sent = send(&mut talk, command, bytes).await;
        // When the file is beyond its own limit, clamd says so and hangs up while we still send: its word counts.
        let answer = answer(&mut talk).await;
        match (sent, answer) {
            (_, Ok(answer)) if !answer.is_empty() => Ok(answer),
            (Err(error), _) | (Ok(()), Err(error)) => Err(ScanTrouble::Unreachable(error.to_string())),
            (Ok(()), Ok(_)) => Err(ScanTrouble::Nonsense),
        }
    }
}

/// A connection of either kind.
trait Talk: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Talk for T {}

async fn send(talk: &mut Box<dyn Talk>, command: &[u8], bytes: Option<&[u8]>) -> std::io::Result<()> {
    talk.write_all(command).await?;
    if let Some(bytes) = bytes {
        for chunk in bytes.chunks(CHUNK_BYTES) {
            // A chunk is far below four gigabytes.
            let length = u32::try_from(chunk.len()).unwrap_or_default();
            talk.write_all(&length.to_be_bytes()).await?;
            talk.write_all(chunk).await?;
        }
        talk.write_all(&[0; 4]).await?;
    }
    talk.flush().await
}

async fn answer(talk: &mut Box<dyn Talk>) -> std::io::Result<String> {
    let mut out = Vec::new();
    talk.take(ANSWER_BYTES_MAX).read_to_end(&mut out).await?;
    let text = String::from_utf8_lossy(&out);
    Ok(text.trim_matches(['\0', '\n', '\r', ' ']).to_owned())
}

/// A name from outside, cut and without signs that could do harm in a log.
fn tame(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect()
}

/// What clamd's answer means: `stream: OK`, `stream: Eicar-Test-Signature FOUND`, `… ERROR`.
fn understood(answer: &str) -> Result<Verdict, ScanTrouble> {
    let said = answer.strip_prefix("stream:").unwrap_or(answer).trim();
    match said.rsplit_once(' ') {
        _ if said == "OK" => Ok(Verdict::Clean),
        Some((name, "FOUND")) => Ok(Verdict::Infected(tame(name))),
        Some((what, "ERROR")) => Err(ScanTrouble::Refuses(tame(what))),
        _ => Err(ScanTrouble::Nonsense),
    }
}

impl Scanner for Clamd {
    fn place(&self) -> Option<String> {
        Some(self.address.to_string())
    }

    fn scan<'a>(&'a self, bytes: &'a [u8]) -> BoxFuture<'a, Result<Verdict, ScanTrouble>> {
        Box::pin(async move {
            let asked = tokio::time::timeout(self.wait, self.ask(b"zINSTREAM\0", Some(bytes))).await;
            understood(&asked.map_err(|_| ScanTrouble::Slow)??)
        })
    }

    fn version(&self) -> BoxFuture<'_, Result<String, ScanTrouble>> {
        Box::pin(async move {
            let wait = self.wait.min(PING_WAIT);
            let asked = tokio::time::timeout(wait, self.ask(b"zVERSION\0", None)).await;
            Ok(tame(&asked.map_err(|_| ScanTrouble::Slow)??))
        })
    }
}

impl Files {
    /// Has a file looked through before it is kept. Where no scanner is set, it passes.
    ///
    /// # Errors
    /// Refused with `file-infected`, which names the virus; `file-unscanned` (503) where the scanner that is set gives no
    /// verdict: then nothing is taken.
    pub async fn scan(&self, bytes: &[u8]) -> Result<()> {
        match self.scanner().scan(bytes).await {
            Ok(Verdict::Clean | Verdict::Unscanned) => Ok(()),
            Ok(Verdict::Infected(name)) => {
                tracing::warn!(virus = name, bytes = bytes.len(), "an infected file was refused");
                Err(Fault::issue(Some("file"), Issue::error(INFECTED).with("name", name)))
            }
            Err(trouble) => {
                tracing::error!(%trouble, "the virus scanner gives no verdict; files are refused");
                Err(Fault::new(FaultKind::Busy, "file-unscanned"))
            }
        }
    }

    /// [`Files::scan`] with a note in the audit trail when a virus is found: who sent it, for what, which virus.
    ///
    /// # Errors
    /// As [`Files::scan`]; the store's.
    pub async fn scan_noted(
        &self,
        app: &App,
        permit: &Permit,
        subject_kind: &'static str,
        subject_id: Option<Uuid>,
        bytes: &[u8],
    ) -> Result<()> {
        let scanned = self.scan(bytes).await;
        let virus = scanned.as_ref().err().and_then(|fault| {
            let issue = &fault.fields.first()?.issue;
            (issue.code == INFECTED).then(|| issue.arg("name").unwrap_or_default().to_owned())
        });
        if let Some(virus) = virus {
            act!(app, permit, |act| {
                act.note("file.infected", subject_kind, subject_id, json!({ "virus": virus }));
                Ok(())
            })?;
        }
        scanned
    }
}

/// The code of the issue that a virus is.
const INFECTED: &str = "file-infected";

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    /// The harmless text that every scanner takes for a virus, put together so that no scanner takes this file for one.
    fn eicar() -> Vec<u8> {
        [
            "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR",
            "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        ]
        .concat()
        .into_bytes()
    }

    /// What a fake clamd does.
    #[derive(Clone, Copy)]
    enum Fake {
        Honest,
        Silent,
        Says(&'static str),
        HangsUp,
        /// Answers after so many bytes and hangs up, as clamd does beyond its limit.
        Limit(usize),
    }

    /// A clamd that takes one file and answers.
    async fn fake(what: Fake) -> ClamdAddress {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    if matches!(what, Fake::HangsUp) {
                        return;
                    }
                    let mut command = Vec::new();
                    while !command.ends_with(b"\0") {
                        command.push(stream.read_u8().await.unwrap());
                    }
                    if command == b"zVERSION\0" {
                        stream.write_all(b"ClamAV 1.4.2\0").await.unwrap();
                        return;
                    }
                    assert_eq!(command, b"zINSTREAM\0");
                    let file = take(&mut stream, what).await;
                    let answer = match what {
                        Fake::Silent => return tokio::time::sleep(Duration::from_secs(60)).await,
                        Fake::Says(text) => text,
                        Fake::Limit(_) => "INSTREAM size limit exceeded. ERROR\0",
                        _ if file == eicar() => "stream: Eicar-Test-Signature FOUND\0",
                        _ => "stream: OK\0",
                    };
                    stream.write_all(answer.as_bytes()).await.unwrap();
                });
            }
        });
        ClamdAddress::Tcp(address)
    }

    async fn take(stream: &mut TcpStream, what: Fake) -> Vec<u8> {
        let mut file = Vec::new();
        loop {
            let length = stream.read_u32().await.unwrap();
            if length == 0 {
                return file;
            }
            let mut chunk = vec![0; length as usize];
            stream.read_exact(&mut chunk).await.unwrap();
            file.extend(chunk);
            if matches!(what, Fake::Limit(limit) if file.len() > limit) {
                return file;
            }
        }
    }

    async fn scan(what: Fake, bytes: &[u8]) -> Result<Verdict, ScanTrouble> {
        let clamd = Clamd::new(fake(what).await).waiting(Duration::from_millis(500));
        clamd.scan(bytes).await
    }

    #[tokio::test]
    async fn verdicts_are_understood() {
        let large = vec![7; 3 * CHUNK_BYTES + 1];
        assert_eq!(scan(Fake::Honest, &large).await, Ok(Verdict::Clean));
        assert_eq!(scan(Fake::Honest, b"").await, Ok(Verdict::Clean));
        assert_eq!(
            scan(Fake::Honest, &eicar()).await,
            Ok(Verdict::Infected("Eicar-Test-Signature".into()))
        );
        assert_eq!(
            Clamd::new(fake(Fake::Honest).await).version().await,
            Ok("ClamAV 1.4.2".into())
        );
        assert_eq!(NoScanner.scan(&eicar()).await, Ok(Verdict::Unscanned));
    }

    #[tokio::test]
    async fn what_is_no_verdict_is_never_taken_for_one() {
        let slow = scan(Fake::Silent, b"x").await;
        assert_eq!(slow, Err(ScanTrouble::Slow));
        for text in ["stream: FINE\0", "\0", "OK, whatever\0", "HTTP/1.1 200 OK\r\n"] {
            assert_eq!(scan(Fake::Says(text), b"x").await, Err(ScanTrouble::Nonsense), "{text}");
        }
        assert!(matches!(
            scan(Fake::HangsUp, b"x").await,
            Err(ScanTrouble::Unreachable(_) | ScanTrouble::Nonsense)
        ));
        let limit = scan(Fake::Limit(CHUNK_BYTES), &vec![1; 8 * 1024 * 1024]).await;
        assert!(
            matches!(limit, Err(ScanTrouble::Refuses(_) | ScanTrouble::Unreachable(_))),
            "{limit:?}"
        );
        let nobody = Clamd::new(ClamdAddress::Tcp("127.0.0.1:1".into())).waiting(Duration::from_millis(500));
        assert!(matches!(
            nobody.scan(b"x").await,
            Err(ScanTrouble::Unreachable(_) | ScanTrouble::Slow)
        ));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_socket_in_a_folder_is_asked_alike() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clamd.ctl");
        let listener = tokio::net::UnixListener::bind(&path).unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut all = [0; 10 + 4 + 1 + 4];
            stream.read_exact(&mut all).await.unwrap();
            stream.write_all(b"stream: OK\0").await.unwrap();
        });
        assert_eq!(
            Clamd::new(ClamdAddress::Unix(path)).scan(b"x").await,
            Ok(Verdict::Clean)
        );
    }

    #[test]
    fn addresses_lead_back() {
        for good in [
            "clamd:tcp:127.0.0.1:3310",
            "clamd:tcp:[::1]:3310",
            "clamd:unix:/run/clamav/clamd.ctl",
        ] {
            assert_eq!(good.parse::<ClamdAddress>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "clamd",
            "clamd:tcp:host",
            "clamd:tcp::3310",
            "clamd:tcp:h:99999",
            "clamd:unix:run",
            "tcp:h:1",
        ] {
            assert!(bad.parse::<ClamdAddress>().is_err(), "{bad}");
        }
        assert!(scanner(None).is_some_and(|s| s.place().is_none()));
        assert!(scanner(Some("none")).is_some_and(|s| s.place().is_none()));
        assert!(scanner(Some("clamd:tcp:h:1")).is_some_and(|s| s.place().is_some()));
        assert!(scanner(Some("avast")).is_none());
    }
}
