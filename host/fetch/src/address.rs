//! Which addresses a picture may come from.
//!
//! Whoever writes a product file, or runs a host that is allowed, could otherwise have this machine ask what only it
//! can reach: its own services, its neighbours, and above all the address at which clouds hand out their keys.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rikaste_model::words;
use rikaste_model::words::LocalizedText;

/// Why nothing is fetched from an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// This machine.
    Loopback,
    /// A network of a house of its own: RFC 1918, RFC 4193, and a provider's (RFC 6598).
    Private,
    /// What is on the same cable (RFC 3927, RFC 4291).
    LinkLocal,
    /// Where clouds give a machine its keys.
    Metadata,
    /// Many at once, or nobody.
    NotUnicast,
    /// Kept for documents, tests and the network's own purposes (RFC 6890).
    Reserved,
}

impl AddressKind {
    /// Whether an operator's word is enough to fetch from there all the same: never where keys are, nor where nobody is.
    #[must_use]
    pub fn can_be_allowed(self) -> bool {
        !matches!(self, Self::Metadata | Self::NotUnicast)
    }
}

impl AddressKind {
    /// What is there, in words.
    #[must_use]
    pub fn localized_text(self) -> LocalizedText {
        match self {
            Self::Loopback => words!("address-loopback"),
            Self::Private => words!("address-private"),
            Self::LinkLocal => words!("address-link-local"),
            Self::Metadata => words!("address-metadata"),
            Self::NotUnicast => words!("address-nobody"),
            Self::Reserved => words!("address-reserved"),
        }
    }
}

/// Why nothing is fetched from this address; `None` when it is anybody's.
#[must_use]
pub fn classify_address(address: IpAddr) -> Option<AddressKind> {
    match address {
        IpAddr::V4(v4) => classify_ipv4(v4),
        IpAddr::V6(v6) => classify_ipv6(v6),
    }
}

/// Addresses at which clouds and their containers give out credentials, or configure the machine.
const METADATA_V4: [Ipv4Addr; 6] = [
    // AWS, Google, Azure, DigitalOcean, OpenStack.
    Ipv4Addr::new(169, 254, 169, 254),
    // AWS: containers, and pods.
    Ipv4Addr::new(169, 254, 170, 2),
    Ipv4Addr::new(169, 254, 170, 23),
    // Alibaba.
    Ipv4Addr::new(100, 100, 100, 200),
    // Azure's wire server, which has a public address.
    Ipv4Addr::new(168, 63, 129, 16),
    // Oracle.
    Ipv4Addr::new(192, 0, 0, 192),
];

/// AWS: machines, and pods.
const METADATA_V6: [Ipv6Addr; 2] = [
    Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254),
    Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0023),
];

/// IANA's registry of special IPv4 addresses.
fn classify_ipv4(address: Ipv4Addr) -> Option<AddressKind> {
    if METADATA_V4.contains(&address) {
        return Some(AddressKind::Metadata);
    }
    match address.octets() {
        [0, ..] | [224..=239, ..] | [255, 255, 255, 255] => Some(AddressKind::NotUnicast),
        [127, ..] => Some(AddressKind::Loopback),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => {
            Some(AddressKind::Private)
        }
        [169, 254, ..] => Some(AddressKind::LinkLocal),
        [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18..=19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        | [240..=255, ..] => Some(AddressKind::Reserved),
        _ => None,
    }
}

/// IANA's registry of special IPv6 addresses, and what an IPv4 address inside says.
fn classify_ipv6(address: Ipv6Addr) -> Option<AddressKind> {
    if METADATA_V6.contains(&address) {
        return Some(AddressKind::Metadata);
    }
    let [a, b, c, d, e, f, g, h] = address.segments();
    match [a, b, c, d, e, f, g, h] {
        [0, 0, 0, 0, 0, 0, 0, 0] | [0xff00..=0xffff, ..] => Some(AddressKind::NotUnicast),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(AddressKind::Loopback),
        // An IPv4 address: mapped (RFC 4291), compatible (the same, obsolete), translated (RFC 2765).
        [0, 0, 0, 0, 0, 0xffff | 0, ..] | [0, 0, 0, 0, 0xffff, 0, ..] => {
            classify_ipv4(embedded_ipv4(g, h))
        }
        // NAT64 (RFC 6052), which is how a machine without IPv4 reaches the rest of the world.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => classify_ipv4(embedded_ipv4(g, h)),
        // NAT64 within a network (RFC 8215).
        [0x64, 0xff9b, 1, ..] => Some(AddressKind::Private),
        // 6to4 (RFC 3056).
        [0x2002, ..] => classify_ipv4(embedded_ipv4(b, c)),
        [0xfe80..=0xfebf, ..] => Some(AddressKind::LinkLocal),
        // Unique local (RFC 4193), and what it was before (RFC 3879).
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Some(AddressKind::Private),
        // Teredo, ORCHID and other protocols (RFC 2928), documents (RFC 3849, RFC 9637).
        [0x2001, 0..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => {
            Some(AddressKind::Reserved)
        }
        [0x2000..=0x3fff, ..] => None,
        // Nothing else is anybody's yet.
        _ => Some(AddressKind::Reserved),
    }
}

fn embedded_ipv4(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_address_is() {
        use AddressKind::{LinkLocal, Loopback, Metadata, NotUnicast, Private, Reserved};
        for (address, expected) in [
            ("93.184.216.34", None),
            ("1.1.1.1", None),
            ("11.0.0.0", None),
            ("100.63.255.255", None),
            ("100.128.0.0", None),
            ("172.15.255.255", None),
            ("172.32.0.0", None),
            ("192.167.255.255", None),
            ("169.253.255.255", None),
            ("198.17.255.255", None),
            ("223.255.255.255", None),
            ("0.0.0.0", Some(NotUnicast)),
            ("0.1.2.3", Some(NotUnicast)),
            ("10.0.0.1", Some(Private)),
            ("100.64.0.1", Some(Private)),
            ("100.127.255.255", Some(Private)),
            ("100.100.100.200", Some(Metadata)),
            ("127.0.0.1", Some(Loopback)),
            ("127.255.255.255", Some(Loopback)),
            ("168.63.129.16", Some(Metadata)),
            ("169.254.0.1", Some(LinkLocal)),
            ("169.254.169.254", Some(Metadata)),
            ("172.16.0.1", Some(Private)),
            ("172.31.255.255", Some(Private)),
            ("192.0.0.192", Some(Metadata)),
            ("192.0.0.1", Some(Reserved)),
            ("192.0.2.1", Some(Reserved)),
            ("192.88.99.1", Some(Reserved)),
            ("192.168.1.1", Some(Private)),
            ("198.18.0.1", Some(Reserved)),
            ("198.19.255.255", Some(Reserved)),
            ("198.51.100.7", Some(Reserved)),
            ("203.0.113.7", Some(Reserved)),
            ("224.0.0.1", Some(NotUnicast)),
            ("239.255.255.255", Some(NotUnicast)),
            ("240.0.0.1", Some(Reserved)),
            ("255.255.255.255", Some(NotUnicast)),
            ("2606:2800:220:1::1", None),
            ("2a00:1450:4001::1", None),
            ("::", Some(NotUnicast)),
            ("::1", Some(Loopback)),
            ("::127.0.0.1", Some(Loopback)),
            ("::ffff:127.0.0.1", Some(Loopback)),
            ("::ffff:169.254.169.254", Some(Metadata)),
            ("::ffff:10.1.2.3", Some(Private)),
            ("::ffff:1.1.1.1", None),
            ("::ffff:0:10.1.2.3", Some(Private)),
            ("64:ff9b::a00:1", Some(Private)),
            ("64:ff9b::7f00:1", Some(Loopback)),
            ("64:ff9b::a9fe:a9fe", Some(Metadata)),
            ("64:ff9b::101:101", None),
            ("64:ff9b:1::1", Some(Private)),
            ("64:ff9b:2::1", Some(Reserved)),
            ("100::1", Some(Reserved)),
            ("2001::1", Some(Reserved)),
            ("2001:1ff::1", Some(Reserved)),
            ("2001:200::1", None),
            ("2001:db8::1", Some(Reserved)),
            ("2002:7f00:1::", Some(Loopback)),
            ("2002:c0a8:101::1", Some(Private)),
            ("2002:a9fe:a9fe::1", Some(Metadata)),
            ("2002:101:101::1", None),
            ("3fff:1::1", Some(Reserved)),
            ("4000::1", Some(Reserved)),
            ("fc00::1", Some(Private)),
            ("fd00:ec2::254", Some(Metadata)),
            ("fd12:3456::1", Some(Private)),
            ("fe80::1", Some(LinkLocal)),
            ("febf::1", Some(LinkLocal)),
            ("fec0::1", Some(Private)),
            ("ff02::1", Some(NotUnicast)),
        ] {
            assert_eq!(classify_address(address.parse().unwrap()), expected, "{address}");
        }
    }
}
