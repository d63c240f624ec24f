//! A container for AVIF, made as a test wants it.

use crate::support::sample;

/// Where the bytes of items begin.
const START: usize = 64;

#[derive(Clone)]
pub struct Item {
    pub id: u32,
    pub kind: [u8; 4],
    is_inside: bool,
    pub extents: Vec<(u64, u64)>,
    pub associations: Vec<u16>,
}

impl Item {
    /// With bytes that are in `idat`.
    pub fn inside(self) -> Self {
        Self { is_inside: true, ..self }
    }
}

#[derive(Clone)]
pub struct Maker {
    pub brands: Vec<u8>,
    pub version: u8,
    /// Numbers of eight bytes, and two for a property.
    pub is_wide: bool,
    pub primary: u32,
    pub items: Vec<Item>,
    pub properties: Vec<Vec<u8>>,
    pub references: Vec<([u8; 4], u32, Vec<u32>)>,
    pub data: Vec<u8>,
    pub inside: Vec<u8>,
}

pub fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
}

pub fn full(name: &[u8; 4], version: u8, body: &[u8]) -> Vec<u8> {
    boxed(name, &[&[version, 0, 0, 0][..], body].concat())
}

pub fn property(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    boxed(name, body)
}

/// The number of a property, from 1, and whether it has to be heeded.
pub fn association(number: usize, must: bool) -> u16 {
    number as u16 | u16::from(must) << 15
}

impl Maker {
    pub fn empty() -> Self {
        Self {
            brands: b"avif\0\0\0\0avifmif1".to_vec(),
            version: 1,
            is_wide: false,
            primary: 1,
            items: Vec::new(),
            properties: Vec::new(),
            references: Vec::new(),
            data: Vec::new(),
            inside: Vec::new(),
        }
    }

    /// The pixels of a sample whose items follow each other at its end, the first one's first.
    pub fn parts(name: &str) -> Vec<Vec<u8>> {
        let photo = sample(name);
        let at = photo.windows(4).rposition(|name| name == b"mdat").expect("it has one") + 4;
        // Each begins with a temporal delimiter.
        let starts: Vec<usize> = (at..photo.len())
            .filter(|at| photo[*at..].starts_with(&[0x12, 0, 0x0a]))
            .chain([photo.len()])
            .collect();
        let mut parts: Vec<Vec<u8>> =
            starts.windows(2).map(|part| photo[part[0]..part[1]].to_vec()).collect();
        // How much can be seen comes first.
        parts.reverse();
        parts
    }

    /// A sample of 64×48 with one item.
    pub fn of(name: &str) -> Self {
        let mut maker = Self::empty();
        let item = maker.item(b"av01", &Self::parts(name)[0]);
        maker.to(item, property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48]), false)
    }

    pub fn still() -> Self {
        Self::of("still.avif")
    }

    pub fn item(&mut self, kind: &[u8; 4], bytes: &[u8]) -> u32 {
        let id = self.items.len() as u32 + 1;
        let extents = vec![((START + self.data.len()) as u64, bytes.len() as u64)];
        self.data.extend(bytes);
        self.items.push(Item {
            id,
            kind: *kind,
            is_inside: false,
            extents,
            associations: Vec::new(),
        });
        id
    }

    /// Says something of the first item.
    pub fn with(self, property: Vec<u8>, must: bool) -> Self {
        self.to(1, property, must)
    }

    pub fn to(mut self, item: u32, property: Vec<u8>, must: bool) -> Self {
        self.properties.push(property);
        let number = association(self.properties.len(), must);
        self.items[item as usize - 1].associations.push(number);
        self
    }

    pub fn file(&self) -> Vec<u8> {
        let mut file = boxed(b"ftyp", &self.brands);
        file.extend(boxed(b"free", &vec![0; START - 16 - file.len()]));
        file.extend(boxed(b"mdat", &self.data));
        file.extend(self.meta());
        file
    }

    /// The number of an item, or how many there are.
    fn id(&self, id: u32) -> Vec<u8> {
        if self.version == 2 {
            id.to_be_bytes().to_vec()
        } else {
            (id as u16).to_be_bytes().to_vec()
        }
    }

    fn meta(&self) -> Vec<u8> {
        let entry = |item: &Item| {
            let version = if self.version == 2 { 3 } else { 2 };
            full(b"infe", version, &[&self.id(item.id)[..], &[0, 0], &item.kind, &[0]].concat())
        };
        let entries: Vec<u8> = self.items.iter().flat_map(entry).collect();
        let count = (self.items.len() as u16).to_be_bytes();
        let mut references = Vec::new();
        for (name, from, to) in &self.references {
            let to_ids: Vec<u8> = to.iter().flat_map(|to| self.id(*to)).collect();
            let body = [&self.id(*from)[..], &(to.len() as u16).to_be_bytes(), &to_ids].concat();
            references.extend(boxed(name, &body));
        }
        let wide_ids = u8::from(self.version == 2);
        let body = [
            full(b"hdlr", 0, b"\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            full(b"pitm", wide_ids, &self.id(self.primary)),
            self.places(),
            full(b"iinf", 0, &[&count[..], &entries].concat()),
            boxed(
                b"iprp",
                &[boxed(b"ipco", &self.properties.concat()), self.associations()].concat(),
            ),
            full(b"iref", wide_ids, &references),
            boxed(b"idat", &self.inside),
        ];
        full(b"meta", 0, &body.concat())
    }

    fn places(&self) -> Vec<u8> {
        let number = |number: u64| {
            if self.is_wide {
                number.to_be_bytes().to_vec()
            } else {
                (number as u32).to_be_bytes().to_vec()
            }
        };
        // With and without what each extent begins from.
        let size: u16 = if self.is_wide { 0x8880 } else { 0x4400 };
        let mut body = size.to_be_bytes().to_vec();
        body.extend(self.id(self.items.len() as u32));
        for item in &self.items {
            body.extend(self.id(item.id));
            if self.version > 0 {
                body.extend([0, u8::from(item.is_inside)]);
            }
            body.extend([0, 0]);
            let base = if self.is_wide { item.extents[0].0 } else { 0 };
            if self.is_wide {
                body.extend(base.to_be_bytes());
            }
            body.extend((item.extents.len() as u16).to_be_bytes());
            for (offset, length) in &item.extents {
                body.extend(number(offset - base));
                body.extend(number(*length));
            }
        }
        full(b"iloc", self.version, &body)
    }

    fn associations(&self) -> Vec<u8> {
        let mut body = (self.items.len() as u32).to_be_bytes().to_vec();
        for item in &self.items {
            body.extend(self.id(item.id));
            body.push(item.associations.len() as u8);
            for number in &item.associations {
                if self.is_wide {
                    body.extend(number.to_be_bytes());
                } else {
                    body.push((number >> 8) as u8 & 0x80 | *number as u8);
                }
            }
        }
        let flags = u8::from(self.is_wide);
        boxed(b"ipma", &[&[u8::from(self.version == 2), 0, 0, flags][..], &body].concat())
    }
}

/// The shortest header of a picture of eight bits, 4:2:0.
pub fn sequence_header(width: u32, height: u32) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut put = |number: u32, count: u32| {
        bits.extend((0..count).rev().map(|bit| number >> bit & 1 == 1));
    };
    // The profile, that it is a still with a short header, and its level.
    put(0, 3);
    put(3, 2);
    put(31, 5);
    put(15, 4);
    put(15, 4);
    put(width - 1, 16);
    put(height - 1, 16);
    // Tools; eight bits; in colour; no description of colours; their range; and no grain.
    put(0, 6);
    put(0, 3);
    put(0, 1);
    put(0, 2);
    put(0, 2);
    put(1, 1);
    bits.chunks(8)
        .map(|byte| {
            byte.iter().enumerate().fold(0, |all, (at, bit)| all | u8::from(*bit) << (7 - at))
        })
        .collect()
}
