// SPDX-License-Identifier: Apache-2.0
//
// random.mjs SEED COUNT FILE: writes FILE with COUNT random protocols over words of their own. Each term
// stands in one rule of a protocol before the visit and in one after it, so that rules do not contradict
// each other, but for rules that say the same twice, once for longer; what they say, for whom and for how
// long is left to chance.
import fs from "node:fs";

const [seed, count, file] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
let state = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n;

function below(bound) {
  state ^= (state << 13n) & 0xffffffffffffffffn;
  state ^= state >> 7n;
  state ^= (state << 17n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(bound));
}
const oneIn = (bound) => below(bound) === 0;
const pick = (list) => list[below(list.length)];

// Words that are in nothing else, without a number in them: "zebek", "tolar".
const words = [];
for (const a of "bdfgklmnprtvz") for (const b of "aeiou") for (const c of "dgknrt") words.push(`q${a}${b}${c}o${a}`);
const kinds = { product: 16, medicine: 8, activity: 12, procedure: 8, care: 10, effect: 9, sign: 6, condition: 24 };
const terms = {};
const lines = ["edition 1", 'import "std/languages/en"', "source s { grade A }", "indication scars"];
for (const [kind, many] of Object.entries(kinds)) {
  terms[kind] = words.splice(0, many);
  for (const word of terms[kind]) {
    const more = [];
    if (kind === "care" || (kind === "activity" && oneIn(2))) more.push(`instruction "go and ${word} well"`);
    if (kind === "condition" || kind === "procedure" || kind === "medicine") more.push(`asks "Is it ${word}?"; if "you have ${word}"`);
    if (oneIn(3) && kind !== "sign") more.push(`because "that is better"`);
    if (oneIn(4)) more.push(`note "a word of ${below(90) + 10} letters"`);
    lines.push(`${kind} ${word} "${word} thing"${more.length ? ` { ${more.join("; ")} }` : ""}`);
  }
}
lines.push(
  'factor skin "skin" { asks "Which skin?"; if "you have {value} skin"; scale light "light", middle "middling", dark "dark" }',
  'factor operator "who treats" { asks "Who?"; if "a {value} treats you"; scale nurse "nurse", doctor "doctor" }',
  "device pen { modality pen; depth 0.1 to 0.8 mm, step 0.1 mm cites s }",
  "zone z"
);
const asked = terms.condition.shift(); // screened for in every protocol

const spans = { h: 96, days: 40, weeks: 6, months: 3 };
function time(most) {
  const unit = pick(Object.keys(spans).slice(0, most));
  const n = 1 + below(spans[unit]);
  return `${n} ${n === 1 && unit !== "h" ? unit.slice(0, -1) : unit}`;
}

// Terms of a kind that no rule on this side of the visit has taken.
function free(left, kind, many) {
  const taken = [];
  while (taken.length < many && left[kind].length > 0) taken.push(...left[kind].splice(below(left[kind].length), 1));
  return taken;
}

const nouns = ["product", "activity", "procedure"];
function someTerms(left, from = nouns) {
  return free(left, pick(from), 1 + below(3)).join(", ");
}

// Lower number first: "3 to 9 days".
function twoTimes() {
  const unit = pick(["h", "days", "weeks"]);
  const low = 1 + below(spans[unit] - 1);
  return [low, low + 1 + below(spans[unit] - low), unit];
}

function before(left) {
  const [low, high, unit] = twoTimes();
  const rules = [
    () => ["avoid ", someTerms(left, [...nouns, "medicine"]), ` for ${time(4)}`],
    () => ["avoid ", someTerms(left), " on the day"],
    () => ["do ", someTerms(left, ["care"]), " on the day"],
    () => ["do ", someTerms(left, ["care"]), ` for ${time(3)}`],
    () => ["use ", someTerms(left, ["product"]), ` from ${high} ${unit} to ${low} ${unit} before`],
    () => ["ask prescriber about ", someTerms(left, ["medicine"]).split(",")[0], ` in ${asked} from ${time(3)} before`],
  ];
  const made = pick(rules)();
  return made[1] ? `    ${made.join("")}  cites s` : "";
}

function after(left) {
  const [low, high, unit] = twoTimes();
  const rules = [
    () => ["avoid ", someTerms(left, [...nouns, "medicine"]), ` for ${time(4)}`],
    () => ["avoid ", someTerms(left), ` until ${pick(terms.effect.slice(0, 3))} ends and at least ${time(2)}`],
    () => ["do ", someTerms(left, ["care"]), ` for ${time(3)}`],
    () => ["use ", someTerms(left, ["product"]), ` from ${low} ${unit} to ${high} ${unit}${oneIn(2) ? ` every ${1 + below(23)} h` : ""}`],
    () => ["may ", someTerms(left, ["product"]), ` from ${time(2)}`],
    () => ["avoid ", someTerms(left), ` for ${low} ${unit}  cites s\n    avoid `, ` for ${high} ${unit}`],
  ];
  const made = pick(rules)();
  if (made.length === 4) made.splice(3, 0, made[1]);
  return made[1] ? `    ${made.join("")}  cites s` : "";
}

function screening(left) {
  const place = pick(["", "", " in area", " at spot"]);
  const conditions = free(left, "condition", 1 + below(2)).map((each) => each + place).join(", ");
  const late = below(20) + 2;
  const rules = [
    () => (conditions ? `exclude ${conditions}` : ""),
    () => (conditions && place !== " at spot" ? `clear ${conditions} with doctor` : ""),
    () => (conditions && place !== " at spot" ? `caution ${conditions}` : ""),
    () => (conditions && !place ? `without anaesthetic for ${conditions}` : ""),
    () => `wait ${late} ${pick(["days", "weeks", "months"])}${oneIn(3) ? ", limit 1 day with doctor" : ""} after ${free(left, "procedure", 1)[0] ?? ""}`,
  ];
  const made = pick(rules)();
  return made && !made.endsWith(" after ") ? `    ${made}  cites s` : "";
}

function many(make, left, most) {
  const made = [];
  for (let i = 1 + below(most); i > 0; i--) made.push(make(left));
  return made.filter(Boolean);
}

const copy = () => Object.fromEntries(Object.entries(terms).map(([kind, list]) => [kind, [...list]]));

function expectations() {
  return terms.effect.slice(0, 3 + below(6)).map((effect) => {
    const [low, high, unit] = twoTimes();
    return `    ${effect} ${oneIn(3) ? "from" : "for"} ${low} to ${high} ${unit}  cites s`;
  });
}

for (let i = 0; i < count; i++) {
  const early = copy();
  const late = copy();
  const sessions = 1 + below(8);
  lines.push(
    `protocol p${seed}_${i} "Treatment" {`, "  version 1.0.0", "  treats scars", "  device pen", '  message "Let it heal."',
    oneIn(4) ? "" : `  course ${sessions} ${sessions === 1 ? "session" : "sessions"}, ${26 + below(9)} to ${40 + below(9)} weeks apart  cites s`,
    "  zone z { depth 0.1 to 0.5 mm  cites s }",
    "  screen {", `    caution ${asked}  cites s`, ...many(screening, copy(), 8), oneIn(2) ? `    exclude age below ${12 + below(20)}  cites s` : "", "  }",
    "  before {", ...many(before, early, 9), "  }",
    "  after {", ...many(after, late, 9), "  }",
    ...(oneIn(2) ? [`  when skin ${pick(["light", "dark", "middle to dark"])} { after {`, ...many(after, late, 2), "  } }"] : []),
    ...(oneIn(3) ? [`  when ${pick(["age from 60", "session 1", "session from 2"])} { before {`, ...many(before, early, 2), "  } }"] : []),
    ...(oneIn(2) ? [`  when ${pick(["depth over 0.25 mm", "depth to 0.3 mm", "depth over 0.2 mm and depth to 0.4 mm", "skin dark", "depth over 0.3 mm and skin dark"])} { course ${36 + below(9)} to ${45 + below(5)} weeks apart  cites s }`] : []),
    ...(oneIn(3) ? [`  when depth over 0.35 mm { after {`, ...many(after, late, 2), "  } }"] : []),
    "  expect {", ...expectations(), "  }",
    `  ask us for ${terms.sign[0]}`, `  call us for ${terms.sign[1]}`, `  call emergency for ${terms.sign[2]}`, "}"
  );
}
fs.writeFileSync(file, lines.filter(Boolean).join("\n") + "\n");
