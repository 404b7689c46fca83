//! Divisions to choose from: those of the programme's home, city by city; others by their full name.

use std::fmt;
use std::sync::Arc;

use jcore::{App, Cx};
use kernel::{Division, DivisionLevel, Region};

use super::control::Choice;

/// Tells the region in which the platform's programme runs. The programme stands above the intake, so who puts the
/// capabilities together registers this in `app.extras`; without it every city of the table is offered.
#[derive(Clone)]
pub struct Home(pub Arc<FindHome>);

/// See [`Home`].
pub type FindHome = dyn Fn(&App) -> Option<Region> + Send + Sync;

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Home")
    }
}

/// A city and its counties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionGroup {
    /// The city's name.
    pub name: String,
    /// The city itself, then its counties.
    pub choices: Vec<Choice>,
}

/// The input of a division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionView {
    /// The drop-down.
    pub groups: Vec<RegionGroup>,
    /// What is written in the line for others.
    pub other: String,
    /// What the drop-down showed: when it comes back changed it counts, else the line does.
    pub was: String,
}

/// The input of a field that holds this text.
pub(crate) fn region_view(cx: &Cx, raw: &str) -> RegionView {
    let regions = &cx.app.regions;
    let chosen = kernel::read::region(raw, regions).value;
    let home = cx.app.extra::<Home>().and_then(|home| (home.0)(&cx.app));
    let cities: Vec<&Division> = match home {
        Some(home) if home.level() == DivisionLevel::Province => regions.cities_of(home),
        Some(home) => regions.get(home.city()).into_iter().collect(),
        None => regions
            .iter()
            .filter(|division| division.level == DivisionLevel::City)
            .collect(),
    };
    let choice = |division: &Division| Choice {
        id: String::new(),
        value: division.code.to_string(),
        text: division.name.clone(),
        selected: chosen == Some(division.code),
    };
    let group = |city: &&Division| RegionGroup {
        name: if home.is_some() {
            city.name.clone()
        } else {
            regions.full_name(city.code)
        },
        choices: std::iter::once(*city)
            .chain(regions.counties_of(city.code))
            .map(choice)
            .collect(),
    };
    let groups: Vec<RegionGroup> = cities.iter().map(group).collect();
    let was = groups
        .iter()
        .flat_map(|group| &group.choices)
        .find(|choice| choice.selected);
    let was = was.map_or_else(String::new, |choice| choice.value.clone());
    let other = match (was.is_empty(), chosen) {
        (false, _) => String::new(),
        // A code says nothing to a person.
        (true, Some(region)) => regions.full_name(region),
        (true, None) => raw.trim().to_owned(),
    };
    RegionView { groups, other, was }
}
