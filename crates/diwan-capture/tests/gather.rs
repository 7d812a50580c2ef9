//! Everything that can be handed in, mixed.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use common::{Server, gzip, send};
use diwan_capture::{Content, FetchOptions, GatherOptions, Gathering, Given, Source, load};
use diwan_formats::warc::{WarcEntry, WarcWriter};

fn options() -> GatherOptions {
    let mut fetch = FetchOptions::new(|| "2026-01-31T09:00:00Z".to_owned());
    fetch.guard.allow_private = true;
    fetch.delay = Duration::ZERO;
    GatherOptions { max_bytes: 1 << 20, fetch, marks: BTreeMap::new() }
}

fn all(mut gathering: Gathering) -> Vec<Given> {
    let stop = AtomicBool::new(false);
    let mut out = Vec::new();
    loop {
        let chunk = gathering.next_chunk(7, 1 << 20, &stop);
        if chunk.is_empty() {
            let pages = out.iter().filter(|given| !matches!(given, Given::List(_))).count();
            assert_eq!(gathering.expected(), pages as u64, "what was announced is what came");
            return out;
        }
        out.extend(chunk);
    }
}

fn gather(arguments: &[PathBuf]) -> Vec<Given> {
    let mut gathering = Gathering::new(options());
    gathering.push_arguments(arguments);
    all(gathering)
}

fn bytes(source: &Source) -> Vec<u8> {
    match load(source.clone(), 1 << 20).unwrap().content {
        Content::Bytes(bytes) => bytes,
        other => panic!("{other:?}"),
    }
}

/// Name without the folder, and the bytes or the reason.
fn shown(folder: &Path, given: &[Given]) -> Vec<String> {
    let short = |name: &str| name.replace(&format!("{}/", folder.display()), "");
    given
        .iter()
        .map(|given| match given {
            Given::Page(source) if matches!(source.content, Content::Earlier { .. }) => {
                format!("{}: earlier", short(&source.name))
            }
            Given::Page(source) => {
                format!("{}: {}", short(&source.name), String::from_utf8_lossy(&bytes(source)))
            }
            Given::List(source) => format!("list {}", short(&source.name)),
            Given::Refused(refusal) => format!("refused {}: {}", short(&refusal.name), refusal.reason),
        })
        .collect()
}

fn entry<'a>(kind: &'a str, address: &'a str, head: &'a [u8], payload: &'a [u8]) -> WarcEntry<'a> {
    WarcEntry {
        kind,
        identity: address,
        address: Some(address),
        date: "2021-12-03T09:00:00Z",
        content_type: "application/http",
        fields: &[],
        head,
        payload,
    }
}

const HTML: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

fn warc() -> Vec<u8> {
    let mut writer = WarcWriter::new(Vec::new());
    let digest = ("WARC-Payload-Digest", "sha1:AAAA");
    writer.write(&entry("request", "https://a.example/1", b"GET /1 HTTP/1.1\r\n\r\n", b"")).unwrap();
    writer.write(&entry("response", "https://a.example/1", HTML, b"<p>one")).unwrap();
    writer.write(&entry("response", "https://a.example/2", HTML, b"<p>two")).unwrap();
    writer.write(&entry("request", "https://a.example/2", b"GET /2 HTTP/1.1\r\n\r\n", b"")).unwrap();
    let image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n";
    writer.write(&entry("response", "https://a.example/i.png", image, b"png")).unwrap();
    writer
        .write(&entry("response", "https://a.example/gone", b"HTTP/1.1 404 Not Found\r\n\r\n", b"no"))
        .unwrap();
    let packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    writer.write(&entry("response", "https://a.example/bomb", packed, &gzip(&vec![0; 8 << 20]))).unwrap();
    let fields = [digest];
    let revisit = WarcEntry { fields: &fields, ..entry("revisit", "https://a.example/3", HTML, b"") };
    writer.write(&revisit).unwrap();
    writer.finish().unwrap()
}

#[test]
fn a_web_archive_is_gone_through() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crawl.warc.gz");
    fs::write(&path, warc()).unwrap();
    let mut gathering = Gathering::new(options());
    gathering.push_arguments(std::slice::from_ref(&path));
    let stop = AtomicBool::new(false);
    let given = gathering.next_chunk(100, 1 << 20, &stop);
    assert_eq!(
        shown(folder.path(), &given),
        [
            "crawl.warc.gz https://a.example/1: <p>one",
            "crawl.warc.gz https://a.example/2: <p>two",
            "refused crawl.warc.gz https://a.example/bomb: it has more than 1048576 bytes",
            "crawl.warc.gz https://a.example/3: earlier",
        ]
    );
    assert!(gathering.next_chunk(100, 1 << 20, &stop).is_empty());
    let passed: Vec<_> = gathering.passed_over().iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    assert_eq!(passed, ["answer 404 1", "image 1"]);
    let Given::Page(one) = &given[0] else { panic!() };
    assert_eq!(one.address.as_deref(), Some("https://a.example/1"));
    assert_eq!(one.encoding.as_deref(), Some("utf-8"));
    assert!(one.exchanges[0].request.starts_with("GET /1"), "the request before it");
    assert_eq!(one.exchanges[0].at.as_deref(), Some("2021-12-03T09:00:00Z"));
    let Given::Page(two) = &given[1] else { panic!() };
    assert!(two.exchanges[0].request.starts_with("GET /2"), "and the one after it");

    // A run that was stopped after the first page goes on behind it.
    let mark = one.mark.clone().unwrap();
    let mut again = options();
    again.marks.insert(mark.file, mark.place);
    let mut gathering = Gathering::new(again);
    gathering.push_arguments(&[path]);
    let rest = gathering.next_chunk(100, 1 << 20, &stop);
    assert_eq!(shown(folder.path(), &rest)[0], "crawl.warc.gz https://a.example/2: <p>two");

    // What was refused can be asked for again by its place.
    let Given::Refused(refusal) = &given[2] else { panic!() };
    let mut wide = options();
    wide.max_bytes = 16 << 20;
    let mut gathering = Gathering::new(wide);
    gathering.push_locators(vec![(refusal.name.clone(), refusal.locator.clone().unwrap())]);
    let retried = gathering.next_chunk(100, 64 << 20, &stop);
    assert_eq!(retried.len(), 1);
    let Given::Page(bomb) = &retried[0] else { panic!("{retried:?}") };
    assert_eq!((bomb.name.as_str(), bomb.weight()), (refusal.name.as_str(), 8 << 20));
    assert!(gathering.next_chunk(100, 1 << 20, &stop).is_empty());
}

fn zip(members: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn zip_files_wacz_and_documents() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let deflated = zip::CompressionMethod::Deflated;
    let big = vec![0; 2 << 20];
    fs::write(
        at("a.zip"),
        zip(&[("b/2.html", b"<p>two"), ("1.txt", b"one"), (".x", b"hidden"), ("big", &big)], deflated),
    )
    .unwrap();
    fs::write(at("b.docx"), zip(&[("word/document.xml", b"<w/>")], deflated)).unwrap();
    let wacz = [("datapackage.json", b"{}".as_slice()), ("archive/1.warc.gz", &warc())];
    fs::write(at("c.wacz"), zip(&wacz, zip::CompressionMethod::Stored)).unwrap();
    fs::write(at("d.zip"), b"PK\x03\x04 and then nothing").unwrap();
    let given = gather(&[at("a.zip"), at("c.wacz"), at("d.zip")]);
    let lines = shown(folder.path(), &given);
    assert_eq!(
        &lines[..5],
        [
            "a.zip 1.txt: one",
            "a.zip b/2.html: <p>two",
            "refused a.zip big: it has more than 1048576 bytes",
            "c.wacz archive/1.warc.gz https://a.example/1: <p>one",
            "c.wacz archive/1.warc.gz https://a.example/2: <p>two",
        ]
    );
    assert!(lines[7].starts_with("refused d.zip: it is no whole ZIP file"), "{lines:?}");
    let given = gather(&[at("b.docx")]);
    let Given::Page(document) = &given[0] else { panic!() };
    assert!(document.media_type.as_deref().unwrap().ends_with("wordprocessingml.document"));
}

fn site() -> Server {
    Server::new(|asked, stream| {
        match asked.path.as_str() {
        "/robots.txt" => send(stream, "404 Not Found", "", b""),
        "/feed.xml" => send(
            stream,
            "200 OK",
            "Content-Type: application/rss+xml\r\n",
            b"<rss><channel><item><link>/notes/1</link></item><item><link>/notes/2</link></item><item><link>/notes/1#x</link></item></channel></rss>",
        ),
        "/sitemap.xml" => {
            let host = &asked.headers["host"];
            let body = format!("<sitemapindex><sitemap><loc>http://{host}/more.xml.gz</loc></sitemap></sitemapindex>");
            send(stream, "200 OK", "", body.as_bytes());
        }
        "/more.xml.gz" => {
            let host = &asked.headers["host"];
            let body = format!("<urlset><url><loc>http://{host}/notes/3</loc></url><url><loc>http://other.example/</loc></url></urlset>");
            send(stream, "200 OK", "Content-Type: application/gzip\r\n", &gzip(body.as_bytes()));
        }
        path if path.starts_with("/notes/") => {
            send(stream, "200 OK", "Content-Type: text/html\r\n", format!("<p>{path}").as_bytes());
        }
        _ => send(stream, "404 Not Found", "", b""),
    }
    })
}

#[test]
fn feeds_sitemaps_tables_and_lines_have_their_pages_fetched() {
    let server = site();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut lines = shown(folder.path(), &gather(&[server.url("/feed.xml").into()]));
    lines.sort();
    let url = |path: &str| server.url(path);
    assert_eq!(
        lines,
        [
            format!("{}: <p>/notes/1", url("/notes/1")),
            format!("{}: <p>/notes/2", url("/notes/2")),
            format!("list {}", url("/feed.xml")),
        ]
    );
    let lines = shown(folder.path(), &gather(&[server.url("/sitemap.xml").into()]));
    assert!(lines.contains(&format!("{}: <p>/notes/3", url("/notes/3"))), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("is on another host than the sitemap")), "{lines:?}");
    assert_eq!(lines.len(), 4, "{lines:?}");

    fs::write(at("local.txt"), "local").unwrap();
    let table = format!(
        "url,path,date,lang\n{},,2021-12-03,fa\nhttps://b.example/l,local.txt,,\n,,,\n",
        url("/notes/4")
    );
    fs::write(at("list.csv"), table).unwrap();
    let given = gather(&[at("list.csv")]);
    let mut lines = shown(folder.path(), &given);
    lines.sort();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1].starts_with("local.txt: local"), "{lines:?}");
    assert!(lines[2].contains("neither an address nor a path"), "{lines:?}");
    let fetched = given.iter().find_map(|given| match given {
        Given::Page(source) if source.name.starts_with("http") => Some(source),
        _ => None,
    });
    assert_eq!(fetched.unwrap().notes[0], ("date".to_owned(), "2021-12-03".to_owned()));

    // In a folder a list is not followed: nobody asked for its pages.
    let lines = shown(folder.path(), &gather(&[folder.path().to_owned()]));
    assert!(lines[0].starts_with("refused list.csv: it is a list of addresses"), "{lines:?}");

    let mut gathering = Gathering::new(options());
    gathering.push_lines(&format!("# ours\n{}\n{}\nnone.txt\n", url("/notes/5"), at("local.txt").display()));
    let lines = shown(folder.path(), &all(gathering));
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines.contains(&"refused none.txt: there is no such file".to_owned()), "{lines:?}");
}

#[test]
fn what_cannot_be_fetched_is_refused_and_the_rest_goes_on() {
    let server = site();
    let folder = tempfile::tempdir().unwrap();
    let given = gather(&[server.url("/gone").into(), server.url("/notes/1").into(), "https://".into()]);
    let mut lines = shown(folder.path(), &given);
    lines.sort();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines.iter().any(|line| line.ends_with("the server answers 404 Not Found")), "{lines:?}");
}
