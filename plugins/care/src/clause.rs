//! From tokens to statements: which words belong together, and what a "not" forbids.

mod joining;

use crate::lexicon::{CareLexicon, CareProcess, DryingManner, HeatLevel, PhraseMeaning, Solvent};
use crate::statement::{CareStatement, StatedTemperature, StatementJoin, wash_limit};
use crate::token::{NumberUnit, PunctuationMark, TokenKind, TokenizedText};
use crate::treatment::{CareCode, LabelSlot};

/// A part of the product with its statements. The name is empty for what comes before any.
pub(crate) struct CareComponent<'a> {
    pub(crate) name: &'a str,
    pub(crate) statements: Vec<CareStatement>,
}

/// Reads a text into its components.
pub(crate) fn read_components<'a>(
    lexicon: &CareLexicon,
    text: &TokenizedText<'a>,
) -> Vec<CareComponent<'a>> {
    let mut reader = ClauseReader {
        lexicon,
        text,
        components: vec![CareComponent { name: "", statements: Vec::new() }],
        current: None,
        join: StatementJoin::Stop,
        forbid_next: false,
    };
    let mut token = 0;
    while token < text.tokens.len() {
        token += reader.read_token(token);
    }
    reader.close_statement();
    let mut components = reader.components;
    components.retain(|component| !component.statements.is_empty());
    for component in &mut components {
        joining::join_statements(&mut component.statements);
    }
    components
}

struct ClauseReader<'t, 'a> {
    lexicon: &'t CareLexicon,
    text: &'t TokenizedText<'a>,
    components: Vec<CareComponent<'a>>,
    current: Option<CareStatement>,
    /// How the next statement will be tied to the last.
    join: StatementJoin,
    /// A "not" waits for its process.
    forbid_next: bool,
}

impl ClauseReader<'_, '_> {
    /// Reads what starts at this token, and says how many tokens it took.
    fn read_token(&mut self, token: usize) -> usize {
        match self.text.tokens[token].kind {
            TokenKind::Mark(PunctuationMark::Stop) => self.end_phrase(StatementJoin::Stop),
            TokenKind::Mark(PunctuationMark::Comma) => self.end_phrase(StatementJoin::Comma),
            TokenKind::Mark(PunctuationMark::Colon) => {
                if let Some(current) = &mut self.current {
                    current.has_colon |= current.is_bare();
                }
            }
            TokenKind::Mark(PunctuationMark::Range) => {}
            TokenKind::Number { tenths, unit } => match self.level_of_dots(token, tenths) {
                Some(level) => {
                    set_field(self.extend_statement(token), |s| &mut s.level, level);
                    self.extend_statement(token + 1);
                    return 2;
                }
                None => self.read_number(token, tenths, unit),
            },
            TokenKind::Word { .. } => return self.read_word(token),
        }
        1
    }

    fn read_word(&mut self, token: usize) -> usize {
        let source = self.text.source_fragment(token, token);
        if self.read_abbreviation(token, source) {
            return 1;
        }
        match self.lexicon.find_longest_phrase(self.text, token) {
            Some((PhraseMeaning::Component, length)) if self.has_colon_at(token + length) => {
                self.end_phrase(StatementJoin::Stop);
                let name = self.text.source_fragment(token, token + length - 1);
                self.components.push(CareComponent { name, statements: Vec::new() });
                length + 1
            }
            Some((meaning, length)) => {
                self.apply_meaning(meaning, token, token + length - 1);
                length
            }
            None => {
                self.extend_statement(token).unclear = true;
                1
            }
        }
    }

    fn has_colon_at(&self, token: usize) -> bool {
        self.text
            .tokens
            .get(token)
            .is_some_and(|token| token.kind == TokenKind::Mark(PunctuationMark::Colon))
    }

    /// Codes and the abbreviations of the trade, which are written in capitals.
    fn read_abbreviation(&mut self, token: usize, word: &str) -> bool {
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() > 4 {
            return false;
        }
        let process = self.current.as_ref().and_then(|current| current.process);
        let solvent = self.current.as_ref().is_some_and(|current| current.solvent.is_some());
        match (process, word) {
            // "Hydrocarbons (F)": the letter repeats the word.
            (_, "P" | "F") if solvent => {
                self.extend_statement(token);
            }
            (Some(CareProcess::DryClean), "P") => {
                self.extend_statement(token).solvent = Some(Solvent::Perchloroethylene);
            }
            (Some(CareProcess::DryClean), "F") => {
                self.extend_statement(token).solvent = Some(Solvent::Hydrocarbon)
            }
            (Some(CareProcess::WetClean), "W") => {
                self.extend_statement(token);
            }
            (Some(_), "P" | "F" | "W") => return false,
            _ => match parse_abbreviation(word) {
                Some(code) => self.add_code(code, token, token),
                None => return false,
            },
        }
        true
    }

    fn apply_meaning(&mut self, meaning: PhraseMeaning, first: usize, last: usize) {
        match meaning {
            PhraseMeaning::Process(process) => self.begin_process(process, first),
            PhraseMeaning::WashAt(action) => {
                self.begin_process(CareProcess::MachineWash, first);
                set_field(self.extend_statement(first), |s| &mut s.action, action);
            }
            PhraseMeaning::Dry(manner) => {
                self.begin_process(CareProcess::Dry, first);
                self.set_manner(manner, first);
            }
            PhraseMeaning::Drip => self.extend_statement(first).drip = true,
            PhraseMeaning::DripDry => {
                self.begin_process(CareProcess::Dry, first);
                self.extend_statement(first).drip = true;
            }
            PhraseMeaning::IronAt(level) => {
                self.begin_process(CareProcess::Iron, first);
                set_field(self.extend_statement(first), |s| &mut s.level, level);
            }
            PhraseMeaning::Code(code) => {
                let code = CareCode::find_by_name(code)
                    .expect("a test looks up every code of the lexicon");
                self.add_code(code, first, last);
            }
            PhraseMeaning::ForbidFollowing => self.forbid_following(first),
            PhraseMeaning::ForbidPreceding => self.forbid_current(first),
            PhraseMeaning::ForbidEitherSide => {
                if self.is_process_next(last + 1) || !self.has_process() {
                    self.forbid_following(first);
                } else {
                    self.forbid_current(first);
                }
            }
            PhraseMeaning::ForbidNearest => self.forbid_near(first, last),
            PhraseMeaning::Only => self.extend_statement(first).only = true,
            PhraseMeaning::Action(action) => {
                set_field(self.extend_statement(first), |s| &mut s.action, action)
            }
            PhraseMeaning::Level(level) => {
                set_field(self.extend_statement(first), |s| &mut s.level, level)
            }
            PhraseMeaning::Solvent(solvent) => {
                set_field(self.extend_statement(first), |s| &mut s.solvent, solvent)
            }
            PhraseMeaning::Shade => self.extend_statement(first).shade = true,
            PhraseMeaning::And => self.end_phrase(StatementJoin::And),
            PhraseMeaning::Or => self.end_phrase(StatementJoin::Or),
            PhraseMeaning::Nor => {
                self.end_phrase(StatementJoin::Or);
                self.forbid_next = true;
            }
            PhraseMeaning::Degrees => {
                if let Some(temperature) = self.current_temperature() {
                    temperature.has_unit = true;
                }
            }
            PhraseMeaning::Component | PhraseMeaning::Dots => {
                self.extend_statement(first).unclear = true
            }
            PhraseMeaning::Filler => {}
        }
        if let Some(current) = &mut self.current {
            current.span.1 = last;
        }
    }

    /// The statement that this token belongs to.
    fn extend_statement(&mut self, token: usize) -> &mut CareStatement {
        let join = self.join;
        let current = self.current.get_or_insert_with(|| CareStatement {
            span: (token, token),
            join,
            ..CareStatement::default()
        });
        current.span.1 = token;
        current
    }

    fn current_temperature(&mut self) -> Option<&mut StatedTemperature> {
        self.current.as_mut()?.temperature.as_mut()
    }

    fn has_process(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.process.is_some())
    }

    /// Starts on a process, in the statement at hand if that has none yet.
    fn begin_process(&mut self, process: CareProcess, token: usize) {
        let current = self.current.as_ref().and_then(|current| current.process);
        let same = match current {
            None => true,
            Some(CareProcess::Wash) => {
                matches!(process, CareProcess::Wash | CareProcess::MachineWash)
            }
            Some(CareProcess::MachineWash) => process == CareProcess::Wash,
            Some(CareProcess::Tumble | CareProcess::Dry) => process == CareProcess::Dry,
            Some(_) => false,
        };
        if !same || (self.forbid_next && current.is_some()) {
            self.close_statement();
        }
        let forbid = std::mem::take(&mut self.forbid_next);
        let statement = self.extend_statement(token);
        if !matches!(statement.process, Some(CareProcess::MachineWash | CareProcess::Tumble)) {
            statement.process = Some(process);
        }
        statement.forbidden |= forbid;
    }

    fn set_manner(&mut self, manner: DryingManner, token: usize) {
        set_field(self.extend_statement(token), |s| &mut s.manner, manner);
    }

    /// A code stands beside a process of the same phrase: "machine wash 40 inside out".
    fn add_code(&mut self, code: CareCode, first: usize, last: usize) {
        if !matches!(code.slot(), LabelSlot::Note | LabelSlot::Steam) && self.has_process() {
            self.close_statement();
        }
        let forbidden = std::mem::take(&mut self.forbid_next);
        let statement = self.extend_statement(first);
        statement.unclear |= forbidden;
        statement.codes.push(code);
        statement.span.1 = last;
    }

    /// The level that a number of dots stands for: "2 pistettä".
    fn level_of_dots(&self, token: usize, tenths: u32) -> Option<HeatLevel> {
        let (meaning, _) = self.lexicon.find_longest_phrase(self.text, token + 1)?;
        match (meaning, tenths) {
            (PhraseMeaning::Dots, 10) => Some(HeatLevel::Low),
            (PhraseMeaning::Dots, 20) => Some(HeatLevel::Medium),
            (PhraseMeaning::Dots, 30) => Some(HeatLevel::High),
            _ => None,
        }
    }

    fn read_number(&mut self, token: usize, tenths: u32, unit: NumberUnit) {
        let range = token.checked_sub(1).is_some_and(|before| {
            self.text.tokens[before].kind == TokenKind::Mark(PunctuationMark::Range)
        });
        let celsius = match unit {
            NumberUnit::Percent => None,
            NumberUnit::Fahrenheit => fahrenheit_to_celsius(tenths / 10),
            NumberUnit::Celsius | NumberUnit::None => u8::try_from(tenths / 10).ok(),
        };
        let statement = self.extend_statement(token);
        let Some(celsius) = celsius.filter(|_| tenths.is_multiple_of(10)) else {
            statement.unclear = true;
            return;
        };
        let new = StatedTemperature { celsius, has_unit: unit != NumberUnit::None };
        match &mut statement.temperature {
            None => statement.temperature = Some(new),
            // A range goes up to its end, which is the limit.
            Some(own) if range => {
                *own = StatedTemperature {
                    celsius: celsius.max(own.celsius),
                    has_unit: own.has_unit || new.has_unit,
                };
            }
            Some(own) if own.celsius == celsius => own.has_unit |= new.has_unit,
            Some(_) => statement.unclear = true,
        }
    }

    /// "Do not": what follows is another statement.
    fn forbid_following(&mut self, token: usize) {
        if self.has_process() {
            self.close_statement();
        }
        let twice = std::mem::replace(&mut self.forbid_next, true);
        self.extend_statement(token).unclear |= twice;
    }

    fn forbid_current(&mut self, token: usize) {
        let statement = self.extend_statement(token);
        statement.unclear |= statement.forbidden || statement.process.is_none();
        statement.forbidden = true;
    }

    /// "Torktumlas ej stryks ej" without a comma may be read both ways, so it is not read.
    fn forbid_near(&mut self, first: usize, last: usize) {
        let bare = self.current.as_ref().is_some_and(CareStatement::is_bare);
        if !self.has_process() {
            self.forbid_following(first);
        } else if !self.is_process_next(last + 1) {
            self.forbid_current(first);
        } else if bare {
            self.extend_statement(first).unclear = true;
        } else {
            self.forbid_following(first);
        }
    }

    /// Whether a process comes next, but for words that add nothing.
    fn is_process_next(&self, mut token: usize) -> bool {
        while let Some((meaning, length)) = self.lexicon.find_longest_phrase(self.text, token) {
            match meaning {
                PhraseMeaning::Filler | PhraseMeaning::Only => token += length,
                PhraseMeaning::Process(_)
                | PhraseMeaning::Dry(_)
                | PhraseMeaning::DripDry
                | PhraseMeaning::IronAt(_)
                | PhraseMeaning::WashAt(_) => return true,
                _ => return false,
            }
        }
        false
    }

    fn end_phrase(&mut self, join: StatementJoin) {
        self.close_statement();
        // "A, and B" is joined by "and"; a sentence's end outranks a comma beside it.
        let weaker = join == StatementJoin::Comma
            && matches!(self.join, StatementJoin::Stop | StatementJoin::And | StatementJoin::Or);
        if !weaker {
            self.join = join;
        }
    }

    fn close_statement(&mut self) {
        let Some(mut statement) = self.current.take() else {
            return;
        };
        if self.forbid_next {
            statement.unclear = true;
            self.forbid_next = false;
        }
        self.join = StatementJoin::None;
        let component = self.components.last_mut().expect("there is one from the start");
        component.statements.push(statement);
    }
}

fn set_field<T: PartialEq>(
    statement: &mut CareStatement,
    field: fn(&mut CareStatement) -> &mut Option<T>,
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
fn fahrenheit_to_celsius(degrees: u32) -> Option<u8> {
    match degrees {
        85 | 86 => Some(30),
        104 | 105 => Some(40),
        120 | 122 => Some(50),
        140 => Some(60),
        160 => Some(70),
        _ => None,
    }
}

fn parse_abbreviation(word: &str) -> Option<CareCode> {
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
                Some(celsius) => {
                    CareCode::find_by_degrees(LabelSlot::Wash, [wash_limit(celsius)?, 3])
                }
                None => CareCode::find_by_name(word),
            };
        }
    };
    CareCode::find_by_name(code)
}
