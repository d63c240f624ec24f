//! Joining statements that complete each other.

use crate::lexicon::CareProcess;
use crate::statement::{CareStatement, StatementJoin};

/// Leaves statements that each stand for themselves.
pub(super) fn join_statements(statements: &mut Vec<CareStatement>) {
    let mut tied: Vec<CareStatement> = Vec::with_capacity(statements.len());
    let mut rest = statements.drain(..).peekable();
    while let Some(mut statement) = rest.next() {
        if let Some(last) = tied.last_mut() {
            // Behind a sentence's end a degree is of washing, or of what a colon asks for.
            let is_of_washing = last.is_wash() || last.process.is_none();
            let is_near = is_of_washing || last.has_colon || !statement.is_apart();
            let completes = (statement.is_modifier() && is_near)
                || (last.is_wash() && statement.is_wash() && !statement.unclear);
            if completes && !last.unclear && !statement.forbidden && last.try_merge(&statement) {
                continue;
            }
            if last.has_colon
                && last.is_bare()
                && statement.join == StatementJoin::None
                && is_kind_of(statement.process, last.process)
            {
                statement.span.0 = last.span.0;
                *last = statement;
                continue;
            }
        }
        if statement.is_modifier()
            && let Some(next) = rest.peek()
            && !next.is_apart()
            && next.process.is_some()
            && !next.unclear
        {
            let mut whole = next.clone();
            whole.join = statement.join;
            if whole.try_merge(&statement) {
                rest.next();
                statement = whole;
            }
        }
        tied.push(statement);
    }
    drop(rest);
    *statements = tied;
}

/// Whether a heading announces the process: "Kuivaus: rumpukuivaus kielletty".
fn is_kind_of(process: Option<CareProcess>, heading: Option<CareProcess>) -> bool {
    match heading {
        Some(CareProcess::Dry) => matches!(process, Some(CareProcess::Dry | CareProcess::Tumble)),
        Some(heading) if heading.is_wash() => process.is_some_and(CareProcess::is_wash),
        Some(CareProcess::Bleach) => matches!(
            process,
            Some(CareProcess::Bleach | CareProcess::ChlorineBleach | CareProcess::OxygenBleach)
        ),
        _ => process == heading,
    }
}
