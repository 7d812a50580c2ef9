//! A progress bar on standard error, where that is a terminal and nobody asked for quiet.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that counts to `total`. Drawn nowhere if `quiet` or no person looks on.
pub(crate) fn bar(total: u64, what: &str, quiet: bool) -> ProgressBar {
    let seen = !quiet && std::io::stderr().is_terminal();
    let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    let style = ProgressStyle::with_template("{prefix:>9} [{bar:32}] {pos}/{len}  {per_sec}  {msg}");
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(what.to_owned());
    bar
}
