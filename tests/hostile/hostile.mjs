// SPDX-License-Identifier: Apache-2.0
//
// hostile.mjs: texts that an author or a clinic could write to do harm, in every place of a source that
// takes a text, through every output. Each is either refused with a diagnostic, or every output has
// the very structure that it has for a harmless text: the same elements and attributes of a page, the
// same blocks of Markdown, the same properties of a calendar, the same symbols of the compiled C, the
// same columns and keys. What is printed for people holds no control character.
//
// In the environment: STIPPLE, CC, RUNTIME (the runtime's headers).
import fs from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";

const { STIPPLE, CC, RUNTIME } = process.env;

// { name: text, as a source spells it }; those marked ! may not be refused, since people write such things.
const texts = {
  "a script": "x <script>alert(1)</script>",
  "an event": 'x <img src=x onerror=\\"alert(1)\\">',
  "an attribute left": '\\"><svg onload=alert(1)>',
  "a javascript link": "x [a](javascript:alert(1)) <javascript:alert(1)>",
  "a data link": "x ![a](data:text/html;base64,PHNjcmlwdD4=)",
  "a link out of the page": "x [a](https://a.example/?q=1) <https://b.example>",
  "an end of a comment in C": "x */ int evil; /*",
  "an end of a comment in HTML": "x --> <b>y</b> <!--",
  "trigraphs! ": "what??/ why??' and ??=include ??(0??)",
  "the end of a text in C": 'x\\"; int evil = 1; //',
  "a backslash at the end! ": "x \\\\",
  "backslashes! ": "C:\\\\new\\\\xAB \\\\uABCD %n%s",
  "a line of a comment that goes on! ": "x \\\\ //",
  "quotes! ": "she said \\\"no\\\" and 'yes' `maybe`",
  "template braces": "x {{#each a}}{{> file}}{{{raw}}} {% include \\\"a\\\" %} {{< b >}} {{% c %}} {#d#} ${e} <%= f %>",
  "a merge field! ": "dear {{client_name}} come",
  "a placeholder of ours": "x {time} {n} {terms} {course.sessions}",
  "a formula for a spreadsheet! ": "=cmd|'/C calc'!A0",
  "another formula! ": "@SUM(1+1)*cmd",
  "plus and minus! ": "+1-2",
  "a row of a table": "x, \\\"y\\\", z; a | b | c",
  "a property of a calendar": "x\\\\nEND:VEVENT\\\\nBEGIN:VALARM",
  "a key of YAML": "x: y # z --- - 'a' !!python/object [1] &a *b",
  "Markdown": "# x ## * y _z_ ~~a~~ `b` > c - d 1. e === | --- |",
  "a fence! ": "~~~ x ``` y",
  "an entity! ": "&lt;script&gt; &#60; &amp; &nbsp",
  "other directions": "x \u202eabc\u202c \u2066y\u2069",
  "a mark of direction": "x\u200f y\u061c",
  "colours of a terminal": "x \u001b[31mred\u001b]0;title\u0007",
  "a NUL": "x \u0000 y",
  "a carriage return": "x\ry",
  "characters that are not there": "x\u200by\ufeffz\u00ad",
  "broken UTF-8": Buffer.from([0x78, 0x20, 0xff, 0xc0, 0xaf, 0x20, 0x79]),
  "a label of a megabyte": "long word ".repeat(110000),
  "a word of a megabyte": "w".repeat(1 << 20),
};

/* ---- the sources ---- */

const benign = "some harmless words";

// A source with the text in one place, or in all of them; the harmless words elsewhere.
function makeSource(text, place) {
  let at = 0;
  const T = () => ["\u0001", at++ === place || place === -1 ? text : benign];
  const parts = (strings, ...calls) => {
    const made = [];
    strings.forEach((part, i) => made.push(part, ...(i < calls.length ? [calls[i]()[1]] : [])));
    return Buffer.concat(made.map((each) => Buffer.from(each)));
  };
  const source = parts`edition 1
import "std/languages/en"
import "std/factors"
source s "${T}" { grade A; address "https://a.example/x" }
source u "${T}" { grade U }
indication scars "${T}"
condition fever "${T}" { note "${T}"; because "${T}"; asks "${T}"; if "${T}" }
product cream "${T}" { note "${T}"; because "${T}" }
medicine pill "${T}"
activity sun "${T}" { instruction "${T}" }
procedure peel "${T}" { asks "${T}"; if "${T}" }
care rest "${T}" { instruction "${T}" }
effect redness "${T}" { note "${T}" }
sign pus "${T}"
sign faint "${T}"
factor mood "${T}" { asks "${T}"; if "${T} {value}"; choices good "${T}", bad "${T}" }
zone z "${T}"
device pen "${T}" { modality pen; depth 0.1 to 0.8 mm, step 0.1 mm cites s }
protocol p "${T}" {
  version 1.0.0
  status approved by "${T}" on 2026-11-01, review by 2027-11-01
  treats scars
  device pen
  title "${T}"
  message "${T}"
  benefit "${T}" cites s
  risk "${T}", how often not known cites s
  unknown "${T}"
  course 3 sessions, 4 to 6 weeks apart  cites s said "${T}"
  zone z { depth 0.1 to 0.5 mm  because "${T}"  cites s }
  when mood bad { every zone { depth to 0.3 mm  cites u } }
  screen { exclude fever because "${T}"  cites s; wait 2 weeks after peel  cites s }
  before { avoid cream, sun for 2 days because "${T}"  cites s; stop pill 3 days before  cites s }
  after { do rest for 24 h how "${T}"  cites s; avoid cream for 3 days  cites s; resume pill after 4 days  cites s }
  expect { redness for 1 to 2 days  cites s }
  ask us for redness over 3 days  cites s
  call us for pus
  call emergency for faint
}
test "${T}" { protocol p; given fever; refuses client }
`;
  const clinic = parts`edition 1
clinic c "${T}" {
  telephone   "020 7946 0123"
  after_hours "${T}"
  emergency   "999"
  address     "${T}"
  time_zone   "Europe/London"
}
`;
  return { source, clinic, places: at };
}

/* ---- the outputs ---- */

// Elements with the names of their attributes, in order; the words are left out.
function elements(html) {
  const found = [];
  const inside = html.replace(/<style>[^]*?<\/style>/, "");
  for (const [tag] of inside.matchAll(/<[a-zA-Z/!?][^>]*>/g)) {
    const name = /^<[/!?]?[\w-]*/.exec(tag)[0];
    const attributes = [...tag.matchAll(/\s([\w:-]+)=("[^"]*"|'[^']*'|[^\s>]*)/g)].map(([, key, value]) => `${key}${key === "href" ? value.slice(0, 5) : ""}`);
    if (tag.replace(/\s[\w:-]+=("[^"]*"|'[^']*')/g, "").replace(/[\s/]*>$/, "") !== name) attributes.push("odd");
    found.push(`${name} ${attributes.join(" ")}`);
  }
  return found;
}

function markdownElements(text) {
  const front = /^---\n[^]*?\n---\n/.exec(text)?.[0] ?? "";
  const made = spawnSync("cmark", [], { input: text.slice(front.length), encoding: "utf8", maxBuffer: 1 << 28 }).stdout;
  if (made.includes("raw HTML omitted")) return ["raw HTML"];
  return [...front.split("\n").map((line) => line.replace(/: .*/, line.match(/: ".*"$/) ? ": text" : line.match(/: [\w.:-]+$/) ? ": word" : "")), ...elements(made)];
}

const templates = /\{\{(?!\w+([._]\w+)*\}\})|\{%|\{#|<%/;
const hasTemplates = (text) => (templates.test(text) ? [`template: ${templates.exec(text)[0]}`] : []);

function properties(text) {
  if (!/^([^\r\n]*\r\n)+$/.test(text)) return ["lines do not end with CR LF"];
  if (text.split("\r\n").some((line) => Buffer.byteLength(line) > 75)) return ["a line of more than 75 octets"];
  return text.replace(/\r\n /g, "").split("\r\n").map((line) => line.replace(/[:;].*/, ""));
}

function csvShape(text) {
  const rows = [[]];
  let rest = text;
  while (rest) {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/.exec(rest);
    if (!cell) return ["not CSV"];
    const value = cell[1] ?? cell[2];
    rows[rows.length - 1].push(/^[=+\-@\t\r]/.test(value) ? "a formula" : "cell");
    rest = rest.slice(cell[0].length);
    if (cell[3] !== "," && rest) rows.push([]);
    if (cell[0] === "") break;
  }
  return rows.map((row) => row.join(" "));
}

function keys(value) {
  if (Array.isArray(value)) return value.map(keys);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keys(inner)]));
  return typeof value;
}
const jsonShape = (text) => [JSON.stringify(keys(JSON.parse(text)))];

// Control characters and those that turn or hide what is read.
// eslint-disable-next-line no-control-regex
const deceiving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const plainText = (text) => (deceiving.test(text) ? [`a character that deceives: ${JSON.stringify(deceiving.exec(text)[0])}`] : []);

function compiled(folder) {
  const made = spawnSync(CC, ["-std=c99", "-trigraphs", "-Wall", "-Wextra", "-Werror", `-I${RUNTIME}`, "-I.", "-c", "t.c", "-o", "t.o"], { cwd: folder, encoding: "utf8" });
  if (made.status !== 0) return [`does not compile: ${made.stderr.slice(0, 300)}`];
  const cxx = spawnSync("sh", ["-c", `echo '#include "t.h"' | ${CC} -x c++ -Wall -Wextra -Werror -I${RUNTIME} -I. -fsyntax-only -`], { cwd: folder, encoding: "utf8" });
  const missing = /cc1plus|language c\+\+ not/.test(cxx.stderr);
  if (cxx.status !== 0 && !missing) return [`the header does not compile as C++: ${cxx.stderr.slice(0, 300)}`];
  return spawnSync("nm", ["-P", "t.o"], { cwd: folder, encoding: "utf8" }).stdout.split("\n").map((line) => line.replace(/ [0-9a-f]+.*/, ""));
}

const sheet = (...more) => ["handout", "p.stip", "--clinic", "clinic.stip", "--visit", "2026-12-01T10:00", "-o", "-", ...more];

// { name: [arguments, what of the output must be the same, more] }
const outputs = {
  tables: [["tables", "p.stip", "-o", "t"], (text, folder) => compiled(folder)],
  handout: [sheet(), (text) => [...markdownElements(text), ...hasTemplates(text), ...plainText(text)]],
  "front matter": [sheet("--front-matter", "yaml"), markdownElements],
  page: [sheet("--format", "html"), (text) => [...elements(text), ...hasTemplates(text), ...plainText(text)]],
  "large print": [sheet("--format", "html", "--large-print"), elements],
  fragment: [sheet("--format", "fragment"), (text) => [...elements(text), ...hasTemplates(text)]],
  checklist: [sheet("--document", "checklist"), markdownElements],
  // A longer text parts a message in two.
  messages: [sheet("--document", "messages"), (text) => [...new Set(markdownElements(text))].sort()],
  calendar: [sheet("--format", "ics"), properties],
  card: [["card", "p.stip", "-o", "-"], (text) => [...markdownElements(text), ...hasTemplates(text)]],
  "page of the card": [["card", "p.stip", "-o", "-", "--format", "html"], (text) => [...elements(text), ...hasTemplates(text)]],
  trace: [["trace", "p.stip", "-o", "-"], (text) => markdownElements(text).filter((each) => !/^<\/?(p|em|strong|code|br|hr) /.test(each))],
  "trace as CSV": [["trace", "p.stip", "-o", "-", "--format", "csv"], csvShape],
  "trace as JSON": [["trace", "p.stip", "-o", "-", "--format", "json"], jsonShape],
  "check as text": [["check", "p.stip"], plainText],
  "check as JSON": [["check", "p.stip", "--diagnostics", "json"], (text) => plainText(text.split("\n").map((line) => line && JSON.stringify(JSON.parse(line)) && line).join("\n"))],
  "check as SARIF": [["check", "p.stip", "--diagnostics", "sarif"], (text) => [JSON.parse(text).version, ...plainText(text)]],
  why: [["why", "p.stip", "z", "depth"], plainText],
  reading: [["read", "p.stip"], plainText],
  test: [["test", "p.stip"], plainText],
  score: [["score", "p.stip", "--clinic", "clinic.stip"], plainText],
  pack: [["pack", "p.stip", "-o", "t.stpk"], (text, folder) => {
    const again = spawnSync(STIPPLE, ["decompile", "t.stpk", "-o", "-"], { cwd: folder, encoding: "utf8" });
    return [String(again.status), ...plainText(again.stdout)];
  }],
};

/* ---- running ---- */

function run(folder, [args, shape]) {
  const done = spawnSync(STIPPLE, args, { cwd: folder, encoding: "latin1", maxBuffer: 1 << 28, timeout: 60000 });
  const text = Buffer.from(done.stdout ?? "", "latin1").toString("utf8");
  const said = Buffer.from(done.stderr ?? "", "latin1").toString("utf8");
  const faults = plainText(said).map((each) => `standard error: ${each}`);
  if (done.signal || done.status === null || done.status > 4) return { faults: [...faults, `ended with ${done.signal ?? done.status}`] };
  if (done.status !== 0 && args[0] !== "score" && args[0] !== "test") {
    if (!/error/.test(said + text)) faults.push("refused without a diagnostic");
    return { refused: true, faults, said: said || text };
  }
  try {
    return { faults, shape: shape(text, folder) };
  } catch (fault) {
    return { faults: [...faults, `not to be read: ${fault.message.slice(0, 200)}`] };
  }
}

const names = ["p.stip", "clinic.stip"];
function write(folder, made) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, names[0]), made.source);
  fs.writeFileSync(path.join(folder, names[1]), made.clinic);
}

function report(name, faults) {
  console.log(faults.length ? `not ok ${name}` : `ok ${name}`);
  for (const fault of faults.slice(0, 6)) console.log(`# ${fault}`);
  if (faults.length) process.exitCode = 1;
}

const same = (a, b) => {
  const at = a.findIndex((each, i) => each !== b[i]);
  return at < 0 && a.length === b.length ? [] : [`structure: ${JSON.stringify(a[at] ?? "end").slice(0, 150)} in place of ${JSON.stringify(b[at] ?? "end").slice(0, 150)}`];
};

const base = {};
const usual = makeSource(benign, 0);
write("harmless", usual);
for (const [output, how] of Object.entries(outputs)) {
  base[output] = run("harmless", how);
  report(`harmless words: ${output}`, base[output].refused ? [base[output].said.slice(0, 600)] : base[output].faults);
}

// A summary may hold Markdown, so it changes what a sheet is made of: but into nothing else than this.
const allowed = /^<(\/?(p|ul|ol|li|strong|em|code|pre|br|h[1-6]|blockquote|hr)|a href"(http|mail|tel:)|\/a) ?$/;
function summaryFaults(text) {
  const made = makeSource(benign, 0);
  const [head, tail] = made.source.toString().split(/(?=  benefit )/);
  const summary = Buffer.concat([head, '  summary """\n', text, '\n"""\n', tail].map((each) => Buffer.from(each)));
  write("hostile", { ...made, source: summary });
  const faults = [];
  let refused = 0;
  for (const output of ["tables", "handout", "front matter", "page", "fragment", "trace", "trace as CSV", "trace as JSON", "check as SARIF"]) {
    const done = run("hostile", outputs[output]);
    faults.push(...done.faults.map((each) => `${output}: ${each}`));
    if (done.refused) refused++;
    else if (["handout", "fragment"].includes(output)) {
      const strange = done.shape.filter((each) => !allowed.test(each.trim()) && !base[output].shape.includes(each));
      faults.push(...strange.map((each) => `${output}: ${each}`));
    }
  }
  return { faults, refused };
}
{
  const { faults, refused } = summaryFaults("Some **harmless** words, and a [link](https://a.example).");
  report("a harmless summary", refused ? ["it is refused"] : faults);
  const [seen, missed] = ["<b ", '<a href"java'].map((each) => !allowed.test(each.trim()));
  report("what a summary may not hold is seen", seen && missed ? [] : ["it is not"]);
}
for (const [name, text] of Object.entries(texts)) {
  const { faults, refused } = summaryFaults(typeof text === "string" ? text.replaceAll('\\"', '"') : text);
  report(`${name.replace("!", "").trim()}, in a summary${refused ? `, refused by ${refused}` : ""}`, faults);
}

const only = process.argv[2];
for (const [name, text] of Object.entries(texts)) {
  if (only && name.replace("!", "").trim() !== only) continue;
  const huge = text.length > 100000;
  // In all places at once; and where that is refused, in each place alone, so that one refusal hides no other.
  const places = [-1];
  for (let next = 0; next < places.length; next++) {
    const faults = [];
    write("hostile", makeSource(text, places[next]));
    let refused = 0;
    for (const [output, how] of Object.entries(outputs)) {
      // What refuses one place for the device's tables refuses it for all of them: the same check comes first.
      if (places[next] >= 0 && refused > 0 && output !== "handout" && !output.startsWith("check")) continue;
      const done = run("hostile", how);
      faults.push(...done.faults.map((each) => `${output}: ${each}`));
      if (done.refused) refused++;
      else if (done.shape && base[output].shape) faults.push(...same(done.shape, base[output].shape).map((each) => `${output}: ${each}`));
      if (done.refused && name.includes("!") && places[next] !== -1 && output === "tables") faults.push(`${output}: refused, though people write such things: ${done.said.slice(0, 200)}`);
    }
    if (places[next] === -1 && refused > 0 && !huge) for (let i = 0; i < usual.places; i++) places.push(i);
    const where = places[next] < 0 ? "everywhere" : `place ${places[next]}`;
    if (places[next] < 0 || faults.length > 0) report(`${name.replace("!", "").trim()}, ${where}${refused ? `, refused by ${refused}` : ""}`, faults);
  }
}
