//! Puts the pages of `samples/` into the binary, for `diwan demo`: every file that its manifest can name.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let samples = here.join("../../samples");
    println!("cargo::rerun-if-changed={}", samples.display());
    let mut files = Vec::new();
    collect(&samples, &samples, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for (name, path) in files {
        let _ = writeln!(
            code,
            "    ({name:?}, include_bytes!({:?})),",
            path.canonicalize()?.display().to_string()
        );
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("samples.rs"), code)
}

/// The manifest and everything in folders below; what lies beside the manifest is about the samples, not one of them.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let name =
            path.strip_prefix(root).unwrap_or(&path).components().map(|c| c.as_os_str().to_string_lossy());
        let name = name.collect::<Vec<_>>().join("/");
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if folder != root || name == "manifest.toml" {
            files.push((name, path));
        }
    }
    Ok(())
}
