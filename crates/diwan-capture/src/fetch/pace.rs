//! How often one host is asked: never two requests closer together than its delay.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keeps the time at which each host may be asked next.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    due: Mutex<HashMap<String, Instant>>,
}

impl Pace {
    /// How long until the host may be asked.
    pub(crate) fn wait_for(&self, host: &str) -> Duration {
        let due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.get(host).map_or(Duration::ZERO, |due| due.saturating_duration_since(Instant::now()))
    }

    /// Takes the host's next turn and gives how long to wait for it; the turn after it is `delay` later.
    pub(crate) fn take_turn(&self, host: &str, delay: Duration) -> Duration {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let turn = due.get(host).copied().map_or(now, |due| due.max(now));
        due.insert(host.to_owned(), turn + delay);
        turn.saturating_duration_since(now)
    }

    /// Nobody asks the host before `wait` is over.
    pub(crate) fn hold(&self, host: &str, wait: Duration) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now() + wait;
        let slot = due.entry(host.to_owned()).or_insert(until);
        *slot = (*slot).max(until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_one_host_lie_apart_and_hosts_do_not_wait_for_each_other() {
        let pace = Pace::default();
        let delay = Duration::from_secs(10);
        assert_eq!(pace.take_turn("a", delay), Duration::ZERO);
        assert!(pace.take_turn("a", delay) > Duration::from_secs(9));
        assert!(pace.wait_for("a") > Duration::from_secs(19));
        assert_eq!(pace.take_turn("b", delay), Duration::ZERO);
        pace.hold("c", Duration::from_secs(60));
        assert!(pace.take_turn("c", delay) > Duration::from_secs(59));
    }
}
