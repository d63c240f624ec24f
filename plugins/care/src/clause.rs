//! From tokens to statements: which words belong together, and what a "not" forbids.

mod tie;

use crate::lexicon::{Level, Lexicon, Manner, Meaning, Process, Solvent};
use crate::statement::{Join, Statement, Temperature, wash_limit};
use crate::token::{Mark, Piece, Text, Unit};
use crate::treatment::{Code, Slot};

/// A part of the product with its statements. The name is empty for what comes before any.
pub(crate) struct Component<'a> {
    pub(crate) name: &'a str,
    pub(crate) statements: Vec<Statement>,
}

/// Reads a text into its components.
pub(crate) fn components<'a>(lexicon: &Lexicon, text: &Text<'a>) -> Vec<Component<'a>> {
    let mut reader = Reader {
        lexicon,
        text,
        components: vec![Component { name: "", statements: Vec::new() }],
        current: None,
        join: Join::Stop,
        forbid_next: false,
    };
    let mut token = 0;
    while token < text.tokens.len() {
        token += reader.step(token);
    }
    reader.close();
    let mut components = reader.components;
    components.retain(|component| !component.statements.is_empty());
    for component in &mut components {
        tie::tie(&mut component.statements);
    }
    components
}

struct Reader<'t, 'a> {
    lexicon: &'t Lexicon,
    text: &'t Text<'a>,
    components: Vec<Component<'a>>,
    current: Option<Statement>,
    /// How the next statement will be tied to the last.
    join: Join,
    /// A "not" waits for its process.
    forbid_next: bool,
}

impl Reader<'_, '_> {
    /// Reads what starts at this token, and says how many tokens it took.
    fn step(&mut self, token: usize) -> usize {
        match self.text.tokens[token].piece {
            Piece::Mark(Mark::Stop) => self.end(Join::Stop),
            Piece::Mark(Mark::Comma) => self.end(Join::Comma),
            Piece::Mark(Mark::Colon) => {
                if let Some(current) = &mut self.current {
                    current.headed |= current.is_bare();
                }
            }
            Piece::Mark(Mark::Range) => {}
            Piece::Number { tenths, unit } => match self.dots(token, tenths) {
                Some(level) => {
                    set(self.at(token), |s| &mut s.level, level);
                    self.at(token + 1);
                    return 2;
                }
                None => self.number(token, tenths, unit),
            },
            Piece::Word { .. } => return self.word(token),
        }
        1
    }

    fn word(&mut self, token: usize) -> usize {
        let source = self.text.fragment(token, token);
        if self.abbreviation(token, source) {
            return 1;
        }
        match self.lexicon.longest(self.text, token) {
            Some((Meaning::Component, length)) if self.colon_at(token + length) => {
                self.end(Join::Stop);
                let name = self.text.fragment(token, token + length - 1);
                self.components.push(Component { name, statements: Vec::new() });
                length + 1
            }
            Some((meaning, length)) => {
                self.meaning(meaning, token, token + length - 1);
                length
            }
            None => {
                self.at(token).unclear = true;
                1
            }
        }
    }

    fn colon_at(&self, token: usize) -> bool {
        self.text.tokens.get(token).is_some_and(|token| token.piece == Piece::Mark(Mark::Colon))
    }

    /// Codes and the abbreviations of the trade, which are written in capitals.
    fn abbreviation(&mut self, token: usize, word: &str) -> bool {
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() > 4 {
            return false;
        }
        let process = self.current.as_ref().and_then(|current| current.process);
        let solvent = self.current.as_ref().is_some_and(|current| current.solvent.is_some());
        match (process, word) {
            // "Hydrocarbons (F)": the letter repeats the word.
            (_, "P" | "F") if solvent => {
                self.at(token);
            }
            (Some(Process::DryClean), "P") => {
                self.at(token).solvent = Some(Solvent::Perchloroethylene);
            }
            (Some(Process::DryClean), "F") => self.at(token).solvent = Some(Solvent::Hydrocarbon),
            (Some(Process::WetClean), "W") => {
                self.at(token);
            }
            (Some(_), "P" | "F" | "W") => return false,
            _ => match abbreviated(word) {
                Some(code) => self.code(code, token, token),
                None => return false,
            },
        }
        true
    }

    fn meaning(&mut self, meaning: Meaning, first: usize, last: usize) {
        match meaning {
            Meaning::Process(process) => self.process(process, first),
            Meaning::WashAt(action) => {
                self.process(Process::MachineWash, first);
                set(self.at(first), |s| &mut s.action, action);
            }
            Meaning::Dry(manner) => {
                self.process(Process::Dry, first);
                self.manner(manner, first);
            }
            Meaning::Drip => self.at(first).drip = true,
            Meaning::DripDry => {
                self.process(Process::Dry, first);
                self.at(first).drip = true;
            }
            Meaning::IronAt(level) => {
                self.process(Process::Iron, first);
                set(self.at(first), |s| &mut s.level, level);
            }
            Meaning::Code(code) => {
                let code = Code::named(code).expect("a test looks up every code of the lexicon");
                self.code(code, first, last);
            }
            Meaning::Not => self.forbid_following(first),
            Meaning::Forbidden => self.forbid_current(first),
            Meaning::NotEither => {
                if self.process_follows(last + 1) || !self.has_process() {
                    self.forbid_following(first);
                } else {
                    self.forbid_current(first);
                }
            }
            Meaning::NotNear => self.forbid_near(first, last),
            Meaning::Only => self.at(first).only = true,
            Meaning::Action(action) => set(self.at(first), |s| &mut s.action, action),
            Meaning::Level(level) => set(self.at(first), |s| &mut s.level, level),
            Meaning::Solvent(solvent) => set(self.at(first), |s| &mut s.solvent, solvent),
            Meaning::Shade => self.at(first).shade = true,
            Meaning::And => self.end(Join::And),
            Meaning::Or => self.end(Join::Or),
            Meaning::Nor => {
                self.end(Join::Or);
                self.forbid_next = true;
            }
            Meaning::Degrees => {
                if let Some(temperature) = self.temperature() {
                    temperature.unit = true;
                }
            }
            Meaning::Component | Meaning::Dots => self.at(first).unclear = true,
            Meaning::Filler => {}
        }
        if let Some(current) = &mut self.current {
            current.span.1 = last;
        }
    }

    /// The statement that this token belongs to.
    fn at(&mut self, token: usize) -> &mut Statement {
        let join = self.join;
        let current = self.current.get_or_insert_with(|| Statement {
            span: (token, token),
            join,
            ..Statement::default()
        });
        current.span.1 = token;
        current
    }

    fn temperature(&mut self) -> Option<&mut Temperature> {
        self.current.as_mut()?.temperature.as_mut()
    }

    fn has_process(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.process.is_some())
    }

    /// Starts on a process, in the statement at hand if that has none yet.
    fn process(&mut self, process: Process, token: usize) {
        let current = self.current.as_ref().and_then(|current| current.process);
        let same = match current {
            None => true,
            Some(Process::Wash) => matches!(process, Process::Wash | Process::MachineWash),
            Some(Process::MachineWash) => process == Process::Wash,
            Some(Process::Tumble | Process::Dry) => process == Process::Dry,
            Some(_) => false,
        };
        if !same || (self.forbid_next && current.is_some()) {
            self.close();
        }
        let forbid = std::mem::take(&mut self.forbid_next);
        let statement = self.at(token);
        if !matches!(statement.process, Some(Process::MachineWash | Process::Tumble)) {
            statement.process = Some(process);
        }
        statement.forbidden |= forbid;
    }

    fn manner(&mut self, manner: Manner, token: usize) {
        set(self.at(token), |s| &mut s.manner, manner);
    }

    /// A code stands beside a process of the same phrase: "machine wash 40 inside out".
    fn code(&mut self, code: Code, first: usize, last: usize) {
        if !matches!(code.slot(), Slot::Note | Slot::Steam) && self.has_process() {
            self.close();
        }
        let forbidden = std::mem::take(&mut self.forbid_next);
        let statement = self.at(first);
        statement.unclear |= forbidden;
        statement.codes.push(code);
        statement.span.1 = last;
    }

    /// The level that a number of dots stands for: "2 pistettä".
    fn dots(&self, token: usize, tenths: u32) -> Option<Level> {
        let (meaning, _) = self.lexicon.longest(self.text, token + 1)?;
        match (meaning, tenths) {
            (Meaning::Dots, 10) => Some(Level::Low),
            (Meaning::Dots, 20) => Some(Level::Medium),
            (Meaning::Dots, 30) => Some(Level::High),
            _ => None,
        }
    }

    fn number(&mut self, token: usize, tenths: u32, unit: Unit) {
        let range = token
            .checked_sub(1)
            .is_some_and(|before| self.text.tokens[before].piece == Piece::Mark(Mark::Range));
        let celsius = match unit {
            Unit::Percent => None,
            Unit::Fahrenheit => from_fahrenheit(tenths / 10),
            Unit::Celsius | Unit::None => u8::try_from(tenths / 10).ok(),
        };
        let statement = self.at(token);
        let Some(celsius) = celsius.filter(|_| tenths.is_multiple_of(10)) else {
            statement.unclear = true;
            return;
        };
        let new = Temperature { celsius, unit: unit != Unit::None };
        match &mut statement.temperature {
            None => statement.temperature = Some(new),
            // A range goes up to its end, which is the limit.
            Some(own) if range => {
                *own =
                    Temperature { celsius: celsius.max(own.celsius), unit: own.unit || new.unit };
            }
            Some(own) if own.celsius == celsius => own.unit |= new.unit,
            Some(_) => statement.unclear = true,
        }
    }

    /// "Do not": what follows is another statement.
    fn forbid_following(&mut self, token: usize) {
        if self.has_process() {
            self.close();
        }
        let twice = std::mem::replace(&mut self.forbid_next, true);
        self.at(token).unclear |= twice;
    }

    fn forbid_current(&mut self, token: usize) {
        let statement = self.at(token);
        statement.unclear |= statement.forbidden || statement.process.is_none();
        statement.forbidden = true;
    }

    /// "Torktumlas ej stryks ej" without a comma may be read both ways, so it is not read.
    fn forbid_near(&mut self, first: usize, last: usize) {
        let bare = self.current.as_ref().is_some_and(Statement::is_bare);
        if !self.has_process() {
            self.forbid_following(first);
        } else if !self.process_follows(last + 1) {
            self.forbid_current(first);
        } else if bare {
            self.at(first).unclear = true;
        } else {
            self.forbid_following(first);
        }
    }

    /// Whether a process comes next, but for words that add nothing.
    fn process_follows(&self, mut token: usize) -> bool {
        while let Some((meaning, length)) = self.lexicon.longest(self.text, token) {
            match meaning {
                Meaning::Filler | Meaning::Only => token += length,
                Meaning::Process(_)
                | Meaning::Dry(_)
                | Meaning::DripDry
                | Meaning::IronAt(_)
                | Meaning::WashAt(_) => return true,
                _ => return false,
            }
        }
        false
    }

    fn end(&mut self, join: Join) {
        self.close();
        // "A, and B" is joined by "and"; a sentence's end outranks a comma beside it.
        let weaker = join == Join::Comma && matches!(self.join, Join::Stop | Join::And | Join::Or);
        if !weaker {
            self.join = join;
        }
    }

    fn close(&mut self) {
        let Some(mut statement) = self.current.take() else {
            return;
        };
        if self.forbid_next {
            statement.unclear = true;
            self.forbid_next = false;
        }
        self.join = Join::None;
        let component = self.components.last_mut().expect("there is one from the start");
        component.statements.push(statement);
    }
}

fn set<T: PartialEq>(
    statement: &mut Statement,
    field: fn(&mut Statement) -> &mut Option<T>,
    value: T,
) {
    let field = field(statement);
    let clash = field.as_ref().is_some_and(|own| *own != value);
    if clash {
        statement.unclear = true;
    } else {
        *field = Some(value);
    }
}

/// The washing temperatures of American labels.
fn from_fahrenheit(degrees: u32) -> Option<u8> {
    match degrees {
        85 | 86 => Some(30),
        104 | 105 => Some(40),
        120 | 122 => Some(50),
        140 => Some(60),
        160 => Some(70),
        _ => None,
    }
}

fn abbreviated(word: &str) -> Option<Code> {
    let code = match word {
        "DNW" => "W0",
        "HW" => "WH",
        "DNB" => "B0",
        "DNTD" | "DNT" => "T0",
        "TDL" => "T1",
        "TDN" | "TDM" => "T2",
        "DNI" => "I0",
        "CI" => "I1",
        "WI" => "I2",
        "HI" => "I3",
        "DNDC" => "D0",
        _ => {
            let limit = word.strip_prefix("MW").and_then(|rest| rest.parse().ok());
            return match limit {
                Some(celsius) => Code::at(Slot::Wash, [wash_limit(celsius)?, 3]),
                None => Code::named(word),
            };
        }
    };
    Code::named(code)
}
