// Links on a statement's page: why each version is here, and a person's word about it.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

export default async function ({ browser, url, diwan, serve, open, scenario, check, statementWith, DESK }) {
  await scenario("links: each version says why it is here", async () => {
    const page = await open(browser, DESK);
    const statement = await statementWith(page, url, ["en", "ar", "fa"]);
    await page.goto(`${url}${statement}?ui=en`);
    check((await page.getByText("names the address of the original").count()) > 0, "no evidence");
    check((await page.locator('button[value="dismiss"]').count()) === 0, "a reader may decide");
    await page.context().close();
  });
  if (process.env.DIWAN_URL || !process.env.DIWAN_BIN) return;

  await scenario("links: one is rejected, stays so after reading again, and is taken back", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "diwan-links-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    const binary = process.env.DIWAN_BIN;
    const archive = path.join(folder, "archive");
    diwan(binary, "init", archive);
    const samples = path.join(root, "samples");
    const folders = readdirSync(samples, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => path.join(samples, e.name));
    diwan(binary, "-C", archive, "add", ...folders);
    const home = await serve(binary, archive, "--edit", "--as", "Ana Test");
    const page = await open(browser, DESK);
    const statement = await statementWith(page, home, ["en", "ar", "fa"]);
    const address = `${home}${statement}?ui=en`;
    await page.goto(address);
    const decide = page.locator('li:has(input[name="kind"][value="link"])');
    const before = await decide.count();
    check(before >= 3, `${before} links`);
    const persian = decide.filter({ hasText: "Persian" }).first();
    await persian.locator("details.decide summary").click();
    await persian.locator("input[name=why]").fill("another meeting");
    await persian.locator('button[value="dismiss"]').click();
    await page.waitForLoadState();
    await page.goto(address);
    check((await decide.count()) === before - 1, "it is still here");
    diwan(binary, "-C", archive, "reprocess");
    await page.goto(address);
    check((await decide.count()) === before - 1, "reading again overruled a person");
    await page.goto(`${home}/decisions?ui=en`);
    await page.locator('form[action="/undo"] button').first().click();
    await page.waitForLoadState();
    await page.goto(address);
    check((await decide.count()) === before, "not taken back");
    await page.context().close();
  });
}
