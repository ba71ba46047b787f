// SPDX-License-Identifier: Apache-2.0
//
// agree.mjs [--alter] [--visit WHEN] [--session N] FORMAT_H PACK FOLDER SOURCE...: the sheets in FOLDER against the device's
// tables in PACK. Both ways, for each protocol of the pack and each of its sheets:
//
//   - what the tables say to a client stands on the sheet: each window and each screening row, under
//     the right heading, with its verb, its times and what it is about; the course and the anaesthetic;
//   - each number on the sheet that no author wrote is a number of the rows of what it is about, and
//     each thing that a rule on the sheet is about has a row for that part of the sheet.
//
// What the tables do not hold is named in `untold` and counted: no row says it, so the device cannot
// contradict it. With --alter each number of a sheet, and each number of the tables, is changed by
// one in turn; every such change must be seen. The sheets are for everyone; with --session N they are
// those for the visit of that session, whose course is compared with the rows of the session after it.
import fs from "node:fs";
import path from "node:path";
import { constants, readImage } from "./image.mjs";
import { readSheet, withoutRemarks, withoutTexts } from "./sheet.mjs";
import { asCeiling, asFloor, asInterval, asWait, readNumbers, readSources } from "./words.mjs";

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 1).length > 0 : false);
const alter = option("--alter");
const visit = args[0] === "--visit" ? args.splice(0, 2)[1] : null;
const session = args[0] === "--session" ? Number(args.splice(0, 2)[1]) : null;
const [header, pack, folder, ...sources] = args;
const C = constants(header);
const said = readSources(sources);

const DAY = 86400;
const LATE = visit ? Number(/T(\d+)/.exec(visit)[1]) * 3600 + Number(/:(\d+)/.exec(visit)[1]) * 60 : 0;

/* ---- what a block speaks of ---- */

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// The phrase as a pattern, {placeholders} standing for anything.
const phrase = (name) => new RegExp(escape(said.phrases[name]).replace(/\\\{\w+\\\}/g, ".+?"), "i");

function makeFinder(image) {
  const words = image.items.flatMap((row, index) =>
    (said.terms[`item ${row.name}`]?.words ?? [row.name.replaceAll("_", " ")]).map((form) => [form, index])
  );
  words.sort((a, b) => b[0].length - a[0].length);
  const patterns = words.map(([form, index]) => [new RegExp(`(?<![\\w-])${escape(form)}(?![\\w-])`, "gi"), index]);
  const known = new Map();
  return (text) => {
    if (known.has(text)) return known.get(text);
    const found = new Set();
    let rest = text;
    for (const [pattern, index] of patterns)
      rest = rest.replace(pattern, (all) => (found.add(index), "_".repeat(all.length)));
    known.set(text, found);
    return found;
  };
}

/* ---- the rows of one protocol ---- */

function rowsOf(image, protocol) {
  const windows = image.list(protocol.window_list).map((number) => image.windows[number]);
  const screenings = image.list(protocol.screening_list).map((number) => {
    const row = image.screenings[number];
    const question = row.question === C.STIPPLE_NONE ? null : image.questions[row.question];
    return { ...row, item: question ? question.item : C.STIPPLE_NONE, preparation: question?.preparation };
  });
  const courses = coursesOf(image, protocol.course);
  const anaesthetic = image.anaesthetics[protocol.anaesthetic];
  return { windows: windows.map((row) => ({ ...row })), screenings, courses, anaesthetic: anaesthetic && { ...anaesthetic } };
}

// The course as the device judges it when one of these sessions begins: what holds of all of them is met
// with what holds for everyone, what holds of none is left out.
function courseBefore([everyone, ...rows], first, last) {
  const course = everyone && { ...everyone };
  const tighter = [];
  for (const row of rows) {
    const named = sessions(row);
    if (named.some((each) => each.most < first || each.values_or_least > last)) continue;
    const open = named.filter((each) => each.values_or_least > first || each.most < last);
    const conditions = row.conditions.filter((each) => each.subject !== C.STIPPLE_SUBJECT_ALWAYS && (!named.includes(each) || open.includes(each)));
    if (conditions.length) tighter.push({ ...row, conditions });
    else meet(course, row);
  }
  return { course, tighter: tighter.filter((row) => row.interval_least > course.interval_least || row.sessions_limit < course.sessions_limit) };
}

function meet(course, row) {
  if (row.interval_least > course.interval_least) Object.assign(course, { interval_least: row.interval_least, interval_most: row.interval_most });
  course.sessions_limit = Math.min(course.sessions_limit, row.sessions_limit);
  if (course.sessions_limit === C.STIPPLE_NONE) return;
  for (const end of ["sessions_least", "sessions_most"]) course[end] = Math.min(course[end], course.sessions_limit);
}

// Where the sheet speaks of the whole course, every interval counts; of the next visit, the one before it.
const wholeCourse = (rows) => courseBefore(rows.courses, 2, C.STIPPLE_NONE);
const nextVisit = (rows) => (session ? courseBefore(rows.courses, session + 1, session + 1) : wholeCourse(rows));
const courseOf = (rows, block) => (block.section === "heading_next_visit" ? nextVisit(rows) : wholeCourse(rows));

// What holds of the course for everyone, then what tightens it for some, each with all its conditions.
function coursesOf(image, first) {
  const found = [];
  for (let at = first, goes = C.STIPPLE_MORE; goes !== C.STIPPLE_LAST && image.courses[at]; at++) {
    const row = image.courses[at];
    if (goes === C.STIPPLE_AND_NEXT) found.at(-1).conditions.push(...row.conditions);
    else found.push({ ...row, conditions: [...row.conditions] });
    goes = row.chain;
  }
  return found;
}

const ages = (row) => row.conditions.filter((each) => each.subject === C.STIPPLE_SUBJECT_AGE);
const sessions = (row) => row.conditions.filter((each) => each.subject === C.STIPPLE_SUBJECT_SESSION);
// The depths that a row's conditions name: "deeper than 1 mm" is held as from 1001 um on.
const depths = (row) => row.conditions.filter((each) => each.subject === C.STIPPLE_SUBJECT_DEPTH_USED)
  .flatMap((each) => [...(each.values_or_least ? [each.values_or_least - (each.most === C.STIPPLE_NONE ? 1 : 0)] : []), ...(each.most === C.STIPPLE_NONE ? [] : [each.most])]);

/* ---- times in words and in seconds ---- */

const goesBack = (text) => /\bagain\b|\bgo back\b/i.test(text);

// What the table holds for a time that stands in the block.
function seconds(number, block, convert) {
  const { time } = number;
  const over = number.day && /\bfrom (day )?$/i.test(block.bare.slice(0, number.at).replace(/\w+ $/, (all) => (number.date ? "" : all)));
  if (over && (block.section === "heading_going_back" || goesBack(block.text))) return convert({ unit: "day", count: time.count - 1 });
  return convert(time);
}

/* ---- the tables, found on the sheet ---- */

const verbs = {
  [C.STIPPLE_VERB_AVOID]: /\bdo not\b|\bkeep away\b|\bavoid\b/i,
  [C.STIPPLE_VERB_STOP]: /\bstop\b/i,
  [C.STIPPLE_VERB_DO]: /^(?!.*\bdo not\b)/i,
  [C.STIPPLE_VERB_USE]: /^(?!.*\bdo not\b)/i,
  [C.STIPPLE_VERB_ONLY]: /\bonly\b/i,
  [C.STIPPLE_VERB_MAY]: /\bif you\b/i,
  [C.STIPPLE_VERB_RESUME]: /\bagain\b/i,
  [C.STIPPLE_VERB_HAVE]: /./,
  [C.STIPPLE_VERB_ASK_PRESCRIBER]: /\bask\b/i,
  [C.STIPPLE_VERB_EXCEPT]: /\bexcept\b/i,
};
const holding = [C.STIPPLE_VERB_AVOID, C.STIPPLE_VERB_STOP, C.STIPPLE_VERB_USE, C.STIPPLE_VERB_DO];
const places = {
  [C.STIPPLE_MOMENT_BEFORE]: "heading_before",
  [C.STIPPLE_MOMENT_AFTER]: "heading_days",
  [C.STIPPLE_MOMENT_EXPECT]: "heading_expect",
  [C.STIPPLE_MOMENT_DAY]: "heading_on_the_day",
};
const actions = {
  [C.STIPPLE_ACTION_EXCLUDE]: "heading_exclude",
  [C.STIPPLE_ACTION_CONFIRM_AVOIDED]: "heading_spot",
  [C.STIPPLE_ACTION_WAIT]: "heading_wait",
  [C.STIPPLE_ACTION_CLEAR]: "heading_clear",
  [C.STIPPLE_ACTION_CAUTION]: "heading_caution",
  [C.STIPPLE_ACTION_WITHOUT_ANAESTHETIC]: "heading_no_anaesthetic",
};
const sections = {
  prep: ["heading_before", "heading_tell_us", "heading_on_the_day"],
  aftercare: ["heading_days", "heading_expect", "heading_going_back"],
};
sections.handout = [...sections.prep, ...sections.aftercare];

// An effect is over by the day on which its last hour falls.
const overBy = (number, value) => number.date && number.day && Math.floor((LATE + value - 1) / DAY) === number.time.count;
// Hours that end at midnight are named by the date alone: before the visit, its end, its begin.
const midnights = (days) => [days * DAY + LATE, (days + 1) * DAY - LATE, days * DAY - LATE];

function isTime(number, block, value, convert) {
  if (!number.time || value === 0) return false;
  return seconds(number, block, convert) === value || (convert === asCeiling && overBy(number, value)) ||
    (number.date && number.day && midnights(number.time.count).includes(value));
}

const holds = (block, value, convert) => block.numbers.some((each) => isTime(each, block, value, convert));

function windowFound(image, row, block, find) {
  if (block.section !== places[row.moment] || !find(block.text).has(row.item)) return false;
  if (!verbs[row.verb].test(block.text)) return false;
  if (row.until !== C.STIPPLE_NONE && !find(block.text).has(row.until)) return false;
  const convert = row.moment === C.STIPPLE_MOMENT_EXPECT ? asCeiling : asFloor;
  const times = [row.from, row.to].filter((each) => each !== 0 && each !== C.STIPPLE_NO_TIME);
  if (row.verb === C.STIPPLE_VERB_EXCEPT) return true;
  return times.every((each) => holds(block, each, convert)) &&
    (row.every === 0 || holds(block, row.every, asCeiling) || block.numbers.some((each) => each.times)) && conditionsFound(image, row, block);
}

// Whom a rule is for stands in the same bullet, or in the one that opens what follows.
function conditionsFound(image, row, block) {
  return row.conditions.every((each) => {
    if (each.subject === C.STIPPLE_SUBJECT_ALWAYS) return true;
    if (each.subject === C.STIPPLE_SUBJECT_AGE || each.subject === C.STIPPLE_SUBJECT_SESSION)
      return block.numbers.some(({ number }) => [each.values_or_least, each.most, each.most + 1].includes(number));
    if (each.subject === C.STIPPLE_SUBJECT_DEPTH_USED)
      return depths(row).every((depth) => block.numbers.some(({ um }) => um === depth));
    if (each.subject & C.STIPPLE_SUBJECT_QUESTION) {
      const question = image.questions[each.subject & 0x7fff];
      const words = said.terms[`item ${question.name.replace(/_(in_area|at_spot)$/, "")}`]?.if;
      return !words || block.text.toLowerCase().includes(words.toLowerCase());
    }
    const factor = image.factors[each.subject];
    const term = said.terms[`factor ${factor?.name}`];
    return !term?.if || block.text.toLowerCase().includes(term.if.split("{value}")[0].trim().toLowerCase());
  });
}

const underAction = (row, block) => actions[row.action] && block.headings.some((each) => phrase(actions[row.action]).test(each));

function screeningFound(row, block, find) {
  if (block.section !== "heading_tell_us" || !underAction(row, block)) return false;
  if (row.item === C.STIPPLE_NONE)
    return ages(row).every((each) => block.numbers.some(({ number }) => number === each.most + 1 || (number === each.values_or_least - 1 && number > 0)));
  if (!find(block.text).has(row.item)) return false;
  return row.action !== C.STIPPLE_ACTION_WAIT || [row.wait, row.floor].every((each) => each === 0 || holds(block, each, asWait));
}

function tellRow(image, row) {
  const name = row.item === C.STIPPLE_NONE ? "age" : image.items[row.item].name;
  return `${row.moment ? "window" : "screening"} of ${name}, verb or action ${row.verb ?? row.action}, ${row.from ?? row.wait} to ${row.to ?? row.floor}`;
}

// A rule that another one holds for longer, for everyone or for the same clients, need not be said.
function heldByAnother(row, windows) {
  const [early, late] = row.moment === C.STIPPLE_MOMENT_AFTER ? ["from", "to"] : ["to", "from"];
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const everyone = (each) => each.conditions.every(({ subject }) => subject === C.STIPPLE_SUBJECT_ALWAYS);
  return holding.includes(row.verb) && windows.some((each) => each !== row &&
    ["moment", "verb", "item", "until", "every"].every((member) => each[member] === row[member]) &&
    each[early] <= row[early] && each[late] >= row[late] && (everyone(each) || same(each.conditions, row.conditions)));
}

function missing(image, rows, blocks, kind, find) {
  const faults = [];
  const needed = rows.windows.filter((row) => !heldByAnother(row, rows.windows));
  for (const row of needed)
    if (row.verb && sections[kind].includes(places[row.moment]) && row.item !== C.STIPPLE_NONE && !blocks.some((each) => windowFound(image, row, each, find)))
      faults.push(`not on the sheet: ${tellRow(image, row)}`);
  if (sections[kind].includes("heading_tell_us"))
    for (const row of rows.screenings)
      if (actions[row.action] && !row.preparation && !blocks.some((each) => screeningFound(row, each, find)))
        faults.push(`not on the sheet: ${tellRow(image, row)}`);
  const all = blocks.flatMap((block) => block.numbers.map((number) => ({ block, number })));
  const told = (value, convert) => all.some(({ number, block }) => number.time && seconds(number, block, convert) === value);
  const { anaesthetic } = rows;
  const { course } = wholeCourse(rows);
  const next = nextVisit(rows).course;
  const whole = ["heading_glance", "heading_treatment"];
  const coming = ["heading_next_visit"];
  const ends = next && session && (session >= next.sessions_limit || (next.sessions_most > 0 && session >= next.sessions_most));
  const again = blocks.filter((block) => coming.includes(block.section) && phrase("next_visit_time").test(block.text));
  if (ends && again.length) faults.push(`the course is over: ${again[0].text}`);
  for (const [where, part] of [[whole, wholeCourse(rows)], ...(ends ? [] : [[coming, nextVisit(rows)]])])
    for (const row of part.tighter)
      if (sayings(row, kind, where === coming).some((fits) => !blocks.some((block) => where.includes(block.section) && fits(block) && conditionsFound(image, row, block))))
        faults.push("not on the sheet: the course for some clients");
  const toldNext = (value) => blocks.some((block) => coming.includes(block.section) && block.numbers.some((each) => each.time && seconds(each, block, asInterval) === value));
  if (kind !== "prep" && next && !ends && next.interval_least > 0 && !toldNext(next.interval_least)) faults.push("not on the sheet: the least interval");
  if (kind !== "prep" && next && !ends && next.interval_most !== C.STIPPLE_NO_TIME && !toldNext(next.interval_most)) faults.push("not on the sheet: the greatest interval");
  if (kind === "handout" && course && course.sessions_most > 0 && !all.some(({ number }) => number.visits === course.sessions_most)) faults.push("not on the sheet: the sessions");
  if (kind !== "aftercare" && anaesthetic && ![anaesthetic.least, anaesthetic.most].every((each) => each === 0 || told(each, asCeiling)))
    faults.push("not on the sheet: the time of the anaesthetic");
  return faults;
}

// What a sheet must say of a course that is tighter for some, each as a test of a block.
function sayings(row, kind, next) {
  const interval = [row.interval_least, row.interval_most].filter((each) => each !== 0 && each !== C.STIPPLE_NO_TIME);
  const apart = (block) => interval.every((value) => block.numbers.some((each) => each.time && seconds(each, block, asInterval) === value));
  if (kind === (next ? "prep" : "aftercare")) return [];
  const made = row.interval_least === 0 ? [] : [apart];
  if (row.sessions_limit !== C.STIPPLE_NONE && !next) made.push((block) => block.numbers.some(({ visits }) => visits === row.sessions_limit));
  return made;
}

/* ---- the numbers of the sheet, found in the tables ---- */

// Sections in which no number comes from a row of the tables.
const untoldSections = ["heading_help", "heading_risks", "heading_questions", "heading_contact", "heading_about", "heading_sources", "heading"];
const untold = new Map();
let altering = false;
const countUntold = (why) => (altering || untold.set(why, (untold.get(why) ?? 0) + 1), true);

// Days on which a stretch may begin though nothing ends or begins: they grow with the distance.
const stretches = [1, 2, 4, 8, 15, 29, 57, 113];

function dayStarts(rows) {
  const starts = new Set([0]);
  const add = (first, last) => starts.add(first).add(last).add(last + 1);
  for (const row of rows.windows) {
    if (row.moment !== C.STIPPLE_MOMENT_AFTER && row.moment !== C.STIPPLE_MOMENT_EXPECT) continue;
    for (const value of [row.from, row.to]) {
      const bare = row.moment === C.STIPPLE_MOMENT_AFTER ? value - 25 * 3600 : value;
      if (value === C.STIPPLE_NO_TIME || value === 0) continue;
      if (bare >= 0 && bare % DAY === 0) add(bare / DAY, bare / DAY);
      else if (visit) add(Math.floor((LATE + value) / DAY), Math.floor((LATE + value - 1) / DAY));
      else add(Math.floor(value / DAY), value <= DAY / 2 ? 0 : Math.floor((value + DAY - 61) / DAY));
    }
  }
  return starts;
}

function conditionNumbers(rows) {
  const low = rows.flatMap((row) => [...ages(row), ...sessions(row)]);
  return new Set(low.flatMap((each) => [each.values_or_least, each.most, each.most + 1, each.values_or_least - 1]));
}

function isKnown(image, number, block, rows, items) {
  const { windows, screenings, anaesthetic } = rows;
  const { course, tighter } = courseOf(rows, block);
  const courses = course ? [course, ...tighter].filter((row) => conditionsFound(image, row, block)) : [];
  const about = [...windows, ...screenings].filter((row) => items.has(row.item));
  const values = (list, ...members) => new Set(list.flatMap((row) => members.map((member) => row[member])));
  if (untoldSections.includes(block.section)) return countUntold(block.section);
  if (number.times) return countUntold("times a day");
  if (number.visits !== undefined) return values(courses, "sessions_least", "sessions_most", "sessions_limit").has(number.visits);
  if (number.um !== undefined) return [...windows, ...tighter].some((row) => depths(row).includes(number.um));
  if (number.number !== undefined) return conditionNumbers(about.length ? [...about, ...screenings] : [...windows, ...screenings, ...tighter]).has(number.number);
  const effects = windows.filter((row) => items.has(row.item) && row.moment === C.STIPPLE_MOMENT_EXPECT);
  const is = (set, convert) => [...set].some((value) => isTime(number, block, value, convert));
  if (number.date && number.day && phrase("prepare_date").test(block.text) && windows.some((row) => Math.ceil((row.from - LATE) / DAY) === number.time.count)) return true;
  switch (block.section) {
    case "heading_tell_us":
      return is(values(screenings.filter((row) => items.has(row.item)), "wait", "floor"), asWait);
    case "heading_expect":
      return number.low ? countUntold("the shortest time of an effect") : is(values(effects, "from", "to"), asCeiling);
    case "heading_on_the_day":
      if (visit && phrase("appointment").test(block.text)) return number.time.count === 0;
      return anaesthetic && is(new Set([anaesthetic.least, anaesthetic.most]), asCeiling);
    case "heading_treatment":
    case "heading_glance":
    case "heading_next_visit":
      if (phrase("visit_length").test(block.text)) return countUntold("the length of a visit");
      return is(values(courses, "interval_least", "interval_most"), asInterval) || is(values(windows, "from", "to"), asFloor);
    default:
      if (/every /.test(block.bare.slice(0, number.at).slice(-6)) && is(values(windows.filter((row) => items.has(row.item)), "every"), asCeiling)) return true;
      return is(values(items.size ? windows.filter((row) => items.has(row.item)) : windows, "from", "to"), asFloor);
  }
}

// What a bullet is about, and no row of that part of the sheet is.
function superfluous(image, rows, block, find) {
  const rules = Object.entries(places).filter(([, section]) => section === block.section).map(([moment]) => Number(moment));
  const screened = block.section === "heading_tell_us";
  if (!block.bullet || (rules.length === 0 && !screened)) return [];
  const about = new Set((screened ? rows.screenings.filter((row) => underAction(row, block)) : rows.windows.filter((row) => rules.includes(row.moment))).flatMap((row) => [row.item, row.until]));
  return [...find(withoutRemarks(block.text, said.remarks))].filter((item) => !about.has(item))
    .map((item) => `no row for ${image.items[item].name}: ${block.text}`);
}

function unknown(image, rows, blocks, find) {
  const faults = [];
  const starts = dayStarts(rows);
  let next = 0;
  for (const block of blocks) {
    const own = block.numbers.filter((each) => each.own);
    if (block.level === 3 && block.section === "heading_days") {
      const rest = phrase(visit ? "rest_date" : "rest_day").test(block.text);
      const span = rest ? [0, own[0]?.time?.count] : /\bDays? (\d+)(?: to (\d+))?/i.exec(block.text);
      const [first, last] = [Number(span?.[1]), Number(span?.[2] ?? span?.[1])];
      if (first !== next || !(starts.has(next) || stretches.includes(next))) faults.push(`no such day: ${block.text}`);
      if (!rest) next = last + 1;
      for (const each of own.filter((one) => one.date)) if (![first, last].includes(each.time.count)) faults.push(`no such date: ${block.text}`);
      continue;
    }
    const items = find(block.text);
    faults.push(...superfluous(image, rows, block, find));
    for (const number of block.level === 4 ? [] : block.numbers)
      if (!isKnown(image, number, block, rows, items)) faults.push(`not in the tables: "${number.words}" in: ${block.text}`);
  }
  if (next > 0 && !starts.has(next)) faults.push(`the days end with day ${next - 1}`);
  return faults;
}

/* ---- one sheet ---- */

// Under a heading of level 4 a bullet means what both say together.
function prepare(source, html) {
  const blocks = readSheet(source, html, said);
  for (const block of blocks) {
    const above = block.level === 0 && block.headings.length === 4 ? `${block.headings[3]}: ` : "";
    block.text = above + block.text;
    block.bare = withoutTexts(block.text, said.texts);
    block.numbers = readNumbers(block.bare, visit).map((each) => ({ ...each, own: each.at >= above.length }));
  }
  return blocks;
}

function judge(image, rows, source, html, kind, find) {
  const blocks = prepare(source, html);
  return [...missing(image, rows, blocks, kind, find), ...unknown(image, rows, blocks, find)];
}

/* ---- alterations ---- */

// The places in the Markdown of numbers that rules made.
function ruleNumbers(source) {
  const lines = source.split("\n");
  return prepare(source, false).filter((block) => !untoldSections.includes(block.section)).flatMap((block) => {
    const line = lines[block.index];
    const bare = withoutTexts(line.replace(/\]\([^)]*\)/g, (all) => all.replace(/\d/g, "#")).replace(/&#\d+;/g, (all) => "#".repeat(all.length)), said.texts);
    if (phrase("visit_length").test(line) || /\[\d/.test(bare)) return [];
    return [...bare.matchAll(/\d+/g)]
      .filter((match) => !/times a day/.test(bare.slice(match.index, match.index + 20)) && !(block.section === "heading_expect" && /^ to /.test(bare.slice(match.index + match[0].length))))
      .map((match) => ({ line: block.index, at: match.index, length: match[0].length, value: Number(match[0]) }));
  });
}

function* alteredSheets(source) {
  for (const { line, at, length, value } of ruleNumbers(source)) {
    const lines = source.split("\n");
    const old = lines[line];
    lines[line] = old.slice(0, at) + (value + 1) + old.slice(at + length);
    yield [`${old.trim().slice(0, 100)} with ${value + 1} for ${value}`, lines.join("\n")];
  }
}

const otherVerb = { 1: 2, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 9: 1, 10: 2 };
const otherAction = { 1: 2, 2: 1, 3: 1, 4: 1, 6: 1, 7: 1 };

// What a row can say otherwise; null leaves the row out.
function otherwise(row) {
  const more = (member) => (row[member] > 0 && row[member] !== C.STIPPLE_NO_TIME ? [[`${member} an hour later`, { ...row, [member]: row[member] + 3600 }]] : []);
  const gone = [["left out", null]];
  if (row.verb === C.STIPPLE_VERB_EXCEPT) return [["another verb", { ...row, verb: otherVerb[row.verb] }]];
  if (row.verb) return [...more("from"), ...more("to"), ...gone, ...(otherVerb[row.verb] ? [["another verb", { ...row, verb: otherVerb[row.verb] }]] : [])];
  return [...(row.action === C.STIPPLE_ACTION_WAIT ? [...more("wait"), ...more("floor")] : []), ...gone, ["another action", { ...row, action: otherAction[row.action] }]];
}

// Whether the sheet must say the row: of a session that is over, a sheet for after a visit need not.
const countsNext = (row) => sessions(row).every((each) => session === null || each.values_or_least <= session + 1 && each.most > session);

// A longer interval, any other depth, and any other session.
function otherCourse(row) {
  const deeper = (each) => (each.subject === C.STIPPLE_SUBJECT_DEPTH_USED ? { ...each, values_or_least: each.values_or_least + 250 } : each);
  const later = (each) => (each.subject === C.STIPPLE_SUBJECT_SESSION ? { ...each, values_or_least: each.values_or_least + 1, most: Math.min(each.most + 1, C.STIPPLE_NONE) } : each);
  return [
    ...(sessions(row).length ? [["another session", { ...row, conditions: row.conditions.map(later) }]] : []),
    ...(row.interval_least > 0 ? [["an interval a day longer", { ...row, interval_least: row.interval_least + DAY }]] : []),
    ...(depths(row).length ? [["another depth", { ...row, conditions: row.conditions.map(deeper) }]] : []),
  ];
}

function* alteredRows(image, rows, kind) {
  for (const [i, row] of rows.courses.entries())
    for (const [what, other] of i && countsNext(row) ? otherCourse(row) : [])
      yield [`course for some: ${what}`, { ...rows, courses: rows.courses.map((each, at) => (at === i ? other : each)) }];
  for (const name of ["windows", "screenings"])
    for (const [i, row] of rows[name].entries()) {
      const place = name === "windows" ? places[row.moment] : "heading_tell_us";
      const told = row.verb ? row.item !== C.STIPPLE_NONE : actions[row.action] && !row.preparation && row.item !== C.STIPPLE_NONE;
      if (!sections[kind].includes(place) || !told) continue;
      for (const [what, other] of otherwise(row))
        yield [`${tellRow(image, row)}: ${what}`, { ...rows, [name]: rows[name].flatMap((each, at) => (at === i ? (other ? [other] : []) : [each])) }];
    }
}

function judgeAlterations(image, rows, source, kind, find, name) {
  const unseen = [];
  let sheets = 0;
  let tables = 0;
  altering = true;
  for (const [what, text] of alteredSheets(source)) (sheets++, judge(image, rows, text, false, kind, find).length === 0 && unseen.push(what));
  for (const [what, changed] of alteredRows(image, rows, kind)) (tables++, judge(image, changed, source, false, kind, find).length === 0 && unseen.push(what));
  altering = false;
  report(`${sheets} numbers of ${name} altered, ${tables} of its tables: all seen`, sheets > 0 && tables > 0 ? unseen : ["nothing was altered"]);
}

/* ---- all of them ---- */

function report(name, faults) {
  console.log(faults.length ? `not ok ${name}` : `ok ${name}`);
  for (const fault of faults.slice(0, 12)) console.log(`# ${fault}`);
  if (faults.length) process.exitCode = 1;
}

const image = readImage(pack, header);
const find = makeFinder(image);
const bad = [];
let judged = 0;
for (const protocol of image.protocols) {
  const rows = rowsOf(image, protocol);
  for (const kind of ["handout", "prep", "aftercare"])
    for (const form of ["md", "html"]) {
      const name = `${protocol.name}.${kind}.en.${form}`;
      const file = path.join(folder, name);
      if (!fs.existsSync(file)) continue;
      const source = fs.readFileSync(file, "utf8");
      bad.push(...judge(image, rows, source, form === "html", kind, find).map((each) => `${name}: ${each}`));
      judged++;
      if (alter && form === "md") judgeAlterations(image, rows, source, kind, find, name);
    }
}
report(`${judged} sheets of ${image.protocols.length} protocols in ${path.basename(pack)} agree with their tables`, judged ? bad : ["no sheets"]);
console.log(`# not in the tables: ${[...untold].map(([why, count]) => `${count} ${why}`).join(", ")}`);
