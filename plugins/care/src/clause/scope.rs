//! How far a "not" reaches.
//!
//! "Do not bleach, iron or tumble dry" and "Valkaisu, silitys ja rumpukuivaus kielletty" forbid all
//! three. A list without a conjunction ("do not bleach, iron") may be read both ways: then what is
//! only named is not read. So is what the text says more of ("do not bleach or iron hot"), because
//! it may be allowed or forbidden. Nothing that a "not" may reach allows anything.

use crate::lexicon::{CareProcess, HeatLevel};
use crate::statement::{BanReach, CareStatement, StatedPermission, StatementJoin};

/// Forbids what each "not" reaches, and marks as unclear what it may reach.
pub(super) fn settle_scopes(statements: &mut Vec<CareStatement>) {
    hand_on_headings(statements);
    let is_unread: Vec<bool> = statements.iter().map(|statement| statement.unclear).collect();
    for head in 0..statements.len() {
        match statements[head].reach {
            Some(BanReach::Following) => settle_following(statements, head),
            Some(BanReach::Preceding) => {
                settle_preceding(statements, head);
                settle_after(statements, head);
            }
            Some(BanReach::Both) => {
                settle_preceding(statements, head);
                settle_following(statements, head);
            }
            None => {}
        }
    }
    settle_beside_unread(statements, &is_unread);
}

/// "Do not:" and "Allowed:" in a line of their own are about the next.
fn hand_on_headings(statements: &mut Vec<CareStatement>) {
    let mut at = 0;
    while at + 1 < statements.len() {
        let (heading, next) = (&statements[at], &statements[at + 1]);
        let forbids = heading.is_ban_heading && heading.is_empty() && next.is_bare();
        let allows = heading.has_colon && heading.is_only_allowing() && !next.unclear;
        if forbids || allows {
            let heading = statements.remove(at);
            let next = &mut statements[at];
            next.span.0 = heading.span.0;
            next.join = heading.join;
            next.has_colon |= allows;
            next.permission = next.permission.max(heading.permission);
            if forbids {
                next.forbidden = true;
                next.reach = heading.reach;
                next.is_ban_heading = true;
                next.is_ban_of_lines = true;
            }
        }
        at += 1;
    }
}

fn settle_following(statements: &mut [CareStatement], head: usize) {
    // A "not" that stands alone may mean anything.
    let is_open = statements[head].forbidden && statements[head].is_empty();
    let crosses_stops = is_open || statements[head].is_ban_of_lines;
    let end = find_run_end(statements, head, crosses_stops);
    let goes_on = statements.get(end).is_some_and(|next| next.continues_ban);
    let mut listed = if statements[head].is_ban_heading || is_open || goes_on {
        end
    } else {
        let last = (head + 1..end).rfind(|&at| is_list_join(statements, head, at));
        last.map_or(head + 1, |at| at + 1)
    };
    let mut only_names = !is_open;
    for statement in &mut statements[head + 1..listed] {
        only_names &= statement.join != StatementJoin::But && !statement.is_qualified();
        if only_names && statement.is_bare() {
            statement.forbidden = true;
        } else {
            mark_unclear(statement);
        }
    }
    // "Ei valkaisua, silitystä" needs no conjunction.
    while only_names && listed < end && is_partitive_item(&statements[listed]) {
        statements[listed].forbidden = true;
        listed += 1;
    }
    for at in listed..end {
        if statements[at].is_bare() && !is_contrast(&statements[head], &statements[at]) {
            statements[at].unclear = true;
        }
    }
    for at in head..listed {
        if statements[at].forbidden && shares_place(statements, at) {
            statements[at].unclear = true;
        }
    }
}

fn is_partitive_item(statement: &CareStatement) -> bool {
    statement.is_bare()
        && statement.is_partitive
        && statement.permission == StatedPermission::Unsaid
        && statement.join == StatementJoin::Comma
}

/// The first statement behind that belongs to another sentence or has a "not" of its own.
fn find_run_end(statements: &[CareStatement], head: usize, crosses_stops: bool) -> usize {
    let ends = |statement: &CareStatement| {
        statement.reach.is_some()
            || (statement.join == StatementJoin::Stop && !crosses_stops)
            || (statement.has_colon && statement.is_apart() && crosses_stops)
    };
    (head + 1..statements.len()).find(|&at| ends(&statements[at])).unwrap_or(statements.len())
}

/// Whether the conjunction before this statement goes on with the list of what is forbidden. In
/// "do not bleach, tumble dry low and iron medium" and "do not tumble dry, line dry or dry flat" it
/// joins what is allowed.
fn is_list_join(statements: &[CareStatement], head: usize, at: usize) -> bool {
    let (this, before) = (&statements[at], &statements[at - 1]);
    let before_is_apart = at - 1 > head && before.is_qualified() && !before.join.is_conjunction();
    match this.join {
        StatementJoin::And => this.is_bare() || !before_is_apart,
        StatementJoin::Or => {
            !(before_is_apart && this.is_natural_drying() && before.is_natural_drying())
        }
        _ => false,
    }
}

/// "Do not wash or dry in a drum": the place behind may belong to the washing, too.
fn shares_place(statements: &[CareStatement], at: usize) -> bool {
    statements[at].process == Some(CareProcess::Wash)
        && statements.get(at + 1).is_some_and(|next| {
            next.join.is_conjunction() && next.unclear && next.process.is_some()
        })
}

fn settle_preceding(statements: &mut [CareStatement], head: usize) {
    let (mut has_conjunction, mut only_names) = (false, !statements[head].unclear);
    for at in (0..head).rev() {
        let join = statements[at + 1].join;
        let before = &mut statements[at];
        let is_settled = before.forbidden || before.only || before.reach.is_some();
        let is_asked = join == StatementJoin::None && before.has_colon;
        let is_apart = is_asked || matches!(join, StatementJoin::Stop | StatementJoin::But);
        if is_apart || is_settled || before.permission == StatedPermission::Allowed {
            break;
        }
        has_conjunction |= join.is_conjunction();
        let is_listed = join.is_conjunction() || (has_conjunction && join == StatementJoin::Comma);
        if before.is_bare() {
            before.forbidden = only_names && is_listed;
            before.unclear = !before.forbidden;
        } else if before.is_qualified() {
            let may_be_listed =
                join.is_conjunction() || (has_conjunction && before.level == Some(HeatLevel::High));
            if only_names && !may_be_listed {
                break;
            }
            before.unclear = true;
            only_names = false;
        }
    }
}

/// "Blek ej eller stryk" goes on with the ban; "blek ej, stryk" may not.
fn settle_after(statements: &mut [CareStatement], head: usize) {
    let end = find_run_end(statements, head, false);
    let mut is_listed = true;
    for at in head + 1..end {
        is_listed &= statements[at].join == StatementJoin::Or;
        if statements[at].is_bare() {
            let is_contrast = is_contrast(&statements[head], &statements[at]);
            statements[at].forbidden = is_listed;
            statements[at].unclear = !is_listed && !is_contrast;
        } else if is_listed {
            mark_unclear(&mut statements[at]);
        }
    }
}

/// What is not understood may forbid, and a code such as DNB does. An imperative behind it in the
/// sentence, and a degree beside it after "or", may belong to that.
fn settle_beside_unread(statements: &mut [CareStatement], is_unread: &[bool]) {
    let (mut follows_unread, mut follows_process) = (false, false);
    for at in 0..statements.len() {
        let join = statements[at].join;
        let before = at.checked_sub(1).map(|before| &statements[before]);
        let forbids = before.is_some_and(|before| before.codes.iter().any(|code| code.is_ban()));
        let before_is_unread = at > 0 && is_unread[at - 1];
        let before_names =
            before_is_unread && before.is_some_and(|before| before.process.is_some());
        follows_unread = !statements[at].is_apart() && (follows_unread || before_is_unread);
        follows_process = !statements[at].is_apart() && (follows_process || before_names);
        let next_is_unread =
            is_unread.get(at + 1) == Some(&true) && statements[at + 1].join == StatementJoin::Or;
        let is_or = (join == StatementJoin::Or && (before_is_unread || forbids)) || next_is_unread;
        let statement = &mut statements[at];
        let may_be_forbidden = match statement.process {
            Some(CareProcess::HandWash) => follows_process,
            _ => follows_unread || (forbids && join.is_conjunction()),
        };
        statement.unclear |= (statement.is_bare() && may_be_forbidden)
            || (statement.is_qualified()
                && is_or
                && !statement.process.is_none_or(CareProcess::is_wash));
    }
}

/// "Ei konepesua, käsinpesu".
fn is_contrast(head: &CareStatement, statement: &CareStatement) -> bool {
    head.process == Some(CareProcess::MachineWash)
        && statement.process == Some(CareProcess::HandWash)
        && statement.permission == StatedPermission::Instructed
        && statement.join == StatementJoin::Comma
}

/// What only has words that say nothing is reported anyway.
fn mark_unclear(statement: &mut CareStatement) {
    statement.unclear |= statement.is_bare() || statement.is_qualified();
}
