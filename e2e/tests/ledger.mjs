// The ledger: facts open on their quotes, filters and downloads, chains with pictures that have words, the timeline and the
// diary; a person confirms, corrects and takes back; every page in both directions, at a desk and on a phone.

import path from "node:path";

export default async function ({ browser, url, editUrl, open, scenario, check, fits, pictures, DESK, PHONE }) {
  const page = await open(browser, DESK);

  await scenario("ledger: a fact opens on the sentences that state it", async () => {
    await page.goto(`${url}/ledger?ui=en`);
    check((await page.locator("details.fact").count()) > 5, "no facts");
    const fact = page.locator("details.fact").first();
    await fact.locator("summary").click();
    check(await fact.locator("blockquote").first().isVisible(), "the quote is not shown");
    const href = await fact.locator(".cite a").first().getAttribute("href");
    const answer = await page.goto(`${url}${href}`);
    check(answer.status() === 200, `the sentence's page gives ${answer.status()}`);
  });

  await scenario("ledger: a type is chosen and everything shown is of it", async () => {
    await page.goto(`${url}/ledger?ui=en`);
    await page.selectOption("select[name=type]", "meeting-held");
    await page.click(".filters button");
    check(page.url().includes("type=meeting-held"), page.url());
    const badges = await page.locator("details.fact > summary .badge").allTextContents();
    check(badges.length > 0 && badges.every((b) => b === "Meeting held"), badges.slice(0, 3).join());
  });

  await scenario("ledger: the downloads hold what the page shows", async () => {
    const csv = await (await page.request.get(`${url}/ledger?type=meeting-held&as=csv`)).text();
    check(csv.replace("\ufeff", "").startsWith("id,type,subject"), csv.slice(0, 40));
    const all = await (await page.request.get(`${url}/ledger?type=meeting-held&as=json`)).json();
    check(all.length > 0 && all.every((f) => f.type === "meeting-held"), "other facts are in it");
    check(csv.trim().split("\r\n").length - 1 >= all.length, "lines are missing");
  });

  await scenario("ledger: pictures of chains have words beside them", async () => {
    await page.goto(`${url}/chains?ui=en`);
    check((await page.locator("h1").count()) === 1, "not one heading");
    for (const svg of await page.locator("svg[role=img]").all()) {
      check((await svg.locator("> title").count()) === 1 && (await svg.locator("> desc").count()) === 1, "a picture without words");
    }
    check((await page.locator(".steps li").count()) > 0, "no steps");
  });

  await scenario("ledger: the timeline and the diary go day by day", async () => {
    for (const name of ["timeline", "diary"]) {
      await page.goto(`${url}/${name}?ui=en`);
      const days = await page.locator(".days > li > h2 time").evaluateAll((all) => all.map((t) => t.dateTime));
      check(days.length > 3, `${name}: ${days.length} days`);
      check([...days].sort().reverse().join() === days.join(), `${name}: not in order`);
    }
  });

  for (const lang of ["ar", "fa", "en", "fr"]) {
    for (const [size, label] of [[DESK, "desk"], [PHONE, "phone"]]) {
      await scenario(`ledger: pages fit in ${lang} at ${label}`, async () => {
        const view = await open(browser, size);
        for (const name of ["ledger", "chains", "timeline", "diary"]) {
          const answer = await view.goto(`${url}/${name}?ui=${lang}`);
          check(answer.status() === 200, `${name}: ${answer.status()}`);
          await fits(view);
          const dir = await view.locator("html").getAttribute("dir");
          check(dir === (["ar", "fa"].includes(lang) ? "rtl" : "ltr"), `${name}: ${dir}`);
          await view.screenshot({ path: path.join(pictures, `${name}-${lang}-${label}.png`) });
        }
        await view.context().close();
      });
    }
  }

  if (!editUrl) return;
  await scenario("ledger: a person confirms a fact and takes it back", async () => {
    await page.goto(`${editUrl}/ledger?ui=en`);
    const fact = page.locator("details.fact").first();
    const id = await fact.getAttribute("id");
    await fact.locator("summary").click();
    await fact.locator("button[value=confirm]").click();
    const same = page.locator(`details#${id}`);
    check((await same.getAttribute("class")).includes("confirmed"), "it is not confirmed");
    await same.evaluate((node) => node.setAttribute("open", ""));
    await same.locator("form[action='/undo'] button").first().click();
    check((await page.locator(`details#${id}`).getAttribute("class")).includes("open"), "it is still confirmed");
  });

  await scenario("ledger: an entry of the diary is kept", async () => {
    await page.goto(`${editUrl}/diary?ui=en`);
    await page.locator("details.decide summary").click();
    await page.fill("details.decide input[name=day]", "2023-06-09");
    await page.fill("details.decide input[name=text]", "Read again in the reading room.");
    await page.click("details.decide button");
    const words = await page.locator("#d-2023-06-09").textContent();
    check(words.includes("Read again in the reading room."), words);
  });
}
