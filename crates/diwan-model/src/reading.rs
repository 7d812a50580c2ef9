//! All that was read from one capture.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Block, Capture, Finding, Page, Statement};

/// All that was read from one capture: what `diwan read --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The bytes it was read from.
    pub capture: Capture,
    /// Blocks in reading order, each with its role, language and direction.
    pub blocks: Vec<Block>,
    /// The statements found.
    pub statements: Vec<Statement>,
    /// What was inconsistent or could not be read.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Puts together what the stages gave.
    pub fn new(capture: Capture, page: Page, statements: Vec<Statement>, findings: Vec<Finding>) -> Self {
        Self { capture, blocks: page.blocks, statements, findings }
    }
}
