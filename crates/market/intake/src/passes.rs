//! Credit codes that the centre lets pass although their check character is wrong: it has seen the licence (domain §3.9).

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use forms::{Form, Kind as FieldKind, Record, Value};
use jcore::App;
use kernel::{Issue, Uscc};

/// The codes, kept in `app.extras` and filled by who keeps them.
#[derive(Clone, Debug, Default)]
pub struct Passes(Arc<RwLock<Arc<BTreeSet<String>>>>);

impl Passes {
    /// Puts other codes in the place of those known.
    pub fn set(&self, codes: BTreeSet<String>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(codes);
    }

    fn get(&self) -> Arc<BTreeSet<String>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The code of the kernel's issue that can be let pass.
const CHECK: &str = "uscc-check";

/// Takes the codes in a record that were let pass: with a warning, so that a person still looks at them.
pub fn let_pass(app: &App, form: &'static Form, record: &mut Record) {
    let Some(passes) = app.extra::<Passes>().map(Passes::get).filter(|codes| !codes.is_empty()) else {
        return;
    };
    for field in form.fields().filter(|field| field.kind == FieldKind::Uscc) {
        let Some(cell) = record.cell_mut(field.key) else {
            continue;
        };
        if cell.value.is_some() || !cell.issues.iter().any(|issue| issue.code == CHECK) {
            continue;
        }
        let text: String = kernel::text::normalise(&cell.raw)
            .to_uppercase()
            .split_whitespace()
            .collect();
        if let Some(code) = Uscc::on_licence(&text).filter(|code| passes.contains(code.as_str())) {
            let issue = Issue::note("intake-uscc-passed").with("code", code.as_str());
            cell.issues.retain(|issue| issue.code != CHECK);
            cell.issues.push(issue);
            cell.value = Some(Value::Uscc(code));
        }
    }
}
