//! Serving until the machine or a person says stop: open requests end, jobs finish what they do, the store is closed.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use web::Site;

/// How long open requests may take after the stop: longer than any page, shorter than an init system waits.
const STOP_WAIT: Duration = Duration::from_secs(20);

/// Serves until a signal.
///
/// # Errors
/// The listener's.
pub(crate) async fn serve(site: Site, listener: TcpListener) -> std::io::Result<()> {
    let Site { app, router, jobs } = site;
    web::open_logs(&app).await.map_err(std::io::Error::other)?;
    let (say_stop, stop) = watch::channel(false);
    let jobs = tokio::spawn(web::run_jobs(app.clone(), jobs, stop.clone()));
    let index = tokio::spawn(web::follow_index(app.clone(), stop.clone()));
    let mut server = tokio::spawn(web::serve(listener, router, stop));
    let mut ended = Ok(());
    tokio::select! {
        done = &mut server => ended = done.map_err(std::io::Error::other),
        () = signal() => tracing::info!("stopping: open requests end, new ones are not taken"),
    }
    let _ = say_stop.send(true);
    // Who watches a lot holds a line open for as long as they watch.
    if let Some(halls) = app.extra::<auctions::Halls>() {
        halls.end_lines();
    }
    if !server.is_finished() {
        tokio::select! {
            _ = tokio::time::timeout(STOP_WAIT, &mut server) => {}
            () = signal() => tracing::warn!("asked to stop once more: open requests are cut off"),
        }
        server.abort();
    }
    let _ = tokio::time::timeout(STOP_WAIT, jobs).await;
    let _ = tokio::time::timeout(STOP_WAIT, index).await;
    let _ = tokio::time::timeout(STOP_WAIT, web::close_logs(&app)).await;
    let _ = tokio::time::timeout(STOP_WAIT, app.db.close()).await;
    tracing::info!("stopped");
    ended
}

/// Comes back when the process is asked to stop.
async fn signal() {
    let interrupt = async {
        // Without a handler there is nothing to wait for; the signal then ends the process by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
