//! Learns the weights of correspondences from pairs of words, one pair a line, tab between:
//! `cargo run --release -p diwan-text --example learn_names -- latin arabic train.tsv [test.tsv]`.
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a program for the person who runs it")]

use std::fs;

use diwan_text::names::Alphabet;
use diwan_text::names::learn::{LearnOptions, Pair, learn, pair};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [left, right, train, rest @ ..] = &arguments[..] else {
        eprintln!("give: left alphabet, right alphabet, file of pairs, file to test on");
        return;
    };
    let alphabets = (alphabet(left), alphabet(right));
    let read = |path: &str| -> Vec<Pair> {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .filter_map(|line| {
                let (l, r) = line.split_once('\t')?;
                pair(l, r.split('\t').next().unwrap_or(""), alphabets)
            })
            .collect()
    };
    let pairs = read(train);
    let options = LearnOptions::default();
    let weights = learn(&pairs, alphabets, &options, &mut |line| eprintln!("{line}"));
    if let [test, ..] = rest {
        for draw in read(test).chunks(1000) {
            eprintln!("{} pairs: {}", draw.len(), weights.hits(draw));
        }
    }
    println!("{}", weights.print());
}

fn alphabet(name: &str) -> Alphabet {
    if name == "latin" { Alphabet::Latin } else { Alphabet::Arabic }
}
