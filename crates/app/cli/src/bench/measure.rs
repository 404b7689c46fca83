//! Timing of requests: in this process through the whole router, and of a fresh process over the network.

use std::path::Path;
use std::process::Stdio;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use serde::Serialize;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tower::ServiceExt;

use crate::fail::{Done, Failure};

/// Requests before the clock starts: caches of statements and pages fill.
const WARM_UP: usize = 50;
/// The largest page that is read.
const BODY_MAX: usize = 16 * 1024 * 1024;

/// A stopwatch on the monotonic clock, which no setting of the machine's time disturbs.
pub(crate) struct Timer(tokio::time::Instant);

impl Timer {
    /// Starts one.
    pub(crate) fn start() -> Self {
        Self(tokio::time::Instant::now())
    }

    /// Milliseconds since.
    pub(crate) fn ms(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}

/// A page's times.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Page {
    /// Its key.
    pub(crate) page: &'static str,
    /// Requests that were timed.
    pub(crate) requests: usize,
    /// Half of them took at most this, in milliseconds.
    pub(crate) p50_ms: f64,
    /// 99 of 100 took at most this.
    pub(crate) p99_ms: f64,
    /// The slowest.
    pub(crate) max_ms: f64,
    /// Bytes of the last answer, gzip.
    pub(crate) bytes: usize,
}

/// Asks for an address as a browser does. Gives the body as sent.
pub(crate) async fn ask(router: &Router, path: &str, gzip: bool) -> Done<Vec<u8>> {
    let mut request = Request::get(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT_LANGUAGE, "zh-CN");
    if gzip {
        request = request.header(header::ACCEPT_ENCODING, "gzip");
    }
    let request = request
        .body(Body::empty())
        .map_err(|e| Failure::Refused(e.to_string()))?;
    let answer = router
        .clone()
        .oneshot(request)
        .await
        .map_err(|e| Failure::Refused(e.to_string()))?;
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), BODY_MAX)
        .await
        .map_err(|e| Failure::Refused(e.to_string()))?;
    if status.is_success() {
        Ok(body.to_vec())
    } else {
        Err(Failure::Refused(format!("{path}: {status}")))
    }
}

/// Times requests for the addresses in turn.
pub(crate) async fn visit(router: &Router, page: &'static str, paths: &[String], requests: usize) -> Done<Page> {
    let mut times = Vec::with_capacity(requests);
    let mut bytes = 0;
    for (number, path) in paths.iter().cycle().take(WARM_UP + requests).enumerate() {
        let timer = Timer::start();
        bytes = ask(router, path, true).await?.len();
        if number >= WARM_UP {
            times.push(timer.ms());
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(Page {
        page,
        requests: times.len(),
        p50_ms: share(&times, 50),
        p99_ms: share(&times, 99),
        max_ms: times.last().copied().unwrap_or_default(),
        bytes,
    })
}

/// The time that so many of a hundred stay within.
pub(crate) fn share(sorted: &[f64], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100);
    sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

/// Bytes that a first visit to a page transfers: the page, its style and its script, all gzip.
pub(crate) async fn transferred(router: &Router, path: &str) -> Done<usize> {
    let html = String::from_utf8_lossy(&ask(router, path, false).await?).into_owned();
    let mut total = ask(router, path, true).await?.len();
    for asset in assets(&html) {
        total += ask(router, &asset, true).await?.len();
    }
    Ok(total)
}

/// Addresses of style sheets and scripts of a page, each once.
fn assets(html: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in html.split(['"', '\'']).filter(|p| p.starts_with('/')) {
        let file = part.split('?').next().unwrap_or_default();
        let is_asset = [".css", ".js"].iter().any(|end| file.ends_with(end));
        if is_asset && !out.iter().any(|known| known == part) {
            out.push(part.to_owned());
        }
    }
    out
}

/// Milliseconds from the start of a fresh process of this binary to its first answered request, on a store.
pub(crate) async fn fresh_start(data: &Path, database: Option<&str>) -> Done<f64> {
    let failed = |e: std::io::Error| Failure::Refused(e.to_string());
    let binary = std::env::current_exe().map_err(failed)?;
    let mut command = tokio::process::Command::new(binary);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    command
        .env_remove("JIEBANG_BASE_URL")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let timer = Timer::start();
    let mut child = command.spawn().map_err(failed)?;
    let Some(out) = child.stdout.take() else {
        return Err(Failure::Refused("no output".to_owned()));
    };
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).await.map_err(failed)?;
    let address = line
        .rsplit("http://")
        .next()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('/')
        .to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.map_err(failed)?;
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.map_err(failed)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.map_err(failed)?;
    let took = timer.ms();
    child.kill().await.map_err(failed)?;
    if answer.starts_with(b"HTTP/1.1 200") {
        Ok(took)
    } else {
        Err(Failure::Refused(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_hundred() {
        let times: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((share(&times, 50), share(&times, 99)), (100.0, 198.0));
        assert_eq!((share(&[], 50), share(&[7.0], 99)), (0.0, 7.0));
    }

    #[test]
    fn assets_are_found_once() {
        let html = r#"<link rel="stylesheet" href="/assets/style.css?v=1"><script src="/assets/app.js"></script>
            <a href="/needs">x</a><link href="/assets/style.css?v=1">"#;
        assert_eq!(assets(html), ["/assets/style.css?v=1", "/assets/app.js"]);
    }
}
