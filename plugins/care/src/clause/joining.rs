//! Joining statements that complete each other, and settling what a "not" reaches.

use crate::lexicon::CareProcess;
use crate::statement::{CareStatement, StatementJoin};

/// Leaves statements that each stand for themselves.
pub(super) fn join_statements(statements: &mut Vec<CareStatement>) {
    spread_negation(statements);
    let mut tied: Vec<CareStatement> = Vec::with_capacity(statements.len());
    let mut rest = statements.drain(..).peekable();
    while let Some(mut statement) = rest.next() {
        if let Some(last) = tied.last_mut() {
            let completes = statement.is_modifier() || (last.is_wash() && statement.is_wash());
            if completes && !last.unclear && !statement.forbidden && last.try_merge(&statement) {
                continue;
            }
            if last.has_colon && last.is_bare() && statement.join == StatementJoin::None {
                *last = statement;
                continue;
            }
        }
        if statement.is_modifier()
            && let Some(next) = rest.peek()
            && !matches!(next.join, StatementJoin::Stop)
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

/// "Do not bleach, iron or tumble dry" forbids all three; "do not bleach, iron" or "do not bleach
/// and iron" may mean either, so what follows is not read.
fn spread_negation(statements: &mut [CareStatement]) {
    let mut from = 0;
    while from < statements.len() {
        let mut to = from + 1;
        while statements[from].forbidden && to < statements.len() && is_list_item(&statements[to]) {
            to += 1;
        }
        if let Some(last) =
            (from + 1..to).rfind(|&index| statements[index].join == StatementJoin::Or)
        {
            for statement in &mut statements[from + 1..=last] {
                statement.forbidden = true;
            }
            from = last;
        } else if let Some(next) = statements[from + 1..to].first_mut()
            && matches!(next.join, StatementJoin::Comma | StatementJoin::And)
            && next.process != Some(CareProcess::HandWash)
            && !next.only
        {
            next.unclear = true;
        }
        from += 1;
    }
}

/// Whether a statement may be in the list of what is forbidden.
fn is_list_item(statement: &CareStatement) -> bool {
    statement.is_bare()
        && !statement.has_colon
        && matches!(statement.join, StatementJoin::Comma | StatementJoin::And | StatementJoin::Or)
}
