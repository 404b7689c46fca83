//! `jiebang serve`: the platform.

use jcore::Actor;
use tokio::net::TcpListener;

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::{DATA_DEFAULT, Flags, LogFormat, Settings};
use crate::voice::Voice;
use crate::{marks, out, stop};

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The address that people use.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// How log lines are written.
    #[arg(long, value_enum, value_name = "text|json")]
    log_format: Option<LogFormat>,
}

/// Runs the platform until it is asked to stop.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let flags = Flags {
        listen: args.listen,
        base_url: args.base_url,
        log_format: args.log_format,
        ..global.flags()
    };
    let mut settings = Settings::load(voice, &flags, DATA_DEFAULT)?;
    log(&settings);
    let listener = bind(voice, &mut settings).await?;
    let site = Start::making(voice, &settings).site().await?;
    if marks::get(&site.app.db, marks::DEMO).await?.is_some() {
        return Err(Failure::Refused(
            voice.say("cli-serve-demo", &[("data", settings.data.display().to_string())]),
        ));
    }
    first_programme(voice, &site.app).await?;
    let address = site.app.settings.base_url.clone();
    out::line(&voice.say("cli-serve-ready", &[("address", address.clone())]));
    tracing::info!(address, engine = site.app.db.engine(), data = %settings.data.display(), "serving");
    stop::serve(site, listener)
        .await
        .map_err(|e| Failure::Refused(e.to_string()))
}

/// Takes the address before anything else is opened: who comes early waits instead of being turned away, and a second
/// server on the same address ends before it touches the store.
pub(crate) async fn bind(voice: &Voice, settings: &mut Settings) -> Done<TcpListener> {
    let listener = TcpListener::bind(&settings.listen).await.map_err(|e| {
        let id = if e.kind() == std::io::ErrorKind::AddrInUse {
            "cli-address-taken"
        } else {
            "cli-address-bad"
        };
        Failure::Refused(voice.say(id, &[("address", settings.listen.clone()), ("what", e.to_string())]))
    })?;
    // With port 0 the system chooses one.
    if let Ok(address) = listener.local_addr() {
        settings.listen = address.to_string();
    }
    Ok(listener)
}

/// Puts the first shipped programme in force when none is.
pub(crate) async fn first_programme(voice: &Voice, app: &jcore::App) -> Done {
    let there = marks::has_programme(&mut app.read().await?).await?;
    if let (false, Some((key, text))) = (there, rulebook::SHIPPED.first()) {
        programme::put_in_force(app, &Actor::system(), voice.lang, text).await?;
        tracing::info!(
            key,
            "no programme was in force: the first one that comes with the platform is now"
        );
    }
    Ok(())
}

/// Begins the log, on the error stream.
pub(crate) fn log(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::try_new(&settings.log)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second subscriber is refused; the first one goes on.
    let _ = match settings.log_format {
        LogFormat::Text => lines
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}
