//! Fetching from a real server on loopback: what it sends well, and what it sends badly.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod common;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::{Server, gzip, send};
use diwan_capture::{Conditions, FetchOptions, FetchOutcome, Fetched, Fetcher};

fn now() -> String {
    "2026-01-31T09:00:00Z".to_owned()
}

fn options() -> FetchOptions {
    let mut options = FetchOptions::new(now);
    options.guard.except = vec!["127.0.0.1".parse().unwrap()];
    options.delay = Duration::ZERO;
    options.max_bytes = 1 << 20;
    options.timeout = Duration::from_secs(2);
    options.patience = Duration::from_secs(3);
    options
}

fn fetch(server: &Server, path: &str) -> Fetched {
    Fetcher::new(options()).fetch(&server.url(path), &Conditions::default())
}

fn reason(fetched: &Fetched) -> &str {
    match &fetched.outcome {
        FetchOutcome::Refused(reason) => reason,
        other => panic!("{other:?}"),
    }
}

fn page(fetched: &Fetched) -> &[u8] {
    match &fetched.outcome {
        FetchOutcome::Page { bytes, .. } => bytes,
        other => panic!("{other:?}"),
    }
}

/// A site with everything on it.
fn site() -> Server {
    let busy = AtomicUsize::new(0);
    Server::new(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => send(stream, "200 OK", "", b"User-agent: *\nDisallow: /drafts/\n"),
        "/page" => send(
            stream,
            "200 OK",
            "Content-Type: text/html; charset=windows-1256\r\nETag: \"a\"\r\n",
            b"<p>It met.",
        ),
        "/packed" => {
            let body = gzip(b"<p>It met, packed.");
            send(stream, "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &body);
        }
        "/chunks" => {
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\n<p>\r\n7\r\nIt met.\r\n0\r\n\r\n",
            );
        }
        "/old" => send(stream, "301 Moved Permanently", "Location: /older\r\n", b"moved"),
        "/older" => send(stream, "302 Found", "Location: page#part\r\n", b""),
        "/circle" => send(stream, "302 Found", "Location: /circle\r\n", b""),
        "/to-draft" => send(stream, "302 Found", "Location: /drafts/1\r\n", b""),
        "/to-file" => send(stream, "302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/to-metadata" => send(stream, "302 Found", "Location: http://169.254.169.254/latest\r\n", b""),
        "/to-name" => {
            let port = stream.local_addr().unwrap().port();
            send(stream, "302 Found", &format!("Location: http://127.0.0.2:{port}/page\r\n"), b"");
        }
        "/bomb" => {
            let body = gzip(&vec![b' '; 64 << 20]);
            send(stream, "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &body);
        }
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 64 << 10]).is_ok() {}
        }
        "/large" => send(stream, "200 OK", "", &vec![b'x'; (1 << 20) + 1]),
        "/short" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nIt met");
        }
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            for _ in 0..100 {
                if stream.write_all(b"x").is_err() {
                    return;
                }
                thread::sleep(Duration::from_millis(100));
            }
        }
        "/long-head" => {
            let head = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(200_000));
            let _ = stream.write_all(head.as_bytes());
        }
        "/nonsense" => {
            let _ = stream.write_all(b"\x00\x01\x02 what?\r\n\r\n");
        }
        "/busy" => match busy.fetch_add(1, Ordering::SeqCst) {
            0 => send(stream, "429 Too Many Requests", "Retry-After: 1\r\n", b"later"),
            1 => {
                send(stream, "503 Service Unavailable", "Retry-After: Sat, 31 Jan 2026 09:00:01 GMT\r\n", b"")
            }
            _ => send(stream, "200 OK", "", b"<p>At last."),
        },
        "/very-busy" => send(stream, "429 Too Many Requests", "Retry-After: 86400\r\n", b""),
        "/same" if asked.headers.get("if-none-match").is_some_and(|tag| tag == "\"a\"") => {
            let _ =
                stream.write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nConnection: close\r\n\r\n");
        }
        "/same" => send(stream, "200 OK", "ETag: \"a\"\r\n", b"<p>same"),
        _ => send(stream, "404 Not Found", "", b"<p>nothing here"),
    })
}

#[test]
fn pages_come_decoded_with_what_was_said() {
    let server = site();
    let fetched = fetch(&server, "/page");
    assert_eq!(page(&fetched), b"<p>It met.");
    let FetchOutcome::Page { media_type, charset, .. } = &fetched.outcome else { panic!() };
    assert_eq!((media_type.as_deref(), charset.as_deref()), (Some("text/html"), Some("windows-1256")));
    let [robots, exchange] = fetched.exchanges.as_slice() else { panic!("{:?}", fetched.exchanges) };
    assert!(robots.address.ends_with("/robots.txt") && robots.body.starts_with(b"User-agent"));
    assert!(exchange.request.starts_with("GET /page HTTP/1.1\r\nhost: 127.0.0.1:"), "{}", exchange.request);
    assert!(exchange.request.contains("user-agent: diwan/"));
    assert_eq!(exchange.response_header("ETag"), Some("\"a\""));
    assert_eq!((exchange.status, exchange.at.as_deref()), (200, Some("2026-01-31T09:00:00Z")));
    let sent = &server.asked()[1].headers;
    assert_eq!(sent["accept-encoding"], "gzip");

    let fetched = fetch(&server, "/packed");
    assert_eq!(page(&fetched), b"<p>It met, packed.");
    assert_eq!(fetched.exchanges[1].response_header("content-encoding"), Some("gzip"), "as it was sent");
    assert_eq!(page(&fetch(&server, "/chunks")), b"<p>It met.");
    assert_eq!(reason(&fetch(&server, "/none")), "the server answers 404 Not Found");
}

#[test]
fn redirects_are_followed_and_recorded() {
    let server = site();
    let fetched = fetch(&server, "/old");
    assert_eq!(fetched.address, server.url("/page"));
    let steps: Vec<u16> = fetched.exchanges.iter().map(|exchange| exchange.status).collect();
    assert_eq!(steps, [200, 301, 302, 200], "the first is robots.txt");
    assert_eq!(fetched.exchanges[1].body, b"moved");
    assert_eq!(reason(&fetch(&server, "/circle")), "it leads on more than 10 times");
    assert!(reason(&fetch(&server, "/to-draft")).contains("`robots.txt` asks"));
    assert!(reason(&fetch(&server, "/to-file")).contains("`file:` are not fetched"));
}

#[test]
fn nothing_inside_is_reached_by_name_number_or_redirect() {
    let server = site();
    assert!(reason(&fetch(&server, "/to-metadata")).contains("a link-local address"));
    assert!(reason(&fetch(&server, "/to-name")).contains("a loopback address"), "only 127.0.0.1 is excepted");
    let port = server.address.port();
    let strict = FetchOptions { guard: diwan_capture::Guard::default(), ..options() };
    let fetcher = Fetcher::new(strict);
    let before = server.asked().len();
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0",
        "127.1",
    ] {
        let fetched = fetcher.fetch(&format!("http://{host}:{port}/page"), &Conditions::default());
        let reason = reason(&fetched);
        assert!(reason.contains("not reached unless `--allow-private`"), "{host}: {reason}");
        assert!(fetched.exchanges.is_empty());
    }
    assert_eq!(server.asked().len(), before, "no connection was made");
    for address in
        ["ftp://127.0.0.1/", "file:///etc/passwd", "http://user:word@127.0.0.1/", "nonsense", "http://"]
    {
        reason(&fetcher.fetch(address, &Conditions::default()));
    }
    let open =
        FetchOptions { guard: diwan_capture::Guard { allow_private: true, except: Vec::new() }, ..options() };
    let fetched = Fetcher::new(open).fetch(&format!("http://localhost:{port}/page"), &Conditions::default());
    assert_eq!(page(&fetched), b"<p>It met.");
}

#[test]
fn bad_bodies_are_refused_with_a_reason() {
    let server = site();
    let begun = Instant::now();
    for (path, words) in [
        ("/bomb", "it has more than 1048576 bytes"),
        ("/endless", "it has more than 1048576 bytes"),
        ("/large", "it has more than 1048576 bytes"),
        ("/short", "it is cut short or garbled"),
        ("/slow", "it is cut short or garbled: timeout"),
        ("/long-head", "the server's head is too long"),
        ("/nonsense", "it cannot be fetched"),
    ] {
        let fetched = fetch(&server, path);
        assert!(reason(&fetched).contains(words), "{path}: {}", reason(&fetched));
    }
    assert!(begun.elapsed() < Duration::from_secs(15));
    let nobody = Fetcher::new(options()).fetch("http://127.0.0.1:1/", &Conditions::default());
    assert!(reason(&nobody).contains("`robots.txt` cannot be had"), "{}", reason(&nobody));
}

#[test]
fn robots_are_asked_once_and_obeyed() {
    let server = site();
    let fetcher = Fetcher::new(options());
    let refused = fetcher.fetch(&server.url("/drafts/1"), &Conditions::default());
    assert_eq!(reason(&refused), "the site's `robots.txt` asks that it not be fetched");
    fetcher.fetch(&server.url("/page"), &Conditions::default());
    assert_eq!(server.paths(), ["/robots.txt", "/page"]);

    let failing = Server::new(|_, stream| send(stream, "500 Internal Server Error", "", b""));
    let fetched = fetch(&failing, "/page");
    assert!(reason(&fetched).contains("`robots.txt` cannot be had, so nothing is fetched"));
    assert_eq!(failing.paths(), ["/robots.txt"]);
    let absent = Server::new(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => send(stream, "404 Not Found", "", b""),
        _ => send(stream, "200 OK", "", b"<p>open"),
    });
    assert_eq!(page(&fetch(&absent, "/page")), b"<p>open");
}

#[test]
fn a_server_that_asks_for_patience_gets_it_up_to_a_point() {
    let server = site();
    let begun = Instant::now();
    let fetched = fetch(&server, "/busy");
    assert_eq!(page(&fetched), b"<p>At last.");
    assert!(begun.elapsed() >= Duration::from_millis(1900), "{:?}", begun.elapsed());
    let statuses: Vec<u16> = fetched.exchanges.iter().map(|exchange| exchange.status).collect();
    assert_eq!(statuses, [200, 429, 503, 200]);
    let fetched = fetch(&server, "/very-busy");
    assert_eq!(reason(&fetched), "the server answers 429 and asks to come back in 86400 seconds");
}

#[test]
fn what_is_the_same_is_not_sent_again() {
    let server = site();
    let fetcher = Fetcher::new(options());
    let first = fetcher.fetch(&server.url("/same"), &Conditions::default());
    let etag = first.exchanges.last().unwrap().response_header("etag").map(str::to_owned);
    let second = fetcher.fetch(&server.url("/same"), &Conditions { etag, last_modified: None });
    assert_eq!(second.outcome, FetchOutcome::NotModified);
    assert_eq!(second.exchanges.last().unwrap().status, 304);
}

#[test]
fn requests_to_one_host_lie_apart() {
    let server = site();
    let mut options = options();
    options.delay = Duration::from_millis(150);
    let fetcher = Fetcher::new(options);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| fetcher.fetch(&server.url("/page"), &Conditions::default()));
        }
    });
    let mut times: Vec<Instant> = server.asked().iter().map(|asked| asked.at).collect();
    times.sort();
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(120), "{:?}", pair[1] - pair[0]);
    }
}
