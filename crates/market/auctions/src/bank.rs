//! The bank, as the platform speaks to it: statements come in, orders to pay deposits back go out. The one that ships works
//! with files, as offices and their banks do; a direct line would be another [`Bank`].

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jcore::{App, Fault, Result};
use kernel::{Day, Fen, Issue};
use sheets::{ColumnSpec, Limits};

use crate::form;

/// Lines of one statement: more than a centre's account sees in a year.
pub const LINES_MAX: usize = 20_000;

/// A line of a statement: money that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankLine {
    /// The day.
    pub day: Day,
    /// How much.
    pub amount: Fen,
    /// Who paid.
    pub payer: String,
    /// From which account.
    pub account: String,
    /// The remark (附言, 摘要), in which the payment code is looked for.
    pub remark: String,
    /// The bank's own number of the line; empty where it gives none.
    pub serial: String,
}

/// An order to pay a deposit back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayBack {
    /// The account's holder.
    pub holder: String,
    /// The bank.
    pub bank: String,
    /// The account's number.
    pub account: String,
    /// How much.
    pub amount: Fen,
    /// What it is for.
    pub remark: String,
}

/// A file for the bank.
#[derive(Debug)]
pub struct OutFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}

/// A bank.
pub trait Bank: Send + Sync + 'static {
    /// Reads a statement; lines on which money went out are left out.
    ///
    /// # Errors
    /// Refused with why it can't be read.
    fn statement(&self, app: &App, name: &str, bytes: &[u8]) -> Result<Vec<BankLine>>;

    /// Writes orders to pay back.
    ///
    /// # Errors
    /// When the file can't be written.
    fn pay_back(&self, orders: &[PayBack], named: &str) -> Result<OutFile>;
}

/// The bank in use, in `app.extras`.
#[derive(Clone)]
pub struct BankLink(pub Arc<dyn Bank>);

impl fmt::Debug for BankLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BankLink")
    }
}

impl Default for BankLink {
    fn default() -> Self {
        Self(Arc::new(FileBank))
    }
}

/// Statements as workbooks or CSV, orders as a workbook.
#[derive(Debug, Clone, Copy)]
pub struct FileBank;

fn specs() -> Vec<ColumnSpec> {
    let spec = |key: &str, required: bool, heads: &[&str]| ColumnSpec {
        key: key.to_owned(),
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        required,
    };
    vec![
        spec(
            "day",
            true,
            &[
                "交易日期",
                "日期",
                "记账日期",
                "入账日期",
                "交易时间",
                "date",
                "value date",
            ],
        ),
        spec(
            "amount",
            true,
            &[
                "贷方发生额",
                "收入金额",
                "贷方金额",
                "收入",
                "金额",
                "交易金额",
                "amount",
                "credit",
            ],
        ),
        spec(
            "payer",
            true,
            &[
                "对方户名",
                "付款人",
                "付款人名称",
                "对方名称",
                "户名",
                "payer",
                "counterparty",
            ],
        ),
        spec("account", false, &["对方账号", "付款账号", "对方账户", "account"]),
        spec(
            "remark",
            false,
            &["附言", "摘要", "用途", "备注", "交易附言", "remark", "reference"],
        ),
        spec(
            "serial",
            false,
            &["流水号", "交易流水号", "凭证号", "serial", "transaction id"],
        ),
    ]
}

impl Bank for FileBank {
    fn statement(&self, app: &App, name: &str, bytes: &[u8]) -> Result<Vec<BankLine>> {
        let bad = |issue: Issue| Fault::issue(Some("file"), issue);
        let limits = Limits {
            rows: LINES_MAX,
            ..Limits::default()
        };
        let grids = sheets::read(name, bytes, &limits).map_err(|refusal| {
            let args: Vec<(&str, String)> = refusal.args().into_iter().collect();
            let word = |lang| app.words.get(lang, &format!("refusal-{}", refusal.code()), &args);
            bad(Issue::error("lot-statement")
                .with("why", word(jcore::Lang::Zh))
                .with("why_en", word(jcore::Lang::En)))
        })?;
        let specs = specs();
        let found = grids
            .into_iter()
            .find_map(|grid| sheets::map_columns(&grid, &specs).map(|mapping| (grid, mapping)));
        let Some((grid, mapping)) = found.filter(|(_, mapping)| mapping.missing.is_empty()) else {
            return Err(bad(Issue::error("lot-statement-columns")));
        };
        let mut out = Vec::new();
        for row in sheets::rows(&grid, &mapping) {
            out.extend(line(&row.values).map_err(|field| {
                bad(Issue::error("lot-statement-row")
                    .with("row", row.number.to_string())
                    .with("found", row.values.get(field).cloned().unwrap_or_default()))
            })?);
        }
        Ok(out)
    }

    fn pay_back(&self, orders: &[PayBack], named: &str) -> Result<OutFile> {
        let heads = ["收款户名", "开户银行", "收款账号", "金额（元）", "附言"].map(str::to_owned);
        let row = |order: &PayBack| {
            vec![
                order.holder.clone(),
                order.bank.clone(),
                order.account.clone(),
                plain(order.amount),
                order.remark.clone(),
            ]
        };
        let rows: Vec<Vec<String>> = orders.iter().map(row).collect();
        let content = sheets::export_xlsx("保证金退还", &heads, &rows).map_err(|e| Fault::internal(e.to_string()))?;
        Ok(OutFile {
            name: format!("{named}.xlsx"),
            media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            content,
        })
    }
}

/// An amount in yuan with two places, as a bank's file has it.
fn plain(fen: Fen) -> String {
    format!("{}.{:02}", fen.get() / 100, fen.get() % 100)
}

/// One line; none where money went out or nothing moved. An error names the column that can't be read.
fn line(values: &BTreeMap<String, String>) -> Result<Option<BankLine>, &'static str> {
    let text = |key: &str| values.get(key).map(|text| text.trim().to_owned()).unwrap_or_default();
    let amount = text("amount").replace(',', "");
    if amount.is_empty() || amount.starts_with('-') {
        return Ok(None);
    }
    let amount = form::money(&amount).ok_or("amount")?;
    if amount.get() <= 0 {
        return Ok(None);
    }
    let day = text("day");
    let day = kernel::read::date(day.split([' ', 'T']).next().unwrap_or_default())
        .value
        .and_then(|date| date.to_string().parse::<Day>().ok())
        .ok_or("day")?;
    Ok(Some(BankLine {
        day,
        amount,
        payer: text("payer"),
        account: text("account"),
        remark: text("remark"),
        serial: text("serial"),
    }))
}

/// A payment code found in a remark, whatever stands around it.
#[must_use]
pub fn code_in(remark: &str, head: &str, len: usize) -> Option<String> {
    let plain: String = remark
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let at = plain.find(head)?;
    let code: String = plain.get(at..)?.chars().take(head.len() + len).collect();
    (code.len() == head.len() + len && code.is_ascii()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_remarks() {
        assert_eq!(code_in("保证金 jb-23 4567 8 谢谢", "JB", 6), Some("JB234567".into()));
        assert_eq!(code_in("保证金", "JB", 6), None);
        assert_eq!(code_in("JB23", "JB", 6), None);
    }

    #[test]
    fn lines_are_read_and_payments_out_left_out() {
        let values = |amount: &str, day: &str| {
            let pairs = [("day", day), ("amount", amount), ("payer", "甲公司"), ("remark", "JB1")];
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        let one = line(&values("50,000.00", "2023-06-20 10:11:12")).unwrap().unwrap();
        assert_eq!((one.amount, one.day), (Fen::new(5_000_000), Day::constant(2023, 6, 20)));
        assert_eq!(line(&values("-3", "2023-06-20")), Ok(None));
        assert_eq!(line(&values("5", "gestern")), Err("day"));
        assert_eq!(line(&values("viel", "2023-06-20")), Err("amount"));
    }
}
