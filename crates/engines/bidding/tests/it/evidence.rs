//! A package of a lot played to the end holds, and no changed byte of it does.

use bidding::evidence::{Fault, Head, Kept, Person, Signed, Signer, chain, line, root, verify, write};
use bidding::*;

use crate::lot::{Lot, START, WAN, english, fen};

fn person() -> Person {
    Person {
        paddle: 2,
        salt: "5a17".to_owned(),
        identity: "秣陵某某科技有限公司 91320000MA0000007Q".to_owned(),
    }
}

/// A lot with a real identity for the second bidder, sold, with its package.
fn sold() -> (Lot, String) {
    let mut lot = Lot::announced(english());
    lot.joins(1, None);
    let amount = lot.state().rules.deposit;
    lot.good(Command::Register {
        bidder: Paddle(2),
        who: person().commitment(),
        relation: Relation::None,
        rank: None,
    });
    for movement in [Movement::BankSees, Movement::Confirm] {
        lot.good(Command::Deposit {
            bidder: Paddle(2),
            movement,
            amount,
        });
    }
    let mut lot = lot.begins();
    lot.bids(1, START);
    lot.bids_badly(2, START);
    lot.next();
    lot.bids(2, START + WAN);
    lot.next();
    lot.confirms();
    let package = pack(&lot, &[person()]);
    (lot, package)
}

fn pack(lot: &Lot, people: &[Person]) -> String {
    let signer = Signer::new(&[1; 32]);
    let mut last = Hash::NONE;
    let kept: Vec<Kept> = lot
        .log
        .iter()
        .map(|step| {
            let line = line(step);
            last = chain(last, line.as_bytes());
            Kept { hash: last, line }
        })
        .collect();
    let signed = |(at, batch): (usize, &[Kept])| {
        let hashes: Vec<Hash> = batch.iter().map(|kept| kept.hash).collect();
        let from = u64::try_from(at * 4 + 1).unwrap();
        Signed {
            from,
            to: from + u64::try_from(batch.len()).unwrap() - 1,
            root: root(&hashes),
            signature: signer.sign("lot-1", root(&hashes)),
        }
    };
    let batches: Vec<Signed> = kept.chunks(4).enumerate().map(signed).collect();
    let rules = lot.state().rules.clone();
    let head = Head {
        lot: "lot-1".to_owned(),
        rules_hash: rules.hash(),
        rules,
        key: signer.public(),
    };
    write(&head, people, &kept, &batches)
}

#[test]
fn a_package_holds() {
    let (lot, package) = sold();
    let verified = verify(&package).unwrap();
    assert_eq!(verified.award, Some((Paddle(2), fen(START + WAN))));
    assert_eq!(verified.phase, Phase::Confirmed);
    assert_eq!(verified.winner, Some(person().identity));
    assert_eq!((verified.bids, verified.refused), (2, 2));
    let public = verify(&pack(&lot, &[])).unwrap();
    assert_eq!(public.winner, None);
    assert_eq!(public.head, verified.head);
}

#[test]
fn no_changed_byte_holds() {
    let (_, package) = sold();
    let bytes = package.as_bytes();
    let mut unseen = Vec::new();
    // Every so many bytes: a stride that no line's length keeps step with, so that every kind of place is met.
    for at in (0..bytes.len()).step_by(13) {
        let mut changed = bytes.to_vec();
        // Another character of the same kind, so that the text stays a text.
        changed[at] = match changed[at] {
            b'9' => b'8',
            b'0'..=b'8' => changed[at] + 1,
            b'z' => b'y',
            b'a'..=b'y' => changed[at] + 1,
            other => other ^ 1,
        };
        let Ok(text) = String::from_utf8(changed) else { continue };
        if verify(&text).is_ok() {
            unseen.push(at);
        }
    }
    assert_eq!(unseen, Vec::<usize>::new());
}

#[test]
fn lines_left_out_doubled_or_moved_are_found() {
    let (_, package) = sold();
    let lines: Vec<&str> = package.split_inclusive('\n').collect();
    for at in 0..lines.len() {
        let mut out = lines.clone();
        out.remove(at);
        assert!(verify(&out.concat()).is_err(), "without line {}", at + 1);
        let mut double = lines.clone();
        double.insert(at, lines[at]);
        assert!(verify(&double.concat()).is_err(), "line {} twice", at + 1);
        if at + 1 < lines.len() {
            let mut moved = lines.clone();
            moved.swap(at, at + 1);
            assert!(verify(&moved.concat()).is_err(), "line {} moved", at + 1);
        }
    }
    assert!(verify("").is_err());
}

/// A platform that rewrites its own log, hashes and signs it again, still has to decide by the rules.
#[test]
fn a_forged_decision_is_found_at_its_line() {
    let (mut lot, _) = sold();
    let at = lot.log.iter().position(|step| step.refused().is_some()).unwrap();
    let seq = lot.log[at].seq;
    lot.log[at].events = vec![Event::Led {
        bidder: Paddle(2),
        price: fen(START),
        end: lot.log[at].at,
        matched: false,
    }];
    let broken = verify(&pack(&lot, &[])).unwrap_err();
    // Two lines stand before the first step.
    assert_eq!(
        (broken.line, broken.fault),
        (usize::try_from(seq).unwrap() + 2, Fault::Decision)
    );
}

#[test]
fn a_wrong_name_is_found() {
    let (lot, _) = sold();
    let other = Person {
        identity: "somebody else".to_owned(),
        ..person()
    };
    assert_eq!(verify(&pack(&lot, &[other])).unwrap_err().fault, Fault::Person);
}

/// The examples of the documentation are what this code makes.
#[test]
fn the_documented_examples_are_right() {
    let text = include_str!("../../../../../docs/evidence.md");
    let step = Step {
        seq: 1,
        at: At(1_681_000_000_000_000),
        command: Command::Approve { by: Officer(1) },
        events: vec![Event::Approved {
            by: Officer(1),
            reviewed: false,
        }],
    };
    let hash = chain(Hash::NONE, line(&step).as_bytes());
    let leaf = root(&[hash]);
    let node = root(&[hash, hash]);
    let signer = Signer::new(&[1; 32]);
    let lines = [
        line(&step),
        hash.to_string(),
        leaf.to_string(),
        node.to_string(),
        signer.public(),
        signer.sign("lot-1", leaf),
    ];
    for line in lines {
        assert!(text.contains(&line), "docs/evidence.md lacks {line}");
    }
}
