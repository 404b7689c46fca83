//! Panels: what a later capability shows on an earlier one's page. The page says where it has room ([`Place`]) and for
//! what; whoever registered for that place gives a piece of the page. The earlier capability knows none of them.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::{Cx, Result, Subject};

/// A place on a page that has room for panels: a constant of the capability whose page it is, as in `"org"`.
pub type Place = &'static str;

/// What a page with panels is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The thing's id.
    pub id: Uuid,
    /// What kind of thing, as in `patent`; for places that show several kinds.
    pub kind: &'a str,
    /// What the who-may table is asked about.
    pub subject: &'a Subject,
}

/// A piece of a page, rendered by the capability that it comes from.
pub trait Panel: Send + Sync + 'static {
    /// Where it is shown.
    fn places(&self) -> &'static [Place];

    /// Its HTML from a template of its own, a whole `<section>`; none where it has nothing to show this reader. It asks
    /// the who-may table itself.
    ///
    /// # Errors
    /// The store's: the page fails with it.
    fn show<'a>(&'a self, cx: &'a Cx, place: Place, about: About<'a>) -> BoxFuture<'a, Result<Option<String>>>;
}

/// All panels, kept in `app.extras`, in the order of the capabilities.
#[derive(Clone, Default)]
pub struct Panels(Arc<Vec<Arc<dyn Panel>>>);

impl fmt::Debug for Panels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Panels({})", self.0.len())
    }
}

impl Panels {
    /// From the capabilities' panels.
    #[must_use]
    pub fn new(panels: Vec<Arc<dyn Panel>>) -> Self {
        Self(Arc::new(panels))
    }
}

impl Cx {
    /// The panels of a place, rendered: a template writes them with `|safe`.
    ///
    /// # Errors
    /// A panel's.
    pub async fn panels(&self, place: Place, about: About<'_>) -> Result<Vec<String>> {
        let Some(panels) = self.app.extra::<Panels>() else {
            return Ok(Vec::new());
        };
        let mut out = Vec::new();
        for panel in panels.0.iter().filter(|panel| panel.places().contains(&place)) {
            out.extend(panel.show(self, place, about).await?);
        }
        Ok(out)
    }
}
