//! What the fuzz targets share: a form with a field of every kind, files made of the bytes at hand, and what must hold
//! of every reading.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use forms::{Choice, Context, Draft, Field, Form, Kind, List, Must, Secrecy, Section, read, read_cell, score, write};
use kernel::{Level, Reading, Regions};
use sheets::{AnnotatedWords, Cell, ColumnSpec, Fit, Grid, Limits, Mapping, Sample, map_columns_by, mark, rows};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "../../crates/engines/sheets/tests/support/mod.rs"]
mod support;

const fn choice(code: &'static str, names: &'static [&'static str]) -> Choice {
    Choice { code, names }
}

static KIND: List = List {
    key: "kind",
    codes: &[
        choice("invention", &["发明", "Invention", "发明专利"]),
        choice("utility", &["实用新型", "Utility model"]),
        choice("design", &["外观设计", "Design", "外观"]),
    ],
};

static MODES: List = List {
    key: "modes",
    codes: &[
        choice("transfer", &["转让", "Transfer", "专利转让"]),
        choice("licence", &["许可", "Licence", "普通许可"]),
        choice("exclusive", &["独占许可", "Exclusive licence", "许可（独占）"]),
        choice("equity", &["作价入股", "Equity"]),
        choice("develop", &["研究与开发", "R&D", "研究/开发"]),
        choice("other", &["其他", "Other"]),
    ],
};

const fn field(
    key: &'static str,
    kind: Kind,
    heads: &'static [&'static str],
    examples: &'static [&'static str],
) -> Field {
    Field {
        key,
        kind,
        must: Must::Yes,
        secrecy: Secrecy::Open,
        heads,
        examples,
    }
}

/// A form with a field of every kind.
pub static FORM: Form = Form {
    key: "fuzz",
    sections: &[Section {
        key: "all",
        fields: &[
            field("title", Kind::Line { max: 30 }, &["名称", "Title"], &["一种齿轮"]),
            field(
                "summary",
                Kind::Text { min: 10, max: 80 },
                &["简介", "Summary"],
                &["采用双螺杆结构的新型齿轮箱"],
            ),
            field(
                "shown",
                Kind::YesNo,
                &["公开简介", "Shown"],
                &["是", "√", "[√]是 [ ]否"],
            ),
            field(
                "kind",
                Kind::Code(&KIND),
                &["专利类型", "Kind"],
                &["发明", "1.实用新型"],
            ),
            field(
                "modes",
                Kind::Codes(&MODES),
                &["交易方式", "Deal"],
                &["转让；许可", "☑转让 □许可"],
            ),
            field(
                "price",
                Kind::Money,
                &["意向价（万元）", "Price"],
                &["50万元", "面议", "100-200万元"],
            ),
            field(
                "agreed",
                Kind::Date { month_ok: false },
                &["同意日", "Agreed on"],
                &["2020-01-15", "43831"],
            ),
            field(
                "began",
                Kind::Date { month_ok: true },
                &["起始", "Began"],
                &["2020-01", "二〇二〇年一月"],
            ),
            field(
                "number",
                Kind::Patent,
                &["专利号", "Patent no."],
                &["ZL202010123456.2", "01101234.4"],
            ),
            field("ipc", Kind::Ipc, &["主IPC", "IPC"], &["G06F17/30"]),
            field("sector", Kind::Sector, &["产业领域", "Sector"], &["新材料、人工智能"]),
            field(
                "indicators",
                Kind::Indicators,
                &["技术指标", "Indicators"],
                &["良品率 ≥98 %（现状 91 %）"],
            ),
            field("count", Kind::Int { min: 1, max: 500 }, &["数量", "Count"], &["30"]),
            field("trl", Kind::Trl, &["成熟度", "TRL"], &["TRL6"]),
            field(
                "owners",
                Kind::Orgs,
                &["权利人", "Owners"],
                &["甲大学；乙公司", "Acme Co., Ltd."],
            ),
            field(
                "uscc",
                Kind::Uscc,
                &["统一社会信用代码", "USCC"],
                &["91320000MA0000007Q"],
            ),
            field(
                "region",
                Kind::Region,
                &["区划", "Region"],
                &["320302", "江苏省徐州市鼓楼区"],
            ),
            field("people", Kind::Names, &["发明人", "Inventors"], &["张三；李四"]),
            field(
                "phone",
                Kind::Phone,
                &["手机", "Phone"],
                &["13800000000", "025-84791234转802"],
            ),
            field("email", Kind::Email, &["邮箱", "Mail"], &["a@example.cn"]),
        ],
    }],
};

/// What holds of every reading: an error leaves no value, anything else does, and every code has words.
pub fn check<T>(reading: &Reading<T>) {
    let has_error = reading.worst() == Some(Level::Error);
    assert_eq!(reading.value.is_some(), !has_error, "{:?}", reading.issues);
    for issue in &reading.issues {
        let known = kernel::ISSUES.iter().chain(forms::ISSUES);
        assert!(known.into_iter().any(|info| info.code == issue.code), "{}", issue.code);
    }
}

/// The first line as the unit that a head states, where it is one, and the rest.
pub fn unit_and_text(text: &str) -> (Option<&str>, &str) {
    match text.split_once('\n') {
        Some((unit, rest)) if unit.chars().count() < 5 => (Some(unit), rest),
        _ => (None, text),
    }
}

fn with_context<T>(then: impl FnOnce(&Context<'_>) -> T) -> T {
    let hints = BTreeMap::new();
    then(&Context {
        regions: Regions::builtin(),
        unit_hints: &hints,
        draft: false,
    })
}

/// A text read in a field, written and read again is the same.
pub fn round_trip(key: &str, text: &str) {
    let field = FORM.field(key).expect("a field");
    with_context(|ctx| {
        let cell = read_cell(field, text, ctx);
        assert_eq!(cell.raw, text);
        let Some(value) = cell.value else { return };
        assert!(cell.issues.iter().all(|issue| issue.level < Level::Error));
        let written = write(&value, field);
        let again = read_cell(field, &written, ctx);
        assert_eq!(
            again.value.as_ref(),
            Some(&value),
            "{text:?} written {written:?}: {:?}",
            again.issues
        );
    });
}

/// A whole form, a line a field.
pub fn record(text: &str) {
    let keys = FORM.fields().map(|field| field.key.to_owned());
    let draft: Draft = keys.zip(text.split('\u{1}').map(str::to_owned)).collect();
    let record = with_context(|ctx| read(&FORM, &draft, ctx));
    assert_eq!(record.cells.len(), FORM.fields().count());
    assert!(score::completeness(&record, &FORM) <= 100);
    for (key, text) in &draft {
        round_trip(key, text);
    }
}

/// Columns that a form of the readers asks for.
pub fn specs() -> Vec<ColumnSpec> {
    let spec = |field: &'static Field| ColumnSpec {
        key: field.key.to_owned(),
        heads: field.heads.iter().map(|head| (*head).to_owned()).collect(),
        required: field.must == Must::Yes,
    };
    FORM.fields().map(spec).collect()
}

/// Judges a column as intake does.
pub fn judge(sample: &Sample<'_>) -> Vec<Fit> {
    let fits = forms::recognise(&FORM, sample.unit, sample.texts, Regions::builtin());
    let fit = |fit: forms::Fit| Fit {
        key: fit.key.to_owned(),
        percent: fit.percent,
        distinctive: fit.distinctive,
    };
    fits.into_iter().map(fit).collect()
}

/// What holds of every mapping.
pub fn check_mapping(mapping: &Mapping, specs: &[ColumnSpec]) {
    assert_eq!(mapping.columns.len(), mapping.heads.len());
    assert_eq!(mapping.columns.len(), mapping.found.len());
    let mut keys: Vec<_> = mapping.columns.iter().flatten().collect();
    for key in &mapping.missing {
        assert!(!keys.contains(&key) && specs.iter().any(|spec| spec.key == *key && spec.required));
    }
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count, "a key twice");
    for (column, found) in mapping.columns.iter().zip(&mapping.found) {
        assert_eq!(column.is_some(), found.is_some());
    }
    assert!(mapping.unit_hints.keys().all(|key| keys.contains(&key)));
}

/// A sheet of a text: a line a row, tabs between cells.
pub fn grid(text: &str) -> Grid {
    let cell = |text: &str| match text.parse::<f64>() {
        _ if text.trim().is_empty() => Cell::Empty,
        Ok(number) if number.is_finite() => Cell::Number(number),
        _ => Cell::Text(text.to_owned()),
    };
    Grid {
        rows: text
            .lines()
            .take(100)
            .map(|line| line.split('\t').take(60).map(cell).collect())
            .collect(),
        ..Grid::default()
    }
}

/// Limits small enough that many files are tried in a minute.
fn limits() -> Limits {
    Limits {
        bytes: 1 << 20,
        rows: 500,
        cols: 50,
        cell_bytes: 2000,
    }
}

/// Reads a file, and where that gives sheets, their columns and rows and the mark.
pub fn read_through(name: &str, bytes: &[u8]) {
    let limits = limits();
    match sheets::read(name, bytes, &limits) {
        Ok(grids) => {
            assert!(!grids.is_empty());
            mark(&grids, bytes);
            for grid in grids {
                assert!(grid.rows.len() <= limits.rows);
                assert!(grid.rows.iter().all(|cells| cells.len() <= limits.cols));
                for cell in grid.rows.iter().flatten() {
                    let text = cell.text();
                    assert!(text.len() <= limits.cell_bytes + 400, "{}", text.len());
                }
                if let Some(mapping) = map_columns_by(&grid, &specs(), Some(&judge)) {
                    check_mapping(&mapping, &specs());
                    rows(&grid, &mapping);
                }
            }
        }
        Err(refusal) => assert!(sheets::REFUSALS.contains(&refusal.code())),
    }
}

/// Parts of a workbook in the order in which [`zipped`] fills them.
pub const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "docProps/custom.xml",
];
/// What stands between two parts.
pub const PART_END: &[u8] = b"\x00\x01";

/// A zipped workbook of these bytes cut into [`PARTS`]; what is not there is as an honest workbook has it.
pub fn zipped(bytes: &[u8]) -> Vec<u8> {
    let honest = [
        "",
        "<sst uniqueCount=\"1\"><si><t>甲</t></si></sst>",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
        "<workbook xmlns:r=\"r\"><workbookPr/><sheets><sheet name=\"甲\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        "",
    ];
    let root = "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let mut given = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(PART_END.len()).position(|window| window == PART_END) {
        given.push(&rest[..at]);
        rest = &rest[at + PART_END.len()..];
    }
    given.push(rest);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut put = |name: &str, content: &[u8]| {
        writer.start_file(name, options).expect("a part");
        writer.write_all(content).expect("its bytes");
    };
    put("[Content_Types].xml", b"<Types/>");
    put("_rels/.rels", root.as_bytes());
    for (at, (name, honest)) in PARTS.iter().zip(honest).enumerate() {
        let content = given.get(at).copied().filter(|part| !part.is_empty());
        put(name, content.unwrap_or(honest.as_bytes()));
    }
    writer.finish().expect("a zip").into_inner()
}

/// An old workbook whose stream is these bytes, or, where they don't begin as one, whose sheet they are.
pub fn contained(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.get(..60_000).unwrap_or(bytes);
    if bytes.starts_with(&[9, 8]) {
        return support::ole(&[("Workbook", bytes)]);
    }
    let globals = support::shared_strings(&["名称", "专利号"]);
    support::ole(&[("Workbook", &support::biff8(&globals, &[("甲", 0, bytes.to_vec())]))])
}

/// An old workbook's stream with a cell of each kind, for the seeds.
pub fn stream() -> Vec<u8> {
    let text = |col: u16, at: u32| support::cell(0x00FD, 0, col, 0, &at.to_le_bytes());
    let page = [
        text(0, 0),
        text(1, 1),
        support::cell(0x0203, 1, 0, 0, &43_831.5_f64.to_le_bytes()),
        support::cell(0x0204, 1, 1, 0, &support::wide("标签")),
        support::cell(0x0205, 1, 2, 0, &[1, 0]),
        support::cell(0x0006, 2, 0, 0, &[0; 16]),
        support::record(0x007D, &[0, 0, 1, 0, 0, 8, 15, 0, 1, 0, 0, 0]),
        support::record(0x00E5, &[1, 0, 1, 0, 3, 0, 0, 0, 0, 0]),
    ];
    let globals = support::shared_strings(&["名称", "专利号"]);
    support::biff8(&globals, &[("甲", 0, page.concat())])
}

/// An old workbook as a file, for the seeds.
pub fn old_workbook() -> Vec<u8> {
    support::ole(&[("Workbook", &stream())])
}

/// A text as a cell holds it: one of spaces is none, and 〃 would mean the value above.
pub fn plain(text: String) -> String {
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .take(200)
        .collect();
    let seen: String = kernel::text::normalise(&text).to_lowercase().replace(' ', "");
    let dittos = [
        "〃", "″", "〞", "\"", "“", "”", "''", "同上", "同前", "上同", "ditto", "do.",
    ];
    let bare = text.trim_start_matches('\'');
    if dittos.contains(&seen.as_str()) || dittos.contains(&bare) || text.trim().is_empty() {
        String::new()
    } else {
        text
    }
}

/// The words of an annotated workbook in Chinese.
pub fn words() -> AnnotatedWords {
    let words = sheets::WORDS_ZH;
    AnnotatedWords::by(|id| {
        let line = words
            .lines()
            .find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
        line.unwrap_or("错误").to_owned()
    })
}
