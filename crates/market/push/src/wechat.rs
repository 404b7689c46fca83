//! Template messages of a WeChat official account (微信公众号模板消息), by its protocol: an access token for AppID and
//! AppSecret, kept until shortly before its end; a message each; and the codes that it answers with.
//!
//! The token comes from `cgi-bin/stable_token`: with the older `cgi-bin/token` each node of several would end the others'.

use http::Method;
use jcore::notices::{Courier, NotSent};
use jcore::{App, BoxFuture};
use kernel::Stamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::config::{Account, outside};
use crate::net::Client;
use crate::rules::Channel;

/// Seconds before its end at which a token is fetched anew: WeChat lets the old one pass for five minutes.
const TOKEN_MARGIN_SECS: i64 = 300;
/// Characters of a template's `thing` field: longer ones are refused (47003).
const THING_CHARS: usize = 20;

/// A message as it waits in the outbox.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Letter {
    /// The reader's id with the account.
    pub(crate) openid: String,
    /// What it is, in a few words.
    pub(crate) what: String,
    /// The first title.
    pub(crate) title: String,
    /// When, as people read it.
    pub(crate) time: String,
    /// Where it leads.
    pub(crate) url: String,
}

/// The adapter.
pub(crate) struct Wechat {
    account: Account,
    client: Client,
    token: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    text: String,
    until: Stamp,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    errcode: i64,
    errmsg: String,
    access_token: String,
    expires_in: i64,
    openid: String,
}

/// What a code of WeChat means for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Sent,
    /// The token is of no use any more: fetch another and try once more.
    Token,
    /// The reader is gone or refuses: it stays so.
    Refused,
    /// Busy, over a limit, or a setting is wrong: try again later.
    Later,
}

fn outcome(errcode: i64) -> Outcome {
    match errcode {
        0 => Outcome::Sent,
        40001 | 40014 | 42001 => Outcome::Token,
        // Not an OpenID of this account; does not follow it; has refused messages.
        40003 | 43004 | 43101 => Outcome::Refused,
        _ => Outcome::Later,
    }
}

impl Wechat {
    pub(crate) fn new(account: Account, client: Client) -> Self {
        Self {
            account,
            client,
            token: Mutex::new(None),
        }
    }

    /// The page on which a reader ties their WeChat to their account.
    pub(crate) fn tie_address(&self, back: &str, state: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("appid", &self.account.appid)
            .append_pair("redirect_uri", back)
            .append_pair("response_type", "code")
            .append_pair("scope", "snsapi_base")
            .append_pair("state", state)
            .finish();
        format!("https://open.weixin.qq.com/connect/oauth2/authorize?{query}#wechat_redirect")
    }

    /// The reader's id for the code with which WeChat sent them back.
    pub(crate) async fn openid(&self, code: &str) -> Result<String, NotSent> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("appid", &self.account.appid)
            .append_pair("secret", &self.account.secret)
            .append_pair("code", code)
            .append_pair("grant_type", "authorization_code")
            .finish();
        let address = format!("{}/sns/oauth2/access_token?{query}", self.account.api);
        let said = self.ask(Method::GET, &address, Vec::new()).await?;
        if said.openid.is_empty() {
            return Err(failed(&said));
        }
        Ok(said.openid)
    }

    /// Sends one message; with a fresh token once more where the old one was refused.
    async fn send(&self, app: &App, id: Uuid, letter: &Letter) -> Result<(), NotSent> {
        for is_last in [false, true] {
            let token = self.token(app.now(), is_last).await?;
            let said = self.post_message(&token, id, letter).await?;
            match outcome(said.errcode) {
                Outcome::Sent => return Ok(()),
                Outcome::Refused => return Err(NotSent::for_good(failed(&said).what)),
                Outcome::Token if !is_last => self.forget(&token).await,
                Outcome::Token | Outcome::Later => return Err(failed(&said)),
            }
        }
        Err(NotSent::for_now("WeChat refuses its tokens"))
    }

    async fn post_message(&self, token: &str, id: Uuid, letter: &Letter) -> Result<Said, NotSent> {
        let cut = |text: &str| text.chars().take(THING_CHARS).collect::<String>();
        let body = json!({
            "touser": letter.openid,
            "template_id": self.account.template,
            "url": letter.url,
            // Within ten minutes the same id is not shown twice.
            "client_msg_id": id.simple().to_string(),
            "data": {
                "thing1": { "value": cut(&letter.what) },
                "thing2": { "value": cut(&letter.title) },
                "time3": { "value": letter.time },
            },
        });
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("access_token", token)
            .finish();
        let address = format!("{}/cgi-bin/message/template/send?{query}", self.account.api);
        self.ask(Method::POST, &address, body.to_string().into_bytes()).await
    }

    /// The token that is kept, or another. One is fetched at a time. `anew` asks WeChat for one that was not given before.
    async fn token(&self, now: Stamp, anew: bool) -> Result<String, NotSent> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| token.until > now) {
            return Ok(token.text.clone());
        }
        let body = json!({
            "grant_type": "client_credential",
            "appid": self.account.appid,
            "secret": self.account.secret,
            "force_refresh": anew,
        });
        let address = format!("{}/cgi-bin/stable_token", self.account.api);
        let said = self.ask(Method::POST, &address, body.to_string().into_bytes()).await?;
        if said.access_token.is_empty() {
            return Err(failed(&said));
        }
        *kept = Some(Token {
            text: said.access_token.clone(),
            until: now.plus_secs((said.expires_in - TOKEN_MARGIN_SECS).max(0)),
        });
        Ok(said.access_token)
    }

    /// Forgets a token, unless another took its place meanwhile.
    async fn forget(&self, token: &str) {
        let mut kept = self.token.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.text == token) {
            *kept = None;
        }
    }

    async fn ask(&self, method: Method, address: &str, body: Vec<u8>) -> Result<Said, NotSent> {
        let headers = [("content-type", "application/json".to_owned())];
        let answer = self
            .client
            .send(method, address, &headers, body)
            .await
            .map_err(|what| NotSent::for_now(format!("WeChat: {what}")))?;
        if answer.status != 200 {
            return Err(NotSent::for_now(format!("WeChat answered {}", answer.status)));
        }
        serde_json::from_slice(&answer.body).map_err(|_| NotSent::for_now("WeChat's answer cannot be read"))
    }
}

/// What WeChat said, without the token and the secret, which it never repeats.
fn failed(said: &Said) -> NotSent {
    NotSent::for_now(format!("WeChat: {} {}", said.errcode, said.errmsg))
}

/// Carries messages of the outbox to WeChat.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WechatCourier;

impl Courier for WechatCourier {
    fn channel(&self) -> &'static str {
        Channel::Wechat.code()
    }

    fn send<'a>(
        &'a self,
        app: &'a App,
        id: Uuid,
        payload: &'a serde_json::Value,
    ) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(async move {
            let letter = Letter::deserialize(payload).map_err(NotSent::for_good)?;
            let Some(wechat) = outside(app).and_then(|o| o.wechat()) else {
                return Err(NotSent::for_now("no WeChat account is set up"));
            };
            wechat.send(app, id, &letter).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_to_do() {
        assert_eq!(outcome(0), Outcome::Sent);
        for code in [40001, 40014, 42001] {
            assert_eq!(outcome(code), Outcome::Token);
        }
        for code in [40003, 43004, 43101] {
            assert_eq!(outcome(code), Outcome::Refused);
        }
        for code in [-1, 45009, 40037, 47003, 99999] {
            assert_eq!(outcome(code), Outcome::Later);
        }
    }
}
