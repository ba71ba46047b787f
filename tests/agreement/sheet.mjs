// SPDX-License-Identifier: Apache-2.0
//
// Reads a finished sheet, Markdown or HTML, as text alone: blocks in order, each with the headings above
// it. Whatever authors themselves wrote with numbers in it is taken out, so that the numbers that
// are left are those that rules made.

function plainMarkdown(text) {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<(\w+:[^>]*|[^>]*@[^>]*)>/g, "$1")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/\*\*/g, "");
}

function entities(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replace(/&#(\d+);/g, (all, code) => String.fromCodePoint(Number(code))).replaceAll("&amp;", "&");
}

function markdownLines(source) {
  return source.split("\n").map((line) => {
    const [, mark, text] = /^(#+ |> |\s*- |)(.*)$/.exec(line);
    return { level: mark.startsWith("#") ? mark.length - 1 : 0, bullet: mark.trim() === "-", text: entities(plainMarkdown(text)) };
  });
}

// Tables are rows of blocks; pictures are left to those who look at them.
function htmlLines(source) {
  const body = source.replace(/^[^]*<main>/, "").replace(/<(svg|figure)\b[^]*?<\/\1>/g, "");
  return [...body.matchAll(/<(h[1-6]|p|li|tr|caption)\b[^>]*>([^]*?)(?=<\/?(?:h[1-6]|p|li|tr|caption|ul|table|blockquote|section)\b)/g)].map(
    ([, tag, text]) => ({
      level: tag[0] === "h" ? Number(tag[1]) : 0,
      bullet: tag === "li",
      text: entities(text.replace(/<\/t[dh]>\s*<t[dh][^>]*>/g, ": ").replace(/<[^>]*>/g, "")).replace(/\s+/g, " ").trim(),
    })
  );
}

// Without the remarks of authors, which may speak of other things than the rule is about.
export function withoutRemarks(text, remarks) {
  const small = text.toLowerCase();
  for (const said of remarks) {
    for (let at = small.indexOf(said.toLowerCase()); said.length > 12 && at >= 0; at = small.indexOf(said.toLowerCase(), at + 1))
      text = text.slice(0, at) + "#".repeat(said.length) + text.slice(at + said.length);
  }
  return text;
}

// The texts of authors; their first letter may have become a capital, and a final point may follow.
export function withoutTexts(text, texts) {
  for (const said of texts)
    for (const form of [said, said[0].toUpperCase() + said.slice(1)]) text = text.replaceAll(form, (all) => all.replace(/\d/g, "#"));
  return text;
}

// [{ text, bullet, section, headings: [h1 ... above it], line }]
export function readSheet(source, html, said) {
  const lines = html ? htmlLines(source) : markdownLines(source);
  const names = Object.fromEntries(
    Object.entries(said.phrases).filter(([name]) => name.startsWith("heading_")).map(([name, text]) => [text[0].toUpperCase() + text.slice(1), name])
  );
  const headings = [];
  const blocks = [];
  lines.forEach((line, index) => {
    if (!line.text.trim()) return;
    if (line.level > 0) {
      headings.length = line.level - 1;
      headings[line.level - 1] = line.text;
    }
    blocks.push({ ...line, index, section: names[headings[1]] ?? "heading", headings: [...headings].filter(Boolean) });
  });
  return blocks;
}
