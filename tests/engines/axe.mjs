// SPDX-License-Identifier: Apache-2.0
//
// axe.mjs PAGE AXE MADE: writes MADE, the page with axe-core in it, which leaves what axe finds in the
// document's title, so that a headless browser that dumps the document tells it.
import fs from "node:fs";

const [page, axe, made] = process.argv.slice(2);
const run = `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then((found) => { document.title = "AXE " + found.violations.length + " of " + found.passes.length + ": " +
    found.violations.map((each) => each.id).join(" "); });`;
const text = fs
  .readFileSync(page, "utf8")
  .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n/, "")
  .replace("</body>", () => `<script>${fs.readFileSync(axe, "utf8")}</script><script>${run}</script></body>`);
fs.writeFileSync(made, text);
