//! Who plays in the demo: an account for each role.

use accounts::{IdentityKind, NewUser};
use jcore::{Action, Actor, App, Role, Subject, act};
use kernel::Email;

use crate::fail::Done;

/// The password of all accounts of the demo. Everybody may know it: the demo holds nothing but invented data.
pub(crate) const PASSWORD: &str = accounts::DEMO_PASSWORD;

/// Somebody of the demo.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Player {
    /// The mail address, by which they sign in.
    pub(crate) email: &'static str,
    /// Their name.
    pub(crate) name: &'static str,
    /// Their role.
    pub(crate) role: Role,
    /// Their organisation: name and 统一社会信用代码.
    pub(crate) org: Option<(&'static str, &'static str)>,
    /// The region of their office.
    region: Option<&'static str>,
}

const fn player(
    email: &'static str,
    name: &'static str,
    role: Role,
    org: Option<(&'static str, &'static str)>,
    region: Option<&'static str>,
) -> Player {
    Player {
        email,
        name,
        role,
        org,
        region,
    }
}

/// The company of the demo's manager and member.
pub(super) const COMPANY: (&str, &str) = ("南京朴砺微电子有限公司", "91320111MAA1C4R8XG");
/// The university of the demo's liaison.
pub(super) const UNIVERSITY: (&str, &str) = ("秣陵理工大学", "12320115MAA3K17T1T");
/// The region of the demo's offices: Yangzhou.
pub(super) const REGION: &str = "321000";

/// Everybody, in the order of the printed table.
pub(crate) const CAST: [Player; 15] = [
    player(
        "centre@demo.example.cn",
        "王敏",
        Role::Centre,
        Some(("江苏省科技资源统筹服务中心（演示）", "12320102MAY000017T")),
        None,
    ),
    player(
        "bureau@demo.example.cn",
        "李强",
        Role::Bureau,
        Some(("扬州市科学技术局（演示）", "11321000MAY0001484")),
        Some(REGION),
    ),
    player(
        "liaison@demo.example.cn",
        "周启元",
        Role::Liaison,
        Some(UNIVERSITY),
        None,
    ),
    player("manager@demo.example.cn", "霍启明", Role::Manager, Some(COMPANY), None),
    player("member@demo.example.cn", "施佳", Role::Member, Some(COMPANY), None),
    player(
        "broker@demo.example.cn",
        "严丽萍",
        Role::Broker,
        Some(("南京澄怀技术经理人事务所", "91320106MAY000244L")),
        None,
    ),
    player(
        "university-centre@demo.example.cn",
        "赵岚",
        Role::UniversityCentre,
        Some(("江苏省高校科技发展中心（演示）", "12320106MAY000025F")),
        None,
    ),
    player(
        "ip-centre@demo.example.cn",
        "许哲",
        Role::IpCentre,
        Some(("江苏省知识产权保护中心（演示）", "12320105MAY000033U")),
        None,
    ),
    player(
        "supervisor@demo.example.cn",
        "高远",
        Role::Supervisor,
        Some(("江苏省科学技术厅（演示）", "11320106MAY0000418")),
        None,
    ),
    player(
        "talent-office@demo.example.cn",
        "孙悦",
        Role::TalentOffice,
        Some(("扬州市人才工作办公室（演示）", "11321000MAY000199C")),
        Some(REGION),
    ),
    player(
        "branch@demo.example.cn",
        "顾明",
        Role::Branch,
        Some(("省技术产权交易市场扬州分中心（演示）", "52321000MAY00021XG")),
        Some(REGION),
    ),
    player("expert@demo.example.cn", "陈以恒", Role::Expert, None, None),
    player(
        "financier@demo.example.cn",
        "蒋文",
        Role::Financier,
        Some(("江苏紫金科创银行（演示）", "91320105MAY000287K")),
        None,
    ),
    player("auditor@demo.example.cn", "韩雪", Role::Auditor, None, None),
    player("admin@demo.example.cn", "沈立", Role::Admin, None, None),
];

/// The player of a role.
pub(super) fn of(role: Role) -> &'static Player {
    // Each role has one; a test holds it.
    CAST.iter().find(|p| p.role == role).unwrap_or(&CAST[0])
}

/// Makes a player's account, without their role. The hash is the same for all: of a password that is printed on the
/// screen, salt keeps nothing.
pub(super) async fn make(app: &App, player: &Player, password: &accounts::Hashed) -> Done {
    let permit = app.permit(&Actor::system(), Action("user.edit"), &Subject::NONE)?;
    let email: Option<Email> = kernel::read::email(player.email).value;
    let email = email.ok_or_else(|| jcore::Fault::internal(player.email))?;
    let account = NewUser::ready(email, player.name, password.clone());
    act!(app, permit, |act| {
        accounts::create_user(&mut act, account.clone()).await.map(|_| ())
    })?;
    Ok(())
}

/// Gives a player their role, once their organisation is there.
pub(super) async fn bind(app: &App, player: &Player) -> Done {
    let mut conn = app.read().await?;
    let missing = || jcore::Fault::internal(format!("the demo has no {}", player.email));
    let user = accounts::user_by_email(&mut conn, player.email)
        .await?
        .ok_or_else(missing)?
        .id;
    let org = match player.org {
        Some((_, code)) => {
            let org = accounts::org_by_identity(&mut conn, IdentityKind::Uscc, "CN", code).await?;
            Some(org.ok_or_else(missing)?.id)
        }
        None => None,
    };
    drop(conn);
    let region = player.region.and_then(|r| r.parse().ok());
    let permit = app.permit(&Actor::system(), Action("user.grant"), &Subject::NONE)?;
    act!(app, permit, |act| {
        accounts::grant(&mut act, user, player.role, org, region).await
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::books;
    use crate::split::Sheet;

    #[test]
    fn every_role_has_its_player() {
        for role in Role::ALL {
            let player = of(role);
            assert_eq!(player.role, role);
            assert!(!role.needs_org() || player.org.is_some());
            assert!(!role.needs_region() || player.region.is_some());
        }
    }

    #[test]
    fn their_organisations_are_in_the_sheet() {
        let sheet = Sheet::read(books::ORGANISATIONS).unwrap();
        for (name, code) in CAST.iter().filter_map(|p| p.org) {
            let found = sheet.rows.iter().find(|r| sheet.cell(r, "统一社会信用代码") == code);
            assert_eq!(found.map(|r| sheet.cell(r, "单位名称")), Some(name));
        }
    }

    #[test]
    fn the_sign_in_page_knows_their_addresses() {
        for player in &CAST {
            assert_eq!(player.email, format!("{}{}", player.role.code(), accounts::DEMO_DOMAIN));
        }
    }

    #[test]
    fn the_password_is_one_that_the_platform_takes() {
        for player in &CAST {
            assert_eq!(accounts::judge(PASSWORD, &[player.email, player.name]), None);
        }
    }
}
