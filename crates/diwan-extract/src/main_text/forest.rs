//! A forest of small decision trees: what turns the features of a block into the chance that it is main text.
//!
//! The trees are learnt by `examples/train-main-text` and kept as text: a line a node. `NAME < VALUE ELSE` goes to the next
//! line where the feature is smaller, and `ELSE` lines further on where it is not; `= VALUE` ends. The values of all
//! trees are added; the logistic function of the sum is the chance.

use std::fmt::Write as _;

/// Trees between two looks at the sum.
const AT_ONCE: usize = 30;
/// A sum beyond this, in logits, is not changed much by the trees that follow.
const PLAIN: f32 = 5.5;

/// A node of a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Number of the feature; [`Node::LEAF`] where the tree ends.
    pub feature: u16,
    /// How many nodes further on the branch of values that are not below begins.
    pub skip: u16,
    /// The value that parts, or the value of the leaf in logits.
    pub value: f32,
}

impl Node {
    /// The feature of a leaf.
    pub const LEAF: u16 = u16::MAX;

    /// An end.
    pub fn leaf(value: f32) -> Self {
        Self { feature: Self::LEAF, skip: 0, value }
    }
}

/// Trees, one after another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    /// The sum before any tree, in logits.
    pub base: f32,
    /// Nodes of all trees.
    pub nodes: Vec<Node>,
    /// Where each tree begins.
    pub roots: Vec<u32>,
}

impl Forest {
    /// The sum over all trees, in logits. Where the first trees leave no doubt, the others are not asked.
    pub fn sum(&self, row: &[f32]) -> f32 {
        let mut sum = self.base;
        for some in self.roots.chunks(AT_ONCE) {
            for root in some {
                let mut at = *root as usize;
                while let Some(node) = self.nodes.get(at) {
                    if node.feature == Node::LEAF {
                        sum += node.value;
                        break;
                    }
                    let value = row.get(usize::from(node.feature)).copied().unwrap_or(f32::INFINITY);
                    // A step instead of a branch: no processor foresees which way it goes.
                    let goes_on = usize::from(value >= node.value);
                    at += 1 + goes_on * usize::from(node.skip.max(1) - 1);
                }
            }
            if sum.abs() > PLAIN {
                break;
            }
        }
        sum
    }

    /// The chance, 0 to 1.
    pub fn chance(&self, row: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.sum(row)).exp())
    }

    /// Reads the text form. Features are named as in `names`; a line that cannot be read is an error with its number.
    pub fn parse(text: &str, names: &[String]) -> Result<Self, String> {
        let mut out = Self::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || format!("line {} of the forest cannot be read: `{line}`", n + 1);
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["base", value] => out.base = value.parse().map_err(|_| wrong())?,
                ["tree"] => out.roots.push(u32::try_from(out.nodes.len()).map_err(|_| wrong())?),
                ["=", value] => out.nodes.push(Node::leaf(value.parse().map_err(|_| wrong())?)),
                [name, "<", value, skip] => {
                    let feature = names.iter().position(|n| n == name).ok_or_else(wrong)?;
                    out.nodes.push(Node {
                        feature: u16::try_from(feature).map_err(|_| wrong())?,
                        value: value.parse().map_err(|_| wrong())?,
                        skip: skip.parse().map_err(|_| wrong())?,
                    });
                }
                _ => return Err(wrong()),
            }
        }
        Ok(out)
    }

    /// The text form.
    pub fn to_text(&self, names: &[String]) -> String {
        let mut out = format!("base {:.4}\n", self.base);
        for (at, node) in self.nodes.iter().enumerate() {
            if self.roots.iter().any(|r| *r as usize == at) {
                out.push_str("tree\n");
            }
            let _ = if node.feature == Node::LEAF {
                writeln!(out, "= {:.4}", node.value)
            } else {
                let name = names.get(usize::from(node.feature)).map_or("?", String::as_str);
                writeln!(out, "{name} < {:.5} {}", node.value, node.skip)
            };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_and_sum() {
        let names = vec!["a".to_owned(), "b".to_owned()];
        let text = "base 0.5000\ntree\na < 1.00000 2\n= -1.0000\nb < 2.00000 2\n= 0.2500\n= 2.0000\n";
        let forest = Forest::parse(text, &names).expect("reads");
        assert_eq!(forest.to_text(&names), text);
        assert_eq!(forest.sum(&[0.0, 0.0]), -0.5);
        assert_eq!(forest.sum(&[1.0, 0.0]), 0.75);
        assert_eq!(forest.sum(&[1.0, 3.0]), 2.5);
        assert!(Forest::parse("c < 1 2", &names).is_err());
    }
}
