// Entities: the list, a page with names in every script, the picture of who is named with whom.

import path from "node:path";

export default async function ({ browser, url, editUrl, open, scenario, check, fits, pictures, DESK, PHONE }) {
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

  await scenario("map: dots lead to places, and the list holds them all", async () => {
    await page.goto(`${url}/map?ui=en`);
    check((await page.locator("svg.map path.land").count()) === 1, "no land");
    const dots = await page.locator("svg.map a").count();
    const rows = await page.locator("ul.places li").count();
    check(dots > 3 && rows >= dots, `${dots} dots, ${rows} places in the list`);
    check((await page.locator("svg.map > desc").textContent()).length > 10, "the map has no words");
    const answer = await page.goto(new URL(await page.locator("svg.map a").first().getAttribute("href"), url).href);
    check(answer.status() === 200, `a dot leads to ${answer.status()}`);
  });

  for (const lang of ["ar", "fa", "en", "fr"]) {
    for (const [size, label] of [[DESK, "desk"], [PHONE, "phone"]]) {
      await scenario(`map: fits in ${lang} at ${label}`, async () => {
        const view = await open(browser, size);
        await view.goto(`${url}/map?ui=${lang}`);
        await fits(view);
        await view.screenshot({ path: path.join(pictures, `map-${lang}-${label}.png`) });
        await view.goto(await view.locator("ul.places a").first().evaluate((link) => link.href));
        await fits(view);
        await view.screenshot({ path: path.join(pictures, `entity-${lang}-${label}.png`) });
        await view.context().close();
      });
    }
  }

  if (!editUrl) return;
  await scenario("entities: a person renames one and takes it back", async () => {
    await page.goto(`${editUrl}/entities?kind=place&ui=en`);
    await page.locator("ul.entities a").first().click();
    const before = (await page.locator("h1").textContent()).trim();
    const form = page.locator('section.edit form').first();
    await form.locator("select[name=field]").selectOption("name-en");
    await form.locator("input[name=value]").fill("A New Name");
    await form.locator("button").click();
    check((await page.locator("h1").textContent()).trim() === "A New Name", "it is not renamed");
    await page.locator("ol.decisions button").first().click();
    check((await page.locator("h1").textContent()).trim() === before, "it is not taken back");
  });

  await scenario("entities: a person makes two one and takes them apart again", async () => {
    await page.goto(`${editUrl}/entities?kind=place&ui=en`);
    const links = await page.locator("ul.entities a").evaluateAll((all) => all.slice(0, 2).map((a) => a.href));
    const other = links[1].match(/E[0-9]+/)[0];
    await page.goto(links[0]);
    const spellings = await page.locator("ul.spellings li").count();
    const form = page.locator('section.edit form', { has: page.locator('input[value="same-as"]') });
    await form.locator("input[name=value]").fill(other);
    await form.locator("button").click();
    check((await page.locator("ul.spellings li").count()) > spellings, "they are not one");
    await page.locator("ol.decisions button").first().click();
    check((await page.locator("ul.spellings li").count()) === spellings, "they are still one");
  });

  await scenario("entities: whoever only reads is offered no form", async () => {
    await page.goto(`${url}/entities?kind=place&ui=en`);
    await page.locator("ul.entities a").first().click();
    check((await page.locator("section.edit, form[method=post]").count()) === 0, "a form is offered");
  });
}
