//! A host in, the addresses to connect to out: those of the public internet only, unless a person
//! allows others for this host.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The hosts that may have an address inside the network.
#[derive(Debug, Clone, Default)]
pub(super) struct Allowed(pub(super) Vec<String>);

impl Allowed {
    /// Checks that an address is public, or that its host is one of these.
    pub(super) fn check(&self, host: &str, address: IpAddr) -> Result<(), PrivateAddress> {
        let host = without_brackets(host);
        let is_same = |name: &String| without_brackets(name).eq_ignore_ascii_case(host);
        if is_public(address) || self.0.iter().any(is_same) {
            return Ok(());
        }
        Err(PrivateAddress {
            host: host.to_owned(),
            address,
        })
    }
}

/// `[::1]` is written with brackets in a URL.
pub(super) fn without_brackets(host: &str) -> &str {
    let inside = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inside.unwrap_or(host)
}

/// A host whose address is private or reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrivateAddress {
    pub(super) host: String,
    pub(super) address: IpAddr,
}

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` has the private or reserved address {}",
            self.host, self.address
        )
    }
}

impl Error for PrivateAddress {}

/// Resolves a name once, and gives the client the addresses that were checked: a name that gets
/// another address between a check and the connection cannot lead elsewhere.
#[derive(Debug)]
pub(super) struct CheckedResolver {
    pub(super) allowed: Allowed,
    pub(super) system: DefaultResolver,
}

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        // The person who runs the tool has chosen the proxy.
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(found);
        }
        let host = uri.host().unwrap_or_default();
        for address in &found {
            let checked = self.allowed.check(host, address.ip());
            checked.map_err(|private| ureq::Error::Other(Box::new(private)))?;
        }
        Ok(found)
    }
}

/// Whether an address is one of the public internet: neither of this machine or this network, nor
/// reserved. The ranges are those of the IANA registries of special-purpose addresses.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match a {
        // This network, private, loopback.
        0 | 10 | 127 => true,
        // Behind the NAT of a carrier.
        100 => b & 0xC0 == 64,
        // Link-local, with the metadata of cloud machines.
        169 => b == 254,
        172 => b & 0xF0 == 16,
        // Protocol assignments, documentation, former 6to4 relays, private.
        192 => (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99) || b == 168,
        // Benchmarks, documentation.
        198 => b & 0xFE == 18 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        // Multicast, reserved, broadcast.
        224.. => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let [one, two] = high.to_be_bytes();
        let [three, four] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(one, two, three, four))
    };
    match (parts[0], parts[1]) {
        // NAT64: the IPv4 address is at the end.
        (0x64, 0xFF9B) => parts[2..6] == [0; 4] && embedded(parts[6], parts[7]),
        // 6to4: it follows the prefix.
        (0x2002, high) => embedded(high, parts[2]),
        // Protocol assignments, such as Teredo.
        (0x2001, 0..=0x1FF) => false,
        // Documentation.
        (0x2001, 0xDB8) | (0x3FFF, 0..=0xFFF) => false,
        // All other global unicast addresses begin with these three bits.
        (first, _) => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Allowed, is_public};

    fn parse(addresses: &str) -> impl Iterator<Item = (&str, IpAddr)> {
        let words = addresses.split_whitespace();
        words.map(|word| (word, word.parse().unwrap()))
    }

    #[test]
    fn addresses_inside_the_network_are_not_public() {
        let inside = "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 \
                      127.8.9.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 \
                      192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 \
                      224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 \
                      :: ::1 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:169.254.169.254 ::127.0.0.1 \
                      fc00::1 fd12:3456::1 fe80::1 febf::1 fec0::1 ff02::1 2001:db8::1 2001::1 \
                      3fff::1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: \
                      2002:c0a8:1:: 100::1 4000::1";
        for (word, address) in parse(inside) {
            assert!(!is_public(address), "{word}");
        }
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        let outside = "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 169.253.1.1 172.15.1.1 172.32.0.1 \
                       192.0.1.1 192.167.1.1 198.17.1.1 198.20.1.1 223.255.255.255 \
                       2606:4700::1111 2a00:1450:4001::200e 2400:3200::1 ::ffff:8.8.8.8 \
                       64:ff9b::808:808 2002:808:808:: 2001:4860:4860::8888";
        for (word, address) in parse(outside) {
            assert!(is_public(address), "{word}");
        }
    }

    #[test]
    fn a_host_is_allowed_by_name() {
        let allowed = Allowed(vec!["Wiki.corp".to_owned(), "::1".to_owned()]);
        let inside = "10.0.0.1".parse().unwrap();
        assert!(allowed.check("wiki.CORP", inside).is_ok());
        assert!(allowed.check("[::1]", "::1".parse().unwrap()).is_ok());
        let refused = allowed.check("evil.example", inside).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`evil.example` has the private or reserved address 10.0.0.1"
        );
        assert!(
            allowed
                .check("evil.example", "1.1.1.1".parse().unwrap())
                .is_ok()
        );
    }
}
