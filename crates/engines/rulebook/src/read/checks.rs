//! Checks that look at several rules together.

use std::ops::RangeInclusive;

use super::table::Table;
use crate::codes::Coded;
use crate::model::KpiRule;

/// The years for which the built-in calendar of public holidays has the State Council's notices.
pub(super) const CALENDAR_YEARS: RangeInclusive<i16> = crate::calendar::CALENDAR_YEARS;

/// A figure is held against one number only: two rules for the same figure that can hold for the same fair are a
/// rule of the plan that was copied twice, and a shortfall would count double.
pub(super) fn rules_stand_once(entry: &Table<'_>, rules: &[KpiRule]) {
    for (at, rule) in rules.iter().enumerate() {
        let twin = rules[..at].iter().find(|earlier| {
            let seasons = earlier.when.season.zip(rule.when.season).is_none_or(|(a, b)| a == b);
            // A rule for the torch express may sharpen the common one.
            let torch = earlier.when.torch_express == rule.when.torch_express;
            earlier.metric == rule.metric && earlier.op == rule.op && earlier.per == rule.per && seasons && torch
        });
        if let Some(earlier) = twin {
            let args = vec![
                ("code", rule.code.clone()),
                ("first", earlier.code.clone()),
                ("metric", rule.metric.to_owned()),
                ("op", rule.op.code().to_owned()),
            ];
            entry.report("duplicate-rule", args);
        }
    }
}
