//! `plugins.toml` and `plugins.lock`: the text read as either. Of a lock that can be read, lines that
//! begin with `#` and one of `+`, `-`, `>`, `<`, `x` say what is done to it then: a name is enabled,
//! disabled, run again, rolled back, refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rikaste_fuzz::write;
use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use rikaste_runtime::{LockEntry, PluginLock, PluginSettings, PluginVersion, World, limits};

/// As many refusals of a plugin are kept.
const REFUSALS: usize = 5;

fuzz_target!(|text: &str| {
    settings(text);
    lock(text);
});

fn settings(text: &str) {
    let path = write("plugins.toml", text.as_bytes());
    let settings = match PluginSettings::load_file(&path) {
        Ok(settings) => settings,
        Err(error) => return assert!(error.to_string().contains("plugins.toml:")),
    };
    assert!(settings.upgrade.failures <= 100, "{settings:?}");
    let names: Vec<&PluginName> = settings.mentioned_plugins().collect();
    for name in &names {
        let it = settings.limits_for(name, &World::Enricher);
        let within = |value: usize, most: usize| (1..=most).contains(&value);
        assert!((1..=1_000_000_000_000).contains(&it.steps), "{it:?}");
        assert!(within(it.memory, limits::MAX_MEMORY_BYTES), "{it:?}");
        assert!(within(it.output, 256 << 20), "{it:?}");
        assert!(within(it.table_elements, limits::TABLE_ELEMENTS), "{it:?}");
        assert!(within(it.values, 100_000) && within(it.log_lines, 10_000), "{it:?}");
        assert!((1..=3_600).contains(&it.time.as_secs()), "{it:?}");
        for other in &names {
            let _ = settings.is_ordered_before(name, other);
        }
    }
}

fn lock(text: &str) {
    let path = write("plugins.lock", text.as_bytes());
    let read = match PluginLock::load_file(&path) {
        Ok(lock) => lock,
        Err(error) => return assert!(error.to_string().contains("plugins.lock: ")),
    };
    let mut most = REFUSALS;
    for entry in read.plugins.values() {
        most = most.max(entry.refused.len());
    }
    let changed = PluginLock::update_file(&path, |lock| {
        assert_eq!(*lock, read);
        text.lines().filter_map(|line| line.strip_prefix('#')).for_each(|line| act(lock, line));
        lock.clone()
    });
    let mut changed = changed.expect("only the machine fails");
    for entry in changed.plugins.values() {
        assert!(entry.refused.len() <= most, "{} refusals are kept", entry.refused.len());
    }
    if changed != read {
        changed.plugins.retain(|_, entry| *entry != LockEntry::default());
    }
    assert_eq!(PluginLock::load_file(&path).expect("what was written"), changed);
}

fn act(lock: &mut PluginLock, line: &str) {
    let mut characters = line.chars();
    let Some(what) = characters.next() else { return };
    let (name, words) = characters.as_str().split_once(' ').unwrap_or((characters.as_str(), ""));
    let Ok(name) = PluginName::new(name) else { return };
    let (at, why) = (words.to_owned(), words.replace("\\n", "\n"));
    match what {
        '+' => {
            let version =
                PluginVersion { version: why, digest: ContentHash::hash_bytes(words.as_bytes()) };
            lock.enable_version(&name, version.clone(), words.len() % 2 == 1);
            let entry = lock.find_entry(&name).expect("it is there now");
            assert_eq!((entry.runs.as_ref(), entry.disabled), (Some(&version), false));
            assert!(entry.refused.iter().all(|refusal| refusal.digest != version.digest));
        }
        '-' => {
            lock.disable_plugin(&name);
            assert!(lock.find_entry(&name).is_some_and(|entry| entry.disabled));
        }
        '>' => lock.resume_plugin(&name),
        '<' => {
            let _ = lock.roll_back(&name, at, why);
        }
        'x' => lock.reject_version(&name, at, why),
        _ => {}
    }
}
