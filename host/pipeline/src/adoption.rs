//! Another configuration takes over: one operation, from its workers' start to the release.

use std::sync::Arc;

use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseCause};
use rikaste_store::{ReleaseCommit, StoreError, StoreReader};
use serde::{Deserialize, Serialize};

use super::photo_import::rerender_photos;
use super::rerun::mark_all_dirty;
use super::{Pipeline, PipelineError};
use rikaste_runtime::Configuration;

/// The setting that says which configuration the catalogue was processed with.
const CONFIGURATION_SETTING: &str = "configuration";

/// The setting with the [`ReloadReport`] of the last state of `plugins.lock`, as JSON.
const RELOAD_REPORT_SETTING: &str = "plugins.lock";

/// What a running shop made of a state of `plugins.lock`. The command that wrote the file waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReloadReport {
    /// The hash of that state.
    pub lock_hash: String,
    /// Whether the shop runs what the file asks for.
    pub outcome: ReloadOutcome,
}

/// Whether a running shop runs what `plugins.lock` asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReloadOutcome {
    /// It does.
    Followed,
    /// It goes on as it was configured before.
    Refused {
        /// Why, for people.
        reason: String,
    },
}

/// What became of a configuration that was to take over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adoption<R> {
    /// It took over, and made a release of what it changed.
    Released(Release),
    /// It took over, and no channel shows anything else.
    Unchanged,
    /// It did not take over: nothing changed.
    Refused(R),
}

impl Pipeline {
    /// Has another configuration take over. It processes the whole catalogue; then `accept` decides
    /// whether it may. If so, the release, the configuration's fingerprint and the
    /// [`ReloadReport`] of `lock_hash` are committed in one transaction. Then all that
    /// [subscribed](Self::subscribe_configuration) get the configuration, and after it the release.
    ///
    /// # Errors
    /// When the machine fails before the commit. The configuration before goes on then, as after a refusal.
    pub fn adopt_configuration<R>(
        &mut self,
        next: Arc<Configuration>,
        lock_hash: &str,
        now: Moment,
        accept: impl FnOnce() -> Result<(), R>,
    ) -> Result<Adoption<R>, PipelineError> {
        // So that the release says nothing but what the configuration changed.
        self.release_due_windows(now)?;
        let channel_ids = self.stages.context.channel_ids.clone();
        let stages = self.stages.start_next(&next, channel_ids)?;
        let previous = std::mem::replace(&mut self.stages, stages);
        let settings = configuration_settings(&next, lock_hash);
        let result = self.process_and_commit(&settings, now, accept);
        if !matches!(result, Ok(Adoption::Released(_) | Adoption::Unchanged)) {
            self.discard_changes();
            self.stages = previous;
            return result;
        }
        self.configuration.send_replace(next);
        if let Ok(Adoption::Released(release)) = &result
            && let Err(error) = self.publish_release(release)
        {
            // Channels have it. The index is brought up to date at the next start.
            tracing::error!("search does not show release {} yet: {error}", release.number);
        }
        result
    }

    /// Has a configuration of the same fingerprint take over: only answers over HTTP differ, so nothing is
    /// processed, and no release is made. All that [subscribed](Self::subscribe_configuration) get it.
    ///
    /// # Errors
    /// When its workers do not start. The configuration before goes on then.
    pub fn replace_configuration(&mut self, next: Arc<Configuration>) -> Result<(), PipelineError> {
        debug_assert_eq!(next.fingerprint, self.configuration().fingerprint);
        let channel_ids = self.stages.context.channel_ids.clone();
        self.stages = self.stages.start_next(&next, channel_ids)?;
        self.configuration.send_replace(next);
        Ok(())
    }

    fn process_and_commit<R>(
        &mut self,
        settings: &[(&str, String)],
        now: Moment,
        accept: impl FnOnce() -> Result<(), R>,
    ) -> Result<Adoption<R>, PipelineError> {
        let (mut builder, inputs) = self.begin_release(now, true)?;
        rerender_photos(&mut builder, inputs.rendition_service, inputs.on_progress)?;
        mark_all_dirty(&mut builder)?;
        builder.process_pending()?;
        if let Err(refusal) = accept() {
            return Ok(Adoption::Refused(refusal));
        }
        if !builder.has_changes() {
            builder.discard_changes()?;
            self.store_settings(settings)?;
            return Ok(Adoption::Unchanged);
        }
        for (name, value) in settings {
            builder.writer.store_setting(name, value)?;
        }
        let release = builder.to_release(ReleaseCause::Configuration);
        self.commit_release(release).map(Adoption::Released)
    }

    /// Makes a release of what the configuration changed since the shop was open last. `None` when
    /// it is the same, or changed nothing.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn release_configuration_change(
        &mut self,
        now: Moment,
    ) -> Result<Option<Release>, PipelineError> {
        let fingerprint = self.configuration().fingerprint.to_string();
        if self.writer.load_setting(CONFIGURATION_SETTING)?.as_ref() == Some(&fingerprint) {
            return Ok(None);
        }
        let release =
            self.make_release(now, true, ReleaseCause::Configuration, |builder, inputs| {
                rerender_photos(builder, inputs.rendition_service, inputs.on_progress)?;
                mark_all_dirty(builder)?;
                Ok(builder.writer.store_setting(CONFIGURATION_SETTING, &fingerprint)?)
            })?;
        if release.is_none() {
            self.store_settings(&[(CONFIGURATION_SETTING, fingerprint)])?;
        }
        Ok(release)
    }

    /// Keeps what became of a state of `plugins.lock` that no release was made of.
    ///
    /// # Errors
    /// When the store fails.
    pub fn store_reload_report(&mut self, report: &ReloadReport) -> Result<(), PipelineError> {
        self.store_settings(&[(RELOAD_REPORT_SETTING, report.to_json())])
    }

    fn store_settings(&mut self, settings: &[(&str, String)]) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        for (name, value) in settings {
            self.writer.store_setting(name, value)?;
        }
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }
}

impl ReloadReport {
    /// What the running shop made of the last state of `plugins.lock`. `None` where none was followed
    /// yet, or by an older version of the program.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load_last(reader: &StoreReader) -> Result<Option<Self>, StoreError> {
        let json = reader.load_setting(RELOAD_REPORT_SETTING)?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts have a JSON form")
    }
}

fn configuration_settings(next: &Configuration, lock_hash: &str) -> [(&'static str, String); 2] {
    let report = ReloadReport { lock_hash: lock_hash.to_owned(), outcome: ReloadOutcome::Followed };
    [
        (CONFIGURATION_SETTING, next.fingerprint.to_string()),
        (RELOAD_REPORT_SETTING, report.to_json()),
    ]
}
