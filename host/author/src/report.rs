//! What came of a project's cases, for a terminal and as JSON.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::difference::Difference;
use super::test::{Tested, TestedCase, Verdict};
use super::trial::{Spent, Trial, Unsteady, When};
use rikaste_runtime::{Limits, limits};

/// Whether to colour what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A terminal that shows colours.
    Colours,
    /// Anything else.
    Plain,
}

impl Paint {
    /// What a person should see at once.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        self.with("31", text)
    }

    /// What is as it should be.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        self.with("32", text)
    }

    /// What stands beside the point.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self {
            Self::Colours => format!("\x1b[{code}m{text}\x1b[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// The whole report.
#[must_use]
pub fn text(tested: &Tested, paint: Paint) -> String {
    let mut out = String::new();
    for case in &tested.cases {
        tell_case(&mut out, case, paint);
    }
    if tested.spent().next().is_some() {
        out.push('\n');
        table(&mut out, tested);
    }
    for note in &tested.notes {
        let _ = writeln!(out, "\nnote: {note}");
    }
    conclude(&mut out, tested, paint);
    out
}

/// What is not as it should be, and how many cases there are.
#[must_use]
pub fn brief(tested: &Tested, paint: Paint) -> String {
    let mut out = String::new();
    for case in tested.cases.iter().filter(|case| !case.passed()) {
        tell_case(&mut out, case, paint);
    }
    conclude(&mut out, tested, paint);
    out.trim_start().to_owned()
}

fn conclude(out: &mut String, tested: &Tested, paint: Paint) {
    let failed = tested.cases.iter().filter(|case| !case.passed()).count();
    let all = match tested.cases.len() {
        1 => "1 case".to_owned(),
        count => format!("{count} cases"),
    };
    let _ = match failed {
        0 => writeln!(out, "\n{}", paint.good(&format!("{all} passed"))),
        _ => writeln!(out, "\n{}", paint.bad(&format!("{failed} of {all} failed"))),
    };
}

fn tell_case(out: &mut String, case: &TestedCase, paint: Paint) {
    let name = &case.name;
    let (trial, verdict) = match &case.result {
        Ok(result) => result,
        Err(error) => {
            let _ = writeln!(out, "{} {name}\n    {error}", paint.bad("FAILED"));
            return;
        }
    };
    let _ = match verdict {
        Verdict::Same => writeln!(out, "{} {name}", paint.good("passed")),
        Verdict::Updated => writeln!(out, "{} {name}", paint.good("updated")),
        Verdict::Different(_) | Verdict::Unexpected | Verdict::Unsteady => {
            writeln!(out, "{} {name}", paint.bad("FAILED"))
        }
    };
    match verdict {
        Verdict::Same | Verdict::Updated => {}
        Verdict::Different(differences) => {
            tell_differences(out, differences, paint);
            let _ = writeln!(
                out,
                "    If it is right as it is now: rikaste plugin test --update --case {name}"
            );
        }
        Verdict::Unexpected => {
            let _ = writeln!(
                out,
                "    It has no expected.json; write what comes now with: rikaste plugin test --update --case {name}"
            );
        }
        Verdict::Unsteady => {
            trial.unsteady.iter().for_each(|unsteady| tell_unsteady(out, unsteady, paint));
        }
    }
    for line in &trial.log {
        let _ = writeln!(out, "    {}", paint.faint(&format!("log: {line}")));
    }
}

fn tell_unsteady(out: &mut String, unsteady: &Unsteady, paint: Paint) {
    let why = match unsteady.when {
        When::Again => {
            "came out in two ways on the same inputs; a plugin must not depend on chance or on addresses"
        }
        When::Alone => {
            "came out in another way alone than together with the others; nothing learnt from one product may show in another"
        }
    };
    let _ = writeln!(out, "    {} {why}", unsteady.sku);
    let _ = writeln!(out, "      {}", paint.bad(&format!("- {}", unsteady.first)));
    let _ = writeln!(out, "      {}", paint.good(&format!("+ {}", unsteady.other)));
}

fn tell_differences(out: &mut String, differences: &[Difference], paint: Paint) {
    let mut last: &[String] = &[];
    for difference in differences {
        if difference.path != last {
            let _ = writeln!(out, "    {}", difference.path.join(" "));
            last = &difference.path;
        }
        if let Some(expected) = &difference.expected {
            for line in lines(expected) {
                let _ = writeln!(out, "      {}", paint.bad(&format!("- {line}")));
            }
        }
        if let Some(got) = &difference.got {
            for line in lines(got) {
                let _ = writeln!(out, "      {}", paint.good(&format!("+ {line}")));
            }
        }
    }
}

/// A text as it is; a diagnostic as a sentence; anything else as JSON.
fn lines(json: &Json) -> Vec<String> {
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
fn table(out: &mut String, tested: &Tested) {
    let cases = tested.cases.iter().filter_map(|case| {
        let (trial, _) = case.result.as_ref().ok()?;
        Some((case.name.as_str(), trial))
    });
    let mut rows = vec![
        ["case", "products", "steps", "memory", "output", "values", "log lines", "time"]
            .map(str::to_owned),
    ];
    rows.extend(cases.map(|(name, trial)| row(name, trial)));
    columns(out, &rows);
    let _ = writeln!(
        out,
        "Steps, memory, output, values and log lines are those of the product that takes most, alone on a fresh\n\
         instance, as a shop judges it. Time is per product, in a batch.\n"
    );
    let limits = Limits::DEFAULT;
    let mut rows = vec![["worst", "product", "takes", "of", "that is"].map(str::to_owned)];
    for (what, amount, limit, show) in measures(&limits) {
        if let Some(worst) = tested.spent().max_by_key(|spent| amount(spent)) {
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
    columns(out, &rows);
    let _ = writeln!(
        out,
        "{} {}: {} of at most {}, loaded in {}",
        tested.manifest.name,
        tested.manifest.version,
        bytes(tested.size as u64),
        bytes(limits::FILE_BYTES as u64),
        time(tested.loading)
    );
}

type Measure = (&'static str, fn(&Spent) -> u64, u64, fn(u64) -> String);

fn measures(limits: &Limits) -> [Measure; 5] {
    [
        ("steps", |spent| spent.steps, limits.steps, number),
        ("memory", |spent| spent.memory, limits.memory as u64, bytes),
        ("output", |spent| spent.output as u64, limits.output as u64, bytes),
        ("values", |spent| spent.values as u64, limits.values as u64, number),
        ("log lines", |spent| spent.log_lines as u64, limits.log_lines as u64, number),
    ]
}

fn row(name: &str, trial: &Trial) -> [String; 8] {
    let most = |amount: fn(&Spent) -> u64| trial.spent.iter().map(amount).max().unwrap_or(0);
    let [steps, memory, output, values, log] = measures(&Limits::DEFAULT).map(|m| m.3(most(m.1)));
    let products = trial.spent.len().to_string();
    [name.to_owned(), products, steps, memory, output, values, log, time(trial.pace)]
}

/// Left the first column, right the others.
fn columns<const N: usize>(out: &mut String, rows: &[[String; N]]) {
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
fn number(number: u64) -> String {
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
pub fn bytes(bytes: u64) -> String {
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
pub fn time(time: Duration) -> String {
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
pub fn json(tested: &Tested) -> Json {
    let limits = Limits::DEFAULT;
    json!({
        "plugin": tested.manifest.name.as_str(),
        "version": tested.manifest.version.as_str(),
        "size": tested.size,
        "loading_us": tested.loading.as_micros() as u64,
        "passed": tested.passed(),
        "cases": tested.cases.iter().map(json_case).collect::<Vec<_>>(),
        "limits": {
            "steps": limits.steps, "memory": limits.memory, "output": limits.output,
            "values": limits.values, "log_lines": limits.log_lines,
        },
        "notes": tested.notes,
    })
}

fn json_case(case: &TestedCase) -> Json {
    let (trial, verdict) = match &case.result {
        Ok(result) => result,
        Err(error) => return json!({"name": case.name, "verdict": "error", "error": error}),
    };
    let (verdict, differences) = match verdict {
        Verdict::Same => ("passed", &[][..]),
        Verdict::Updated => ("updated", &[][..]),
        Verdict::Different(differences) => ("different", differences.as_slice()),
        Verdict::Unexpected => ("nothing-expected", &[][..]),
        Verdict::Unsteady => ("unsteady", &[][..]),
    };
    let difference = |d: &Difference| json!({"path": d.path, "expected": d.expected, "got": d.got});
    let unsteady = |u: &Unsteady| {
        let when = match u.when {
            When::Again => "again",
            When::Alone => "alone",
        };
        json!({"sku": u.sku, "when": when, "first": u.first, "other": u.other})
    };
    let spent = |s: &Spent| {
        json!({
            "sku": s.sku, "steps": s.steps, "memory": s.memory, "output": s.output,
            "values": s.values, "log_lines": s.log_lines,
        })
    };
    json!({
        "name": case.name,
        "verdict": verdict,
        "differences": differences.iter().map(difference).collect::<Vec<_>>(),
        "unsteady": trial.unsteady.iter().map(unsteady).collect::<Vec<_>>(),
        "products": trial.spent.iter().map(spent).collect::<Vec<_>>(),
        "time_per_product_ns": trial.pace.as_nanos() as u64,
        "log": trial.log,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_by_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [512, 2_048, 16 << 20, (3 << 20) / 2].map(bytes),
            ["512 B", "2 KiB", "16 MiB", "1.5 MiB"]
        );
        let nanos = [1_200, 34_000, 5_600_000, 78_000_000, 9_000_000_000];
        assert_eq!(
            nanos.map(|nanos| time(Duration::from_nanos(nanos))),
            ["1.2 µs", "34 µs", "5.6 ms", "78 ms", "9.0 s"]
        );
    }

    #[test]
    fn a_difference_reads_like_one() {
        let mut out = String::new();
        let path = vec!["1001".to_owned(), "line".to_owned(), "fi-FI".to_owned()];
        let differences = [
            Difference { path, expected: Some("a\nb".into()), got: Some("a\nc".into()) },
            Difference {
                path: vec!["1001".to_owned(), "diagnostics".to_owned()],
                expected: None,
                got: Some(
                    json!({"severity": "warning", "code": "x", "message": "m.", "attribute": "color"}),
                ),
            },
        ];
        tell_differences(&mut out, &differences, Paint::Plain);
        assert_eq!(
            out,
            "    1001 line fi-FI\n      - a\n      - b\n      + a\n      + c\n    \
             1001 diagnostics\n      + warning x (color): m.\n"
        );
    }
}
