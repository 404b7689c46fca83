//! The codes of what can be wrong with a form, and where their words are.

use kernel::{CodeInfo, Level};

/// Chinese words: Fluent messages `issue-{code}`.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// English words: Fluent messages `issue-{code}`.
pub const WORDS_EN: &str = include_str!("../words/en.ftl");

/// The codes by name, so that a misspelt one doesn't compile.
pub(crate) mod code {
    pub(crate) const FIELD_MISSING: &str = "field-missing";
    pub(crate) const FIELD_MISSING_WHEN: &str = "field-missing-when";
    pub(crate) const TEXT_TOO_SHORT: &str = "text-too-short";
    pub(crate) const TEXT_TOO_LONG: &str = "text-too-long";
    pub(crate) const TEXT_SEE_ATTACHMENT: &str = "text-see-attachment";
    pub(crate) const INDICATOR_SEE_ATTACHMENT: &str = "indicator-see-attachment";
    pub(crate) const INDICATOR_UNREADABLE: &str = "indicator-unreadable";
    pub(crate) const INDICATOR_COMPARISON_ASSUMED: &str = "indicator-comparison-assumed";
    pub(crate) const INDICATOR_TOO_MANY: &str = "indicator-too-many";
    pub(crate) const CODE_UNKNOWN: &str = "code-unknown";
    pub(crate) const CODE_SEVERAL: &str = "code-several";
    pub(crate) const CODE_NONE_TICKED: &str = "code-none-ticked";
    pub(crate) const CODE_PART_UNREAD: &str = "code-part-unread";
    pub(crate) const INT_UNREADABLE: &str = "int-unreadable";
    pub(crate) const INT_RANGE: &str = "int-range";
    pub(crate) const DATE_DAY_MISSING: &str = "date-day-missing";
    pub(crate) const DATE_MONTH_MISSING: &str = "date-month-missing";
    pub(crate) const NAMES_UNREADABLE: &str = "names-unreadable";
    pub(crate) const NAMES_INCOMPLETE: &str = "names-incomplete";
    pub(crate) const NAMES_TOO_MANY: &str = "names-too-many";
    pub(crate) const NAME_TOO_LONG: &str = "name-too-long";
}

const fn row(code: &'static str, level: Level, example: &'static str) -> CodeInfo {
    CodeInfo { code, level, example }
}

/// Every code that this crate makes, its usual level, and an example of what brings it up (R139: errors are told row by row).
/// In a draft, `text-too-short` is a warning.
pub const ISSUES: &[CodeInfo] = &[
    row(code::FIELD_MISSING, Level::Error, ""),
    row(code::FIELD_MISSING_WHEN, Level::Error, ""),
    row(code::TEXT_TOO_SHORT, Level::Error, "一种新方法。"),
    row(code::TEXT_TOO_LONG, Level::Error, "（超过字数上限的全文）"),
    row(code::TEXT_SEE_ATTACHMENT, Level::Error, "详见附件"),
    row(code::INDICATOR_SEE_ATTACHMENT, Level::Error, "技术指标见附件2"),
    row(code::INDICATOR_UNREADABLE, Level::Error, "性能达到国际先进水平"),
    row(code::INDICATOR_COMPARISON_ASSUMED, Level::Warning, "工作压力 30 MPa"),
    row(code::INDICATOR_TOO_MANY, Level::Error, "（超过 40 项指标）"),
    row(code::CODE_UNKNOWN, Level::Error, "租赁"),
    row(code::CODE_SEVERAL, Level::Error, "发明、实用新型"),
    row(code::CODE_NONE_TICKED, Level::Error, "□转让 □许可"),
    row(code::CODE_PART_UNREAD, Level::Warning, "其他（产学研合作）"),
    row(code::INT_UNREADABLE, Level::Error, "若干"),
    row(code::INT_RANGE, Level::Error, "100000"),
    row(code::DATE_DAY_MISSING, Level::Error, "2020年1月"),
    row(code::DATE_MONTH_MISSING, Level::Error, "2020年"),
    row(code::NAMES_UNREADABLE, Level::Error, "；；"),
    row(code::NAMES_INCOMPLETE, Level::Warning, "张三、李四等"),
    row(code::NAMES_TOO_MANY, Level::Error, "（超过 60 个名称）"),
    row(code::NAME_TOO_LONG, Level::Error, "（一个名称超过 100 字）"),
];
