//! Series, comparison, formulas, and where else something was said.

mod compare;
mod formulas;
mod said;
mod series;

pub(crate) use compare::compare_page;
pub(crate) use formulas::{formula, formulas};
pub(super) use said::marks;
pub(crate) use said::said;
pub(crate) use series::{picture_file, series, series_list};
