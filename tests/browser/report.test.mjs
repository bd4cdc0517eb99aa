// Opens a report in Chromium: node report.test.mjs REPORT.html COUNTS.json [SCREENSHOTS]
//
// COUNTS.json has, for each relation, the number of mappings that the library counts.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const [report, counts, pictures] = process.argv.slice(2);
const address = pathToFileURL(resolve(report)).href;
const expected = JSON.parse(readFileSync(counts, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (pictures) mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** Opens the page; any request of another address and any line on the console is a fault. */
async function open(options) {
  const page = await browser.newPage(options);
  const faults = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => request.url().startsWith(address) || faults.push(request.url()));
  await page.goto(address);
  return { page, faults };
}

const visible = (page) => page.locator("#mappings tbody tr:visible");

try {
  for (const [width, colorScheme] of [[1440, "light"], [360, "dark"], [360, "light"], [1440, "dark"]]) {
    const { page, faults } = await open({ viewport: { width, height: 900 }, colorScheme });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${width}: the page is ${overflow} pixels too wide`);
    // The rules of axe, on a page whose table is short enough to check.
    await page.fill("#search", "3C001");
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.map((rule) => `${rule.id}: ${rule.nodes[0].html}`), [], `${width} ${colorScheme}`);
    if (pictures) await page.screenshot({ path: `${pictures}/${width}-${colorScheme}.png`, fullPage: true });
    assert.deepEqual(faults, []);
    await page.close();
  }

  const { page, faults } = await open({ viewport: { width: 1440, height: 900 } });
  const all = Object.values(expected).reduce((sum, number) => sum + number, 0);
  assert.equal(await visible(page).count(), all);
  for (const word of ["gallium", "3C001"]) {
    await page.fill("#search", word);
    const found = await visible(page).count();
    assert.ok(found > 0 && found < all, `${word}: ${found} rows`);
    assert.equal(await page.textContent("#count"), found === 1 ? "1 row" : `${found} rows`);
  }
  await page.fill("#search", "");
  for (const [relation, number] of Object.entries(expected)) {
    await page.selectOption("#relation", relation);
    assert.equal(await visible(page).count(), number, relation);
  }
  await page.selectOption("#relation", "");
  // By keyboard: the second column is sorted, and sorted the other way.
  const head = page.locator("#mappings thead button").nth(2);
  await head.focus();
  const first = async () => page.locator("#mappings tbody tr").first().textContent();
  await page.keyboard.press("Enter");
  const up = await first();
  await page.keyboard.press("Enter");
  assert.notEqual(await first(), up);
  assert.equal(await page.locator("th[aria-sort=descending]").count(), 1);
  // A link to an item shows it, whatever was filtered.
  await page.fill("#search", "no such words");
  assert.equal(await visible(page).count(), 0);
  await page.evaluate(() => { location.hash = "#cn-dual-use:3C001"; });
  await page.waitForFunction(() => document.querySelector("td:target")?.checkVisibility());

  // On A4 nothing is wider than the paper.
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 700, height: 990 });
  const cut = await page.evaluate(() => [...document.querySelectorAll("table, figure")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.outerHTML.slice(0, 80)));
  assert.deepEqual(cut, []);
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 10_000);
  assert.deepEqual(faults, []);
  console.log(`ok: ${all} rows, ${Object.keys(expected).length} relations, four screens, A4`);
} finally {
  await browser.close();
}
