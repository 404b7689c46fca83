//! Every issue that the kernel's readers can make, with a text that makes it. Tests hold each row against the readers
//! and against the words in both languages.

use crate::issue::Level;

/// One row of the registry of issues.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeInfo {
    /// The issue's code.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// A text that makes the reader named by the code's first word report it.
    pub example: &'static str,
}

const fn error(code: &'static str, example: &'static str) -> CodeInfo {
    CodeInfo {
        code,
        level: Level::Error,
        example,
    }
}

const fn warning(code: &'static str, example: &'static str) -> CodeInfo {
    CodeInfo {
        code,
        level: Level::Warning,
        example,
    }
}

const fn note(code: &'static str, example: &'static str) -> CodeInfo {
    CodeInfo {
        code,
        level: Level::Note,
        example,
    }
}

/// The registry of issues. `value-too-long` is made by its example written over and over, `money-large` by its example
/// under a column head of 万元.
pub const ISSUES: &[CodeInfo] = &[
    error("value-empty", "—"),
    error("value-too-long", "1"),
    error("money-no-amount", "详见附件"),
    warning("money-no-unit", "120"),
    warning("money-large", "1200000"),
    error("money-too-large", "2000亿元"),
    error("money-too-small", "0.001元"),
    error("money-negative", "-50万"),
    error("money-vague", "几十万"),
    error("money-range-reversed", "100-50万"),
    warning("money-mixed-units", "9000-1万元"),
    note("money-approx-range", "约50-100万"),
    note("money-open-upper", "大于50万小于100万"),
    error("money-several", "起拍价50万元，保证金5万元"),
    error("money-unclear", "10万5"),
    error("money-two-currencies", "10万美元（约70万元人民币）"),
    error("money-currency-unknown", "10万泰铢"),
    error("money-rate-unclear", "销售额3%-5%"),
    warning("money-rate-no-base", "3%"),
    error("money-rate-range", "销售额300%"),
    note("money-rounded", "0.1234567万元"),
    warning("money-scientific", "1.2E+06元"),
    note("money-also-negotiable", "50万元，可面议"),
    warning("money-provisional", "50万元（待定）"),
    warning("money-words-ignored", "50万元，分3年支付"),
    error("date-unreadable", "明年"),
    error("date-no-year", "6月14日"),
    error("date-impossible", "2023/9/31"),
    error("date-out-of-range", "1820年"),
    error("date-range", "2020.1-2022.12"),
    error("date-ambiguous", "1/2/2020"),
    warning("date-order", "14/6/2023"),
    warning("date-two-digit-year", "20.1.1"),
    warning("date-maybe-october", "2020.1"),
    note("date-by-period", "2023年底"),
    note("date-serial", "43831"),
    error("date-serial-range", "0"),
    note("date-time-dropped", "2020/1/1 14:30"),
    note("date-words-ignored", "2023年12月31日前"),
    error("patent-length", "20201012345"),
    error("patent-char", "2O2010123456.2"),
    error("patent-check", "ZL202010123456.7"),
    error("patent-check-missing", "202010123456"),
    warning("patent-zero-restored", "202010123467"),
    note("patent-zero-dropped", "202010123456.20"),
    error("patent-year", "199010123456.2"),
    error("patent-kind-digit", "ZL202050123456.2"),
    error("patent-kind-mismatch", "ZL202010123456.2"),
    error("patent-scientific", "2.0201E+11"),
    error("patent-publication-number", "CN111234567B"),
    error("patent-foreign", "US10123456B2"),
    error("patent-several", "ZL202010123456.2；ZL202110345678.3"),
    note("patent-words-ignored", "ZL202010123456.2（一种方法）"),
    error("uscc-length", "91320000MA000000"),
    error("uscc-char", "91320000MA00000V7Q"),
    warning("uscc-lookalike", "9132OOOOMAOOOOOO7Q"),
    error("uscc-check", "91320000MA0000007W"),
    warning("uscc-org-check", "91320000MA0000008U"),
    error("uscc-old-number", "320100000012345"),
    error("uscc-scientific", "9.132E+17"),
    error("ipc-shape", "G06"),
    error("ipc-section", "Y02E10/50"),
    warning("ipc-first-taken", "G06F17/30；H04L29/08"),
    note("ipc-group-completed", "G06F17"),
    error("phone-shape", "13800000000转8"),
    error("phone-length", "1380000000"),
    error("phone-mobile-prefix", "12800000000"),
    error("phone-no-area", "84791234"),
    error("phone-char", "微信同号"),
    error("phone-masked", "138****0000"),
    error("phone-several", "13800000000/13900000000"),
    error("phone-scientific", "1.38E+10"),
    warning("phone-zero-restored", "51267251234"),
    note("phone-words-ignored", "13800000000（张三）"),
    error("email-no-at", "zhang.example.com"),
    error("email-several", "a@example.com、b@example.com"),
    error("email-char", "张三@example.com"),
    error("email-shape", "zhang@example"),
    warning("email-mended", "zhang@example。com"),
    warning("email-suspect", "zhang@qq.con"),
    error("contract-no-length", "202332010000012"),
    error("contract-no-char", "苏2023-1"),
    error("contract-no-scientific", "2.02332E+15"),
    note("contract-no-last-zero", "2023320100000120"),
    error("region-unknown", "亚特兰蒂斯"),
    error("region-unknown-code", "329999"),
    error("region-ambiguous", "鼓楼区"),
    error("region-several", "南京、苏州"),
    error("region-mismatch", "320106 徐州市"),
    warning("region-renamed", "海门市"),
    warning("region-address", "江苏省南京市鼓楼区汉口路22号"),
    warning("region-pseudo", "320576"),
    error("sector-unknown", "炼金术"),
    warning("sector-ambiguous", "新能源汽车"),
    error("trl-unknown", "良好"),
    error("trl-range", "10"),
    note("trl-by-stage", "中试"),
    warning("trl-several", "小试、中试"),
    error("yes-no-unclear", "部分"),
    note("yes-no-words-ignored", "是（已授权）"),
];
