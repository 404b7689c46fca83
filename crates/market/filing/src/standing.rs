//! How far a unit is: its quota, its papers, what is unfinished.

use accounts::Org;
use db::Conn;
use jcore::{App, Result};
use kernel::{Day, Stamp};
use rulebook::Coded as _;
use rulebook::{Document, Owner, Programme};

use crate::rules::{Arrival, Line, arrival, owes_mandate, quota};
use crate::store;

/// A paper on one way of handing in.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    /// The deadline's key.
    pub(crate) deadline: String,
    /// `paper` or `electronic`.
    pub(crate) channel: &'static str,
    /// When it came.
    pub(crate) came: Option<Day>,
    /// Whether it was stamped; for paper.
    pub(crate) stamped: Option<bool>,
    /// What was noted.
    pub(crate) note: String,
    /// How that stands.
    pub(crate) arrival: Arrival,
    /// The last day.
    pub(crate) until: Day,
}

/// How far a unit is.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) quota: Vec<(Line, bool)>,
    pub(crate) drafts: i64,
    pub(crate) returned: i64,
    /// The season whose mandate the programme asks for; none if it asks for none.
    pub(crate) season: Option<String>,
    pub(crate) first_time: bool,
    pub(crate) has_mandate: bool,
    pub(crate) owes_mandate: bool,
    pub(crate) mandate_hard: bool,
    pub(crate) ways: Vec<Way>,
}

/// Whether an organisation supplies offers under the programme, and so files for them.
pub(crate) fn files(programme: &Programme, org: &Org) -> bool {
    let Some(kind) = owner(org) else { return false };
    let asked = programme.eligibility.suppliers.as_ref();
    asked.is_none_or(|owners| owners.kinds.contains(&kind))
}

fn owner(org: &Org) -> Option<Owner> {
    use accounts::OrgKind as K;
    Some(match org.kind {
        K::University => Owner::University,
        K::Institute => Owner::Institute,
        K::NewRd => Owner::NewRd,
        K::StateOwned => Owner::StateFirm,
        K::Company => Owner::Firm,
        _ => return None,
    })
}

/// The mandate that the programme asks of a unit, if it asks for one.
pub(crate) fn mandate_of(programme: &Programme) -> Option<&Document> {
    let asked = |document: &&Document| document.subject == rulebook::Subject::Organisation;
    programme.documents.iter().find(asked)
}

/// How far a unit is under the programme in force.
pub(crate) async fn standing(conn: &mut Conn, app: &App, org: &Org) -> Result<Standing> {
    let programme = programme::now(app);
    let figures = store::figures(conn, org.id, &programme.key).await?;
    let undergraduate = org.has_tag(accounts::Tag::ProvincialUndergrad);
    let outside = org
        .region
        .is_some_and(|region| !app.regions.is_within(region, programme.region));
    let mut lines = Vec::new();
    for line in quota(&programme, &figures, undergraduate, outside) {
        let waived = programme::has_waiver(conn, &programme.key, &line.rule, org.id).await?;
        lines.push((line, waived));
    }
    let (drafts, returned) = store::unfinished(conn, org.id).await?;
    let mandate = mandate_of(&programme);
    let season = mandate
        .and_then(|document| document.season)
        .map(|season| season.code().to_owned());
    let today = app.now().date_in_cn();
    let has_mandate = store::has_mandate(conn, org.id, season.as_deref().unwrap_or(""), today).await?;
    let first_time = !store::took_part(conn, org.id, &programme.key).await?;
    let first_only = mandate.is_some_and(|document| document.first_time_only);
    Ok(Standing {
        quota: lines,
        drafts,
        returned,
        owes_mandate: owes_mandate(mandate.is_some(), first_only, !first_time, has_mandate),
        mandate_hard: mandate.is_some_and(|document| document.hard),
        season: mandate.map(|_| season.unwrap_or_default()),
        first_time,
        has_mandate,
        ways: ways(conn, &programme, org, today).await?,
    })
}

/// How a unit's papers stand, each deadline and way by itself. The electronic copy came when the last entry was handed in,
/// unless somebody corrected the day.
async fn ways(conn: &mut Conn, programme: &Programme, org: &Org, today: Day) -> Result<Vec<Way>> {
    let ids = [org.id.uuid()];
    let handed = store::handed_in(conn, &ids, &programme.key).await?;
    let handed = handed.first().map(|(_, at)| Stamp::from_micros(*at).date_in_cn());
    let mut out = Vec::new();
    for deadline in programme
        .deadlines
        .iter()
        .filter(|deadline| !deadline.channels.is_empty())
    {
        let kept = store::receipts(conn, &ids, &programme.key, &deadline.key).await?;
        for channel in &deadline.channels {
            let code = channel.kind.code();
            let row = kept.iter().find(|row| row.channel == code);
            let said = row.and_then(|row| row.day.parse::<Day>().ok());
            let came = said.or(handed.filter(|_| code == "electronic"));
            let Some(arrival) = arrival(programme, &deadline.key, came, today) else {
                continue;
            };
            out.push(Way {
                deadline: deadline.key.clone(),
                channel: code,
                came,
                stamped: row.map(|row| row.stamped).filter(|_| code == "paper"),
                note: row.map(|row| row.note.clone()).unwrap_or_default(),
                arrival,
                until: deadline.day,
            });
        }
    }
    Ok(out)
}
