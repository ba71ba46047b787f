// SPDX-License-Identifier: Apache-2.0
//
// What a reader of the sheet needs to know: the words that sources give to names, and what times in
// words are in seconds (language reference, 3.3 and 3.4). Sources are searched with a few patterns, not
// parsed.
import fs from "node:fs";
import path from "node:path";

const kinds = "product|medicine|activity|care|procedure|effect|sign|condition|indication|factor|zone";

// Every .stip in the folders, and the files. Terms by kind and name, with what stands for them in a sentence;
// phrases by name; texts of authors in which there are numbers; remarks, which speak of a rule.
export function readSources(places) {
  const files = places.flatMap((place) =>
    fs.statSync(place).isDirectory()
      ? fs.readdirSync(place).filter((each) => each.endsWith(".stip")).map((each) => path.join(place, each))
      : [place]
  );
  const said = { terms: {}, phrases: {}, texts: [], remarks: [] };
  for (const file of files) {
    const text = fs.readFileSync(file, "utf8").replace(/^\s*#.*$/gm, "");
    const begins = new RegExp(`^(${kinds}) (\\w+)(?: "([^"]*)")?`, "gm");
    for (const found of text.matchAll(begins)) {
      const [, kind, name, label] = found;
      const rest = text.slice(found.index);
      const end = rest.search(/\n\w/);
      const block = end < 0 ? rest : rest.slice(0, end);
      const words = [label ?? name.replaceAll("_", " ")];
      for (const [, order] of block.matchAll(/\binstruction "([^"]*)"/g)) words.push(order);
      said.terms[`${kind === "zone" || kind === "factor" ? kind : "item"} ${name}`] = {
        words,
        if: /\bif "([^"]*)"/.exec(block)?.[1],
        values: [...block.matchAll(/\b(\w+) "([^"]*)"/g)].map(([, value, words]) => [value, words]),
      };
    }
    for (const [, name, phrase] of text.matchAll(/^\s*phrase (\w+) "(.*)"$/gm)) said.phrases[name] = phrase;
    for (const [, remark] of text.matchAll(/\b(?:note|because|how|if) "([^"]*)"/g)) said.remarks.push(remark.split("{")[0].trim());
    for (const [, long] of text.matchAll(/"""([^]*?)"""/g)) said.texts.push(...long.split(/\n|\{[^}]*\}/));
    for (const [, short] of text.replace(/"""[^]*?"""/g, "").matchAll(/"([^"\n]*)"/g)) said.texts.push(short);
  }
  said.texts = said.texts.map((each) => each.replace(/^\s*- /, "").trim()).filter((each) => /\d/.test(each) && each.length > 2);
  said.remarks.sort((a, b) => b.length - a.length);
  said.texts.sort((a, b) => b.length - a.length);
  return said;
}

const DAY = 86400;
const plain = { second: 1, minute: 60, hour: 3600 };

// The most and the least days that n months in a row can have.
function monthDays(n, most) {
  let found = most ? 0 : Infinity;
  for (let month = 0; month < 96; month++) {
    const days = (Date.UTC(1996, month + n, 1) - Date.UTC(1996, month, 1)) / 1000 / DAY;
    found = most ? Math.max(found, days) : Math.min(found, days);
  }
  return found;
}

// A time is { unit, count }. As a floor the table holds at least so long, to the end of the last day.
function days(time, most) {
  const { unit, count } = time;
  if (unit === "day") return count;
  if (unit === "week") return 7 * count;
  return monthDays(unit === "year" ? 12 * count : count, most);
}

export const asFloor = (time) => (plain[time.unit] ? plain[time.unit] * time.count : time.count === 0 ? 0 : days(time, true) * DAY + 25 * 3600);
// As a wait it counts from the begin of the event's date, which may have 25 hours.
export const asWait = (time) => (time.count === 0 ? 0 : asInterval(time) + 25 * 3600);
export const asCeiling = (time) => (plain[time.unit] ? plain[time.unit] * time.count : days(time, false) * DAY);
export const asInterval = (time) => (plain[time.unit] ? plain[time.unit] * time.count : days(time, true) * DAY);

const um = (mm) => Math.round(Number(mm) * 1000);
const months = "January|February|March|April|May|June|July|August|September|October|November|December";
const units = "second|minute|hour|day|week|month|year";

// Every time that the text says, as { time, at, end }: "2 to 3 weeks", "the end of day 14", and with the
// visit known "Friday 4 December, 10 am". A place where a number stands that is no time is { number }.
export function readNumbers(text, visit) {
  const found = [];
  const rest = text.split("");
  const take = (pattern, make) => {
    for (const match of rest.join("").matchAll(pattern)) {
      found.push(...make(match).map((each) => ({ ...each, at: match.index, words: match[0] })));
      for (let i = 0; i < match[0].length; i++) rest[match.index + i] = "_";
    }
  };
  take(new RegExp(`(\\d+) (${months})(?: (\\d{4}))?(?:, (?:(\\d+)(?::(\\d\\d))? ([ap]m)|(midday)))?`, "g"), (match) => dates(match, visit));
  take(/\b(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?) mm\b/g, ([, low, high]) => [{ um: um(low) }, { um: um(high) }]);
  take(/\b(\d+(?:\.\d+)?) mm\b/g, ([, depth]) => [{ um: um(depth) }]);
  take(/\b(\d+) to (\d+) visits\b/g, ([, low, high]) => [{ visits: Number(low) }, { visits: Number(high) }]);
  take(/\b(\d+) visits?\b/g, ([, count]) => [{ visits: Number(count) }]);
  take(/\b(\d+) to (\d+) times a day\b/g, ([, low, high]) => [{ times: [Number(low), Number(high)] }]);
  take(/\b(\d+) times? a day\b/g, ([, count]) => [{ times: [Number(count), Number(count)] }]);
  take(new RegExp(`\\b(\\d+) to (\\d+) (${units})s?\\b`, "g"), ([, low, high, unit]) => [
    { time: { unit, count: Number(low) }, low: true },
    { time: { unit, count: Number(high) } },
  ]);
  take(new RegExp(`\\b(\\d+) (${units})s?\\b`, "g"), ([, count, unit]) => [{ time: { unit, count: Number(count) } }]);
  take(new RegExp(`(?<=\\bevery )(${units})\\b`, "g"), ([, unit]) => [{ time: { unit, count: 1 } }]);
  take(/\bdays? (\d+)\b/gi, ([, count]) => [{ time: { unit: "day", count: Number(count) }, day: true }]);
  take(/\d+/g, ([count]) => [{ number: Number(count) }]);
  return found.sort((a, b) => a.at - b.at);
}

// A date and a time of day: elapsed seconds. A date: whole days from the visit's day.
function dates([, day, month, year, hour, minute, half, midday], visit) {
  const [, y, m, d, h, min] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(visit ?? "") ?? [];
  if (!y) return [{ number: Number(day) }];
  const index = months.split("|").indexOf(month);
  const base = Date.UTC(y, m - 1, d);
  let that = Date.UTC(year ?? y, index, day);
  if (!year && that - base > 183 * DAY * 1000) that = Date.UTC(y - 1, index, day);
  const apart = (that - base) / 1000;
  if (!hour && !midday) return [{ time: { unit: "day", count: Math.abs(apart / DAY) }, date: true, day: true }];
  const clock = midday ? 12 * 3600 : ((hour % 12) + (half === "pm" ? 12 : 0)) * 3600 + Number(minute ?? 0) * 60;
  return [{ time: { unit: "second", count: Math.abs(apart + clock - h * 3600 - min * 60) }, date: true }];
}
