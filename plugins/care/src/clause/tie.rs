//! Joining statements that complete each other, and settling what a "not" reaches.

use crate::lexicon::Process;
use crate::statement::{Join, Statement};

/// Leaves statements that each stand for themselves.
pub(super) fn tie(statements: &mut Vec<Statement>) {
    spread_not(statements);
    let mut tied: Vec<Statement> = Vec::with_capacity(statements.len());
    let mut rest = statements.drain(..).peekable();
    while let Some(mut statement) = rest.next() {
        if let Some(last) = tied.last_mut() {
            let completes = statement.is_modifier() || (last.is_wash() && statement.is_wash());
            if completes && !last.unclear && !statement.forbidden && last.absorb(&statement) {
                continue;
            }
            if last.headed && last.is_bare() && statement.join == Join::None {
                *last = statement;
                continue;
            }
        }
        if statement.is_modifier()
            && let Some(next) = rest.peek()
            && !matches!(next.join, Join::Stop)
            && next.process.is_some()
            && !next.unclear
        {
            let mut whole = next.clone();
            whole.join = statement.join;
            if whole.absorb(&statement) {
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
fn spread_not(statements: &mut [Statement]) {
    let mut from = 0;
    while from < statements.len() {
        let mut to = from + 1;
        while statements[from].forbidden && to < statements.len() && listed(&statements[to]) {
            to += 1;
        }
        if let Some(last) = (from + 1..to).rfind(|&index| statements[index].join == Join::Or) {
            for statement in &mut statements[from + 1..=last] {
                statement.forbidden = true;
            }
            from = last;
        } else if let Some(next) = statements[from + 1..to].first_mut()
            && matches!(next.join, Join::Comma | Join::And)
            && next.process != Some(Process::HandWash)
            && !next.only
        {
            next.unclear = true;
        }
        from += 1;
    }
}

/// Whether a statement may be in the list of what is forbidden.
fn listed(statement: &Statement) -> bool {
    statement.is_bare()
        && !statement.headed
        && matches!(statement.join, Join::Comma | Join::And | Join::Or)
}
