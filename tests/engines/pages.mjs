// SPDX-License-Identifier: Apache-2.0
//
// pages.mjs FOLDER OUT: every page in FOLDER as headless Chromium shows it. Each must load nothing but
// itself, give axe nothing to object to, fit a narrow phone, say its language and direction, and print
// as a tagged PDF in which each picture keeps its words. Pictures and prints are left in OUT. A page
// named spoilt.RULE.html is there to show that the judge sees: it must fail by just that RULE.
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const [folder, out] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), "node_modules", "x"));
const puppeteer = (await import(require.resolve("puppeteer-core"))).default;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const papers = { a4: [595, 842], letter: [612, 792] };

async function axeFaults(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), rules);
  if (found.passes.length === 0) return ["axe tried nothing"];
  return found.violations.map((each) => `axe: ${each.id} ${each.nodes[0].html.slice(0, 200)}`);
}

// A phone of 320 points, and letters twice as large in a window of 640: nothing may stick out.
async function narrowFaults(page) {
  await page.setViewport({ width: 320, height: 700, isMobile: true });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width <= 320 ? [] : [`narrow: ${width} points wide on a phone of 320`];
}

async function languageFaults(page) {
  const [lang, dir, shown] = await page.evaluate(() => {
    const html = document.documentElement;
    return [html.lang, html.dir, getComputedStyle(html).direction];
  });
  const meant = ["ar", "he", "fa", "ur"].includes(lang) ? "rtl" : "ltr";
  return lang && dir === meant && shown === meant ? [] : [`language: lang ${lang} dir ${dir}`];
}

async function printFaults(page, pdf) {
  const pictures = await page.evaluate(() => document.querySelectorAll("svg[role=img], img").length);
  const css = await page.evaluate(() => document.querySelector("style")?.textContent ?? "");
  const paper = /size:(\w+)/i.exec(css)?.[1]?.toLowerCase();
  await page.setViewport({ width: 800, height: 1000 });
  await page.pdf({ path: pdf, preferCSSPageSize: true, tagged: true, outline: true });
  const told = execFileSync("pdfinfo", [pdf], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const plain = execFileSync("qpdf", ["--qdf", "--object-streams=disable", pdf, "-"], { maxBuffer: 1 << 28 }).toString("latin1");
  const faults = [];
  if (!/Tagged: +yes/.test(told) || !plain.includes("/StructTreeRoot")) faults.push("print: not tagged");
  const words = plain.match(/^ *\/Alt [(<]\S/gm)?.length ?? 0;
  if (words < pictures) faults.push(`print: ${words} texts for ${pictures} pictures`);
  if (!/\/S \/H1\b/.test(plain) || !/\/Lang/.test(plain)) faults.push("print: no title or no language");
  const [, w, h] = /Page size: +([\d.]+) x ([\d.]+)/.exec(told) ?? [];
  if (papers[paper] && (Math.abs(w - papers[paper][0]) > 2 || Math.abs(h - papers[paper][1]) > 2))
    faults.push(`print: ${w} x ${h} is not ${paper}`);
  return faults;
}

async function judge(browser, file) {
  const name = file.replace(/\.html$/, "");
  const address = `file://${path.resolve(folder, file)}`;
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (each) => each.url() !== address && asked.push(`request: ${each.url().slice(0, 100)}`));
  await page.setViewport({ width: 800, height: 1000 });
  await page.goto(address, { waitUntil: "networkidle0" });
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
  const faults = [...(await axeFaults(page)), ...(await languageFaults(page)), ...(await narrowFaults(page))];
  await page.screenshot({ path: path.join(out, `${name}.phone.png`) });
  faults.push(...(await printFaults(page, path.join(out, `${name}.pdf`))), ...asked);
  await page.close();
  const spoilt = /^spoilt\.(\w+)$/.exec(name)?.[1];
  const good = spoilt ? faults.length > 0 && faults.every((each) => each.startsWith(`${spoilt}:`)) : faults.length === 0;
  console.log(good ? `ok ${spoilt ? "seen:" : "in Chromium:"} ${name}` : `not ok in Chromium: ${name}`);
  if (good) return;
  for (const fault of faults.length ? faults : ["nothing was seen"]) console.log(`# ${fault}`);
  process.exitCode = 1;
}

fs.mkdirSync(out, { recursive: true });
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
for (const file of fs.readdirSync(folder).filter((each) => each.endsWith(".html")).sort()) await judge(browser, file);
await browser.close();
