//! Headless Chromium through Debian's chromedriver.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use thirtyfour::prelude::*;

/// A browser with its driver; both end when dropped.
pub struct Browser {
    /// The session.
    pub driver: WebDriver,
    child: Child,
    _profile: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether Chromium and its driver are installed.
#[must_use]
pub fn installed() -> bool {
    ["/usr/bin/chromium", "/usr/bin/chromedriver"]
        .iter()
        .all(|p| std::path::Path::new(p).exists())
}

impl Browser {
    /// Starts a browser with a window of this width and height.
    ///
    /// # Errors
    /// When the driver does not start.
    pub async fn start(width: u32, height: u32) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let profile = tempfile::tempdir()?;
        let child = Command::new("/usr/bin/chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver")?;
        let mut caps = DesiredCapabilities::chrome();
        for arg in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ] {
            caps.add_arg(arg)?;
        }
        caps.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        caps.add_arg(&format!("--window-size={width},{height}"))?;
        let mut child = child;
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if let Ok(driver) = WebDriver::new(format!("http://127.0.0.1:{port}"), caps.clone()).await {
                driver.set_window_rect(0, 0, width, height).await?;
                return Ok(Self {
                    driver,
                    child,
                    _profile: profile,
                });
            }
        }
        let _ = child.kill();
        bail!("the browser did not start")
    }

    /// Opens an address.
    ///
    /// # Errors
    /// The driver's.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// The page's text.
    ///
    /// # Errors
    /// The driver's.
    pub async fn text(&self) -> Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// Types into a field, in place of what it holds.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.driver.find(By::Css(css)).await.with_context(|| css.to_owned())?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Clicks, and waits for the page that follows.
    ///
    /// # Errors
    /// When there is no such thing to click.
    pub async fn click(&self, css: &str) -> Result<()> {
        let thing = self.driver.find(By::Css(css)).await.with_context(|| css.to_owned())?;
        thing.scroll_into_view().await?;
        thing.click().await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok(())
    }

    /// Whether the page is wider than its window: on a phone nothing may stick out.
    ///
    /// # Errors
    /// The driver's.
    pub async fn sticks_out(&self) -> Result<bool> {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1";
        Ok(self.driver.execute(script, vec![]).await?.convert::<bool>()?)
    }

    /// Keeps a picture of the page.
    ///
    /// # Errors
    /// The driver's or the file's.
    pub async fn picture(&self, path: &std::path::Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.driver.screenshot(path).await?)
    }

    /// Keeps a picture of the whole page at a width, as high as the page is.
    ///
    /// # Errors
    /// The driver's or the file's.
    pub async fn whole_picture(&self, width: u32, path: &std::path::Path) -> Result<()> {
        self.driver.set_window_rect(0, 0, width, 900).await?;
        let script = "return Math.min(5000, Math.max(700, document.documentElement.scrollHeight))";
        let height = self.driver.execute(script, vec![]).await?.convert::<u32>()?;
        // The window's own frame takes some of its height.
        self.driver.set_window_rect(0, 0, width, height + 150).await?;
        self.picture(path).await
    }

    /// Runs a script and gives its answer.
    ///
    /// # Errors
    /// The driver's.
    pub async fn script(&self, text: &str) -> Result<serde_json::Value> {
        Ok(self.driver.execute(text, vec![]).await?.json().clone())
    }

    /// Whether there is such a thing on the page.
    ///
    /// # Errors
    /// The driver's.
    pub async fn has(&self, css: &str) -> Result<bool> {
        Ok(!self.driver.find_all(By::Css(css)).await?.is_empty())
    }

    /// Ends the session in good order.
    ///
    /// # Errors
    /// The driver's.
    pub async fn quit(self) -> Result<()> {
        Ok(self.driver.clone().quit().await?)
    }
}
