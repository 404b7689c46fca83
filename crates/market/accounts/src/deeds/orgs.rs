//! Entering organisations, their profile, their place in the programme, their qualifications.

use forms::Lookup;
use jcore::{Act, Cx, Fault, Result, act};
use kernel::{Day, Issue, OrgId, Region, Uscc};
use serde_json::json;
use uuid::Uuid;

use crate::deeds::in_use;
use crate::model::{Identity, IdentityKind, NewOrg, Org, OrgKind, OrgState, QualificationKind, Tag};
use crate::rules::{ORG_ADD, ORG_CLASSIFY, ORG_EDIT};
use crate::store;

/// What a record of the form `organisation` says.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) org: NewOrg,
    pub(crate) qualifications: Vec<QualificationKind>,
}

/// From a form's record; none when name or kind is missing.
pub(crate) fn declared(record: &forms::Record) -> Option<Declared> {
    let text = |key: &str| record.text(key).unwrap_or_default().to_owned();
    let identity = Lookup::uscc(record, "uscc").map_or(Identity::None, |code| Identity::Uscc(code.clone()));
    let mut org = NewOrg::new(
        record.text("name")?,
        OrgKind::from_code(record.code("kind")?)?,
        identity,
    );
    org.region = Lookup::region(record, "region");
    org.address = text("address");
    org.park = text("park");
    org.intro = text("intro");
    if record.yes("provincial_undergrad") {
        org.tags.push(Tag::ProvincialUndergrad);
    }
    let qualifications = record
        .codes("qualifications")
        .iter()
        .filter_map(|c| QualificationKind::from_code(c))
        .collect();
    Some(Declared { org, qualifications })
}

/// What putting a declared organisation into the store came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It is new.
    New(OrgId),
    /// A known one was changed.
    Changed(OrgId),
    /// Everything was so already.
    Same(OrgId),
}

/// Enters an organisation, or completes a known one: what the record says counts, what it leaves blank stays.
pub(crate) async fn put(act: &mut Act, new: &Declared) -> Result<Put> {
    let Some(known) = store::orgs::find(&mut act.conn, &new.org.identity, &new.org.name).await? else {
        let id = store::orgs::insert(act, &new.org, OrgState::Unclaimed).await?.id;
        qualify_missing(act, id, &new.qualifications).await?;
        return Ok(Put::New(id));
    };
    if known.state == OrgState::Closed {
        return Err(Fault::issue(
            Some("name"),
            Issue::error("accounts-org-over").with("name", known.name),
        ));
    }
    let mut org = known.clone();
    complete(&mut org, &new.org);
    let changed = org != known;
    if changed {
        store::orgs::update(act, &org).await?;
        act.note("org.changed", "org", org.id.uuid(), json!({ "by": "sheet" }));
    }
    let qualified = qualify_missing(act, org.id, &new.qualifications).await?;
    Ok(if changed || qualified {
        Put::Changed(org.id)
    } else {
        Put::Same(org.id)
    })
}

fn complete(org: &mut Org, new: &NewOrg) {
    if new.name != org.name {
        let former = std::mem::replace(&mut org.name, new.name.clone());
        if !org.former_names.contains(&former) {
            org.former_names.push(former);
        }
    }
    org.kind = new.kind;
    org.region = new.region.or(org.region);
    for (mine, theirs) in [
        (&mut org.address, &new.address),
        (&mut org.park, &new.park),
        (&mut org.intro, &new.intro),
    ] {
        if !theirs.is_empty() {
            mine.clone_from(theirs);
        }
    }
    for tag in &new.tags {
        if !org.has_tag(*tag) {
            org.tags.push(tag.code().to_owned());
        }
    }
    if org.identity.is_none()
        && let Some(text) = new.identity.text()
    {
        org.identity_kind = new.identity.kind();
        org.identity = Some(text);
    }
}

/// Adds the qualifications that are not in force yet, without number and days: a sheet has none.
async fn qualify_missing(act: &mut Act, org: OrgId, kinds: &[QualificationKind]) -> Result<bool> {
    let known = store::qualifications::of_org(&mut act.conn, org).await?;
    let mut added = false;
    for kind in kinds.iter().filter(|k| !known.iter().any(|q| q.kind == **k)) {
        store::qualifications::insert(act, org, *kind, "", (None, None)).await?;
        act.note("org.qualified", "org", org.uuid(), json!({ "kind": kind.code() }));
        added = true;
    }
    Ok(added)
}

/// Enters one organisation on a page or by the API.
pub(crate) async fn add(cx: &Cx, new: &Declared) -> Result<Put> {
    // A new one has no id yet, only the region in which it will lie.
    let subject = jcore::Subject {
        region: new.org.region,
        ..jcore::Subject::NONE
    };
    let permit = cx.permit(ORG_ADD, &subject)?;
    act!(cx.app, permit, |act| {
        let known = store::orgs::find(&mut act.conn, &new.org.identity, &new.org.name).await?;
        if let Some(known) = &known {
            // Completing a known one is an edit, of the region where it lies.
            act.app().permit(&cx.actor, ORG_EDIT, &known.subject())?;
        }
        let put = put(&mut act, new).await?;
        if let Put::Same(id) = put {
            act.note("org.confirmed", "org", id.uuid(), json!({}));
        }
        Ok(put)
    })
}

/// The profile that an organisation keeps of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    pub(crate) address: String,
    pub(crate) park: String,
    pub(crate) intro: String,
}

/// Changes the profile, if nobody else did since the version that was shown.
pub(crate) async fn edit(cx: &Cx, org: &Org, version: i64, profile: &Profile) -> Result<()> {
    let permit = cx.permit(ORG_EDIT, &org.subject())?;
    act!(cx.app, permit, |act| {
        let mut org = store::orgs::get(&mut act.conn, org.id).await?;
        in_use(&org)?;
        org.version = version;
        org.address.clone_from(&profile.address);
        org.park.clone_from(&profile.park);
        org.intro.clone_from(&profile.intro);
        store::orgs::update(&mut act, &org).await?;
        act.note("org.changed", "org", org.id.uuid(), json!({ "by": "page" }));
        Ok(())
    })
}

/// An organisation's place in the programme.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) name: String,
    pub(crate) kind: OrgKind,
    pub(crate) region: Option<Region>,
    pub(crate) tags: Vec<Tag>,
    /// A credit code; none leaves the identity as it is.
    pub(crate) uscc: Option<Uscc>,
    /// Why a code that fails its check character is taken all the same.
    pub(crate) licence_note: String,
}

/// Changes name, kind, region, marks and identity.
pub(crate) async fn classify(cx: &Cx, org: &Org, version: i64, class: &Class) -> Result<()> {
    let permit = cx.permit(ORG_CLASSIFY, &org.subject())?;
    act!(cx.app, permit, |act| {
        let mut org = store::orgs::get(&mut act.conn, org.id).await?;
        if org.state == OrgState::Merged {
            return in_use(&org);
        }
        let before = org.clone();
        org.version = version;
        if class.name != org.name {
            org.former_names
                .push(std::mem::replace(&mut org.name, class.name.clone()));
        }
        org.kind = class.kind;
        org.region = class.region;
        org.tags = class.tags.iter().map(|t| t.code().to_owned()).collect();
        if let Some(code) = &class.uscc {
            let text = code.to_string();
            let other = store::orgs::by_identity(&mut act.conn, IdentityKind::Uscc, "CN", &text).await?;
            if let Some(other) = other.filter(|o| o.id != org.id) {
                return Err(Fault::issue(
                    Some("identity"),
                    Issue::error("accounts-identity-taken").with("name", other.name),
                ));
            }
            org.identity_kind = IdentityKind::Uscc;
            org.country = "CN".to_owned();
            org.identity = Some(text);
        }
        store::orgs::update(&mut act, &org).await?;
        let detail = json!({
            "kind": [before.kind.code(), org.kind.code()], "region": [before.region, org.region], "tags": [before.tags, org.tags],
            "name": [before.name, org.name], "identity": [before.identity, org.identity], "licence": class.licence_note,
        });
        act.note("org.classified", "org", org.id.uuid(), detail);
        Ok(())
    })
}

/// Adds a qualification.
pub(crate) async fn qualify(
    cx: &Cx,
    org: &Org,
    kind: QualificationKind,
    number: &str,
    from: Option<Day>,
    until: Option<Day>,
) -> Result<()> {
    let permit = cx.permit(ORG_EDIT, &org.subject())?;
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        return Err(Fault::issue(Some("until"), Issue::error("accounts-days-order")));
    }
    let (from, until) = (from.map(|d| d.to_string()), until.map(|d| d.to_string()));
    act!(cx.app, permit, |act| {
        in_use(&store::orgs::get(&mut act.conn, org.id).await?)?;
        // The same kind without a number came from a sheet: the fuller one takes its place.
        for known in store::qualifications::of_org(&mut act.conn, org.id).await? {
            if known.kind == kind && (known.number.is_empty() || known.number == number) {
                store::qualifications::end(&mut act, org.id, known.id).await?;
            }
        }
        store::qualifications::insert(&mut act, org.id, kind, number, (from.as_deref(), until.as_deref())).await?;
        act.note(
            "org.qualified",
            "org",
            org.id.uuid(),
            json!({ "kind": kind.code(), "until": until }),
        );
        act.changed("org", org.id.uuid());
        Ok(())
    })
}

/// Ends a qualification.
pub(crate) async fn disqualify(cx: &Cx, org: &Org, id: Uuid) -> Result<()> {
    let permit = cx.permit(ORG_EDIT, &org.subject())?;
    act!(cx.app, permit, |act| {
        if !store::qualifications::end(&mut act, org.id, id).await? {
            return Err(Fault::not_found());
        }
        act.note(
            "org.qualification-ended",
            "org",
            org.id.uuid(),
            json!({ "qualification": id }),
        );
        act.changed("org", org.id.uuid());
        Ok(())
    })
}
