//! The thread that owns the pipeline. Nothing is imported or released without it, so a shop does not go on serving
//! when it ended.

use std::any::Any;
use std::io;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

/// A running thread that is known to have ended as soon as it has.
pub(super) struct PipelineThread {
    handle: JoinHandle<()>,
    /// Nothing is ever sent: the sender is dropped when the thread ends, also by a panic.
    ended: oneshot::Receiver<()>,
}

impl PipelineThread {
    pub(super) fn start(work: impl FnOnce() + Send + 'static) -> io::Result<Self> {
        let (alive, ended) = oneshot::channel::<()>();
        let run = move || {
            let _alive = alive;
            work();
        };
        let handle = std::thread::Builder::new().name("pipeline".to_owned()).spawn(run)?;
        Ok(Self { handle, ended })
    }

    /// Waits for `serving`. `None` when the thread ends before.
    pub(super) async fn run_beside<T>(&mut self, serving: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            served = serving => Some(served),
            _ = &mut self.ended => None,
        }
    }

    /// Waits for the end of the thread.
    ///
    /// # Errors
    /// When it panicked: with what.
    pub(super) async fn join(self) -> Result<(), String> {
        let joined = tokio::task::spawn_blocking(move || self.handle.join()).await;
        match joined {
            Ok(Ok(())) => Ok(()),
            Ok(Err(panic)) => Err(describe_panic(&*panic)),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn describe_panic(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("it panicked").to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn serve_forever() {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }

    #[tokio::test]
    async fn serving_ends_when_the_thread_panics() {
        let mut thread = PipelineThread::start(|| panic!("no more drops")).expect("a thread");
        assert_eq!(thread.run_beside(serve_forever()).await, None);
        assert_eq!(thread.join().await, Err("no more drops".to_owned()));
    }

    #[tokio::test]
    async fn a_thread_that_works_is_not_in_the_way() {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let work = move || stopped.recv().expect("it is told to stop");
        let mut thread = PipelineThread::start(work).expect("a thread");
        assert_eq!(thread.run_beside(async { "served" }).await, Some("served"));
        stop.send(()).expect("it listens");
        assert_eq!(thread.join().await, Ok(()));
    }
}
