//! Makes a web archive of a given size out of made-up pages: for measuring, not for reading.
//!
//! `cargo run --release -p diwan-formats --example make_warc -- OUT.warc.gz MEGABYTES`
//!
//! The size is that of the records unpacked. Pages are notices of bodies that do not exist, in English and Arabic, with the
//! menus, styles and scripts that pages have; a picture stands beside every fourth, and every tenth is visited again.

#![allow(clippy::print_stdout, clippy::indexing_slicing, reason = "a tool for the workshop")]

use std::fs::File;
use std::io::BufWriter;

use diwan_formats::warc::{WarcEntry, WarcWriter};

const ENGLISH: &[&str] = &[
    "ministers",
    "lake",
    "compact",
    "agreed",
    "session",
    "water",
    "members",
    "recalled",
    "statement",
    "reaffirmed",
    "their",
    "the",
    "of",
    "and",
    "to",
    "with",
    "support",
    "shared",
    "harbour",
    "council",
    "progress",
    "welcomed",
    "northern",
    "shore",
    "pledge",
    "commitment",
    "meeting",
    "secretariat",
    "report",
    "noted",
    "annual",
    "review",
];
const ARABIC: &[&str] = &[
    "الوزراء",
    "البحيرة",
    "الاتفاق",
    "أكدوا",
    "الدورة",
    "المياه",
    "الأعضاء",
    "بيان",
    "مجددين",
    "التزامهم",
    "على",
    "من",
    "إلى",
    "في",
    "دعم",
    "المجلس",
    "التقدم",
    "رحبوا",
    "الشمالي",
    "الاجتماع",
    "الأمانة",
    "التقرير",
    "السنوي",
];

/// A small generator: the same numbers each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }
}

fn sentence(numbers: &mut Numbers, words: &[&str]) -> String {
    let n = 8 + numbers.next(18);
    let mut out: Vec<&str> = (0..n).map(|_| words[numbers.next(words.len())]).collect();
    if let Some(first) = out.first_mut() {
        *first = words[0];
    }
    format!("{}.", out.join(" "))
}

fn page(numbers: &mut Numbers, k: usize) -> String {
    let arabic = k.is_multiple_of(3);
    let (lang, dir, words) = if arabic { ("ar", "rtl", ARABIC) } else { ("en", "ltr", ENGLISH) };
    let mut out = format!(
        "<!DOCTYPE html><html lang={lang} dir={dir}><head><meta charset=utf-8><title>Notice {k}</title>\
         <link rel=canonical href=\"https://council-{}.example/{lang}/notices/{k}/\"><style>",
        k % 40
    );
    for rule in 0..120 {
        out.push_str(&format!(
            ".c{rule}-{} {{ margin: {}px; color: #{:06x} }}\n",
            numbers.next(999),
            numbers.next(40),
            numbers.next(1 << 24)
        ));
    }
    out.push_str("</style></head><body><nav><ul>");
    for item in 0..30 {
        out.push_str(&format!(
            "<li><a href=\"/{lang}/section-{item}/\">{}</a></li>",
            words[numbers.next(words.len())]
        ));
    }
    out.push_str("</ul></nav><main><article>");
    out.push_str(&format!(
        "<p>Council of Lake Orvane {}</p><p>Media Note</p><p>{} June {}</p><h1>{}</h1>",
        k % 40,
        1 + numbers.next(28),
        1990 + numbers.next(35),
        sentence(numbers, words)
    ));
    for _ in 0..6 + numbers.next(14) {
        out.push_str("<p>");
        for _ in 0..2 + numbers.next(5) {
            out.push_str(&sentence(numbers, words));
            out.push(' ');
        }
        out.push_str("</p>\n");
    }
    out.push_str("</article></main><script>var a = [");
    for _ in 0..1500 {
        out.push_str(&format!("{},", numbers.next(1 << 30)));
    }
    out.push_str("];</script><footer><p>All rights reserved.</p></footer></body></html>");
    out
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(size)) = (arguments.next(), arguments.next().and_then(|n| n.parse::<usize>().ok()))
    else {
        println!("usage: make_warc OUT.warc.gz MEGABYTES");
        return Ok(());
    };
    let mut writer = WarcWriter::new(BufWriter::new(File::create(path)?));
    let mut numbers = Numbers(7);
    let html = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: made-up\r\n\r\n";
    let image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n";
    let (mut written, mut k) = (0, 0);
    while written < size << 20 {
        let address = format!("https://council-{}.example/notices/{k}/", k % 40);
        let digest = format!("sha1:MADEUP{k:026}");
        let fields = [("WARC-Payload-Digest-Told", digest.as_str())];
        let mut put = |kind, identity: &str, head: &[u8], payload: &[u8]| {
            written += head.len() + payload.len();
            writer.write(&WarcEntry {
                kind,
                identity,
                address: Some(&address),
                date: "2021-12-03T09:00:00Z",
                content_type: if kind == "request" {
                    "application/http;msgtype=request"
                } else {
                    "application/http;msgtype=response"
                },
                fields: &fields,
                head,
                payload,
            })
        };
        let request = format!(
            "GET /notices/{k}/ HTTP/1.1\r\nHost: council-{}.example\r\nUser-Agent: made-up\r\n\r\n",
            k % 40
        );
        let body = page(&mut numbers, k);
        put("response", &format!("response {k}"), html, body.as_bytes())?;
        put("request", &format!("request {k}"), request.as_bytes(), b"")?;
        if k % 4 == 0 {
            let bytes: Vec<u8> = (0..20_000).map(|_| u8::try_from(numbers.next(256)).unwrap_or(0)).collect();
            put("response", &format!("image {k}"), image, &bytes)?;
        }
        if k % 10 == 0 {
            put("response", &format!("again {k}"), html, body.as_bytes())?;
        }
        k += 1;
    }
    writer.finish()?;
    println!("{k} pages, {written} bytes unpacked");
    Ok(())
}
