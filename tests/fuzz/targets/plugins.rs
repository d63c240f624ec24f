//! `plugins.toml` and `plugins.lock`: the text read as either. Of a lock that can be read, lines that
//! begin with `#` and one of `+`, `-`, `>`, `<`, `x` say what is done to it then: a name is enabled,
//! disabled, run again, rolled back, refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rikaste_fuzz::write;
use rikaste_model::code::PluginName;
use rikaste_model::product::Hash;
use rikaste_runtime::{Entry, Lock, Pin, Settings, World, limits};

/// As many refusals of a plugin are kept.
const REFUSALS: usize = 5;

fuzz_target!(|text: &str| {
    settings(text);
    lock(text);
});

fn settings(text: &str) {
    let path = write("plugins.toml", text.as_bytes());
    let settings = match Settings::load(&path) {
        Ok(settings) => settings,
        Err(error) => return assert!(error.to_string().contains("plugins.toml: ")),
    };
    assert!(settings.upgrade.failures <= 100, "{settings:?}");
    let names: Vec<&PluginName> = settings.names().collect();
    for name in &names {
        let it = settings.limits(name, &World::Enricher);
        let within = |value: usize, most: usize| (1..=most).contains(&value);
        assert!((1..=1_000_000_000_000).contains(&it.steps), "{it:?}");
        assert!(within(it.memory, limits::MEMORY_MOST), "{it:?}");
        assert!(within(it.output, 256 << 20), "{it:?}");
        assert!(within(it.table_elements, limits::TABLE_ELEMENTS), "{it:?}");
        assert!(within(it.values, 100_000) && within(it.log_lines, 10_000), "{it:?}");
        assert!((1..=3_600).contains(&it.time.as_secs()), "{it:?}");
        for other in &names {
            let _ = settings.is_before(name, other);
        }
    }
}

fn lock(text: &str) {
    let path = write("plugins.lock", text.as_bytes());
    let read = match Lock::load(&path) {
        Ok(lock) => lock,
        Err(error) => return assert!(error.to_string().contains("plugins.lock: ")),
    };
    let mut most = REFUSALS;
    for entry in read.plugins.values() {
        most = most.max(entry.refused.len());
    }
    let changed = Lock::change(&path, |lock| {
        assert_eq!(*lock, read);
        text.lines().filter_map(|line| line.strip_prefix('#')).for_each(|line| act(lock, line));
        lock.clone()
    });
    let mut changed = changed.expect("only the machine fails");
    for entry in changed.plugins.values() {
        assert!(entry.refused.len() <= most, "{} refusals are kept", entry.refused.len());
    }
    if changed != read {
        changed.plugins.retain(|_, entry| *entry != Entry::default());
    }
    assert_eq!(Lock::load(&path).expect("what was written"), changed);
}

fn act(lock: &mut Lock, line: &str) {
    let mut characters = line.chars();
    let Some(what) = characters.next() else { return };
    let (name, words) = characters.as_str().split_once(' ').unwrap_or((characters.as_str(), ""));
    let Ok(name) = PluginName::new(name) else { return };
    let (at, why) = (words.to_owned(), words.replace("\\n", "\n"));
    match what {
        '+' => {
            let pin = Pin { version: why, digest: Hash::of(words.as_bytes()) };
            lock.enable(&name, pin.clone(), words.len() % 2 == 1);
            let entry = lock.entry(&name).expect("it is there now");
            assert_eq!((entry.runs.as_ref(), entry.disabled), (Some(&pin), false));
            assert!(entry.refused.iter().all(|refusal| refusal.digest != pin.digest));
        }
        '-' => {
            lock.disable(&name);
            assert!(lock.entry(&name).is_some_and(|entry| entry.disabled));
        }
        '>' => lock.resume(&name),
        '<' => {
            let _ = lock.roll_back(&name, at, why);
        }
        'x' => lock.refuse(&name, at, why),
        _ => {}
    }
}
