//! What stands before handing in, from capabilities after this one: a paper that a unit still owes, say (R119).

use std::fmt;
use std::sync::Arc;

use db::Conn;
use intake::BoxFuture;
use jcore::{App, Result};
use kernel::{Issue, Level};

use accounts::Org;

/// Something that a unit must have done before it hands in.
pub trait Gate: Send + Sync + 'static {
    /// What stands against the organisation's handing in a thing of this kind now. Errors block; anything less is told.
    ///
    /// # Errors
    /// The store's.
    fn handing_in<'a>(
        &'a self,
        conn: &'a mut Conn,
        app: &'a App,
        org: &'a Org,
        kind: &'a str,
    ) -> BoxFuture<'a, Result<Vec<Issue>>>;
}

/// All gates, kept in `app.extras`.
#[derive(Clone, Default)]
pub struct Gates(Arc<Vec<Arc<dyn Gate>>>);

impl fmt::Debug for Gates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gates({})", self.0.len())
    }
}

impl Gates {
    /// From the capabilities' gates.
    #[must_use]
    pub fn new(gates: Vec<Arc<dyn Gate>>) -> Self {
        Self(Arc::new(gates))
    }
}

/// All that the gates say of the organisation's handing in a thing of this kind.
pub(crate) async fn asked(conn: &mut Conn, app: &App, org: &Org, kind: &str) -> Result<Vec<Issue>> {
    let Some(gates) = app.extra::<Gates>().cloned() else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for gate in gates.0.iter() {
        out.extend(gate.handing_in(conn, app, org, kind).await?);
    }
    Ok(out)
}

/// What blocks the organisation from handing in a thing of this kind. Who owns the machine answers for what is handed in
/// from its command line, so nothing blocks there.
pub(crate) async fn blocks(act: &mut jcore::Act, org: &Org, kind: &str) -> Result<Vec<Issue>> {
    if act.permit().user().is_none() {
        return Ok(Vec::new());
    }
    let app = act.app().clone();
    let mut out = asked(&mut act.conn, &app, org, kind).await?;
    out.retain(|issue| issue.level == Level::Error);
    Ok(out)
}
