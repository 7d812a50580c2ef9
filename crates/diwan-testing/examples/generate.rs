//! Writes many varied pages into a folder, a thousand a subfolder: `cargo run -p diwan-testing --example generate -- FOLDER COUNT`.

use std::fs;
use std::io;
use std::path::PathBuf;

use diwan_testing::generate::Generator;
use diwan_testing::samples;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "generated".into()));
    let count = arguments.next().and_then(|n| n.to_str()?.parse().ok()).unwrap_or(1_000);
    let generator = Generator::read(&samples::folder(env!("CARGO_MANIFEST_DIR")))?;
    let mut list = String::new();
    for (number, (address, bytes)) in generator.pages(count, 1).enumerate() {
        let name = format!("{:03}/{number:06}.page", number / 1_000);
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
        list.push_str(&format!("{name}\t{address}\n"));
    }
    fs::write(folder.join("addresses.tsv"), list)
}
