//! What differs between installations: the WeChat official account, and where webhooks may lead. Kept in `app.extras`.

use std::sync::Arc;

use jcore::App;

use crate::net::{Client, Resolver, system_resolver};
use crate::wechat::Wechat;

/// The WeChat official account's secrets and template. It has no `Debug`: it holds a secret.
#[derive(Clone)]
pub struct Account {
    /// The account's AppID.
    pub appid: String,
    /// Its AppSecret.
    pub secret: String,
    /// The template that messages use, with the fields `thing1` (what), `thing2` (first title) and `time3` (when).
    pub template: String,
    /// WeChat's API; another one in tests.
    pub api: String,
}

/// WeChat's API.
pub const WECHAT_API: &str = "https://api.weixin.qq.com";

/// Settings of pushes.
#[derive(Clone)]
pub struct Config {
    /// The WeChat official account, where there is one.
    pub wechat: Option<Account>,
    /// Whether webhooks may be `http`: only where everything is within one network of the operator's.
    pub plain_hooks: bool,
    /// Whether webhooks may lead to addresses that are not public.
    pub inside_hooks: bool,
    /// How names become addresses.
    pub resolver: Resolver,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            wechat: None,
            plain_hooks: false,
            inside_hooks: false,
            resolver: system_resolver(),
        }
    }
}

/// What is made of the settings once, when the application is put together.
#[derive(Clone)]
pub struct Outside(Arc<Inner>);

struct Inner {
    hooks: Client,
    wechat: Option<Wechat>,
}

impl std::fmt::Debug for Outside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outside")
    }
}

impl Outside {
    /// From the settings.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let wechat = config.wechat.map(|account| {
            // WeChat's address is the operator's own setting, no stranger's word.
            let plain = account.api.starts_with("http://");
            Wechat::new(account, Client::new(config.resolver.clone(), plain, plain))
        });
        Self(Arc::new(Inner {
            hooks: Client::new(config.resolver, config.plain_hooks, config.inside_hooks),
            wechat,
        }))
    }

    /// The client for webhooks.
    pub(crate) fn hooks(&self) -> &Client {
        &self.0.hooks
    }

    /// WeChat, where there is an account.
    pub(crate) fn wechat(&self) -> Option<&Wechat> {
        self.0.wechat.as_ref()
    }
}

/// The application's ways to the outside.
pub(crate) fn outside(app: &App) -> Option<&Outside> {
    app.extra::<Outside>()
}
