// Entities: the list, a page with names in every script, the picture of who is named with whom.

export default async function ({ browser, url, open, scenario, check, fits, DESK, PHONE }) {
  const page = await open(browser, DESK);

  await scenario("entities: the list leads to a page with names, mentions and a picture", async () => {
    await page.goto(`${url}/entities?kind=person&ui=en`);
    check((await page.locator("ul.entities li").count()) > 0, "nobody is named");
    // Of the first, somebody is named with others; who is alone in a sentence has no picture.
    const people = await page.locator("ul.entities a").evaluateAll((links) => links.slice(0, 20).map((a) => a.href));
    for (const address of people) {
      await page.goto(address);
      if ((await page.locator("svg.with a").count()) > 0) break;
    }
    check((await page.locator("dl.facts dd bdi").count()) > 0, "no names");
    check((await page.locator("ol.mentions mark").count()) > 0, "no mention is marked");
    const node = page.locator("svg.with a").first();
    check((await node.locator("title").textContent()).length > 2, "the picture has no text");
    const to = await node.getAttribute("href");
    await page.goto(new URL(to, url).href);
    check((await page.locator("h1").textContent()).trim().length > 0, "a neighbour has no page");
  });

  await scenario("entities: a name in Arabic script runs its own way in an English page", async () => {
    await page.goto(`${url}/entities?kind=place&ui=en`);
    await page.locator("ul.entities a").first().click();
    const arabic = page.locator('dl.facts bdi[lang="ar"]').first();
    check((await arabic.getAttribute("dir")) === "rtl", "an Arabic name runs the wrong way");
  });

  await scenario("entities: in four languages, on a phone", async () => {
    const phone = await open(browser, PHONE);
    for (const lang of ["ar", "fa", "en", "fr"]) {
      await phone.goto(`${url}/entities?ui=${lang}`);
      check((await phone.locator("html").getAttribute("lang")) === lang, lang);
      await fits(phone);
    }
  });
}
