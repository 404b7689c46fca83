//! `jiebang demo`: the platform on invented data, with an account for every role.

use std::sync::Arc;

use kernel::{Clock, Day, ShiftedClock, Stamp, SystemClock};

use crate::cli::Global;
use crate::commands::serve::{bind, log};
use crate::demo::{self, CAST, PASSWORD, State};
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::{Flags, LogFormat, Settings};
use crate::voice::Voice;
use crate::{marks, out, stop};

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The day on which the demo stands.
    #[arg(long, value_name = "DAY")]
    today: Option<String>,
    /// Make the data anew.
    #[arg(long)]
    fresh: bool,
    /// How log lines are written.
    #[arg(long, value_enum, value_name = "text|json")]
    log_format: Option<LogFormat>,
}

/// Runs the demo until it is asked to stop.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let today = today(voice, args.today.as_deref())?;
    let mut settings = settings(voice, global, &args)?;
    log(&settings);
    let listener = bind(voice, &mut settings).await?;
    provide(voice, &settings, args.fresh).await?;
    let nine = Stamp::in_china(today.at(9, 0, 0, 0));
    let clock: Arc<dyn Clock> = Arc::new(ShiftedClock::starting(Arc::new(SystemClock), nine));
    let site = Start {
        clock,
        demo: true,
        ..Start::making(voice, &settings)
    }
    .site()
    .await?;
    marks::call_back(&site.app.db, site.app.now().micros()).await?;
    welcome(
        voice,
        &site.app,
        listener.local_addr().is_ok_and(|a| !a.ip().is_loopback()),
    );
    // Ends with the process: nothing waits for it.
    tokio::spawn(demo::simulate(site.app.clone()));
    stop::serve(site, listener)
        .await
        .map_err(|e| Failure::Refused(e.to_string()))
}

fn today(voice: &Voice, text: Option<&str>) -> Done<Day> {
    let first = demo::first_day();
    let Some(text) = text else { return Ok(first) };
    let args = [("found", text.to_owned()), ("first", first.to_string())];
    let day: Day = text
        .parse()
        .map_err(|_| Failure::Usage(voice.say("cli-demo-bad-day", &args)))?;
    if day < first {
        Err(Failure::Usage(voice.say("cli-demo-early-day", &args)))
    } else {
        Ok(day)
    }
}

/// The demo keeps to its folder: no other database, no key from elsewhere, no mail to anybody.
fn settings(voice: &Voice, global: &Global, args: &Args) -> Done<Settings> {
    if global.database.is_some() {
        return Err(Failure::Usage(voice.word("cli-demo-no-postgres")));
    }
    // A folder that the environment names is a platform's, not the demo's.
    let data = global.data.clone().unwrap_or_else(|| demo::DATA_DEFAULT.into());
    let flags = Flags {
        data: Some(data),
        listen: args.listen.clone(),
        log_format: args.log_format,
        ..Flags::default()
    };
    let settings = Settings::load(voice, &flags, demo::DATA_DEFAULT)?;
    Ok(Settings {
        database: None,
        key_file: None,
        smtp_url: None,
        mail_folder: None,
        site_name_zh: "江苏技术产权交易（演示）".to_owned(),
        site_name_en: "Jiangsu Technology Exchange (demo)".to_owned(),
        ..settings
    })
}

/// Sees to it that the data are there.
async fn provide(voice: &Voice, settings: &Settings, fresh: bool) -> Done {
    let data = &settings.data;
    let said = |id: &str| Failure::Refused(voice.say(id, &[("data", data.display().to_string())]));
    let at_folder = |e: std::io::Error| Failure::file(voice, data, &e);
    let mut state = demo::state(settings).await.map_err(at_folder)?;
    if fresh && state != State::Foreign {
        demo::clear(data).map_err(at_folder)?;
        state = State::Empty;
    }
    match state {
        State::Made => Ok(()),
        State::Half => Err(said("cli-demo-half")),
        State::Foreign => Err(said("cli-demo-foreign")),
        State::Empty => {
            demo::prepare(voice, data).map_err(at_folder)?;
            out::warn(&voice.word("cli-demo-making"));
            let seeded = demo::seed(voice, settings).await?;
            if seeded.held > 0 {
                out::warn(&voice.say("cli-demo-held", &[("n", seeded.held.to_string())]));
            }
            tracing::info!(rows = seeded.rows, held = seeded.held, "the demo's data are made");
            Ok(())
        }
    }
}

fn welcome(voice: &Voice, app: &jcore::App, open: bool) {
    let address = app.settings.base_url.clone();
    let args = [("address", address.clone()), ("now", app.now().format_cn())];
    out::line(&format!("{}\n", voice.say("cli-demo-ready", &args)));
    out::line(&voice.say("cli-demo-accounts", &[("password", PASSWORD.to_owned())]));
    let rows: Vec<Vec<String>> = CAST
        .iter()
        .map(|p| {
            let role = voice.of_house(&format!("role-{}", p.role.code()));
            vec![
                format!("  {}", p.email),
                role,
                p.name.to_owned(),
                p.org.map_or("", |(name, _)| name).to_owned(),
            ]
        })
        .collect();
    let [mail, role, name, org] =
        ["cli-col-email", "cli-col-role", "cli-col-name", "cli-col-org"].map(|id| voice.word(id));
    out::text(&out::table(&[format!("  {mail}"), role, name, org], &rows));
    if open {
        out::warn(&voice.say("cli-demo-open", &[("address", address)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::Lang;

    #[test]
    fn the_demo_stands_no_earlier_than_its_data() {
        let voice = Voice::new(Lang::En).unwrap();
        assert_eq!(today(&voice, None).ok().unwrap().to_string(), "2023-06-14");
        assert_eq!(
            today(&voice, Some("2023-09-01")).ok().unwrap().to_string(),
            "2023-09-01"
        );
        for bad in ["2023-06-13", "14.6.2023", "2023-02-30", ""] {
            assert_eq!(today(&voice, Some(bad)).err().unwrap().code(), 2, "{bad}");
        }
    }
}
