//! Many pages at once: several hosts in parallel, each host one request after the other.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use url::Url;

use super::client::{Conditions, Fetched, Fetcher, host};

/// A page to be fetched, with what the caller wants back beside it.
#[derive(Debug)]
pub struct Job<T> {
    /// The page's address.
    pub address: String,
    /// What is known of it from the last time.
    pub conditions: Conditions,
    /// Given back with what came of it.
    pub with: T,
}

#[derive(Debug)]
struct Line<T> {
    host: String,
    jobs: VecDeque<Job<T>>,
    busy: bool,
}

#[derive(Debug)]
struct Lines<T> {
    /// In the order in which their hosts were first named.
    lines: Vec<Line<T>>,
    ended: bool,
}

#[derive(Debug)]
struct Shared<T> {
    lines: Mutex<Lines<T>>,
    changed: Condvar,
    fetcher: Arc<Fetcher>,
}

/// Threads that fetch. Dropped, they end after the request in hand.
#[derive(Debug)]
pub struct Fetching<T> {
    shared: Arc<Shared<T>>,
    done: Receiver<(T, Fetched)>,
    give: SyncSender<(T, Fetched)>,
    threads: usize,
    outstanding: usize,
}

impl<T: Send + 'static> Fetching<T> {
    /// Threads are started as there is work for them.
    pub fn new(fetcher: Arc<Fetcher>) -> Self {
        // As many finished pages wait to be taken as threads could hold anyway.
        let (give, done) = sync_channel(fetcher.options().jobs.max(1));
        let lines = Mutex::new(Lines { lines: Vec::new(), ended: false });
        let shared = Arc::new(Shared { lines, changed: Condvar::new(), fetcher });
        Self { shared, done, give, threads: 0, outstanding: 0 }
    }

    /// How many were pushed and not yet taken.
    pub fn outstanding(&self) -> usize {
        self.outstanding
    }

    /// Has a page fetched when its host's turn comes.
    pub fn push(&mut self, job: Job<T>) {
        let host = Url::parse(&job.address).map(|url| host(&url)).unwrap_or_default();
        {
            let mut guard = self.shared.lines.lock().unwrap_or_else(PoisonError::into_inner);
            match guard.lines.iter_mut().find(|line| line.host == host) {
                Some(line) => line.jobs.push_back(job),
                None => guard.lines.push(Line { host, jobs: VecDeque::from([job]), busy: false }),
            }
        }
        self.outstanding += 1;
        if self.threads < self.shared.fetcher.options().jobs.max(1) && self.threads < self.outstanding {
            self.threads += 1;
            let (shared, give) = (Arc::clone(&self.shared), self.give.clone());
            thread::spawn(move || work(&shared, &give));
        }
        self.shared.changed.notify_one();
    }

    /// A finished page; `None` where none is finished within `wait`, or none is under way.
    pub fn take(&mut self, wait: Duration) -> Option<(T, Fetched)> {
        if self.outstanding == 0 {
            return None;
        }
        match self.done.recv_timeout(wait) {
            Ok(done) => {
                self.outstanding -= 1;
                Some(done)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }
}

impl<T> Drop for Fetching<T> {
    fn drop(&mut self) {
        let mut guard = self.shared.lines.lock().unwrap_or_else(PoisonError::into_inner);
        guard.ended = true;
        guard.lines.clear();
        drop(guard);
        self.shared.changed.notify_all();
    }
}

fn work<T: Send>(shared: &Shared<T>, give: &SyncSender<(T, Fetched)>) {
    while let Some((host, job)) = next(shared) {
        let fetched = shared.fetcher.fetch(&job.address, &job.conditions);
        {
            let mut guard = shared.lines.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(line) = guard.lines.iter_mut().find(|line| line.host == host) {
                line.busy = false;
            }
        }
        shared.changed.notify_all();
        if give.send((job.with, fetched)).is_err() {
            return;
        }
    }
}

/// The next job whose host is free and due; waits for one. `None` when there is no more use.
fn next<T>(shared: &Shared<T>) -> Option<(String, Job<T>)> {
    let mut guard = shared.lines.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if guard.ended {
            return None;
        }
        let mut soonest = Duration::from_secs(1);
        let free = guard.lines.iter().position(|line| {
            if line.busy || line.jobs.is_empty() {
                return false;
            }
            let wait = shared.fetcher.pace.wait_for(&line.host);
            soonest = soonest.min(wait);
            wait.is_zero()
        });
        if let Some(line) = free.and_then(|k| guard.lines.get_mut(k))
            && let Some(job) = line.jobs.pop_front()
        {
            line.busy = true;
            return Some((line.host.clone(), job));
        }
        let wait = soonest.max(Duration::from_millis(5));
        guard = shared.changed.wait_timeout(guard, wait).unwrap_or_else(PoisonError::into_inner).0;
    }
}
