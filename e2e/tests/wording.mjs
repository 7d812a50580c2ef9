// Series, comparison, formulas: found by links alone, in both directions, at a desk and on a phone; each page pictured.

import path from "node:path";

export default async function wording({ browser, url, open, scenario, check, fits, pictures, DESK, PHONE }) {
  const page = await open(browser, DESK);
  const found = {};

  await scenario("wording: a series has its statements in order and its pictures", async () => {
    await page.goto(`${url}/series?ui=en`);
    await page.locator(".serieslist a").first().click();
    found.series = new URL(page.url()).pathname;
    const days = await page.locator(".steps time").evaluateAll((all) => all.map((t) => t.dateTime));
    check(days.length > 2 && days.join() === [...days].sort().join(), `out of order: ${days}`);
    check((await page.locator(".picture svg").count()) === 3, "not three pictures");
    check((await page.locator(".picture svg > title").count()) === 3, "a picture has no title");
    check((await page.locator(".picture svg path").count()) > 0, "no bands between columns");
  });

  await scenario("wording: a picture is given as a file", async () => {
    const href = await page.locator(".picture a[download]").first().getAttribute("href");
    const answer = await page.request.get(`${url}${href}`);
    check(answer.status() === 200, `status ${answer.status()}`);
    check(answer.headers()["content-type"] === "image/svg+xml", answer.headers()["content-type"]);
    check((await answer.text()).startsWith("<svg"), "no picture");
  });

  await scenario("wording: each statement is compared with the one before, and the other way round", async () => {
    await page.goto(`${url}${found.series}?ui=en`);
    await page.locator(".steps a[href^='/compare']").last().click();
    found.compare = page.url().replace(url, "").replace(/&?ui=en/, "");
    check((await page.locator(".summary").textContent()).includes("% of the wording kept"), "no summary");
    const came = await page.locator(".redline ins").count();
    const gone = await page.locator(".redline del").count();
    check(came + gone > 0, "nothing changed");
    await page.locator(".filters .buttons a").click();
    check((await page.locator(".redline ins").count()) > 0 || gone === 0, "nothing came in the other order");
    check((await page.locator("input[name=a]").inputValue()) !== "", "the texts are not named");
  });

  await scenario("wording: a text that is not there is said not to be", async () => {
    const answer = await page.goto(`${url}/compare?a=NOTHING-en&b=NOTHING-fa&ui=fr`);
    check(answer.status() === 404, `status ${answer.status()}`);
    check((await page.locator("[role=alert]").count()) === 1, "no word about it");
  });

  await scenario("wording: a formula has its life, its wordings and their places", async () => {
    await page.goto(`${url}/formulas?ui=en`);
    await page.locator(".formulas a").first().click();
    found.formula = new URL(page.url()).pathname;
    check((await page.locator(".picture svg circle").count()) > 1, "no uses in the picture");
    check((await page.locator(".variants li").count()) > 0, "no wordings");
    await page.locator(".variants li a").first().click();
    check(page.url().includes("/s/"), page.url());
  });

  await scenario("wording: the margin says what was said before", async () => {
    check((await page.locator("a.said").count()) > 0, "no mark in the margin");
    await page.locator("a.said").first().click();
    check(page.url().includes("/formula/"), page.url());
  });

  await scenario("wording: boilerplate is apart", async () => {
    await page.goto(`${url}/formulas?ui=en`);
    await page.locator(".tabs a").nth(1).click();
    check(page.url().includes("kind=boilerplate"), page.url());
  });

  await scenario("wording: time runs with the reader", async () => {
    const first = async (ui) => {
      await page.goto(`${url}${found.series}?ui=${ui}`);
      const box = page.locator(".picture svg").nth(2).locator("rect");
      return [await box.first().boundingBox(), await box.last().boundingBox()];
    };
    const [a, b] = await first("en");
    check(a.x < b.x, "English time runs from the right");
    const [c, d] = await first("ar");
    check(c.x > d.x, "Arabic time runs from the left");
  });
  await page.context().close();

  for (const [name, size] of [["desk", DESK], ["phone", PHONE]]) {
    for (const ui of ["ar", "fa", "en", "fr"]) {
      const page = await open(browser, size, name === "phone" ? { isMobile: true, deviceScaleFactor: 2 } : {});
      for (const [label, address] of [
        ["series-one", found.series],
        ["compare", found.compare],
        ["compare-empty", "/compare"],
        ["formulas", "/formulas"],
        ["formula", found.formula],
      ]) {
        await scenario(`wording: ${label}, ${ui}, ${name}: fits and is pictured`, async () => {
          check(address, "the page was not found before");
          const answer = await page.goto(`${url}${address}${address.includes("?") ? "&" : "?"}ui=${ui}`);
          check(answer.status() === 200, `status ${answer.status()}`);
          await page.screenshot({ path: path.join(pictures, `${label}-${ui}-${name}.png`) });
          await fits(page);
        });
      }
      await page.context().close();
    }
  }
}
