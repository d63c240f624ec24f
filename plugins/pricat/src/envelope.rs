//! The envelope of an interchange: that all of it came, and that it is a price catalogue.

use crate::segment::Segment;

/// How far an interchange is.
#[derive(Debug, Default)]
pub struct Envelope {
    place: Place,
    messages: u64,
    /// Segments of the message so far, `UNH` included.
    segments: u64,
    /// The message's reference.
    reference: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    Between,
    Inside,
    After,
}

/// What a segment is to whoever reads messages.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// The interchange begins, in this syntax.
    Interchange(String),
    /// A message begins.
    Begin,
    /// A segment of a message.
    Inside,
    /// A message ends.
    End,
    /// Nothing.
    Nothing,
}

impl Envelope {
    /// Has the next segment pass, or says why nothing of the file is to be believed.
    pub fn pass(&mut self, segment: &Segment) -> Result<Part, String> {
        let number = segment.number;
        if self.place == Place::Inside {
            self.segments += 1;
        }
        match (self.place, segment.tag()) {
            (Place::Before, "UNB") => {
                self.place = Place::Between;
                Ok(Part::Interchange(segment.get(1, 0).to_owned()))
            }
            (Place::Before, other) => {
                Err(format!("it begins with {other:?} and not with UNB; is it EDIFACT?"))
            }
            (Place::Between, "UNH") => self.begin(segment),
            (Place::Between, "UNG" | "UNE") => Ok(Part::Nothing),
            (Place::Between, "UNZ") => self.close(segment),
            (Place::Inside, "UNT") => self.end(segment),
            (Place::Inside, "UNB" | "UNH" | "UNZ") => Err(format!(
                "segment {number} is {} inside the message {}, which has no UNT; a part of it was lost, so ask the sender for it again",
                segment.tag(),
                self.reference
            )),
            (Place::Inside, _) => Ok(Part::Inside),
            // Several interchanges in a file.
            (Place::After, "UNB") => {
                (self.place, self.messages) = (Place::Between, 0);
                Ok(Part::Interchange(segment.get(1, 0).to_owned()))
            }
            (Place::After, "UNA") => Err(format!(
                "segment {number} is a second UNA; split the file before it, and drop both parts"
            )),
            (Place::Between | Place::After, other) => {
                Err(format!("segment {number} is {other:?} outside of a message"))
            }
        }
    }

    /// Says whether everything came.
    pub fn finish(&self) -> Result<(), String> {
        match self.place {
            Place::After => Ok(()),
            Place::Before => Err("it has no segment; is it EDIFACT?".to_owned()),
            Place::Between | Place::Inside => {
                Err("it ends before UNZ: it was cut short, so ask for it again".to_owned())
            }
        }
    }

    fn begin(&mut self, segment: &Segment) -> Result<Part, String> {
        (self.place, self.segments) = (Place::Inside, 1);
        self.messages += 1;
        segment.get(1, 0).clone_into(&mut self.reference);
        match segment.get(2, 0) {
            "PRICAT" => Ok(Part::Begin),
            other => Err(format!(
                "its message {} is {other} and not PRICAT; only price catalogues are read",
                self.reference
            )),
        }
    }

    fn end(&mut self, segment: &Segment) -> Result<Part, String> {
        self.place = Place::Between;
        let (said, found) = (segment.get(1, 0), self.segments);
        if said.parse() != Ok(found) {
            return Err(format!(
                "the message {} says that it has {said} segments, and has {found}; a part of it was lost, so ask for it again",
                self.reference
            ));
        }
        Ok(Part::End)
    }

    fn close(&mut self, segment: &Segment) -> Result<Part, String> {
        self.place = Place::After;
        let (said, found) = (segment.get(1, 0), self.messages);
        if said.parse() != Ok(found) {
            return Err(format!(
                "the interchange says that it has {said} messages, and has {found}; a part of it was lost, so ask for it again"
            ));
        }
        Ok(Part::Nothing)
    }
}
