//! The confirmation of an award (成交确认书): a page to print, and a document for offices that work in Word.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use docx_rs::{AlignmentType, Docx, Paragraph, Run, Table, TableCell, TableRow};
use jcore::{Cx, Fault, Result, Shell, Sight, Subject};
use kernel::Fen;
use uuid::Uuid;

use crate::auctions;
use crate::model::{Lot, user_key};
use crate::rules::{AWARD, BID, MAKE};
use crate::store;

/// Half points of a document's title and text.
const TITLE_SIZE: usize = 36;
const TEXT_SIZE: usize = 24;

/// What the paper says, a fact a line.
struct Paper {
    number: String,
    facts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "lot_paper.html")]
struct PaperPage {
    s: Shell,
    lot: Uuid,
    paper: Paper,
}

/// Who may have the paper: the centre, the seller, the buyer.
async fn sight(cx: &Cx, lot: &Lot) -> Result<Sight> {
    let subject = lot.subject();
    if let Some(sight) = cx.sight(AWARD, &subject).or_else(|| cx.sight(MAKE, &subject)) {
        return Ok(sight);
    }
    let user = cx.actor.user.ok_or_else(Fault::not_found)?;
    let key = user_key(&cx.app, user);
    let mine = store::bidders::mine(&mut cx.app.read().await?, lot.id, &key).await?;
    let won = mine.is_some_and(|bidder| lot.award_paddle == Some(bidder.paddle));
    let sight = cx.sight(BID, &Subject::user(user)).filter(|_| won);
    sight.ok_or_else(Fault::not_found)
}

async fn paper(cx: &Cx, id: Uuid) -> Result<Paper> {
    let lot = store::lots::get(&mut cx.app.read().await?, id).await?;
    let sight = sight(cx, &lot).await?;
    let (Some(paddle), Some(price), Some(confirmed)) = (lot.award_paddle, lot.award_fen, lot.confirmed_at) else {
        return Err(Fault::not_found());
    };
    let mut conn = cx.app.read().await?;
    let bidder = store::bidders::by_paddle(&mut conn, id, paddle).await?;
    let bidder = bidder.ok_or_else(Fault::not_found)?;
    let buyer = bidder.identity(&cx.app)?.into_revealed(&sight);
    let seller = accounts::org(&mut conn, lot.org()).await?;
    let mut items = Vec::new();
    for item in store::lots::items(&mut conn, id).await? {
        items.push(entries::entry(&mut conn, item.into()).await?.title);
    }
    drop(conn);
    let (price, rules, terms) = (Fen::new(price), lot.rules()?, lot.terms()?);
    let head = auctions(&cx.app)?
        .state(id)
        .await?
        .map(|update| update.head.to_string());
    let s = cx.shell();
    let fact = |key: &str, text: String| (cx.t(key), text);
    let rest = price.checked_sub(rules.deposit).unwrap_or_default();
    let buyer_name = if buyer.org_code.is_empty() {
        buyer.name().to_owned()
    } else {
        format!("{} ({})", buyer.name(), buyer.org_code)
    };
    let facts = vec![
        fact("lot-paper-lot", format!("{} {}", lot.number, lot.title)),
        fact("lot-items", items.join("；")),
        fact("lot-f-deal", cx.t(&format!("lot-deal-{}", terms.deal))),
        fact("lot-seller", seller.name),
        fact("lot-paper-buyer", buyer_name),
        fact("lot-paddle", paddle.to_string()),
        fact("lot-price-award", format!("{price}（{}）", price.upper())),
        fact(
            "lot-paper-deposit",
            format!("{}（{}）", rules.deposit, rules.deposit.upper()),
        ),
        fact("lot-paper-rest", format!("{rest}（{}）", rest.upper())),
        fact(
            "lot-f-payment_days",
            cx.ta("lot-days", &[("n", terms.payment_days.to_string())]),
        ),
        fact(
            "lot-paper-fee",
            format!(
                "{} · {}",
                terms.fee(price),
                cx.t(&format!("lot-fee_payer-{}", terms.fee_payer))
            ),
        ),
        fact("lot-f-delivery", terms.delivery.clone()),
        fact("lot-f-mode", cx.t(&format!("lot-mode-{}", lot.mode))),
        fact(
            "lot-paper-closed",
            lot.closed_at.as_ref().map(|at| s.time(at)).unwrap_or_default(),
        ),
        fact("lot-paper-confirmed", s.time(&confirmed)),
        fact("lot-rules-hash", lot.rules_hash.clone()),
        fact("lot-head", head.unwrap_or_default()),
    ];
    Ok(Paper {
        number: format!("{}-C", lot.number),
        facts,
    })
}

/// `GET /lots/{lot}/confirmation`
pub(crate) async fn page(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    let paper = paper(&cx, lot).await?;
    cx.page(&PaperPage {
        s: cx.shell(),
        lot,
        paper,
    })
}

/// `GET /lots/{lot}/confirmation.docx`
pub(crate) async fn word(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    let paper = paper(&cx, lot).await?;
    let content = document(&cx, &paper)?;
    let media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(cx.download(&format!("{}.docx", paper.number), media, content))
}

fn document(cx: &Cx, paper: &Paper) -> Result<Vec<u8>> {
    let text = |text: &str, size: usize| Run::new().add_text(text).size(size);
    let line = |words: String| Paragraph::new().add_run(text(&words, TEXT_SIZE));
    let title = Paragraph::new()
        .add_run(text(&cx.t("lot-paper"), TITLE_SIZE).bold())
        .align(AlignmentType::Center);
    let number = line(cx.ta("lot-paper-number", &[("number", paper.number.clone())]));
    let row = |(key, value): &(String, String)| {
        let cell = |words: &str| TableCell::new().add_paragraph(line(words.to_owned()));
        TableRow::new(vec![cell(key), cell(value)])
    };
    let table = Table::new(paper.facts.iter().map(row).collect());
    let document = Docx::new()
        .add_paragraph(title)
        .add_paragraph(number)
        .add_table(table)
        .add_paragraph(line(cx.t("lot-paper-says")))
        .add_paragraph(line(cx.t("lot-paper-signs")));
    let mut out = std::io::Cursor::new(Vec::new());
    document
        .build()
        .pack(&mut out)
        .map_err(|e| Fault::internal(format!("a document: {e}")))?;
    Ok(out.into_inner())
}
