//! A unit's filing page, the panel on its organisation's page, and the list in which papers are reconciled.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{About, Cx, Fault, Form, Multipart, Panel, Place, Query, Result, Shell};
use kernel::{FileId, Issue, OrgId, Stamp};
use rulebook::CapState;
use rulebook::Coded as _;
use serde::Deserialize;
use uuid::Uuid;

use crate::deeds::{self, BULK_MAX, Came, Sent, Signatory};
use crate::rules::{Arrival, DECIDE, FILE, RECEIVE, SEE, arrival};
use crate::standing::{Standing, files, standing};
use crate::store::{self, MandateRow};

/// Units a page of the list.
const UNITS_A_PAGE: i64 = 50;

/// A line of the quota, in words.
pub(crate) struct QuotaView {
    what: String,
    figure: i64,
    target: String,
    state: String,
    class: &'static str,
    hard: bool,
    waived: bool,
}

fn quota_views(cx: &Cx, standing: &Standing) -> Vec<QuotaView> {
    let view = |(line, waived): &(crate::rules::Line, bool)| {
        let (key, n, class) = match line.state {
            CapState::Ok => ("ok", 0, "ok"),
            CapState::Near => ("near", line.target - line.figure, "wait"),
            CapState::Over { by } => ("over", by, if line.hard { "live" } else { "wait" }),
            CapState::Short { by } => ("short", by, if line.hard { "live" } else { "wait" }),
        };
        let target = if is_most(cx, &line.rule) { "most" } else { "least" };
        QuotaView {
            what: cx.t(&format!("filing-what-{}", line.what.code())),
            figure: line.figure,
            target: cx.ta(&format!("filing-{target}"), &[("n", line.target.to_string())]),
            state: cx.ta(&format!("filing-quota-{key}"), &[("n", n.to_string())]),
            class: if *waived { "" } else { class },
            hard: line.hard,
            waived: *waived,
        }
    };
    standing.quota.iter().map(view).collect()
}

/// Whether a rule of the programme in force sets a most.
fn is_most(cx: &Cx, rule: &str) -> bool {
    let programme = programme::now(&cx.app);
    programme.cap(rule).is_some_and(|cap| cap.op == rulebook::Op::Max)
}

/// How a paper stands on one way, in words.
pub(crate) struct WayView {
    deadline: String,
    channel: &'static str,
    title: String,
    state: String,
    class: &'static str,
    came: String,
    until: String,
    stamped: Option<bool>,
    note: String,
}

fn arrival_words(cx: &Cx, arrival: Arrival) -> (String, &'static str) {
    let text = cx.ta(
        &format!("filing-arrival-{}", arrival.code()),
        &[("n", arrival.days().to_string())],
    );
    let class = match arrival {
        Arrival::InTime => "ok",
        Arrival::Due(_) => "wait",
        Arrival::Late(_) | Arrival::Missing(_) => "live",
    };
    (text, class)
}

fn way_views(cx: &Cx, standing: &Standing) -> Vec<WayView> {
    let programme = programme::now(&cx.app);
    let view = |way: &crate::standing::Way| {
        let (state, class) = arrival_words(cx, way.arrival);
        let name = programme
            .deadline(&way.deadline)
            .map_or_else(String::new, |deadline| deadline.name.get(cx.lang.code()).to_owned());
        WayView {
            deadline: way.deadline.clone(),
            channel: way.channel,
            title: format!("{name} · {}", cx.t(&format!("filing-channel-{}", way.channel))),
            state,
            class,
            came: way.came.map(|day| day.to_string()).unwrap_or_default(),
            until: way.until.to_string(),
            stamped: way.stamped,
            note: way.note.clone(),
        }
    };
    standing.ways.iter().map(view).collect()
}

/// A mandate, in words.
struct MandateView {
    id: Uuid,
    version: i64,
    state: String,
    class: &'static str,
    waits: bool,
    signatory: Option<Signatory>,
    signed: String,
    until: String,
    sha256: String,
    reason: String,
    sent_at: i64,
}

fn mandate_view(cx: &Cx, row: &MandateRow, sight: &jcore::Sight) -> Result<MandateView> {
    let person = cx
        .app
        .keys
        .open_json::<Signatory>(&deeds::person_place(row.id), &row.person)?;
    Ok(MandateView {
        id: row.id,
        version: row.version,
        state: cx.t(&format!("filing-mandate-state-{}", row.state)),
        class: match row.state.as_str() {
            "accepted" => "ok",
            "sent" => "wait",
            "returned" => "live",
            _ => "",
        },
        waits: row.state == "sent",
        signatory: Some(person.into_revealed(sight)),
        signed: row.signed_day.clone(),
        until: row.until_day.clone().unwrap_or_default(),
        sha256: row.sha256.clone(),
        reason: row.reason.clone(),
        sent_at: row.decided_at.unwrap_or(row.sent_at),
    })
}

#[derive(Template)]
#[template(path = "filing_unit.html")]
struct UnitPage {
    s: Shell,
    id: Uuid,
    name: String,
    quota: Vec<QuotaView>,
    drafts: i64,
    returned: i64,
    asks: bool,
    owes: bool,
    hard: bool,
    has: bool,
    first_time: bool,
    mandates: Vec<MandateView>,
    ways: Vec<WayView>,
    may_file: bool,
    may_decide: bool,
    may_receive: bool,
    today: String,
    errors: Vec<String>,
}

fn org_id(text: &str) -> Result<OrgId> {
    text.parse().map_err(|_| Fault::not_found())
}

/// `GET /filing`: one's own unit, or the list for who cares for many.
pub(crate) async fn start(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    let many = cx.app.rules.reaches(&cx.actor, RECEIVE).is_ok() || cx.app.may(&cx.actor, SEE, &jcore::Subject::NONE);
    if many {
        return list_page(&cx, &query, StatusCode::OK, None).await;
    }
    match cx.actor.orgs().first() {
        Some(org) => Ok(cx.redirect(&format!("/filing/{org}"))),
        None => Err(Fault::not_found()),
    }
}

/// `GET /filing/{org}`
pub(crate) async fn unit(cx: Cx, Path(org): Path<String>) -> Result<Response> {
    unit_page(&cx, org_id(&org)?, StatusCode::OK, Vec::new()).await
}

async fn unit_page(cx: &Cx, org: OrgId, status: StatusCode, errors: Vec<String>) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let unit = accounts::org(&mut conn, org).await?;
    let subject = unit.subject();
    let sight = cx.sight(SEE, &subject).ok_or_else(Fault::not_found)?;
    let standing = standing(&mut conn, &cx.app, &unit).await?;
    let rows = store::mandates(&mut conn, org).await?;
    drop(conn);
    let mandates = rows
        .iter()
        .map(|row| mandate_view(cx, row, &sight))
        .collect::<Result<_>>()?;
    cx.page_with(
        status,
        &UnitPage {
            s: cx.shell(),
            id: org.uuid(),
            name: unit.name,
            quota: quota_views(cx, &standing),
            drafts: standing.drafts,
            returned: standing.returned,
            asks: standing.season.is_some(),
            owes: standing.owes_mandate,
            hard: standing.mandate_hard,
            has: standing.has_mandate,
            first_time: standing.first_time,
            mandates,
            ways: way_views(cx, &standing),
            may_file: cx.may(FILE, &subject),
            may_decide: cx.may(DECIDE, &subject),
            may_receive: cx.may(RECEIVE, &subject),
            today: cx.now.date_in_cn().to_string(),
            errors,
        },
    )
}

/// What stands against a form, on the page that it came from; other faults go on.
async fn again(cx: &Cx, org: OrgId, fault: Fault) -> Result<Response> {
    if fault.fields.is_empty() {
        return Err(fault);
    }
    let text = |issue: &Issue| cx.app.words.issue(cx.lang, issue);
    let errors = fault.fields.iter().map(|field| text(&field.issue)).collect();
    unit_page(cx, org, StatusCode::UNPROCESSABLE_ENTITY, errors).await
}

/// `POST /filing/{org}/mandate`
pub(crate) async fn send_mandate(cx: Cx, Path(org): Path<String>, form: Multipart) -> Result<Response> {
    let org = org_id(&org)?;
    let text = |name: &str| form.first(name).unwrap_or_default();
    let programme = programme::now(&cx.app);
    let asked = crate::standing::mandate_of(&programme).ok_or_else(Fault::not_found)?;
    let season = asked.season.map_or("", |season| season.code());
    let empty: &[u8] = &[];
    let file = form.files.first();
    let sent = Sent {
        signatory: Signatory {
            name: text("name").to_owned(),
            office: text("office").to_owned(),
        },
        signed: text("signed"),
        until: text("until"),
        file_name: file.map_or("", |file| file.name.as_str()),
        content: file.map_or(empty, |file| &file.content),
    };
    match deeds::send_mandate(&cx.app, &cx.actor, org, season, sent).await {
        Ok(version) => {
            let said = cx.ta("filing-said-sent", &[("n", version.to_string())]);
            Ok(cx.redirect_saying(&format!("/filing/{org}"), &said))
        }
        Err(fault) => again(&cx, org, fault).await,
    }
}

/// A decision on a mandate.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct DecideForm {
    #[serde(default)]
    deed: String,
    #[serde(default)]
    reason: String,
}

/// `POST /filing/{org}/mandate/{id}/decide`
pub(crate) async fn decide(
    cx: Cx,
    Path((org, id)): Path<(String, Uuid)>,
    Form(form): Form<DecideForm>,
) -> Result<Response> {
    let org = org_id(&org)?;
    let accepts = form.deed == "accept";
    match deeds::decide(&cx.app, &cx.actor, id, accepts, &form.reason).await {
        Ok(()) => {
            let words = if accepts {
                "filing-said-accepted"
            } else {
                "filing-said-returned"
            };
            Ok(cx.redirect_saying(&format!("/filing/{org}"), &cx.t(words)))
        }
        Err(fault) => again(&cx, org, fault).await,
    }
}

/// `GET /filing/{org}/mandate/{id}`: the scan.
pub(crate) async fn scan(cx: Cx, Path((org, id)): Path<(String, Uuid)>) -> Result<Response> {
    let org = org_id(&org)?;
    let mut conn = cx.app.read().await?;
    let unit = accounts::org(&mut conn, org).await?;
    let sight = cx.sight(SEE, &unit.subject()).ok_or_else(Fault::not_found)?;
    let row = store::mandate(&mut conn, id).await?;
    if row.org_id != org.uuid() {
        return Err(Fault::not_found());
    }
    let file = cx.app.files.row(&mut conn, FileId::from(row.file_id)).await?;
    let name = cx.app.files.name(&cx.app, &file, &sight)?;
    let content = cx.app.files.content(&cx.app, FileId::from(row.file_id), &sight).await?;
    Ok(cx.download(&name, &file.media, content))
}

/// A reason.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ReasonForm {
    #[serde(default)]
    reason: String,
}

/// `POST /filing/{org}/took-part`
pub(crate) async fn took_part(cx: Cx, Path(org): Path<String>, Form(form): Form<ReasonForm>) -> Result<Response> {
    let org = org_id(&org)?;
    match deeds::say_took_part(&cx.app, &cx.actor, org, &form.reason).await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/filing/{org}"), &cx.t("filing-said-took-part"))),
        Err(fault) => again(&cx, org, fault).await,
    }
}

/// `POST /filing/{org}/receipts`
pub(crate) async fn receive(cx: Cx, Path(org): Path<String>, fields: Form<Vec<(String, String)>>) -> Result<Response> {
    let org = org_id(&org)?;
    match deeds::keep_receipts(&cx.app, &cx.actor, &[org], came(&fields)).await {
        Ok(_) => Ok(cx.redirect_saying(&format!("/filing/{org}"), &cx.t("filing-said-received"))),
        Err(fault) => again(&cx, org, fault).await,
    }
}

fn came(fields: &Form<Vec<(String, String)>>) -> Came<'_> {
    let text = |name: &str| fields.first(name).unwrap_or_default();
    Came {
        deadline: text("deadline"),
        channel: text("channel"),
        day: text("day"),
        stamped: fields.first("stamped").is_some(),
        note: text("note"),
    }
}

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    page: Option<i64>,
}

/// A unit of the list.
struct UnitView {
    id: Uuid,
    name: String,
    place: String,
    ways: Vec<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "filing_list.html")]
struct ListPage {
    s: Shell,
    units: Vec<UnitView>,
    heads: Vec<String>,
    deadline: String,
    count: i64,
    page: i64,
    pages: i64,
    may_receive: bool,
    passes: bool,
    today: String,
    bulk_max: usize,
    error: Option<String>,
}

async fn list_page(cx: &Cx, query: &ListQuery, status: StatusCode, error: Option<String>) -> Result<Response> {
    let programme = programme::now(&cx.app);
    let page = query.page.unwrap_or(1).max(1);
    let mut conn = cx.app.read().await?;
    let all = cx.app.may(&cx.actor, SEE, &jcore::Subject::NONE);
    let region = cx.actor.grants.iter().find_map(|grant| grant.region).filter(|_| !all);
    // A division's code without its zeros is the head of all codes within it.
    let head = region.map(|region| region.to_string().trim_end_matches("00").to_owned());
    let offset = (page - 1).saturating_mul(UNITS_A_PAGE);
    let (rows, count) = store::units(&mut conn, &programme.key, head.as_deref(), UNITS_A_PAGE, offset).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let deadline = programme
        .deadlines
        .iter()
        .find(|deadline| !deadline.channels.is_empty());
    let key = deadline.map(|deadline| deadline.key.clone()).unwrap_or_default();
    let kept = store::receipts(&mut conn, &ids, &programme.key, &key).await?;
    let handed = store::handed_in(&mut conn, &ids, &programme.key).await?;
    drop(conn);
    let channels: Vec<&'static str> = deadline
        .map(|deadline| deadline.channels.iter().map(|channel| channel.kind.code()).collect())
        .unwrap_or_default();
    let today = cx.now.date_in_cn();
    let way = |org: Uuid, channel: &'static str| {
        let row = kept.iter().find(|row| row.org_id == org && row.channel == channel);
        let said = row.and_then(|row| row.day.parse().ok());
        let handed = handed
            .iter()
            .find(|(id, _)| *id == org)
            .map(|(_, at)| Stamp::from_micros(*at).date_in_cn());
        let came = said.or(handed.filter(|_| channel == "electronic"));
        arrival(&programme, &key, came, today).map(|arrival| arrival_words(cx, arrival))
    };
    let unit = |row: store::UnitRow| UnitView {
        id: row.id,
        place: row
            .region
            .as_deref()
            .and_then(kernel::Region::new)
            .map(|region| cx.app.regions.full_name(region))
            .unwrap_or_default(),
        ways: channels.iter().filter_map(|channel| way(row.id, channel)).collect(),
        name: row.name,
    };
    let answer = ListPage {
        s: cx.shell(),
        units: rows.into_iter().map(unit).collect(),
        heads: channels
            .iter()
            .map(|channel| cx.t(&format!("filing-channel-{channel}")))
            .collect(),
        deadline: key.clone(),
        count,
        page,
        pages: (count.max(1) + UNITS_A_PAGE - 1) / UNITS_A_PAGE,
        may_receive: cx.app.rules.reaches(&cx.actor, RECEIVE).is_ok(),
        passes: cx.may(crate::rules::PASS, &jcore::Subject::NONE),
        today: today.to_string(),
        bulk_max: BULK_MAX,
        error,
    };
    cx.page_with(status, &answer)
}

/// `POST /filing/receipts`: the papers of many units at once.
pub(crate) async fn receive_many(cx: Cx, fields: Form<Vec<(String, String)>>) -> Result<Response> {
    let ticked = fields.0.iter().filter(|(name, _)| name == "org");
    let orgs: Vec<OrgId> = ticked.map(|(_, id)| org_id(id)).collect::<Result<_>>()?;
    match deeds::keep_receipts(&cx.app, &cx.actor, &orgs, came(&fields)).await {
        Ok(n) => {
            let said = cx.ta("filing-said-received-many", &[("n", n.to_string())]);
            Ok(cx.redirect_saying("/filing", &said))
        }
        Err(fault) if !fault.fields.is_empty() => {
            let error = fault
                .fields
                .first()
                .map(|field| cx.app.words.issue(cx.lang, &field.issue));
            list_page(&cx, &ListQuery::default(), StatusCode::UNPROCESSABLE_ENTITY, error).await
        }
        Err(fault) => Err(fault),
    }
}

/// The panel on an organisation's page: its quota and what is missing.
pub(crate) struct QuotaPanel;

#[derive(Template)]
#[template(path = "filing_panel.html")]
struct PanelView {
    s: Shell,
    id: Uuid,
    quota: Vec<QuotaView>,
    owes: bool,
    drafts: i64,
    returned: i64,
    ways: Vec<WayView>,
}

impl Panel for QuotaPanel {
    fn places(&self) -> &'static [Place] {
        &[accounts::ORG_PANELS]
    }

    fn show<'a>(
        &'a self,
        cx: &'a Cx,
        _place: Place,
        about: About<'a>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<Option<String>>> + Send + 'a>> {
        Box::pin(async move {
            if !cx.may(SEE, about.subject) {
                return Ok(None);
            }
            let mut conn = cx.app.read().await?;
            let unit = accounts::org(&mut conn, OrgId::from(about.id)).await?;
            if !files(&programme::now(&cx.app), &unit) {
                return Ok(None);
            }
            let standing = standing(&mut conn, &cx.app, &unit).await?;
            drop(conn);
            let view = PanelView {
                s: cx.shell(),
                id: about.id,
                quota: quota_views(cx, &standing),
                owes: standing.owes_mandate,
                drafts: standing.drafts,
                returned: standing.returned,
                ways: way_views(cx, &standing),
            };
            view.render().map(Some).map_err(|e| Fault::internal(e.to_string()))
        })
    }
}
