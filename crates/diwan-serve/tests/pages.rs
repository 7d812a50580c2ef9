//! The pages, asked for without a network.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests, on what the tests made"
)]

use std::net::SocketAddr;
use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use diwan_model::{
    Authority, Block, Capture, CaptureHash, Confidence, Direction, Field, Finding, LanguageTag, Locus, Page,
    Quote, Reading, Role, Sentence, Severity, Span, Statement, StatementDate, Version,
};
use diwan_serve::{App, AppOptions, Locale};
use diwan_store::{NewStatement, Placement, Settings, Store};
use tower::ServiceExt;

const TEXTS: &[(&str, &str, &[&str])] = &[
    (
        "en",
        "Communiqué on the Lake <b>Arda</b>",
        &["The ministers met in Velmora.", "They <script>alert(1)</script> agreed on the water of the lake."],
    ),
    (
        "ar",
        "بيان بشأن بحيرة أردا",
        &["اجتمع الوزراء في فيلمورا.", "واتفقوا على الأخبار المتعلقة بمياه البحيرة."],
    ),
    (
        "fa",
        "بیانیه دربارهٔ دریاچهٔ آردا",
        &["وزیران در ولمورا گرد آمدند.", "آن‌ها بر سر آب دریاچه توافق کردند و رسانه‌ها آن را نوشتند."],
    ),
];

fn reading(lang: &str, title: &str, texts: &[&str]) -> Reading {
    let tag = LanguageTag::new(lang);
    let bytes = format!("<html><script>alert(2)</script>{title} {texts:?}");
    let block = |line: u32, role, text: &str| Block {
        line,
        page: None,
        role,
        dir: tag.direction(),
        lang: tag.clone(),
        text: text.to_owned(),
        mark: Default::default(),
        hints: Vec::new(),
        parted: true,
    };
    let mut blocks = vec![block(1, Role::Title, title)];
    let mut sentences = Vec::new();
    for (n, text) in (1u32..).zip(texts) {
        blocks.push(block(n + 1, Role::Body, text));
        let locus = Locus { block: n, line: n + 1, span: Span::whole(text) };
        sentences.push(Sentence { n, line: n + 1, text: (*text).to_owned(), locus: Some(locus) });
    }
    let capture = Capture {
        sha256: CaptureHash::of(bytes.as_bytes()),
        media_type: "text/html".to_owned(),
        bytes: bytes.len() as u64,
        address: Some(format!("https://lake.example/{lang}")),
        source: Some(format!("{lang}.html")),
        declared_encoding: None,
    };
    let locus = Locus { block: 0, line: 1, span: Span::whole(title) };
    let statement = Statement {
        title: Some(Field::at(title, locus, 0.9, "test@1")),
        issuer: Some(Field::outside("The Arda Compact", 0.8, "test@1")),
        r#type: Some(Field::outside("Communiqué", 0.8, "test@1")),
        date: Some(StatementDate {
            iso: "2023-05-14".to_owned(),
            value: "2023-05-14".parse().unwrap(),
            printed: "14 May 2023".to_owned(),
            line: Some(1),
            locus: None,
            confidence: Confidence::CERTAIN,
        }),
        versions: vec![Version {
            lang: tag.clone(),
            authority: if lang == "en" { Authority::Authoritative } else { Authority::CourtesyTranslation },
            disclaimer_line: Some(3),
            begin_line: None,
            end_line: None,
            title: Some(Field::at(title, locus, 0.9, "test@1")),
            mentions: Vec::new(),
            sentences,
        }],
        ..Statement::default()
    };
    let quotes = vec![
        Quote { line: 1, text: title.to_owned() },
        Quote { line: 2, text: texts.first().copied().unwrap_or_default().to_owned() },
    ];
    let findings = vec![Finding::new(
        "record-date-disagrees",
        Severity::High,
        "the record and the text disagree",
        quotes,
    )];
    Reading::new(capture, Page { blocks, ..Page::default() }, vec![statement], findings)
}

/// An archive with one statement in three languages.
fn archive(folder: &Path) -> Store {
    let mut store = Store::init(folder, &Settings::named("The Lake Archive")).unwrap();
    let mut code = None;
    for (lang, title, texts) in TEXTS {
        let reading = reading(lang, title, texts);
        let bytes = format!("<html><script>alert(2)</script>{title} {texts:?}");
        let placement = match code.take() {
            None => Placement::New,
            Some(into) => Placement::Join { into, merge: Vec::new() },
        };
        let mut writer = store.begin_page(&reading.capture, bytes.as_bytes()).unwrap();
        writer.put_reading(&reading, "test@1").unwrap();
        let new = NewStatement {
            part: 0,
            statement: &reading.statements[0],
            own: None,
            original: None,
            alternates: &[],
        };
        code = Some(writer.place(&reading, new, &placement).unwrap());
        writer.log_added(&reading.capture, "test").unwrap();
        writer.commit().unwrap();
    }
    store
}

struct Site {
    router: axum::Router,
    _folder: tempfile::TempDir,
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }
}

fn site(editor: Option<&str>) -> Site {
    let folder = tempfile::tempdir().unwrap();
    drop(archive(folder.path()));
    let app = App::open(folder.path(), AppOptions { editor: editor.map(str::to_owned) }).unwrap();
    Site { router: app.router(), _folder: folder }
}

impl Site {
    async fn ask(&self, request: Request<Body>, peer: &str) -> Got {
        let mut request = request;
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).replace(['\u{2068}', '\u{2069}'], "");
        Got { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Got {
        let request = Request::get(path).header("host", "127.0.0.1:7171").body(Body::empty()).unwrap();
        self.ask(request, "127.0.0.1:5000").await
    }

    async fn post(&self, path: &str, form: &str, headers: &[(&str, &str)], peer: &str) -> Got {
        let mut request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(form.to_owned())).unwrap(), peer).await
    }
}

const OURS: &[(&str, &str)] =
    &[("host", "127.0.0.1:7171"), ("origin", "http://127.0.0.1:7171"), ("sec-fetch-site", "same-origin")];
const HERE: &str = "127.0.0.1:5000";
const CODE: &str = "DW/2023/000001";

#[tokio::test]
async fn every_page_answers_in_every_language() {
    let site = site(None);
    for ui in ["ar", "fa", "en", "fr"] {
        for path in [
            "/",
            "/s",
            "/s/DW/2023/000001",
            "/s/DW/2023/000001-fa",
            "/s/DW/2023/000001-fa?with=ar",
            "/series",
            "/compare",
            "/compare?a=DW/2023/000001-fa&b=DW/2023/000001-ar",
            "/formulas",
            "/formulas?kind=boilerplate",
            "/said/DW/2023/000001-fa/1",
            "/findings",
            "/decisions",
            "/search?q=lake",
            "/search",
        ] {
            let sign = if path.contains('?') { '&' } else { '?' };
            let got = site.get(&format!("{path}{sign}ui={ui}")).await;
            assert_eq!(got.status, StatusCode::OK, "{path} {ui}");
            let dir = if matches!(ui, "ar" | "fa") { "rtl" } else { "ltr" };
            assert!(got.body.contains(&format!("<html lang=\"{ui}\" dir=\"{dir}\">")), "{path} {ui}");
            assert!(!got.body.contains("<script"), "{path} {ui}");
            assert!(got.body.contains(&format!("ui={ui}")), "links keep the language: {path}");
            assert_eq!(got.body.matches("<h1").count(), 1, "{path}");
            assert!(got.header("content-security-policy").starts_with("default-src 'none'"));
            assert_eq!(got.header("x-content-type-options"), "nosniff");
        }
    }
}

#[tokio::test]
async fn texts_stand_in_their_own_language_and_direction() {
    let site = site(None);
    let got = site.get("/s/DW/2023/000001?ui=en").await;
    for (lang, dir) in [("en", "ltr"), ("ar", "rtl"), ("fa", "rtl")] {
        assert!(
            got.body.contains(&format!("<div class=\"text sheet\" lang=\"{lang}\" dir=\"{dir}\"")),
            "{lang}"
        );
    }
    assert!(got.body.contains("14 May 2023"));
    assert!(got.body.contains("&#60;b&#62;Arda"), "a title is never markup");
    let got = site.get("/s/DW/2023/000001-ar?with=en&ui=fr").await;
    assert!(got.body.contains("id=\"2\"") && got.body.contains("id=\"en-2\""));
}

#[tokio::test]
async fn codes_lead_to_their_places() {
    let site = site(None);
    let got = site.get("/s/DW/2023/000001-fa/2").await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/s/DW/2023/000001-fa#2"));
    for path in [
        "/s/DW/2023/000009",
        "/s/DW/2023/000001-de",
        "/s/DW/2023/000001-fa/99",
        "/nothing",
        "/captures/abc",
        "/s/DW/2023/000001-fa?with=de",
        "/s/%FF%00",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/s?page=x", "/s?page=0", "/s?year=abc", "/findings?status=x", "/search?q=a&page=-1"] {
        assert_eq!(site.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn an_arabic_word_is_found_with_its_article() {
    let site = site(None);
    let got = site.get("/search?q=%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1&ui=en").await;
    assert!(got.body.contains("<mark>الأخبار</mark>"), "{}", got.body);
    assert!(got.body.contains("lang=\"ar\" dir=\"rtl\""));
}

#[tokio::test]
async fn odd_queries_do_no_harm() {
    let site = site(None);
    let long = "lake%20".repeat(500);
    for query in ["%22", "%3C%2Fmark%3E%3Cscript%3E", "%00", "%FF%FE", "((((", "-", "=", long.as_str()] {
        let got = site.get(&format!("/search?q={query}")).await;
        assert_eq!(got.status, StatusCode::OK, "{query}");
        assert!(!got.body.contains("<script"));
    }
    let got = site.get(&format!("/search?q={}", "a".repeat(9000))).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_captured_page_never_runs() {
    let site = site(None);
    let got = site.get("/s/DW/2023/000001-en").await;
    let at = got.body.find("/captures/").unwrap();
    let path = &got.body[at..at + "/captures/".len() + 64];
    let page = site.get(path).await;
    assert!(page.body.contains("id=\"L1\"") && page.body.contains("text/html"));
    let bytes = site.get(&format!("{path}/bytes")).await;
    assert_eq!(bytes.header("content-type"), "text/plain; charset=utf-8");
    assert!(bytes.body.contains("<script>alert(2)"), "byte for byte");
    assert!(bytes.header("content-security-policy").contains("default-src 'none'; sandbox"));
    assert_eq!(bytes.header("x-content-type-options"), "nosniff");
    let saved = site.get(&format!("{path}/bytes?save=1")).await;
    assert!(saved.header("content-disposition").starts_with("attachment"));
    assert_eq!(saved.header("content-type"), "application/octet-stream");
}

#[tokio::test]
async fn a_person_corrects_and_takes_it_back() {
    let site = site(Some("Ana"));
    let form = format!(
        "kind=statement&subject={CODE}&field=place&action=correct&value=Velmora&why=seen&back=/s/{CODE}"
    );
    let got = site.post("/decide", &form, OURS, HERE).await;
    assert_eq!(
        (got.status, got.header("location")),
        (StatusCode::SEE_OTHER, "/s/DW/2023/000001"),
        "{}",
        got.body
    );
    let page = site.get(&format!("/s/{CODE}?ui=en")).await;
    assert!(page.body.contains("Velmora</bdi>") && page.body.contains("action=\"/undo\""));
    let id = page.body.split("name=\"id\" value=\"").nth(1).and_then(|s| s.split('"').next()).unwrap();
    let got = site.post("/undo", &format!("id={id}&back=/s/{CODE}"), OURS, HERE).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    let page = site.get(&format!("/s/{CODE}?ui=en")).await;
    assert!(page.body.contains("no longer counts"), "the history is kept");
    assert_eq!(site.post("/undo", &format!("id={id}"), OURS, HERE).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_corrected_title_is_found() {
    let site = site(Some("Ana"));
    let found = site.get("/search?q=Velmora&ui=en").await;
    assert!(found.body.contains("<mark>Velmora</mark>"));
    let form = format!("kind=statement&subject={CODE}&field=date&action=correct&value=2022-01-02&back=/");
    assert_eq!(site.post("/decide", &form, OURS, HERE).await.status, StatusCode::SEE_OTHER);
    let found = site.get("/search?q=Velmora&ui=en").await;
    assert!(found.body.contains("2 January 2022"), "the index follows decisions");
}

#[tokio::test]
async fn a_finding_is_dismissed_with_a_reason_alone() {
    let site = site(Some("Ana"));
    let page = site.get("/findings?ui=en").await;
    let print = page.body.split("id=\"f-").nth(1).and_then(|s| s.split('"').next()).unwrap();
    let form = format!("kind=finding&subject={print}&field=status&action=dismiss&back=/findings");
    assert_eq!(site.post("/decide", &form, OURS, HERE).await.status, StatusCode::BAD_REQUEST);
    let form = format!("{form}&why=both+are+right");
    assert_eq!(site.post("/decide", &form, OURS, HERE).await.status, StatusCode::SEE_OTHER);
    let page = site.get("/findings?status=dismissed&ui=en").await;
    assert!(page.body.contains("both are right") && page.body.contains("1 finding"));
}

#[tokio::test]
async fn nobody_decides_from_elsewhere() {
    let form = format!("kind=statement&subject={CODE}&field=place&action=correct&value=X");
    let open = site(Some("Ana"));
    let host = ("host", "127.0.0.1:7171");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[host], HERE),
        (&[host, ("origin", "http://evil.example")], HERE),
        (&[host, ("origin", "null")], HERE),
        (&[host, ("sec-fetch-site", "cross-site")], HERE),
        (&[host, ("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:7171")], HERE),
        (
            &[("host", "evil.example"), ("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")],
            HERE,
        ),
        (OURS, "192.0.2.1:5000"),
    ];
    for (headers, peer) in cases {
        let got = open.post("/decide", &form, headers, peer).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{headers:?} {peer}");
    }
    let closed = site(None);
    assert_eq!(closed.post("/decide", &form, OURS, HERE).await.status, StatusCode::FORBIDDEN);
    assert!(!closed.get(&format!("/s/{CODE}")).await.body.contains("method=\"post\""));
    let got = open.get("/decide").await;
    assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED, "no GET decides");
}

#[tokio::test]
async fn robots_icon_and_style_are_there() {
    let site = site(None);
    assert!(site.get("/robots.txt").await.body.contains("Disallow: /search"));
    assert_eq!(site.get("/favicon.ico").await.header("content-type"), "image/svg+xml");
    let home = site.get("/").await;
    let style = home.body.split("stylesheet\" href=\"").nth(1).and_then(|s| s.split('"').next()).unwrap();
    assert_eq!(site.get(style).await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_language_is_negotiated() {
    let site = site(None);
    let request = Request::get("/").header("accept-language", "fa-IR,fa;q=0.9").body(Body::empty()).unwrap();
    assert!(site.ask(request, HERE).await.body.contains("<html lang=\"fa\" dir=\"rtl\">"));
    assert_eq!(Locale::negotiate("").lang.as_str(), "en");
}

#[test]
fn directions_of_the_interface() {
    assert_eq!(Locale::of("ar").unwrap().dir(), Direction::RightToLeft);
}
