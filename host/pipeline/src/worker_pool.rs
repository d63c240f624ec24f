//! The worker threads: each takes batches of products through the stages with plugin instances
//! of its own.

use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::product_job::{PipelineContext, ProcessedBatch, ProductBatch};
use rikaste_runtime::enrich::EnricherSet;

/// Worker threads, and the way to them and back.
pub(super) struct WorkerPool {
    batches: Option<Sender<ProductBatch>>,
    finished: Receiver<ProcessedBatch>,
    threads: Vec<JoinHandle<()>>,
    in_flight: usize,
}

impl WorkerPool {
    /// Starts so many threads.
    pub(super) fn start_workers(
        context: &Arc<PipelineContext>,
        enrichers: &Arc<EnricherSet>,
        count: usize,
    ) -> std::io::Result<Self> {
        let (batches, incoming) = bounded::<ProductBatch>(count);
        let (outgoing, finished) = unbounded();
        let mut threads = Vec::with_capacity(count);
        for number in 0..count {
            let (incoming, outgoing) = (incoming.clone(), outgoing.clone());
            let (context, enrichers) = (Arc::clone(context), Arc::clone(enrichers));
            let thread = std::thread::Builder::new().name(format!("products-{number}")).spawn(
                move || {
                    let mut worker = enrichers.new_worker();
                    for batch in incoming {
                        if outgoing.send(context.process_batch(&mut worker, batch)).is_err() {
                            return;
                        }
                    }
                },
            )?;
            threads.push(thread);
        }
        Ok(Self { batches: Some(batches), finished, threads, in_flight: 0 })
    }

    /// Whether another batch would only wait: what bounds the products in memory.
    pub(super) fn is_busy(&self) -> bool {
        self.in_flight >= self.threads.len() * 2
    }

    /// Hands a batch over.
    pub(super) fn submit_batch(&mut self, batch: ProductBatch) {
        let batches = self.batches.as_ref().expect("the pool is only dismissed when it is dropped");
        batches
            .send(batch)
            .expect("workers live as long as the pool, and catch what fails in a plugin");
        self.in_flight += 1;
    }

    /// A batch that came back; nothing when none is under way, or, unless `wait`, none is ready.
    pub(super) fn collect_batch(&mut self, wait: bool) -> Option<ProcessedBatch> {
        if self.in_flight == 0 {
            return None;
        }
        let finished = if wait { self.finished.recv().ok() } else { self.finished.try_recv().ok() };
        if finished.is_some() {
            self.in_flight -= 1;
        } else if wait {
            // Every worker is gone: there is a defect in a stage, and its panic is on the terminal.
            panic!("the worker threads ended with {} batches under way", self.in_flight);
        }
        finished
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        self.batches = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
