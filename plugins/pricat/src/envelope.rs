//! The envelope of an interchange: that all of it came, and that it is a price catalogue.

use crate::segment::Segment;

/// How far an interchange is.
#[derive(Debug, Default)]
pub struct InterchangeEnvelope {
    state: EnvelopeState,
    messages: u64,
    /// Segments of the message so far, `UNH` included.
    segments: u64,
    /// The message's reference.
    reference: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum EnvelopeState {
    #[default]
    Before,
    Between,
    Inside,
    After,
}

/// What a segment is to whoever reads messages.
#[derive(Debug, PartialEq, Eq)]
pub enum SegmentRole {
    /// The interchange begins, in this syntax.
    Interchange(String),
    /// A message begins.
    MessageStart,
    /// A segment of a message.
    MessageBody,
    /// A message ends.
    MessageEnd,
    /// Nothing.
    Ignored,
}

impl InterchangeEnvelope {
    /// Has the next segment pass, or says why nothing of the file is to be believed.
    pub fn check_segment(&mut self, segment: &Segment) -> Result<SegmentRole, String> {
        let number = segment.number;
        if self.state == EnvelopeState::Inside {
            self.segments += 1;
        }
        match (self.state, segment.tag()) {
            (EnvelopeState::Before, "UNB") => {
                self.state = EnvelopeState::Between;
                Ok(SegmentRole::Interchange(segment.component_at(1, 0).to_owned()))
            }
            (EnvelopeState::Before, other) => {
                Err(format!("it begins with {other:?} and not with UNB; is it EDIFACT?"))
            }
            (EnvelopeState::Between, "UNH") => self.begin_message(segment),
            (EnvelopeState::Between, "UNG" | "UNE") => Ok(SegmentRole::Ignored),
            (EnvelopeState::Between, "UNZ") => self.end_interchange(segment),
            (EnvelopeState::Inside, "UNT") => self.end_message(segment),
            (EnvelopeState::Inside, "UNB" | "UNH" | "UNZ") => Err(format!(
                "segment {number} is {} inside the message {}, which has no UNT; a part of it was lost, so ask the sender for it again",
                segment.tag(),
                self.reference
            )),
            (EnvelopeState::Inside, _) => Ok(SegmentRole::MessageBody),
            // Several interchanges in a file.
            (EnvelopeState::After, "UNB") => {
                (self.state, self.messages) = (EnvelopeState::Between, 0);
                Ok(SegmentRole::Interchange(segment.component_at(1, 0).to_owned()))
            }
            (EnvelopeState::After, "UNA") => Err(format!(
                "segment {number} is a second UNA; split the file before it, and drop both parts"
            )),
            (EnvelopeState::Between | EnvelopeState::After, other) => {
                Err(format!("segment {number} is {other:?} outside of a message"))
            }
        }
    }

    /// Says whether everything came.
    pub fn check_complete(&self) -> Result<(), String> {
        match self.state {
            EnvelopeState::After => Ok(()),
            EnvelopeState::Before => Err("it has no segment; is it EDIFACT?".to_owned()),
            EnvelopeState::Between | EnvelopeState::Inside => {
                Err("it ends before UNZ: it was cut short, so ask for it again".to_owned())
            }
        }
    }

    fn begin_message(&mut self, segment: &Segment) -> Result<SegmentRole, String> {
        (self.state, self.segments) = (EnvelopeState::Inside, 1);
        self.messages += 1;
        segment.component_at(1, 0).clone_into(&mut self.reference);
        match segment.component_at(2, 0) {
            "PRICAT" => Ok(SegmentRole::MessageStart),
            other => Err(format!(
                "its message {} is {other} and not PRICAT; only price catalogues are read",
                self.reference
            )),
        }
    }

    fn end_message(&mut self, segment: &Segment) -> Result<SegmentRole, String> {
        self.state = EnvelopeState::Between;
        let (declared, found) = (segment.component_at(1, 0), self.segments);
        if declared.parse() != Ok(found) {
            return Err(format!(
                "the message {} says that it has {declared} segments, and has {found}; a part of it was lost, so ask for it again",
                self.reference
            ));
        }
        Ok(SegmentRole::MessageEnd)
    }

    fn end_interchange(&mut self, segment: &Segment) -> Result<SegmentRole, String> {
        self.state = EnvelopeState::After;
        let (declared, found) = (segment.component_at(1, 0), self.messages);
        if declared.parse() != Ok(found) {
            return Err(format!(
                "the interchange says that it has {declared} messages, and has {found}; a part of it was lost, so ask for it again"
            ));
        }
        Ok(SegmentRole::Ignored)
    }
}
