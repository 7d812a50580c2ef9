//! Which network addresses may be reached.
//!
//! The check stands where names become addresses, and the connection goes to what was checked: so a name that answers
//! differently the second time gains nothing. Addresses written as numbers in any spelling, and every step of a redirect,
//! come through the same place.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Who may be reached.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// Whether addresses inside a network may be reached too.
    pub allow_private: bool,
    /// Single addresses that may be reached all the same.
    pub except: Vec<IpAddr>,
}

impl Guard {
    /// Why this address is not reached; `None` where it may be.
    ///
    /// ```
    /// use diwan_capture::Guard;
    /// let guard = Guard::default();
    /// assert_eq!(guard.refuses("169.254.169.254".parse().unwrap()), Some("a link-local address"));
    /// assert_eq!(guard.refuses("93.184.215.14".parse().unwrap()), None);
    /// ```
    pub fn refuses(&self, address: IpAddr) -> Option<&'static str> {
        if self.allow_private || self.except.contains(&address) {
            return None;
        }
        match address {
            IpAddr::V4(v4) => inside_v4(v4),
            IpAddr::V6(v6) => inside_v6(v6),
        }
    }
}

/// Ranges of the special-purpose registries (RFC 6890 and after) that are not the public network.
fn inside_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = address.octets();
    Some(match (a, b, c) {
        (127, ..) => "a loopback address",
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => "a private address",
        (169, 254, _) => "a link-local address",
        (100, 64..=127, _) => "an address inside a provider's network",
        // Where one cloud keeps its machines' secrets.
        (168, 63, 129) if address.octets() == [168, 63, 129, 16] => "a metadata address",
        (0, ..) => "an address of this network",
        (192, 0, 0) | (192, 0, 2) | (198, 51, 100) | (203, 0, 113) | (198, 18..=19, _) | (192, 88, 99) => {
            "a reserved address"
        }
        (224..=239, ..) => "a multicast address",
        (240..=255, ..) => "a reserved address",
        _ => return None,
    })
}

fn inside_v6(address: Ipv6Addr) -> Option<&'static str> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        inside_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        _ if address.is_unspecified() => Some("an address of this network"),
        _ if address.is_loopback() => Some("a loopback address"),
        // IPv4 in its wrappings: mapped, compatible, translated, 6to4.
        (0, 0, 0, 0, 0, 0xFFFF | 0) | (0x64, 0xFF9B, 0, 0, 0, 0) => v4(g, h),
        (0x2002, ..) => v4(b, c),
        (0x64, 0xFF9B, ..) | (0x2001, 0, ..) | (0, 0, 0, 0, 0xFFFF, 0) => Some("a tunnel's address"),
        (0xFC00..=0xFDFF, ..) => Some("a private address"),
        (0xFE80..=0xFEBF, ..) => Some("a link-local address"),
        (0xFEC0..=0xFEFF, ..) => Some("a private address"),
        (0xFF00..=0xFFFF, ..) => Some("a multicast address"),
        (0x2001, 0xDB8, ..) | (0x3FFF, 0..=0xFFF, ..) | (0x100, 0, 0, ..) => Some("a reserved address"),
        // Only this eighth is given out as public.
        (0x2000..=0x3FFF, ..) => None,
        _ => Some("a reserved address"),
    }
}

/// Marks an error as the guard's, so that it is told from a failed connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{host}` is {what}, which is not reached unless `--allow-private` is given")]
pub(crate) struct Forbidden {
    pub(crate) host: String,
    pub(crate) what: &'static str,
}

/// Resolves names and keeps back every address that the guard refuses.
#[derive(Debug)]
pub(crate) struct GuardedResolver {
    inner: DefaultResolver,
    guard: Arc<Guard>,
}

impl GuardedResolver {
    pub(crate) fn new(guard: Arc<Guard>) -> Self {
        Self { inner: DefaultResolver::default(), guard }
    }
}

impl Resolver for GuardedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        let mut refused = None;
        let found: &[SocketAddr] = &found;
        for address in found {
            match self.guard.refuses(address.ip()) {
                Some(what) => refused = Some(what),
                None => allowed.push(*address),
            }
        }
        if let (Some(what), true) = (refused, allowed.is_empty()) {
            let host = uri.host().unwrap_or("").to_owned();
            return Err(ureq::Error::Io(io::Error::other(Forbidden { host, what })));
        }
        if allowed.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(allowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_is_reached() {
        let guard = Guard::default();
        for text in [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "168.63.129.16",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:0:1::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "100::1",
            "4000::1",
        ] {
            assert!(guard.refuses(text.parse().unwrap()).is_some(), "{text}");
        }
        for text in [
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "169.253.0.1",
            "193.0.0.1",
            "2606:4700::1111",
            "2002:101:101::1",
            "64:ff9b::101:101",
            "::ffff:1.1.1.1",
            "2001:200::1",
        ] {
            assert_eq!(guard.refuses(text.parse().unwrap()), None, "{text}");
        }
        let told = Guard { allow_private: true, except: Vec::new() };
        assert_eq!(told.refuses("127.0.0.1".parse().unwrap()), None);
        let one = Guard { allow_private: false, except: vec!["127.0.0.1".parse().unwrap()] };
        assert_eq!(one.refuses("127.0.0.1".parse().unwrap()), None);
        assert!(one.refuses("127.0.0.2".parse().unwrap()).is_some());
    }
}
