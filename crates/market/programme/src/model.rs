//! The programme in force, kept in memory by each node and followed when another changes it.

use std::sync::{Arc, PoisonError, RwLock};

use jcore::{Actor, App, Fault, FieldFault, Result, Subject, act};
use kernel::Issue;
use rulebook::{Mistake, Programme};

use crate::{rules, store};

/// The programme in force and when it was put there. One value a node, in the application's extras.
#[derive(Clone)]
pub struct InForce(Arc<RwLock<(i64, Arc<Programme>)>>);

impl std::fmt::Debug for InForce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InForce")
    }
}

impl Default for InForce {
    /// Begins with the first shipped programme, until [`load`] reads the store.
    fn default() -> Self {
        Self(Arc::new(RwLock::new((0, shipped_default()))))
    }
}

/// The first shipped programme. A test parses all of them, so a binary that is shipped can read it; the empty one keeps the
/// function total.
fn shipped_default() -> Arc<Programme> {
    let regions = kernel::Regions::builtin();
    let first = rulebook::SHIPPED
        .iter()
        .find_map(|(_, text)| rulebook::parse(text, regions).ok());
    Arc::new(first.unwrap_or_else(|| unreachable!("the shipped programmes are parsed by a test")))
}

impl InForce {
    fn get(&self) -> (i64, Arc<Programme>) {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, at: i64, programme: Programme) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (at, Arc::new(programme));
    }
}

/// The programme in force.
#[must_use]
pub fn now(app: &App) -> Arc<Programme> {
    app.extra::<InForce>().map_or_else(shipped_default, |f| f.get().1)
}

/// Reads the programme in force from the store; where there is none, the first shipped one stays.
///
/// # Errors
/// The store's; a stored programme that this version cannot read.
pub async fn load(app: &App) -> Result<()> {
    follow(app).await.map(|_| ())
}

pub(crate) async fn follow(app: &App) -> Result<usize> {
    let Some(holder) = app.extra::<InForce>() else {
        return Ok(0);
    };
    let mut conn = app.read().await?;
    let Some(row) = store::in_force(&mut conn).await? else {
        return Ok(0);
    };
    let (at, programme) = holder.get();
    // Two changes within a clock's step still differ by their key.
    if row.loaded_at == at && row.key == programme.key {
        return Ok(0);
    }
    let programme = rulebook::parse(&row.text, &app.regions)
        .map_err(|m| Fault::internal(format!("the programme in force ({}) cannot be read: {m:?}", row.key)))?;
    holder.set(row.loaded_at, programme);
    Ok(1)
}

/// A programme's mistakes as a fault, each with its line.
#[must_use]
pub(crate) fn refusal(app: &App, lang: jcore::Lang, mistakes: &[Mistake]) -> Fault {
    let fields = mistakes
        .iter()
        .map(|m| {
            let args: Vec<(&str, String)> = m.args.iter().map(|(k, v)| (*k, v.clone())).collect();
            let text = app.words.get(lang, &format!("mistake-{}", m.code), &args);
            let issue = Issue::error("programme-mistake")
                .with("line", m.line.to_string())
                .with("text", text);
            FieldFault {
                field: Some("text".to_owned()),
                issue,
            }
        })
        .collect();
    Fault::refused(fields)
}

/// Checks a programme file and puts it in force.
///
/// # Errors
/// Denied; refused with all mistakes; the store's.
pub async fn put_in_force(app: &App, actor: &Actor, lang: jcore::Lang, text: &str) -> Result<Arc<Programme>> {
    let permit = app.permit(actor, rules::MANAGE, &Subject::NONE)?;
    let programme = rulebook::parse(text, &app.regions).map_err(|m| refusal(app, lang, &m))?;
    let (key, year) = (programme.key.clone(), i64::from(programme.year));
    act!(app, permit, |act| {
        store::put(&mut act, &key, year, text).await?;
        act.note(
            "programme.put-in-force",
            "programme",
            None,
            serde_json::json!({ "key": key, "year": year }),
        );
        Ok(())
    })?;
    follow(app).await?;
    Ok(now(app))
}
