//! A JSON object whose member names the shop defines.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Members in the order in which they are written. Documents are compared by their bytes, so the
/// order is part of the value.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedMap<'a, V>(pub Vec<(Cow<'a, str>, V)>);

impl<'a, V> OrderedMap<'a, V> {
    /// No members, and room for this many.
    #[must_use]
    pub fn with_capacity(members: usize) -> Self {
        Self(Vec::with_capacity(members))
    }

    /// Sets a member: in its place if it is there already, else behind the others.
    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: V) {
        let name = name.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name, value)),
        }
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl<V> Default for OrderedMap<'_, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, K: Into<Cow<'a, str>>, V> FromIterator<(K, V)> for OrderedMap<'a, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<V: Serialize> Serialize for OrderedMap<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for OrderedMap<'_, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MemberVisitor(PhantomData))
    }
}

struct MemberVisitor<'a, V>(PhantomData<OrderedMap<'a, V>>);

impl<'de, 'a, V: Deserialize<'de>> Visitor<'de> for MemberVisitor<'a, V> {
    type Value = OrderedMap<'a, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::with_capacity(members.size_hint().unwrap_or(0));
        while let Some((name, value)) = members.next_entry::<String, V>()? {
            all.push((Cow::Owned(name), value));
        }
        Ok(OrderedMap(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order() {
        let json = r#"{"b":1,"a":2}"#;
        let map: OrderedMap<'_, u32> = serde_json::from_str(json).expect("an object");
        assert_eq!(map.get("a"), Some(&2));
        assert_eq!(serde_json::to_string(&map).expect("JSON"), json);
    }
}
