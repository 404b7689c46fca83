//! Markets and alliances elsewhere (R016, R130): two were registered in March, each got a batch of needs in May; one has told
//! what became of them, the other is late with it.

use jcore::{Actor, App};
use kernel::Stamp;
use push::partners::{Contact, Typed, Word, add, note_down, open_needs, recommend_to};
use uuid::Uuid;

use super::timeline::{at, day};
use crate::fail::Done;

/// A partner: name, kind, division, person, mail, telephone, days for its word, and how many needs its batch has.
struct Partner {
    name: &'static str,
    kind: &'static str,
    region: &'static str,
    person: &'static str,
    email: &'static str,
    phone: &'static str,
    days: &'static str,
    batch: (&'static str, i64),
}

const PARTNERS: [Partner; 2] = [
    Partner {
        name: "浙江江澜技术交易市场（演示）",
        kind: "market",
        region: "330000",
        person: "陆闻樵",
        email: "jianglan@demo.example.cn",
        phone: "0571-55550137",
        days: "30",
        batch: ("江苏企业技术需求第一批", 8),
    },
    Partner {
        name: "长三角高校技术转移联盟（演示）",
        kind: "alliance",
        region: "310000",
        person: "钟以宁",
        email: "lianmeng@demo.example.cn",
        phone: "021-55550162",
        days: "14",
        batch: ("请联盟高校应答的需求", 6),
    },
];

/// What the first partner told, need by need in the order of the batch; of those behind nothing yet.
const TOLD: [(&str, &str); 6] = [
    ("talking", "市场组织两家会员单位与需求方线上对接过一次"),
    ("interested", "会员单位索要详细指标"),
    ("passed", ""),
    ("declined", "会员中没有相近方向的团队"),
    ("passed", ""),
    ("received", ""),
];

/// What happens with a partner.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// It is registered.
    Register(usize),
    /// It gets its batch.
    Recommend(usize),
    /// It tells what became of it.
    Tell,
}

/// All of it, with when.
pub(super) fn deeds() -> [(Stamp, Deed); 5] {
    [
        (at(day(3, 10), 40), Deed::Register(0)),
        (at(day(3, 14), 75), Deed::Register(1)),
        (at(day(5, 15), 130), Deed::Recommend(0)),
        (at(day(5, 22), 55), Deed::Recommend(1)),
        (at(day(6, 5), 200), Deed::Tell),
    ]
}

/// The partners and their batches so far.
#[derive(Debug, Default)]
pub(super) struct Partners {
    ids: [Option<Uuid>; PARTNERS.len()],
    first: Option<(Uuid, Vec<Uuid>)>,
}

impl Partners {
    /// One thing happens.
    pub(super) async fn step(&mut self, app: &App, centre: &Actor, deed: Deed) -> Done {
        match deed {
            Deed::Register(which) => self.ids[which] = Some(add(app, centre, &typed(&PARTNERS[which])).await?),
            Deed::Recommend(which) => {
                let Some(partner) = self.ids[which] else { return Ok(()) };
                let (title, count) = PARTNERS[which].batch;
                let needs = open_needs(app, partner, count).await?;
                let batch = recommend_to(app, centre, partner, title, &needs).await?;
                self.first.get_or_insert((batch, needs));
            }
            Deed::Tell => {
                let Some((batch, needs)) = &self.first else {
                    return Ok(());
                };
                let word = |(need, (stage, note)): (&Uuid, &(&str, &str))| Word {
                    entry: Some(*need),
                    stage: (*stage).to_owned(),
                    note: (*note).to_owned(),
                };
                let words: Vec<Word> = needs.iter().zip(&TOLD).map(word).collect();
                note_down(app, centre, *batch, &words).await?;
            }
        }
        Ok(())
    }
}

fn typed(partner: &Partner) -> Typed {
    Typed {
        name: partner.name.to_owned(),
        kind: partner.kind.to_owned(),
        region: partner.region.to_owned(),
        contact: Contact {
            person: partner.person.to_owned(),
            email: partner.email.to_owned(),
            phone: partner.phone.to_owned(),
        },
        feedback_days: partner.days.to_owned(),
    }
}
