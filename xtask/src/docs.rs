//! `cargo xtask docs`: the documentation as a site in `target/site/`, its links checked.
//!
//! `docs/SUMMARY.md` is the order of the pages, in the form mdBook uses. Two pages are made from the code: the commands
//! (`diwan man --markdown`) and the data files (their own first lines). `--check` writes nothing and fails where a link leads
//! nowhere, a page stands in no chapter, or a made page is not current.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::shell::{self, cargo, root, run as run_command, say};

const STYLE: &str = include_str!("docs.css");

/// One page of the documentation.
struct Page {
    /// Below `docs/`.
    path: PathBuf,
    text: String,
    title: String,
    anchors: BTreeSet<String>,
}

/// The task.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let check = match arguments {
        [] => false,
        ["--check"] => true,
        _ => bail!("`cargo xtask docs [--check]`"),
    };
    made("docs/reference/data-files.md", &data_files()?, check)?;
    if !check {
        made("docs/reference/commands.md", &commands()?, false)?;
    }
    if !check {
        pictures(&read()?)?;
    }
    let pages = read()?;
    let order = chapters(&pages)?;
    let wrong = wrong_links(&pages);
    if !wrong.is_empty() {
        bail!("links that lead nowhere:\n{}", wrong.join("\n"));
    }
    if check {
        say(&format!("docs: {} pages, every link leads somewhere", pages.len()));
        return Ok(());
    }
    let site = root().join("target/site");
    for (path, page) in &pages {
        let target = site.join(path).with_extension("html");
        fs::create_dir_all(target.parent().unwrap_or(&site))?;
        fs::write(&target, whole(page, &order, &pages))?;
    }
    for entry in fs::read_dir(root().join("docs/images")).into_iter().flatten().flatten() {
        fs::create_dir_all(site.join("images"))?;
        fs::copy(entry.path(), site.join("images").join(entry.file_name()))?;
    }
    fs::copy(root().join("docs/read.schema.json"), site.join("read.schema.json"))?;
    fs::copy(site.join("tutorial.html"), site.join("index.html"))?;
    say(&format!("{} pages in target/site/; open target/site/index.html", pages.len()));
    Ok(())
}

/// Takes the pictures that the pages show from the newest run of the browser tests, where there was one.
fn pictures(pages: &BTreeMap<PathBuf, Page>) -> anyhow::Result<()> {
    let images = root().join("docs/images");
    fs::create_dir_all(&images)?;
    for link in pages.values().flat_map(|page| links(&page.text)) {
        let Some(name) = Path::new(&link).file_name().filter(|_| link.ends_with(".png")) else { continue };
        let taken = root().join("target/screenshots").join(name);
        if taken.is_file() {
            fs::copy(taken, images.join(name))?;
        }
    }
    Ok(())
}

/// Writes a page that is made from the code, or says that it is not current.
fn made(path: &str, text: &str, check: bool) -> anyhow::Result<()> {
    let target = root().join(path);
    if fs::read_to_string(&target).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if check {
        bail!("`{path}` is not current: run `cargo xtask docs` and commit it");
    }
    fs::create_dir_all(target.parent().unwrap_or(&target))?;
    fs::write(&target, text).with_context(|| format!("cannot write `{path}`"))
}

fn commands() -> anyhow::Result<String> {
    run_command(&mut cargo(&["build", "--quiet", "--package", "diwan"]))?;
    let diwan = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    shell::output(Command::new(diwan.join("debug/diwan")).args(["man", "--markdown"]))
        .context("`diwan man --markdown` fails")
}

/// Every data file with what it says of itself in its first lines.
fn data_files() -> anyhow::Result<String> {
    let list = shell::output(
        Command::new("git").args(["ls-files", "--", "crates/*/data/*.toml"]).current_dir(root()),
    )
    .context("`git ls-files` cannot be run")?;
    let mut by_crate: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for name in list.lines() {
        let text = fs::read_to_string(root().join(name))?;
        let head: Vec<&str> = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .map(|line| line.trim_start_matches(['#', ' ']))
            .collect();
        let first =
            head.join(" ").split_inclusive(". ").next().unwrap_or_default().trim().replace('|', "\\|");
        if let [_, house, _, rest @ ..] = name.split('/').collect::<Vec<_>>().as_slice() {
            by_crate.entry((*house).to_owned()).or_default().push((rest.join("/"), first));
        }
    }
    let mut out = String::from(
        "# Data files\n\nWhat Diwan knows of languages lies in files that a person can read and add to without writing Rust. This page is made from their \
         first lines by `cargo xtask docs`. Tests hold every file against its format, and every rule against its examples.\n",
    );
    for (house, files) in by_crate {
        out.push_str(&format!("\n## `crates/{house}/data/`\n\n| file | what it holds |\n|---|---|\n"));
        for (file, head) in files {
            out.push_str(&format!("| `{file}` | {head} |\n"));
        }
    }
    Ok(out)
}

/// Every page below `docs/`.
fn read() -> anyhow::Result<BTreeMap<PathBuf, Page>> {
    let list = shell::output(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "--", "docs/*.md"])
            .current_dir(root()),
    )
    .context("`git ls-files` cannot be run")?;
    let mut pages = BTreeMap::new();
    for name in list.lines() {
        let Some(path) = name.strip_prefix("docs/").map(PathBuf::from) else { continue };
        let Ok(text) = fs::read_to_string(root().join(name)) else { continue };
        let (title, anchors) = headings(&text);
        pages.insert(path.clone(), Page { path, text, title, anchors });
    }
    Ok(pages)
}

/// The title of a page, and the anchors of its headings as the web shows them.
fn headings(text: &str) -> (String, BTreeSet<String>) {
    let (mut title, mut anchors, mut current) = (String::new(), BTreeSet::new(), None);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => current = Some((level, String::new())),
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, words)) = &mut current {
                    words.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, words)) = current.take() {
                    anchors.insert(anchor(&words));
                    if level == HeadingLevel::H1 && title.is_empty() {
                        title = words;
                    }
                }
            }
            _ => {}
        }
    }
    (title, anchors)
}

fn anchor(words: &str) -> String {
    words
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// The links of a page as they are written, images too.
fn links(text: &str) -> Vec<String> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        })
        .collect()
}

/// The pages in the order of `SUMMARY.md`; every page must stand in it.
fn chapters(pages: &BTreeMap<PathBuf, Page>) -> anyhow::Result<Vec<PathBuf>> {
    let summary = pages.get(Path::new("SUMMARY.md")).context("`docs/SUMMARY.md` is missing")?;
    let order: Vec<PathBuf> = links(&summary.text).iter().map(PathBuf::from).collect();
    let missing: Vec<String> = pages
        .keys()
        .filter(|path| path.as_path() != Path::new("SUMMARY.md") && !order.contains(path))
        .map(|path| path.display().to_string())
        .collect();
    if missing.is_empty() {
        Ok(order)
    } else {
        bail!("`docs/SUMMARY.md` does not lead to: {}", missing.join(", "))
    }
}

/// `a/b/../c` as `a/c`.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// Links inside the repository that lead nowhere. The README and the other pages at the root are looked at too.
fn wrong_links(pages: &BTreeMap<PathBuf, Page>) -> Vec<String> {
    let mut texts: Vec<(PathBuf, String)> =
        pages.values().map(|page| (Path::new("docs").join(&page.path), page.text.clone())).collect();
    for name in ["README.md", "CONTRIBUTING.md", "samples/README.md"] {
        texts.push((PathBuf::from(name), fs::read_to_string(root().join(name)).unwrap_or_default()));
    }
    let mut wrong = Vec::new();
    for (path, text) in texts {
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, part) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                plain(&path.parent().unwrap_or(Path::new("")).join(file))
            };
            let there = root().join(&target).exists();
            let page = target.strip_prefix("docs").ok().and_then(|below| pages.get(below));
            let anchored = part.is_empty() || page.is_none_or(|page| page.anchors.contains(part));
            if !there || !anchored {
                wrong.push(format!("{}: {link}", path.display()));
            }
        }
    }
    wrong
}

/// A page with the list of all pages beside it.
fn whole(page: &Page, order: &[PathBuf], pages: &BTreeMap<PathBuf, Page>) -> String {
    let up = "../".repeat(page.path.components().count().saturating_sub(1));
    let mut list = String::new();
    for path in order {
        let title = pages.get(path).map_or("", |p| p.title.as_str());
        let here = if path == &page.path { " aria-current=\"page\"" } else { "" };
        let target = path.with_extension("html");
        list.push_str(&format!(
            "<li><a href=\"{up}{}\"{here}>{}</a></li>\n",
            target.display(),
            escaped(title)
        ));
    }
    let events: Vec<Event<'_>> = Parser::new_ext(&page.text, Options::ENABLE_TABLES)
        .map(|event| match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: leads(&dest_url), title, id })
            }
            other => other,
        })
        .collect();
    let mut with_anchors = Vec::with_capacity(events.len());
    for (n, event) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { level, classes, attrs, .. }) = event {
            let words: String = events
                .iter()
                .skip(n + 1)
                .take_while(|e| !matches!(e, Event::End(TagEnd::Heading(_))))
                .filter_map(|e| match e {
                    Event::Text(part) | Event::Code(part) => Some(part.to_string()),
                    _ => None,
                })
                .collect();
            with_anchors.push(Event::Start(Tag::Heading {
                level: *level,
                id: Some(anchor(&words).into()),
                classes: classes.clone(),
                attrs: attrs.clone(),
            }));
        } else {
            with_anchors.push(event.clone());
        }
    }
    let mut body = String::new();
    html::push_html(&mut body, with_anchors.into_iter());
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{} · Diwan</title><style>{STYLE}</style></head><body><nav><strong>Diwan</strong><ul>\n{list}</ul></nav><main>\n{body}</main></body></html>\n",
        escaped(&page.title)
    )
}

/// A link to another page of the documentation leads to that page of the site; one into the code leads nowhere there and
/// stays as it is written.
fn leads(link: &str) -> CowStr<'static> {
    if link.contains("://") {
        return link.to_owned().into();
    }
    let (file, part) = link.split_once('#').unwrap_or((link, ""));
    let file = file.strip_suffix(".md").map_or_else(|| file.to_owned(), |stem| format!("{stem}.html"));
    if part.is_empty() { file.into() } else { format!("{file}#{part}").into() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
