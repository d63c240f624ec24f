//! What came of a project's cases, for a terminal and as JSON.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::case_run::{CaseRun, NondeterministicOutcome, RerunKind, ResourceUsage};
use super::case_test::{CaseResult, CaseVerdict, TestReport};
use super::difference::OutcomeDifference;
use rikaste_runtime::{PluginLimits, limits};

/// Whether to colour what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// A terminal that shows colours.
    Colours,
    /// Anything else.
    Plain,
}

impl TextStyle {
    /// What a person should see at once.
    #[must_use]
    pub fn style_bad(self, text: &str) -> String {
        self.apply_code("31", text)
    }

    /// What is as it should be.
    #[must_use]
    pub fn style_good(self, text: &str) -> String {
        self.apply_code("32", text)
    }

    /// What stands beside the point.
    #[must_use]
    pub fn style_faint(self, text: &str) -> String {
        self.apply_code("2", text)
    }

    fn apply_code(self, code: &str, text: &str) -> String {
        match self {
            Self::Colours => format!("\x1b[{code}m{text}\x1b[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// The whole report.
#[must_use]
pub fn format_report(tested: &TestReport, paint: TextStyle) -> String {
    let mut out = String::new();
    for case in &tested.cases {
        write_case(&mut out, case, paint);
    }
    if tested.product_usages().next().is_some() {
        out.push('\n');
        write_tables(&mut out, tested);
    }
    for note in &tested.notes {
        let _ = writeln!(out, "\nnote: {note}");
    }
    write_conclusion(&mut out, tested, paint);
    out
}

/// What is not as it should be, and how many cases there are.
#[must_use]
pub fn format_summary(tested: &TestReport, paint: TextStyle) -> String {
    let mut out = String::new();
    for case in tested.cases.iter().filter(|case| !case.has_passed()) {
        write_case(&mut out, case, paint);
    }
    write_conclusion(&mut out, tested, paint);
    out.trim_start().to_owned()
}

fn write_conclusion(out: &mut String, tested: &TestReport, paint: TextStyle) {
    let failed = tested.cases.iter().filter(|case| !case.has_passed()).count();
    let all = match tested.cases.len() {
        1 => "1 case".to_owned(),
        count => format!("{count} cases"),
    };
    let _ = match failed {
        0 => writeln!(out, "\n{}", paint.style_good(&format!("{all} passed"))),
        _ => writeln!(out, "\n{}", paint.style_bad(&format!("{failed} of {all} failed"))),
    };
}

fn write_case(out: &mut String, case: &CaseResult, paint: TextStyle) {
    let name = &case.name;
    let (run, verdict) = match &case.result {
        Ok(result) => result,
        Err(error) => {
            let _ = writeln!(out, "{} {name}\n    {error}", paint.style_bad("FAILED"));
            return;
        }
    };
    let _ = match verdict {
        CaseVerdict::Same => writeln!(out, "{} {name}", paint.style_good("passed")),
        CaseVerdict::Updated => writeln!(out, "{} {name}", paint.style_good("updated")),
        CaseVerdict::Different(_)
        | CaseVerdict::NothingExpected
        | CaseVerdict::Nondeterministic => {
            writeln!(out, "{} {name}", paint.style_bad("FAILED"))
        }
    };
    match verdict {
        CaseVerdict::Same | CaseVerdict::Updated => {}
        CaseVerdict::Different(differences) => {
            write_differences(out, differences, paint);
            let _ = writeln!(
                out,
                "    If it is right as it is now: rikaste plugin test --update --case {name}"
            );
        }
        CaseVerdict::NothingExpected => {
            let _ = writeln!(
                out,
                "    It has no expected.json; write what comes now with: rikaste plugin test --update --case {name}"
            );
        }
        CaseVerdict::Nondeterministic => {
            run.nondeterministic
                .iter()
                .for_each(|outcome| write_nondeterminism(out, outcome, paint));
        }
    }
    for line in &run.log {
        let _ = writeln!(out, "    {}", paint.style_faint(&format!("log: {line}")));
    }
}

fn write_nondeterminism(out: &mut String, outcome: &NondeterministicOutcome, paint: TextStyle) {
    let why = match outcome.rerun {
        RerunKind::Again => {
            "came out in two ways on the same inputs; a plugin must not depend on chance or on addresses"
        }
        RerunKind::Alone => {
            "came out in another way alone than together with the others; nothing learnt from one product may show in another"
        }
    };
    let _ = writeln!(out, "    {} {why}", outcome.sku);
    let _ = writeln!(out, "      {}", paint.style_bad(&format!("- {}", outcome.first)));
    let _ = writeln!(out, "      {}", paint.style_good(&format!("+ {}", outcome.other)));
}

fn write_differences(out: &mut String, differences: &[OutcomeDifference], paint: TextStyle) {
    let mut last: &[String] = &[];
    for difference in differences {
        if difference.path != last {
            let _ = writeln!(out, "    {}", difference.path.join(" "));
            last = &difference.path;
        }
        if let Some(expected) = &difference.expected {
            for line in display_lines(expected) {
                let _ = writeln!(out, "      {}", paint.style_bad(&format!("- {line}")));
            }
        }
        if let Some(got) = &difference.got {
            for line in display_lines(got) {
                let _ = writeln!(out, "      {}", paint.style_good(&format!("+ {line}")));
            }
        }
    }
}

/// A text as it is; a diagnostic as a sentence; anything else as JSON.
fn display_lines(json: &Json) -> Vec<String> {
    if let Some(text) = json.as_str() {
        return text.split('\n').map(str::to_owned).collect();
    }
    let member = |name: &str| json.get(name).and_then(Json::as_str);
    if let (Some(severity), Some(code), Some(message)) =
        (member("severity"), member("code"), member("message"))
    {
        let place: Vec<&str> =
            [member("attribute"), member("locale")].into_iter().flatten().collect();
        let place =
            if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
        return vec![format!("{severity} {code}{place}: {message}")];
    }
    vec![json.to_string()]
}

/// What products took, beside what they may take.
fn write_tables(out: &mut String, tested: &TestReport) {
    let cases = tested.cases.iter().filter_map(|case| {
        let (run, _) = case.result.as_ref().ok()?;
        Some((case.name.as_str(), run))
    });
    let mut rows = vec![
        ["case", "products", "steps", "memory", "output", "values", "log lines", "time"]
            .map(str::to_owned),
    ];
    rows.extend(cases.map(|(name, run)| format_case_row(name, run)));
    write_columns(out, &rows);
    let _ = writeln!(
        out,
        "Steps, memory, output, values and log lines are those of the product that takes most, alone on a fresh\n\
         instance, as a shop judges it. Time is per product, in a batch.\n"
    );
    let limits = PluginLimits::DEFAULT;
    let mut rows = vec![["worst", "product", "takes", "of", "that is"].map(str::to_owned)];
    for (what, amount, limit, show) in limit_measures(&limits) {
        if let Some(worst) = tested.product_usages().max_by_key(|spent| amount(spent)) {
            let share = amount(worst) as f64 * 100.0 / limit as f64;
            let share = if share > 0.0 && share < 0.1 {
                "< 0.1 %".to_owned()
            } else {
                format!("{share:.1} %")
            };
            let product = if amount(worst) == 0 { "—" } else { worst.sku.as_str() };
            rows.push(
                [what, product, &show(amount(worst)), &show(limit), &share].map(str::to_owned),
            );
        }
    }
    write_columns(out, &rows);
    let _ = writeln!(
        out,
        "{} {}: {} of at most {}, loaded in {}",
        tested.manifest.name,
        tested.manifest.version,
        format_bytes(tested.size as u64),
        format_bytes(limits::FILE_BYTES as u64),
        format_duration(tested.loading_time)
    );
}

type LimitMeasure = (&'static str, fn(&ResourceUsage) -> u64, u64, fn(u64) -> String);

fn limit_measures(limits: &PluginLimits) -> [LimitMeasure; 5] {
    [
        ("steps", |spent| spent.steps, limits.steps, format_number),
        ("memory", |spent| spent.memory, limits.memory as u64, format_bytes),
        ("output", |spent| spent.output as u64, limits.output as u64, format_bytes),
        ("values", |spent| spent.values as u64, limits.values as u64, format_number),
        ("log lines", |spent| spent.log_lines as u64, limits.log_lines as u64, format_number),
    ]
}

fn format_case_row(name: &str, run: &CaseRun) -> [String; 8] {
    let most = |amount: fn(&ResourceUsage) -> u64| run.usages.iter().map(amount).max().unwrap_or(0);
    let [steps, memory, output, values, log] =
        limit_measures(&PluginLimits::DEFAULT).map(|m| m.3(most(m.1)));
    let products = run.usages.len().to_string();
    [
        name.to_owned(),
        products,
        steps,
        memory,
        output,
        values,
        log,
        format_duration(run.time_per_product),
    ]
}

/// Left the first column, right the others.
fn write_columns<const N: usize>(out: &mut String, rows: &[[String; N]]) {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            let _ = match at {
                0 => write!(line, "{cell:<width$}"),
                _ => write!(line, "  {cell:>width$}"),
            };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// 12,345 as people read it.
fn format_number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Bytes as people read them.
#[must_use]
pub fn format_bytes(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..MIB => format!("{} KiB", bytes / 1024),
        _ if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ => format!("{:.1} MiB", bytes as f64 / MIB as f64),
    }
}

/// A time as people read it.
#[must_use]
pub fn format_duration(time: Duration) -> String {
    match time.as_nanos() {
        0..10_000 => format!("{:.1} µs", time.as_nanos() as f64 / 1e3),
        10_000..1_000_000 => format!("{} µs", time.as_micros()),
        1_000_000..10_000_000 => format!("{:.1} ms", time.as_micros() as f64 / 1e3),
        10_000_000..1_000_000_000 => format!("{} ms", time.as_millis()),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// The report for programs.
#[must_use]
pub fn build_json(tested: &TestReport) -> Json {
    let limits = PluginLimits::DEFAULT;
    json!({
        "plugin": tested.manifest.name.as_str(),
        "version": tested.manifest.version.as_str(),
        "size": tested.size,
        "loading_us": tested.loading_time.as_micros() as u64,
        "passed": tested.has_passed(),
        "cases": tested.cases.iter().map(build_case_json).collect::<Vec<_>>(),
        "limits": {
            "steps": limits.steps, "memory": limits.memory, "output": limits.output,
            "values": limits.values, "log_lines": limits.log_lines,
        },
        "notes": tested.notes,
    })
}

fn build_case_json(case: &CaseResult) -> Json {
    let (run, verdict) = match &case.result {
        Ok(result) => result,
        Err(error) => return json!({"name": case.name, "verdict": "error", "error": error}),
    };
    let (verdict, differences) = match verdict {
        CaseVerdict::Same => ("passed", &[][..]),
        CaseVerdict::Updated => ("updated", &[][..]),
        CaseVerdict::Different(differences) => ("different", differences.as_slice()),
        CaseVerdict::NothingExpected => ("nothing-expected", &[][..]),
        CaseVerdict::Nondeterministic => ("unsteady", &[][..]),
    };
    let difference =
        |d: &OutcomeDifference| json!({"path": d.path, "expected": d.expected, "got": d.got});
    let outcome_json = |u: &NondeterministicOutcome| {
        let when = match u.rerun {
            RerunKind::Again => "again",
            RerunKind::Alone => "alone",
        };
        json!({"sku": u.sku, "when": when, "first": u.first, "other": u.other})
    };
    let spent = |s: &ResourceUsage| {
        json!({
            "sku": s.sku, "steps": s.steps, "memory": s.memory, "output": s.output,
            "values": s.values, "log_lines": s.log_lines,
        })
    };
    json!({
        "name": case.name,
        "verdict": verdict,
        "differences": differences.iter().map(difference).collect::<Vec<_>>(),
        "unsteady": run.nondeterministic.iter().map(outcome_json).collect::<Vec<_>>(),
        "products": run.usages.iter().map(spent).collect::<Vec<_>>(),
        "time_per_product_ns": run.time_per_product.as_nanos() as u64,
        "log": run.log,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_by_people() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(format_number),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [512, 2_048, 16 << 20, (3 << 20) / 2].map(format_bytes),
            ["512 B", "2 KiB", "16 MiB", "1.5 MiB"]
        );
        let nanos = [1_200, 34_000, 5_600_000, 78_000_000, 9_000_000_000];
        assert_eq!(
            nanos.map(|nanos| format_duration(Duration::from_nanos(nanos))),
            ["1.2 µs", "34 µs", "5.6 ms", "78 ms", "9.0 s"]
        );
    }

    #[test]
    fn a_difference_reads_like_one() {
        let mut out = String::new();
        let path = vec!["1001".to_owned(), "line".to_owned(), "fi-FI".to_owned()];
        let differences = [
            OutcomeDifference { path, expected: Some("a\nb".into()), got: Some("a\nc".into()) },
            OutcomeDifference {
                path: vec!["1001".to_owned(), "diagnostics".to_owned()],
                expected: None,
                got: Some(
                    json!({"severity": "warning", "code": "x", "message": "m.", "attribute": "color"}),
                ),
            },
        ];
        write_differences(&mut out, &differences, TextStyle::Plain);
        assert_eq!(
            out,
            "    1001 line fi-FI\n      - a\n      - b\n      + a\n      + c\n    \
             1001 diagnostics\n      + warning x (color): m.\n"
        );
    }
}
