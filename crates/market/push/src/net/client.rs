//! A client for a handful of requests: one connection each, to an address that was looked at before.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use jcore::BoxFuture;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::guard::{Refused, Target, is_public, target};

/// How long a whole request may take: well below the outbox's lease.
const WAIT: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read: whoever answers more is not listened to.
const ANSWER_MAX: usize = 64 * 1024;

/// Finds the addresses of a name: the system's, or a test's.
pub type Resolver = Arc<dyn Fn(String, u16) -> BoxFuture<'static, std::io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// The system's resolver.
#[must_use]
pub fn system_resolver() -> Resolver {
    Arc::new(|host, port| Box::pin(async move { Ok(tokio::net::lookup_host((host.as_str(), port)).await?.collect()) }))
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The status.
    pub status: u16,
    /// The body, bounded.
    pub body: Bytes,
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Client {
    resolver: Resolver,
    tls: Option<TlsConnector>,
    /// Whether `http` passes.
    plain: bool,
    /// Whether addresses inside pass: for tests, and where an operator's own machines are to be told.
    inside: bool,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("plain", &self.plain)
            .field("inside", &self.inside)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client. `plain` lets `http` pass, `inside` addresses that are not public.
    #[must_use]
    pub(crate) fn new(resolver: Resolver, plain: bool, inside: bool) -> Self {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let provider = Arc::new(crypto::ring::default_provider());
        // Fails only where a provider lacks the usual versions; then nothing goes out by TLS, and the error says so.
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .ok()
            .map(|builder| TlsConnector::from(Arc::new(builder.with_root_certificates(roots).with_no_client_auth())));
        Self {
            resolver,
            tls,
            plain,
            inside,
        }
    }

    /// Looks at an address without connecting: for a form that takes one.
    ///
    /// # Errors
    /// [`Refused`].
    pub(crate) async fn look(&self, address: &str) -> Result<(), Refused> {
        let target = target(address, self.plain)?;
        self.pin(&target).await.map(|_| ())
    }

    /// The address that a request goes to. All that a name leads to must be public: one of two inside is a trick, no
    /// oversight.
    async fn pin(&self, target: &Target) -> Result<SocketAddr, Refused> {
        let found = match target.host.parse() {
            Ok(address) => vec![SocketAddr::new(address, target.port)],
            Err(_) => (self.resolver)(target.host.clone(), target.port)
                .await
                .map_err(|_| Refused::Unknown)?,
        };
        if !self.inside && !found.iter().all(|address| is_public(address.ip())) {
            return Err(Refused::Inside);
        }
        found.first().copied().ok_or(Refused::Unknown)
    }

    /// Sends a request and reads its answer, whatever its status; a redirect is an answer like others.
    ///
    /// # Errors
    /// In words for the operator, without the address's path and query, which may hold a secret.
    pub(crate) async fn send(
        &self,
        method: Method,
        address: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, String> {
        let whole = self.exchange(method, address, headers, body);
        tokio::time::timeout(WAIT, whole)
            .await
            .map_err(|_| format!("no answer within {} s", WAIT.as_secs()))?
    }

    async fn exchange(
        &self,
        method: Method,
        address: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, String> {
        let target = target(address, self.plain).map_err(|r| format!("address refused: {}", r.code()))?;
        let pinned = self
            .pin(&target)
            .await
            .map_err(|r| format!("address refused: {}", r.code()))?;
        let stream = TcpStream::connect(pinned)
            .await
            .map_err(|e| format!("connecting: {e}"))?;
        let request = request(method, &target, headers, body)?;
        if !target.tls {
            return talk(stream, request).await;
        }
        let tls = self.tls.as_ref().ok_or("TLS is not available")?;
        let name = ServerName::try_from(target.host.clone()).map_err(|e| format!("name: {e}"))?;
        let stream = tls.connect(name, stream).await.map_err(|e| format!("TLS: {e}"))?;
        talk(stream, request).await
    }
}

fn request(
    method: Method,
    target: &Target,
    headers: &[(&'static str, String)],
    body: Vec<u8>,
) -> Result<Request<Full<Bytes>>, String> {
    let mut builder = Request::builder()
        .method(method)
        .uri(target.path.as_str())
        .header(header::HOST, target.authority())
        .header(header::USER_AGENT, concat!("jiebang/", env!("CARGO_PKG_VERSION")))
        .header(header::CONNECTION, "close");
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).map_err(|e| e.to_string())?;
        builder = builder.header(HeaderName::from_static(name), value);
    }
    builder.body(Full::new(Bytes::from(body))).map_err(|e| e.to_string())
}

async fn talk<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, String>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|e| format!("connection: {e}"))?;
    let exchange = async {
        let answer = sender
            .send_request(request)
            .await
            .map_err(|e| format!("request: {e}"))?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), ANSWER_MAX).collect().await;
        let body = body.map_err(|e| format!("answer: {e}"))?.to_bytes();
        Ok(Answer { status, body })
    };
    // Both in this task: nothing runs on when the request is given up.
    tokio::pin!(connection);
    tokio::pin!(exchange);
    tokio::select! {
        biased;
        answer = &mut exchange => answer,
        // The connection ends when the answer was read, and may do so first.
        _ = &mut connection => exchange.await,
    }
}
