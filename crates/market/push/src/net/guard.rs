//! Which addresses the platform may be sent to. A webhook's address is somebody else's word: without this it could be turned
//! against the machines beside ours, or the cloud's metadata service (server-side request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;

/// Longest address taken, in bytes: longer ones are refused by servers anyway.
const ADDRESS_MAX: usize = 1_000;

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is no address of a web server, or carries a name and a password.
    Form,
    /// It is not `https`.
    Plain,
    /// It lies within a network, on this machine, or nowhere.
    Inside,
    /// Its name is not known.
    Unknown,
}

impl Refused {
    /// As an operator reads it.
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Plain => "plain",
            Self::Inside => "inside",
            Self::Unknown => "unknown",
        }
    }

    /// The code of the issue that a form shows.
    #[must_use]
    pub(crate) fn issue(self) -> &'static str {
        match self {
            Self::Form => "push-address-form",
            Self::Plain => "push-address-plain",
            Self::Inside => "push-address-inside",
            Self::Unknown => "push-address-unknown",
        }
    }
}

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Whether by TLS.
    pub tls: bool,
    /// The host: a name or an address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Path and query.
    pub path: String,
}

impl Target {
    /// The `Host` header.
    #[must_use]
    pub(crate) fn authority(&self) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        let usual = if self.tls { 443 } else { 80 };
        if self.port == usual {
            host
        } else {
            format!("{host}:{}", self.port)
        }
    }
}

/// Reads an address. `plain` lets `http` pass.
///
/// # Errors
/// [`Refused`].
pub(crate) fn target(address: &str, plain: bool) -> Result<Target, Refused> {
    if address.len() > ADDRESS_MAX {
        return Err(Refused::Form);
    }
    let uri: Uri = address.parse().map_err(|_| Refused::Form)?;
    let authority = uri.authority().ok_or(Refused::Form)?;
    if authority.as_str().contains('@') {
        return Err(Refused::Form);
    }
    let tls = match uri.scheme_str() {
        Some("https") => true,
        Some("http") if plain => false,
        Some("http") => return Err(Refused::Plain),
        _ => return Err(Refused::Form),
    };
    let written = authority.host();
    // A port that is written and cannot be read must not become the usual one.
    let port = match authority.as_str().strip_prefix(written) {
        Some("") => {
            if tls {
                443
            } else {
                80
            }
        }
        Some(rest) => rest
            .strip_prefix(':')
            .and_then(|port| port.parse().ok())
            .filter(|port| *port > 0)
            .ok_or(Refused::Form)?,
        None => return Err(Refused::Form),
    };
    let host = written.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Err(Refused::Form);
    }
    Ok(Target {
        tls,
        host: host.to_ascii_lowercase(),
        port,
        path: uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
    })
}

/// Whether an address lies on the public internet: not on this machine, in a private or shared network, on the link (where
/// clouds keep their metadata), not for several or for nobody, not set aside for documentation, tests or translation.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// The IPv4 blocks that are not public, by RFC 6890 and its like, with their lengths.
const SET_ASIDE: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
    // Alibaba Cloud's metadata service, within the shared block already; named since it is the one met most here.
    (Ipv4Addr::new(100, 100, 100, 200), 32),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !SET_ASIDE.iter().any(|(block, length)| {
        let mask = u32::MAX << (32 - length);
        bits & mask == u32::from(*block) & mask
    })
}

/// Of IPv6 only the block that is given out to the public (2000::/3), without what carries or stands for something else.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let given_out = a & 0xe000 == 0x2000;
    // 2001::/23 holds Teredo, benchmarks and ORCHID; 2001:db8::/32 and 3fff::/20 are for documentation; 2002::/16 (6to4) has
    // an IPv4 address in it.
    let special = a == 0x2001 && (b < 0x0200 || b == 0x0db8);
    given_out && !special && a != 0x2002 && !(a == 0x3fff && b < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_read_strictly() {
        let good = target("https://Hooks.Example.cn:8443/in?x=1", false).unwrap();
        assert_eq!(
            (good.host.as_str(), good.port, good.path.as_str()),
            ("hooks.example.cn", 8443, "/in?x=1")
        );
        assert_eq!(good.authority(), "hooks.example.cn:8443");
        let six = target("https://[2400:3200::1]/", false).unwrap();
        assert_eq!(
            (six.host.as_str(), six.authority().as_str()),
            ("2400:3200::1", "[2400:3200::1]")
        );
        assert_eq!(target("https://example.cn", false).unwrap().path, "/");
        for (address, why) in [
            ("http://example.cn/", Refused::Plain),
            ("ftp://example.cn/", Refused::Form),
            ("file:///etc/passwd", Refused::Form),
            ("gopher://127.0.0.1:6379/_x", Refused::Form),
            ("https://user:password@example.cn/", Refused::Form),
            ("https://example.cn:0/", Refused::Form),
            ("https://example.cn:99999/", Refused::Form),
            ("https://", Refused::Form),
            ("//example.cn/", Refused::Form),
            ("example.cn", Refused::Form),
            ("https://exa mple.cn/", Refused::Form),
            ("https://example.cn/\r\nHost: inside", Refused::Form),
        ] {
            assert_eq!(target(address, false), Err(why), "{address}");
        }
        assert!(!target("http://example.cn/", true).unwrap().tls);
        assert_eq!(
            target(&format!("https://example.cn/{}", "a".repeat(2000)), false),
            Err(Refused::Form)
        );
    }

    #[test]
    fn what_is_known_to_be_inside_is_refused() {
        for text in [
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "100::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "8.8.8.8",
            "223.5.5.5",
            "172.32.0.1",
            "172.15.255.255",
            "100.63.255.255",
            "100.128.0.0",
            "2400:3200::1",
            "2606:4700::1111",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    proptest! {
        /// Whatever lies in a block that is set aside is refused, the block's edges included.
        #[test]
        fn every_address_of_a_block_is_refused(block in 0..SET_ASIDE.len(), within in any::<u32>()) {
            let (first, length) = SET_ASIDE[block];
            let mask = u32::MAX << (32 - length);
            for bits in [u32::from(first), u32::from(first) | !mask, u32::from(first) | (within & !mask)] {
                prop_assert!(!is_public(IpAddr::V4(bits.into())));
                // Nor by the ways in which IPv6 carries it.
                let [a, b] = [(bits >> 16) as u16, bits as u16];
                prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, a, b))), "mapped");
                prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::new(0, 0, 0, 0, 0, 0, a, b))), "compatible");
                prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, a, b))), "translated");
                prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::new(0x2002, a, b, 0, 0, 0, 0, 1))), "6to4");
            }
        }

        /// Outside the block that is given out nothing of IPv6 passes.
        #[test]
        fn only_what_is_given_out_of_ipv6_passes(bits in any::<u128>()) {
            let address = Ipv6Addr::from(bits);
            if bits >> 125 != 1 {
                prop_assert!(!is_public(IpAddr::V6(address)));
            }
        }

        /// Reading never panics, and what it takes has a host and a port.
        #[test]
        fn reading_is_total(text in "\\PC{0,60}", plain in any::<bool>()) {
            for address in [text.clone(), format!("https://{text}"), format!("http://{text}/x")] {
                if let Ok(target) = target(&address, plain) {
                    prop_assert!(!target.host.is_empty() && target.port > 0 && (target.tls || plain));
                }
            }
        }
    }
}
