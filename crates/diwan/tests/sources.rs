//! The binary takes what people have: archives, lists and addresses; a server on loopback stands for the web.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests on what they made themselves")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

type Answer = (i32, String, String);

fn run_with(folder: &Path, arguments: &[&str], input: &str) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .current_dir(folder)
        .env("DIWAN_NOW", "2026-01-31T09:00:00Z")
        .args(["-C", "a"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn run(folder: &Path, arguments: &[&str]) -> Answer {
    run_with(folder, arguments, "")
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let (code, out, error) = run(folder, arguments);
    assert!(code <= 1, "{code} {error}");
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out} {error}"))
}

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "a", "--name", "Lakes"]).0, 0);
    folder
}

fn note(day: u32, more: &str) -> String {
    format!(
        "<html lang=en><body><p>Ministry of Lakes</p><p>Media Note</p><p>{day} June 2021</p><p>The ministers of the Compact for \
         Lake Orvane met today and renewed their promise to keep the lake clean.</p><p>{more}</p></body></html>"
    )
}

/// Pages by path, changed while it serves; answers `304` where the page is as the client knows it.
#[derive(Clone, Default)]
struct Site(Arc<Mutex<Vec<(String, String, String)>>>, Arc<Mutex<Vec<String>>>);

impl Site {
    fn set(&self, path: &str, kind: &str, body: &str) {
        let mut pages = self.0.lock().unwrap();
        pages.retain(|(known, ..)| known != path);
        pages.push((path.to_owned(), kind.to_owned(), body.to_owned()));
    }

    fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let site = self.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                site.answer(stream.unwrap());
            }
        });
        address
    }

    fn answer(&self, mut stream: TcpStream) {
        let lines: Vec<String> = BufReader::new(stream.try_clone().unwrap())
            .lines()
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .collect();
        let Some(first) = lines.first() else { return };
        let path = first.split(' ').nth(1).unwrap_or("").to_owned();
        let known = lines
            .iter()
            .find_map(|line| line.to_lowercase().strip_prefix("if-none-match: ").map(str::to_owned));
        let page = self.0.lock().unwrap().iter().find(|(known, ..)| *known == path).cloned();
        let (status, kind, body) = match page {
            Some((_, kind, body)) => ("200 OK", kind, body),
            None => ("404 Not Found", "text/html".to_owned(), String::new()),
        };
        let tag = format!("\"{}-{}\"", body.len(), body.bytes().map(u64::from).sum::<u64>());
        let not_modified = known.as_deref() == Some(tag.as_str());
        self.1.lock().unwrap().push(format!("{path} {}", if not_modified { "304" } else { status }));
        let answer = match not_modified {
            true => "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned(),
            false => format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nETag: {tag}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            ),
        };
        let _ = stream.write_all(answer.as_bytes());
    }
}

const LOCAL: [&str; 3] = ["--allow-private", "--delay", "0"];

fn with_local<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().copied().chain(LOCAL).collect()
}

#[test]
fn addresses_and_files_mixed_and_what_was_refused_retried() {
    let folder = archive();
    let site = Site::default();
    site.set("/1", "text/html; charset=utf-8", &note(1, "They parted."));
    site.set(
        "/feed",
        "application/rss+xml",
        "<rss><channel><item><link>/1</link></item><item><link>/2</link></item></channel></rss>",
    );
    let url = site.serve();
    fs::write(folder.path().join("local.html"), note(3, "They stayed.")).unwrap();
    let (one, feed) = (format!("{url}/1"), format!("{url}/feed"));

    let refused = run(folder.path(), &["add", &one]);
    assert_eq!(refused.0, 1);
    assert!(
        refused.2.contains("is a loopback address, which is not reached unless `--allow-private`"),
        "{}",
        refused.2
    );

    let summary = json(folder.path(), &with_local(&["add", "local.html", &one, &feed, "--json"]));
    assert_eq!(
        (&summary["given"], &summary["added"], &summary["refused"], &summary["lists"]),
        (&3.into(), &2.into(), &1.into(), &1.into()),
        "{summary}"
    );
    assert_eq!(summary["refusals"][0]["reason"], "the server answers 404 Not Found");
    let rows = json(folder.path(), &["list", "--refused", "--json"]);
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");

    site.set("/2", "text/html", &note(2, "They came back."));
    let summary = json(folder.path(), &with_local(&["add", "--retry", "--json"]));
    assert_eq!((&summary["given"], &summary["added"]), (&1.into(), &1.into()), "{summary}");
    assert_eq!(json(folder.path(), &["list", "--refused", "--json"]).as_array().unwrap().len(), 0);

    let (code, out, error) =
        run_with(folder.path(), &with_local(&["add", "-"]), &format!("# ours\nlocal.html\n{one}\n"));
    assert_eq!((code, out.as_str()), (0, "0 added, 2 unchanged, 0 refused of 2 given\n"), "{error}");
    let verified = json(folder.path(), &["verify", "--json"]);
    assert_eq!((&verified["ok"], &verified["counts"]["unread"]), (&true.into(), &0.into()), "{verified}");
}

#[test]
fn what_was_fetched_is_written_as_a_web_archive_that_others_read() {
    let folder = archive();
    let site = Site::default();
    site.set("/1", "text/html; charset=utf-8", &note(1, "They parted."));
    let url = site.serve();
    fs::write(folder.path().join("local.txt"), "Ministry of Lakes\n\n3 June 2021\n\nThe ministers met.\n")
        .unwrap();
    run(folder.path(), &with_local(&["add", &format!("{url}/1"), "local.txt"]));
    let (code, _, error) = run(folder.path(), &["export", "warc", "--out", "out.warc.gz"]);
    assert_eq!(code, 0, "{error}");
    run(folder.path(), &["export", "warc", "--out", "again.warc.gz"]);
    let bytes = fs::read(folder.path().join("out.warc.gz")).unwrap();
    assert_eq!(bytes, fs::read(folder.path().join("again.warc.gz")).unwrap(), "the same bytes");

    // Our own reader takes it, into another archive, as unchanged bytes of the same page.
    let again = archive();
    fs::write(again.path().join("out.warc.gz"), &bytes).unwrap();
    let summary = json(again.path(), &["add", "out.warc.gz", "--json"]);
    assert_eq!((&summary["added"], &summary["refused"]), (&2.into(), &0.into()), "{summary}");
    let hashes = |folder: &Path| {
        let export = json(folder, &["export", "json"]);
        let mut hashes: Vec<String> =
            export["captures"].as_array().unwrap().iter().map(|c| c["sha256"].to_string()).collect();
        hashes.sort();
        hashes
    };
    assert_eq!(hashes(folder.path()), hashes(again.path()));

    // A peer judges it, where it is installed.
    let check = Command::new("python3")
        .args(["-c", "import sys; from warcio.cli import main; sys.exit(main(['check', '-v', sys.argv[1]]))"])
        .arg(folder.path().join("out.warc.gz"))
        .output();
    match check {
        Ok(output) => {
            let said = format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            if said.contains("No module named") {
                eprintln!("skipped: `warcio` is not installed (`pip install warcio`)");
                return;
            }
            assert!(output.status.success(), "{said}");
            assert!(said.contains("digest pass") && !said.contains("fail"), "{said}");
        }
        Err(_) => eprintln!("skipped: there is no python3 here"),
    }
}

#[test]
fn a_watched_page_and_feed_say_what_changed() {
    let folder = archive();
    let site = Site::default();
    site.set("/1", "text/html", &note(1, "They parted."));
    site.set("/feed", "application/rss+xml", "<rss><channel></channel></rss>");
    let url = site.serve();
    let (page, feed) = (format!("{url}/1"), format!("{url}/feed"));
    let asked = json(folder.path(), &with_local(&["watch", &page, &feed, "--every", "1h", "--json"]));
    assert_eq!((&asked[0]["outcome"], &asked[1]["outcome"]), (&"first".into(), &"first".into()), "{asked}");
    let (_, out, error) = run(folder.path(), &["watch"]);
    assert_eq!(out, "", "{error}");
    assert!(error.contains("nothing is due"), "{error}");

    let asked = json(folder.path(), &with_local(&["watch", "--now", "--json"]));
    assert_eq!(
        (&asked[0]["outcome"], &asked[1]["outcome"]),
        (&"unchanged".into(), &"unchanged".into()),
        "{asked}"
    );
    assert!(site.1.lock().unwrap().contains(&"/1 304".to_owned()), "asked whether it changed");

    site.set("/1", "text/html", &note(1, "They parted as friends."));
    site.set("/2", "text/html", &note(2, "They came back."));
    site.set(
        "/feed",
        "application/rss+xml",
        "<rss><channel><item><link>/1</link></item><item><link>/2</link></item></channel></rss>",
    );
    let (code, out, error) = run(folder.path(), &with_local(&["watch", "--now"]));
    assert_eq!(code, 0, "{error}");
    for words in [
        "changed  ",
        "- \u{2068}They parted.",
        "+ \u{2068}They parted as friends.",
        &format!("new page {url}/2"),
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(!out.contains(&format!("new page {url}/1")), "it is here already: {out}");
    let shown = json(folder.path(), &["list", "--json"]);
    assert_eq!(
        shown.as_array().unwrap().len(),
        2,
        "the changed page is an earlier version of the same: {shown}"
    );
    let listed = json(folder.path(), &["watch", "--list", "--json"]);
    assert_eq!((&listed[0]["kind"], &listed[1]["kind"]), (&"page".into(), &"feed".into()));
    assert_eq!(run(folder.path(), &["watch", "--remove", &feed]).0, 0);
    assert_eq!(run(folder.path(), &["watch", "--remove", &feed]).0, 3);
    assert_eq!(run(folder.path(), &["watch", "pages/"]).0, 2);
    assert!(json(folder.path(), &["verify", "--json"])["ok"].as_bool().unwrap());
}

#[test]
fn saved_pages_bring_their_address_and_tables_their_notes() {
    let folder = archive();
    let single = format!(
        "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://ministry.example/en/1/ \n-->{}",
        note(1, "They parted.")
    );
    fs::write(folder.path().join("saved.html"), single).unwrap();
    let mhtml = format!(
        "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://ministry.example/en/2/\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--b--\r\n",
        note(2, "They came back.")
    );
    fs::write(folder.path().join("saved.mhtml"), mhtml).unwrap();
    fs::write(folder.path().join("three.html"), note(3, "They stayed.")).unwrap();
    fs::write(
        folder.path().join("list.csv"),
        "path,url,date,lang\nthree.html,https://ministry.example/en/3/,2020-01-01,fa\n",
    )
    .unwrap();
    let (code, out, error) = run(folder.path(), &["add", "saved.html", "saved.mhtml", "list.csv"]);
    assert_eq!((code, out.as_str()), (0, "3 added, 0 unchanged, 0 refused of 3 given\n"), "{error}");
    let export = json(folder.path(), &["export", "json"]);
    let addresses: Vec<&str> =
        export["captures"].as_array().unwrap().iter().map(|c| c["address"].as_str().unwrap()).collect();
    assert_eq!(
        addresses,
        [
            "https://ministry.example/en/1/",
            "https://ministry.example/en/2/",
            "https://ministry.example/en/3/"
        ]
    );
    let mut kinds: Vec<&str> =
        export["findings"].as_array().unwrap().iter().map(|f| f["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["list-date-disagrees", "list-language-disagrees"]);
    let dry = json(folder.path(), &["reprocess", "--dry-run", "--json"]);
    assert_eq!((&dry["read"], &dry["changed"]), (&3.into(), &0.into()), "read again it is the same: {dry}");
}
