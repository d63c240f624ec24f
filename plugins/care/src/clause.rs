//! From tokens to statements: which words belong together.

mod abbreviation;
mod joining;
mod negation;
mod scope;

use crate::lexicon::{CareLexicon, CareProcess, DryingManner, HeatLevel, PhraseMeaning};
use crate::statement::{
    BanReach, CareStatement, StatedPermission, StatedTemperature, StatementJoin,
};
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
    };
    let mut token = 0;
    while token < text.tokens.len() {
        token += reader.read_token(token);
    }
    reader.close_statement();
    let mut components = reader.components;
    components.retain(|component| !component.statements.is_empty());
    for component in &mut components {
        scope::settle_scopes(&mut component.statements);
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
}

impl ClauseReader<'_, '_> {
    /// Reads what starts at this token, and says how many tokens it took.
    fn read_token(&mut self, token: usize) -> usize {
        match self.text.tokens[token].kind {
            TokenKind::Mark(PunctuationMark::Stop) => self.end_phrase(StatementJoin::Stop),
            TokenKind::Mark(PunctuationMark::Bullet) => self.end_phrase(StatementJoin::Bullet),
            TokenKind::Mark(PunctuationMark::Comma) => self.end_phrase(StatementJoin::Comma),
            TokenKind::Mark(PunctuationMark::And) => self.end_phrase(StatementJoin::And),
            TokenKind::Mark(PunctuationMark::Or) => self.end_phrase(StatementJoin::Or),
            TokenKind::Mark(PunctuationMark::Colon) => {
                if let Some(current) = &mut self.current {
                    current.has_colon |= current.is_bare() || current.is_only_allowing();
                    current.is_ban_heading |= current.forbidden && current.is_empty();
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

    fn apply_meaning(&mut self, meaning: PhraseMeaning, first: usize, last: usize) {
        match meaning {
            PhraseMeaning::Process(process) => {
                self.begin_process(process, first);
                let is_partitive = self.text.lowercase_word(last).is_some_and(is_partitive);
                self.extend_statement(last).is_partitive |= is_partitive;
            }
            PhraseMeaning::Instruct(process) => {
                self.begin_process(process, first);
                self.permit(StatedPermission::Instructed, first);
            }
            PhraseMeaning::Agent(process) => {
                self.extend_statement(first).has_with = true;
                self.begin_process(process, first);
            }
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
                // Its "not" reaches as far as any other.
                if code.is_ban() {
                    self.extend_statement(last).reach = Some(BanReach::Following);
                }
            }
            PhraseMeaning::ForbidFollowing => self.forbid_following(first),
            PhraseMeaning::Without => self.forbid_without(first),
            PhraseMeaning::ForbidPreceding => self.forbid_preceding(first, last),
            PhraseMeaning::ForbidEitherSide => self.forbid_either_side(first, last),
            PhraseMeaning::ForbidNearest => self.forbid_near(first, last),
            PhraseMeaning::Allow => self.permit(StatedPermission::Allowed, first),
            PhraseMeaning::May if self.has_process() => self.extend_statement(first).unclear = true,
            PhraseMeaning::May => self.permit(StatedPermission::Allowed, first),
            PhraseMeaning::Use => self.permit(StatedPermission::Instructed, first),
            PhraseMeaning::With => self.extend_statement(first).has_with = true,
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
                self.forbid_following(first);
                self.extend_statement(first).continues_ban = true;
            }
            PhraseMeaning::But => self.end_phrase(StatementJoin::But),
            PhraseMeaning::Degrees => {
                if let Some(temperature) = &mut self.extend_statement(first).temperature {
                    temperature.has_unit = true;
                }
            }
            PhraseMeaning::Component | PhraseMeaning::Dots | PhraseMeaning::Unread => {
                self.extend_statement(first).unclear = true
            }
            PhraseMeaning::Context => {
                self.extend_statement(first);
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

    fn has_process(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.process.is_some())
    }

    /// Whether an instruction of its own is in the statement at hand: DNB, "avoid water".
    fn has_own_instruction(&self) -> bool {
        let is_note = |code: &CareCode| code.slot() == LabelSlot::Note && !code.is_ban();
        self.current.as_ref().is_some_and(|current| !current.codes.iter().all(is_note))
    }

    /// Starts on a process, in the statement at hand if that has none yet.
    fn begin_process(&mut self, process: CareProcess, token: usize) {
        let current = self.current.as_ref().and_then(|current| current.process);
        let same = match current {
            None => !self.has_own_instruction(),
            Some(CareProcess::Wash) => {
                matches!(process, CareProcess::Wash | CareProcess::MachineWash)
            }
            Some(CareProcess::MachineWash) => process == CareProcess::Wash,
            Some(CareProcess::Tumble | CareProcess::Dry) => process == CareProcess::Dry,
            Some(_) => false,
        };
        if self.is_washing_agent(process) {
            self.extend_statement(token).process = Some(process);
            return;
        }
        if !same && self.has_agent_of(process) {
            return;
        }
        if !same {
            self.close_statement();
        }
        let statement = self.extend_statement(token);
        if !matches!(statement.process, Some(CareProcess::MachineWash | CareProcess::Tumble)) {
            statement.process = Some(process);
        }
    }

    fn permit(&mut self, permission: StatedPermission, token: usize) {
        let statement = self.extend_statement(token);
        statement.permission = statement.permission.max(permission);
    }

    fn set_manner(&mut self, manner: DryingManner, token: usize) {
        set_field(self.extend_statement(token), |s| &mut s.manner, manner);
    }

    /// A code stands beside a process of the same phrase: "machine wash 40 inside out".
    fn add_code(&mut self, code: CareCode, first: usize, last: usize) {
        if !matches!(code.slot(), LabelSlot::Note | LabelSlot::Steam) && self.has_process() {
            self.close_statement();
        }
        let statement = self.extend_statement(first);
        statement.unclear |= statement.forbidden && statement.process.is_none();
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

    fn end_phrase(&mut self, join: StatementJoin) {
        let began = self.current.is_some();
        self.close_statement();
        self.join = if began { join } else { stronger_join(self.join, join) };
    }

    fn close_statement(&mut self) {
        let Some(mut statement) = self.current.take() else {
            return;
        };
        // "Iron:" asks, and the answer may stand in the next line.
        if statement.has_colon && statement.is_bare() {
            statement.permission = StatedPermission::Unsaid;
        }
        self.join = StatementJoin::None;
        let component = self.components.last_mut().expect("there is one from the start");
        component.statements.push(statement);
    }
}

/// Whether a Finnish name of a process is in the case that "ei" and "vältä" ask for.
fn is_partitive(word: &str) -> bool {
    ["sua", "usta", "ystä", "ainetta", "umpua"].iter().any(|ending| word.ends_with(ending))
}

/// Of two marks beside each other the one that counts. "A, and B" is joined by "and", and a line
/// that ends in "or" goes on in the next.
fn stronger_join(one: StatementJoin, other: StatementJoin) -> StatementJoin {
    use StatementJoin::{And, Bullet, But, Comma, None, Or, Stop};
    let rank = |join| match join {
        None => 0,
        Bullet => 1,
        Stop | Comma => 2,
        But => 3,
        And => 4,
        Or => 5,
    };
    if rank(other) > rank(one) { other } else { one }
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
