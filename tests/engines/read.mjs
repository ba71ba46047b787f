// SPDX-License-Identifier: Apache-2.0
//
// read.mjs FOLDER: every sheet in FOLDER as each engine reads it, as one line a block, must equal what
// libcmark wrote beside it as NAME.html.fragment; every NAME.ics must be read by ical.js as it was meant.
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const folder = process.argv[2];
const require = createRequire(path.join(process.cwd(), "node_modules", "x"));
const commonmark = require("commonmark");
const MarkdownIt = require("markdown-it");
const { marked } = await import(require.resolve("marked"));
const showdown = require("showdown");
const ICAL = (await import(require.resolve("ical.js"))).default;

// A program of the system that turns Markdown into HTML; null when it is not there.
function program(name) {
  try {
    execFileSync(name, ["--version"]);
  } catch {
    console.log(`ok ${name} # SKIP no ${name}`);
    return null;
  }
  return (text) => execFileSync(name, [], { input: text, encoding: "utf8", maxBuffer: 1 << 26 });
}

const engines = {
  cmark: program("cmark"),
  "cmark-gfm": program("cmark-gfm"),
  "commonmark.js": (text) => new commonmark.HtmlRenderer().render(new commonmark.Parser().parse(text)),
  "markdown-it": (text) => MarkdownIt("commonmark").render(text),
  marked: (text) => marked.parse(text),
  // As WordPress plugins set it.
  showdown: (text) => new showdown.Converter({ simpleLineBreaks: true, noHeaderId: true }).makeHtml(text),
};

// Engines differ in white space, in ids and in how they write the same characters.
function plain(html) {
  return html
    .replace(/<figure>[^]*?<\/figure>/g, "")
    .replace(/<li>\s*<p>([^]*?)<\/p>\s*<\/li>/g, "<li>$1</li>")
    .replace(/\s*\/>/g, ">")
    .replace(/&quot;/g, '"')
    // Showdown hides addresses of mail behind numbers, other ones each time.
    .replace(/&#x([0-9a-f]+);/gi, (all, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#([0-9]+);/g, (all, code) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, " ")
    .replace(/> /g, ">")
    .replace(/ </g, "<")
    .trim();
}

function judge(name, good, why) {
  console.log(good ? `ok ${name}` : `not ok ${name}`);
  if (!good) {
    console.log(`# ${why}`);
    process.exitCode = 1;
  }
}

function firstDifference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `${a.slice(Math.max(0, at - 60), at + 60)} | ${b.slice(Math.max(0, at - 60), at + 60)}`;
}

const files = fs.readdirSync(folder).sort();
for (const file of files.filter((each) => each.endsWith(".md"))) {
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  const meant = plain(fs.readFileSync(path.join(folder, file.replace(/md$/, "fragment.html")), "utf8"));
  for (const [engine, render] of Object.entries(engines).filter(([, each]) => each)) {
    const read = plain(render(text));
    judge(`${engine} reads ${file}`, read === meant, firstDifference(meant, read));
  }
}
for (const file of files.filter((each) => each.endsWith(".ics"))) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path.join(folder, file), "utf8")));
  const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
  const good = events.every(
    (each) =>
      each.startDate.isDate &&
      each.endDate.subtractDate(each.startDate).toSeconds() === 86400 &&
      each.uid.length > 0 &&
      each.description.includes("call us on")
  );
  judge(`ical.js reads ${file}`, events.length > 0 && events.length <= 8 && good, `${events.length} events`);
}
