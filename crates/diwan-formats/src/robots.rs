//! `robots.txt` as RFC 9309 says: what a site asks of programs that fetch its pages.

use std::time::Duration;

/// The most bytes that are looked at (the standard asks for at least 500 KiB).
pub const MAX_BYTES: usize = 512 << 10;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// Path with `*` and a `$` at its end, escapes in one form.
    pattern: String,
}

/// The rules that one site has for one program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
    sitemaps: Vec<String>,
}

impl Robots {
    /// What `text` says to the program named `agent` (its product token, `diwan`): the groups that name it, else those for
    /// `*`, else nothing.
    ///
    /// ```
    /// use diwan_formats::robots::Robots;
    /// let robots = Robots::new("User-agent: *\nDisallow: /drafts/\nAllow: /drafts/final$", "diwan");
    /// assert!(robots.allows("/notes/1"));
    /// assert!(!robots.allows("/drafts/1"));
    /// assert!(robots.allows("/drafts/final"));
    /// ```
    pub fn new(text: &str, agent: &str) -> Self {
        let mut own = Self::default();
        let mut all = Self::default();
        let (mut named, mut in_own, mut in_all, mut in_names) = (false, false, false, false);
        let mut sitemaps = Vec::new();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or("").trim();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" | "useragent" => {
                    if !std::mem::replace(&mut in_names, true) {
                        (in_own, in_all) = (false, false);
                    }
                    let token = value.split(['/', ' ', '\t']).next().unwrap_or("");
                    in_all |= token == "*";
                    in_own |= token.eq_ignore_ascii_case(agent);
                    named |= in_own;
                    continue;
                }
                "sitemap" => {
                    sitemaps.push(value.to_owned());
                    continue;
                }
                key @ ("allow" | "disallow") => {
                    // An empty rule says nothing, but ends the names of its group.
                    if !value.is_empty() {
                        let rule = Rule { allow: key == "allow", pattern: plain_escapes(value) };
                        if in_own {
                            own.rules.push(rule.clone());
                        }
                        if in_all {
                            all.rules.push(rule);
                        }
                    }
                }
                "crawl-delay" => {
                    let seconds = value.parse::<f64>().ok().filter(|s| s.is_finite() && *s >= 0.0);
                    let delay = seconds.map(|s| Duration::from_secs_f64(s.min(86_400.0)));
                    if in_own {
                        own.delay = delay;
                    }
                    if in_all {
                        all.delay = delay;
                    }
                }
                _ => continue,
            }
            in_names = false;
        }
        let mut chosen = if named { own } else { all };
        chosen.sitemaps = sitemaps;
        chosen
    }

    /// Whether a path (with its query) may be fetched. The longest rule that fits counts; of two as long, the one that
    /// allows. `/robots.txt` itself always may.
    pub fn allows(&self, path: &str) -> bool {
        let path = plain_escapes(if path.is_empty() { "/" } else { path });
        if path == "/robots.txt" {
            return true;
        }
        self.rules
            .iter()
            .filter(|rule| fits(&rule.pattern, &path))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow))
            .is_none_or(|rule| rule.allow)
    }

    /// How long the site asks to wait between two requests (`Crawl-delay`, not in the standard but widely meant).
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// Addresses of sitemaps, in order.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }
}

/// Whether the pattern fits the beginning of the path. Every `*` takes as little as it can, which is enough because only
/// the last part may be bound to the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(head) => (head, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut last_was_star = false;
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        last_was_star = part.is_empty();
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            Some((_, after)) if !part.is_empty() => rest = after,
            _ if part.is_empty() => {}
            _ => return false,
        }
    }
    !to_end || rest.is_empty() || last_was_star
}

/// Bytes above ASCII are escaped, escapes of letters and digits undone, hexadecimal digits in upper case: so that two
/// spellings of one path are equal.
fn plain_escapes(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let escaped = byte == b'%';
        let value = if escaped {
            let mut ahead = bytes.clone();
            let digit = |b: Option<u8>| char::from(b.unwrap_or(b'x')).to_digit(16);
            match (digit(ahead.next()), digit(ahead.next())) {
                (Some(high), Some(low)) => {
                    bytes = ahead;
                    u8::try_from(high * 16 + low).unwrap_or(byte)
                }
                _ => {
                    out.push('%');
                    continue;
                }
            }
        } else {
            byte
        };
        let unreserved = value.is_ascii_alphanumeric() || matches!(value, b'-' | b'.' | b'_' | b'~');
        if unreserved || (!escaped && value.is_ascii_graphic()) {
            out.push(char::from(value));
        } else {
            out.push_str(&format!("%{value:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_that_names_the_program_counts_alone() {
        let text = "\u{FEFF}User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-Agent: Diwan/2.0 # us\nDisallow: /x\n\
                    Crawl-delay: 2.5\nSitemap: https://a.example/s.xml\nUser-agent: diwan\nDisallow: /y\n";
        let robots = Robots::new(text, "diwan");
        assert!(robots.allows("/"));
        assert!(!robots.allows("/x/1") && !robots.allows("/y"), "groups of one name are joined");
        assert_eq!(robots.delay(), Some(Duration::from_millis(2500)));
        assert_eq!(robots.sitemaps(), ["https://a.example/s.xml"]);
        assert!(!Robots::new(text, "someone").allows("/z"));
        assert!(Robots::new("", "diwan").allows("/z"));
        assert!(Robots::new("User-agent: *\nDisallow:\n", "diwan").allows("/z"));
        assert!(Robots::new("User-agent: *\nDisallow: /", "diwan").allows("/robots.txt"));
    }

    #[test]
    fn the_longest_rule_counts() {
        let robots = Robots::new("user-agent: *\nallow: /p\ndisallow: /\nallow: /$", "diwan");
        assert!(robots.allows("/") && robots.allows("/page") && !robots.allows("/other"));
        let robots = Robots::new("user-agent: *\nallow: /folder\ndisallow: /folder", "diwan");
        assert!(robots.allows("/folder/page"), "of two as long the one that allows");
    }

    #[test]
    fn stars_ends_and_escapes() {
        for (pattern, path, fit) in [
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/*.php", "/a/b.php?x", true),
            ("/*.php$", "/a/b.php?x", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/a*b*c", "/aXbYcZ", true),
            ("/a*b*c", "/aXcYb", false),
            ("/fish*", "/fish", true),
            ("/a*$", "/abc", true),
            ("/x$", "/xx", false),
        ] {
            assert_eq!(fits(&plain_escapes(pattern), &plain_escapes(path)), fit, "{pattern} {path}");
        }
        let robots = Robots::new("user-agent: *\ndisallow: /بيان\ndisallow: /a%3cd", "diwan");
        assert!(!robots.allows("/%D8%A8%D9%8A%D8%A7%D9%86/1") && !robots.allows("/a%3Cd"));
    }
}
