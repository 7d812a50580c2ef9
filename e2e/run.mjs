// The pages in a real browser: open, search, switch the language, read side by side, decide and undo; and a picture of
// each page in each language, at a desk and on a phone, in `target/screenshots/`.
//
// DIWAN_BIN  the built binary; an archive of `samples/` is made in a temporary folder and served
// DIWAN_URL  an archive that is served already (nothing is decided then, unless DIWAN_EDIT_URL is given)
// CHROMIUM   the browser, default /usr/bin/chromium
//
// Each file of `tests/` is a room of its own: its default export is given the browser, the addresses and the helpers below.
//
// Ends with a line `e2e: N passed, M failed`; the exit code is not 0 where something failed.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pictures = path.join(root, "target", "screenshots");
const started = [];
let passed = 0;
let failed = 0;

function check(condition, message) {
  if (!condition) throw new Error(message);
}

async function scenario(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${error.message.split("\n")[0]}`);
  }
}

function diwan(binary, ...args) {
  const done = spawnSync(binary, args, { encoding: "utf8", timeout: 300_000 });
  if (done.status !== 0) throw new Error(`diwan ${args.join(" ")}: ${done.stderr || done.error}`);
  return done.stdout;
}

// Starts a server and gives its address, which it prints.
function serve(binary, folder, ...args) {
  return new Promise((resolve, reject) => {
    const server = spawn(binary, ["-C", folder, "serve", "--port", "0", ...args]);
    started.push(server);
    let out = "";
    let err = "";
    server.stderr.on("data", (data) => (err += data));
    server.on("exit", () => reject(new Error(`the server ended: ${err}`)));
    server.stdout.on("data", (data) => {
      out += data;
      const address = out.match(/http:\/\/\S+/);
      if (address) resolve(address[0].replace(/\/$/, ""));
    });
  });
}

function samplePages(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name));
}

async function addresses() {
  if (process.env.DIWAN_URL) {
    return { url: process.env.DIWAN_URL.replace(/\/$/, ""), editUrl: process.env.DIWAN_EDIT_URL?.replace(/\/$/, "") };
  }
  const binary = process.env.DIWAN_BIN;
  if (!binary) throw new Error("DIWAN_BIN or DIWAN_URL must be set");
  const folder = mkdtempSync(path.join(tmpdir(), "diwan-e2e-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const archive = path.join(folder, "archive");
  diwan(binary, "init", archive);
  diwan(binary, "-C", archive, "add", ...samplePages(path.join(root, "samples")));
  return { url: await serve(binary, archive), editUrl: await serve(binary, archive, "--edit", "--as", "Ana Test") };
}

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

async function open(browser, size, options = {}) {
  const context = await browser.newContext({ viewport: size, javaScriptEnabled: false, locale: "en", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

// A statement with versions in several languages, as the list shows it: its address and languages.
async function statementWith(page, url, languages) {
  for (let n = 1; n <= 10; n += 1) {
    const answer = await page.goto(`${url}/s?ui=en&page=${n}`);
    if (!answer.ok()) break;
    for (const card of await page.locator(".cards > li").all()) {
      const own = await card.locator(".chips a").evaluateAll((links) => links.map((a) => a.hreflang));
      if (languages.every((lang) => own.includes(lang))) {
        return (await card.locator("h3 a").getAttribute("href")).replace(/\?.*/, "");
      }
    }
    if ((await page.locator("a[rel=next]").count()) === 0) break;
  }
  throw new Error(`no statement in ${languages.join(", ")}`);
}

// Nothing sticks out of the page sideways.
async function fits(page) {
  const [inner, outer] = await page.locator("html").evaluate((html) => [html.scrollWidth, html.clientWidth]);
  check(inner <= outer + 1, `the page is ${inner} wide in a window of ${outer}`);
}

async function reading(browser, url) {
  const page = await open(browser, DESK);

  await scenario("home opens with the newest statements", async () => {
    const answer = await page.goto(`${url}/?ui=en`);
    check(answer.status() === 200, `status ${answer.status()}`);
    check((await page.locator(".cards > li").count()) > 3, "no statements");
    check((await page.locator("h1").count()) === 1, "not one main heading");
    check(answer.headers()["content-security-policy"].includes("default-src 'none'"), "no policy");
  });

  await scenario("every stop of the way through the archive is a click away", async () => {
    for (const lang of ["en", "fr", "ar", "fa"]) {
      await page.goto(`${url}/?ui=${lang}`);
      const stops = await page.locator("ol.way a").evaluateAll((links) => links.map((link) => link.href));
      check(stops.length === 8, `${stops.length} stops in ${lang}`);
      for (const stop of lang === "en" ? stops : []) {
        const answer = await page.goto(stop);
        check(answer.status() === 200, `${stop}: status ${answer.status()}`);
      }
    }
  });

  await scenario("the keyboard reaches the text first by the skip link", async () => {
    await page.goto(`${url}/?ui=en`);
    await page.keyboard.press("Tab");
    const focused = await page.locator(":focus").getAttribute("class");
    check(focused === "skip", `the focus is on ${focused}`);
    await page.keyboard.press("Enter");
    check(page.url().endsWith("#main"), page.url());
  });

  await scenario("an Arabic word without its article finds it with the article", async () => {
    await page.goto(`${url}/?ui=en`);
    await page.fill("#q", "بحيرة");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".hits mark");
    const marks = await page.locator(".hits mark").allTextContents();
    check(marks.some((mark) => mark.includes("البحيرة")), marks.slice(0, 5).join(" "));
    const dir = await page.locator(".hits .text").first().getAttribute("dir");
    check(dir === "rtl", `the direction is ${dir}`);
  });

  await scenario("Persian letters for Arabic ones find the same", async () => {
    await page.goto(`${url}/search?q=${encodeURIComponent("بحیره")}&lang=ar&ui=en`);
    check((await page.locator(".hits mark").count()) > 0, "nothing was found");
  });

  await scenario("a hit leads to its sentence", async () => {
    await page.goto(`${url}/search?q=lake&lang=en&ui=en`);
    const links = page.locator('.hits .text a[href*="#"]');
    await links.first().click();
    check(/#\d+$/.test(page.url()), page.url());
    check((await page.locator(".sentence:target").count()) === 1, "no sentence is shown");
  });

  await scenario("the language of the texts narrows what was found", async () => {
    await page.goto(`${url}/search?q=2023&ui=en`);
    await page.locator(".facets a").nth(1).click();
    check(/[?&]lang=/.test(page.url()), page.url());
    check((await page.locator(".facets a[aria-current]").count()) === 1, "no facet is marked");
  });

  await scenario("the interface changes its language and keeps the page", async () => {
    const statement = await statementWith(page, url, ["en", "ar"]);
    await page.goto(`${url}${statement}`);
    await page.locator('nav.tongues a[hreflang="fa"]').click();
    const html = page.locator("html");
    check((await html.getAttribute("lang")) === "fa" && (await html.getAttribute("dir")) === "rtl", "not Persian");
    check(page.url().includes(statement), page.url());
    await page.locator("nav.main a").first().click();
    check((await html.getAttribute("lang")) === "fa", "the next page forgot the language");
  });

  await scenario("two versions stand side by side, each in its own direction", async () => {
    const statement = await statementWith(page, url, ["en", "ar"]);
    await page.goto(`${url}${statement}-ar?with=en&ui=en`);
    const arabic = await page.locator('.pair .text[lang="ar"]').first().boundingBox();
    const english = await page.locator('.pair .text[lang="en"]').first().boundingBox();
    check(Math.abs(arabic.y - english.y) < 2 && Math.abs(arabic.x - english.x) > 200, "not side by side");
    check((await page.locator('.pair .text[lang="ar"]').first().getAttribute("dir")) === "rtl", "Arabic runs the wrong way");
    check((await page.locator('.pair .text[lang="en"]').first().getAttribute("dir")) === "ltr", "English runs the wrong way");
  });

  await scenario("a captured page is shown as text and does not run", async () => {
    const statement = await statementWith(page, url, ["en"]);
    await page.goto(`${url}${statement}?ui=en`);
    await page.locator(".sources a").first().click();
    check((await page.locator(".blocks tr[id^=L]").count()) > 3, "no lines");
    const answer = await page.goto(`${url}${await page.locator(".buttons a").first().getAttribute("href")}`);
    check(answer.headers()["content-type"].startsWith("text/plain"), answer.headers()["content-type"]);
    check(answer.headers()["x-content-type-options"] === "nosniff", "may be sniffed");
  });

  await scenario("a page that is not there says so", async () => {
    const answer = await page.goto(`${url}/s/NOTHING?ui=fr`);
    check(answer.status() === 404, `status ${answer.status()}`);
    check((await page.locator("h1").textContent()).includes("rien"), "not in French");
  });
  await page.context().close();
}

async function deciding(browser, url) {
  const page = await open(browser, DESK);
  await scenario("a person corrects a field, sees it, and takes it back", async () => {
    const statement = await statementWith(page, url, ["en", "ar"]);
    await page.goto(`${url}${statement}?ui=en`);
    const field = page.locator("#field-place");
    await field.locator("summary").click();
    await field.locator("input[name=value]").fill("Velmora Old Town");
    await field.locator("input[name=why]").fill("seen in the text");
    await field.locator("button[value=correct]").click();
    check((await page.locator("#field-place .value").textContent()).includes("Velmora Old Town"), "not shown");
    check((await page.locator("#field-place .decided").textContent()).includes("Ana Test"), "nobody is named");
    await page.locator("#history form button").first().click();
    check(!(await page.locator("#field-place").textContent()).includes("Ana Test"), "not taken back");
    check((await page.locator("#history .past").count()) > 0, "the history is gone");
  });
  await page.context().close();
}

async function pictureAll(browser, url) {
  const page = await open(browser, DESK);
  const statement = await statementWith(page, url, ["en", "ar"]);
  const own = await page.goto(`${url}${statement}?ui=en`).then(() =>
    page.locator(".chips a").evaluateAll((links) => links.map((a) => a.hreflang)));
  const second = own.includes("fa") ? "fa" : "en";
  await page.context().close();
  const query = { ar: "البحيرة", fa: "دریاچه", en: "lake water", fr: "lac" };
  for (const [name, size] of [["desk", DESK], ["phone", PHONE]]) {
    for (const ui of ["ar", "fa", "en", "fr"]) {
      const page = await open(browser, size, name === "phone" ? { isMobile: true, deviceScaleFactor: 2 } : {});
      for (const [label, address] of [
        ["home", "/"],
        ["list", "/s"],
        ["statement", statement],
        ["beside", `${statement}-ar?with=${second}`],
        ["search", `/search?q=${encodeURIComponent(query[ui])}`],
        ["series", "/series"],
        ["findings", "/findings"],
        ["missing", "/s/NOTHING"],
      ]) {
        await scenario(`${label}, ${ui}, ${name}: fits and is pictured`, async () => {
          await page.goto(`${url}${address}${address.includes("?") ? "&" : "?"}ui=${ui}`);
          await page.screenshot({ path: path.join(pictures, `${label}-${ui}-${name}.png`) });
          await fits(page);
        });
      }
      await page.context().close();
    }
  }
  const dark = await open(browser, DESK, { colorScheme: "dark" });
  await scenario("dark: pictured", async () => {
    await dark.goto(`${url}${statement}?ui=en`);
    await dark.screenshot({ path: path.join(pictures, "statement-en-dark.png") });
  });
  await dark.context().close();
}

let browser;
try {
  mkdirSync(pictures, { recursive: true });
  const { url, editUrl } = await addresses();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
  });
  await reading(browser, url);
  if (editUrl) await deciding(browser, editUrl);
  await pictureAll(browser, url);
  const rooms = path.join(root, "e2e", "tests");
  for (const file of readdirSync(rooms).filter((name) => name.endsWith(".mjs")).sort()) {
    const { default: room } = await import(pathToFileURL(path.join(rooms, file)).href);
    await room({ browser, url, editUrl, diwan, serve, open, scenario, check, fits, statementWith, pictures, DESK, PHONE });
  }
} catch (error) {
  failed += 1;
  console.log(`FAIL  ${error.message}`);
} finally {
  await browser?.close();
  for (const server of started) server.kill();
}
console.log(`e2e: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
