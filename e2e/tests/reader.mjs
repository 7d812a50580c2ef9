// The parallel reader: hover, keyboard and click; each column in its own direction; corrections that outlive reprocessing.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const background = (locator) => locator.evaluate((node) => getComputedStyle(node).backgroundColor);

export default async function ({ browser, url, editUrl, diwan, serve, open, scenario, check, fits, statementWith, pictures, DESK, PHONE }) {
  const scripted = (size, options = {}) => open(browser, size, { javaScriptEnabled: true, ...options });
  const page = await scripted(DESK);
  const statement = await statementWith(page, url, ["en", "ar", "fa"]);
  const address = `${url}${statement}-en?with=fa&ui=en`;

  await scenario("reader: beads stand side by side, each column in its own direction", async () => {
    const answer = await page.goto(address);
    check(answer.headers()["content-security-policy"].includes("script-src 'self'"), "no policy for scripts");
    check((await page.locator(".bead").count()) > 5, "no beads");
    const bead = page.locator(".bead").first();
    const [left, right] = [await bead.locator('.text[lang="en"]').boundingBox(), await bead.locator('.text[lang="fa"]').boundingBox()];
    check(Math.abs(left.y - right.y) < 2 && Math.abs(left.x - right.x) > 200, "not side by side");
    check((await bead.locator('.text[lang="fa"]').getAttribute("dir")) === "rtl", "Persian runs the wrong way");
  });

  await scenario("reader: hovering over a sentence lights its rendering", async () => {
    await page.goto(address);
    const bead = page.locator(".bead").nth(2);
    const before = await background(bead.locator('.text[lang="fa"]'));
    await bead.locator('.text[lang="en"] .sentence').first().hover();
    await page.waitForTimeout(250);
    const after = await background(bead.locator('.text[lang="fa"]'));
    check(before !== after, "the other side stays as it was");
    check((await background(page.locator(".bead").nth(4).locator(".text").first())) === before, "another bead is lit too");
  });

  await scenario("reader: the keyboard goes from bead to bead and the address follows", async () => {
    await page.goto(address);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowDown");
    check((await page.locator(".bead").nth(2).getAttribute("class")).includes("chosen"), "the third bead is not chosen");
    check((await page.locator(".bead.chosen").count()) === 1, "not one bead is chosen");
    const id = await page.locator(".bead").nth(2).locator(".sentence").first().getAttribute("id");
    check(page.url().endsWith(`#${id}`), page.url());
    await page.keyboard.press("k");
    check((await page.locator(".bead").nth(1).getAttribute("class")).includes("chosen"), "k does not go back");
    await page.keyboard.press("Escape");
    check((await page.locator(".bead.chosen").count()) === 0, "Escape does not let go");
  });

  await scenario("reader: a click chooses a bead, and its address leads back to it", async () => {
    await page.goto(address);
    await page.locator(".bead").nth(3).locator('.text[lang="fa"] p').first().click();
    const kept = page.url();
    check(/#\w+-\d+$/.test(kept), kept);
    const again = await scripted(DESK);
    await again.goto(kept);
    check((await again.locator(".bead").nth(3).getAttribute("class")).includes("chosen"), "the bead is not chosen");
    await again.context().close();
  });

  await scenario("reader: what is searched for is lit in every column", async () => {
    await page.goto(`${address}&q=lake`);
    check((await page.locator('.text[lang="en"] mark').count()) > 0, "nothing is lit in English");
    check((await page.locator('.text[lang="fa"] mark.rendering').count()) > 0, "nothing is lit in Persian");
  });

  await scenario("reader: from a selection to how it was rendered", async () => {
    await page.goto(address);
    await page.locator('.bead .text[lang="en"] .sentence').nth(1).evaluate((node) => {
      const text = [...node.childNodes].find((child) => child.nodeType === 3);
      const at = text.textContent.indexOf(" ", 5);
      getSelection().setBaseAndExtent(text, 0, text, at > 0 ? at : 5);
    });
    await page.waitForSelector("a.ask:visible");
    check(/\/terms\?.*q=.*from=en.*to=fa/.test(await page.locator("a.ask").getAttribute("href")), "no way to the terms");
  });

  await scenario("reader: three versions stand side by side", async () => {
    await page.goto(`${url}${statement}-en?with=ar,fa&ui=en`);
    const bead = page.locator(".bead").first();
    check((await bead.locator(":scope > .text").count()) === 3, "not three columns");
    await fits(page);
  });

  await scenario("reader: works without scripts", async () => {
    const plain = await open(browser, DESK);
    await plain.goto(`${address}#en-3`);
    check((await plain.locator(".bead:has(:target)").count()) === 1, "the bead of the address is not marked");
    await plain.context().close();
  });

  await scenario("reader: printed without its controls", async () => {
    await page.goto(address);
    await page.emulateMedia({ media: "print" });
    check(!(await page.locator("form.lights").isVisible()), "the form is printed");
    check(await page.locator(".bead .sentence").first().isVisible(), "the text is not printed");
    await page.emulateMedia({ media: "screen" });
  });
  await page.context().close();

  if (!process.env.DIWAN_URL && process.env.DIWAN_BIN) {
    await correcting();
  }
  await picturing();

  // A correction is made in the browser, everything is read and aligned again, and it stands; then it is taken back.
  async function correcting() {
    const folder = mkdtempSync(path.join(tmpdir(), "diwan-reader-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    const binary = process.env.DIWAN_BIN;
    const archive = path.join(folder, "archive");
    diwan(binary, "init", archive);
    const samples = path.join(root, "samples");
    const folders = readdirSync(samples, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => path.join(samples, e.name));
    diwan(binary, "-C", archive, "add", ...folders);
    const home = await serve(binary, archive, "--edit", "--as", "Ana Test");
    for (const javaScriptEnabled of [true, false]) {
      await scenario(`reader: a correction is kept after reprocessing and can be taken back (${javaScriptEnabled ? "with" : "without"} scripts)`, async () => {
        const page = await open(browser, DESK, { javaScriptEnabled });
        const statement = await statementWith(page, home, ["en", "ar", "fa"]);
        const reader = `${home}${statement}-en?with=fa&ui=en`;
        await page.goto(reader);
        const beads = await page.locator(".bead").count();
        const bead = page.locator(".bead").nth(1);
        await bead.locator("details.decide summary").click();
        await bead.locator("input[name=why]").fill("one thought");
        await bead.locator('button[value="merge"]').click();
        await page.waitForSelector(".bead.decided");
        check((await page.locator(".bead").count()) === beads - 1, "the beads are not joined");
        check((await page.locator(".bead.decided").textContent()).includes("Ana Test"), "nobody is named");
        diwan(binary, "-C", archive, "reread", "--all");
        diwan(binary, "-C", archive, "align", "--again");
        await page.goto(reader);
        check((await page.locator(".bead").count()) === beads - 1, "the correction is gone");
        check((await page.locator(".bead.decided .text").first().locator(".sentence").count()) > 1, "another bead is decided");
        await page.locator("#history form button").first().click();
        await page.waitForLoadState();
        await page.goto(reader);
        check((await page.locator(".bead").count()) === beads, "not taken back");
        check((await page.locator("#history .past").count()) > 0, "the history is gone");
        await page.context().close();
      });
    }
  }

  async function picturing() {
    for (const [name, size] of [["desk", DESK], ["phone", PHONE]]) {
      for (const ui of ["ar", "fa", "en", "fr"]) {
        const page = await scripted(size, name === "phone" ? { isMobile: true, deviceScaleFactor: 2 } : {});
        const second = ui === "ar" ? "ar" : "fa";
        for (const [label, where] of [
          ["reader", `${url}${statement}-en?with=${second}&q=lake`],
          ["reader-three", `${url}${statement}-en?with=ar,fa`],
          ["terms", `${url}/terms?q=lake&from=en&to=${second}`],
        ]) {
          await scenario(`${label}, ${ui}, ${name}: fits and is pictured`, async () => {
            const answer = await page.goto(`${where}&ui=${ui}`);
            check(answer.status() === 200, `status ${answer.status()}`);
            await page.screenshot({ path: path.join(pictures, `${label}-${ui}-${name}.png`) });
            await fits(page);
          });
        }
        await page.context().close();
      }
    }
    if (editUrl) {
      const page = await scripted(DESK);
      await scenario("reader, correcting: pictured", async () => {
        await page.goto(`${editUrl}${statement}-en?with=fa&ui=fa`);
        await page.locator(".bead details.decide summary").nth(1).click();
        await page.screenshot({ path: path.join(pictures, "reader-correct-fa-desk.png") });
        await fits(page);
      });
      await page.context().close();
    }
  }
}
