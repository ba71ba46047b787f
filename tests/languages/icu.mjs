// SPDX-License-Identifier: Apache-2.0
//
// Holds what words.c prints against ICU, as Node has it. Digits are those of the sheets, 0 to 9; marks
// of direction, which ICU does not set here, and kinds of space make no difference.
import { createInterface } from 'node:readline';

const locale = (code) => `${code}-u-nu-latn`;
const cache = new Map();
const made = (key, make) => cache.get(key) ?? (cache.set(key, make()), cache.get(key));
const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ');
const items = [['Aa', 'Bb', 'Cc', 'Dd'], ['Xx', 'isla', 'oro', 'hijo'],
	['Xx', 'hielo', 'agua', 'hora'], ['isla', 'oro', 'agua', 'hiato']];
const date = (code, day, options) =>
	made(code + JSON.stringify(options), () => new Intl.DateTimeFormat(locale(code), { ...options, timeZone: 'UTC' }))
		.format(new Date(day * 86400000));
const list = (code, what, type) => {
	const [row, count] = what.split(' ').map(Number);
	return made(code + type, () => new Intl.ListFormat(locale(code), { type })).format(items[row].slice(0, count));
};
const long = { day: 'numeric', month: 'long' };

const expected = {
	class: (code, n) => made('p' + code, () => new Intl.PluralRules(code)).select(Number(n)),
	unit: (code, what) => {
		const [unit, n] = what.split(' ');
		return made(code + unit, () => new Intl.NumberFormat(locale(code),
			{ style: 'unit', unit, unitDisplay: 'long', useGrouping: false })).format(Number(n));
	},
	date: (code, day) => date(code, day, { weekday: 'long', ...long }),
	year: (code, day) => date(code, day, { weekday: 'long', ...long, year: 'numeric' }),
	plain: (code, day) => date(code, day, { ...long, year: 'numeric' }),
	and: (code, what) => list(code, what, 'conjunction'),
	or: (code, what) => list(code, what, 'disjunction'),
	decimal: (code, value) => made('d' + code, () => new Intl.NumberFormat(locale(code),
		{ maximumFractionDigits: 3, useGrouping: false })).format(Number(value) / 1000),
};
// English sheets follow the NHS: "Wednesday 2 December", and no comma before the last "and".
const british = { date: 1, year: 1, plain: 1, and: 1, or: 1 };

const seen = {}, wrong = {};
for await (const line of createInterface({ input: process.stdin })) {
	const [kind, code, what, text] = line.split('\t');
	let icu = expected[kind](code === 'en' && british[kind] ? 'en-GB' : code, what);
	if (code === 'en' && british[kind]) icu = icu.replace(/^(\w+day),/, '$1');
	const name = `${code} ${kind}`;
	seen[name] = (seen[name] ?? 0) + 1;
	if (plain(icu) !== plain(text)) (wrong[name] ??= []).push(`${what}: "${text}", ICU "${icu}"`);
}
for (const name of Object.keys(seen)) {
	console.log(`${wrong[name] ? 'not ok' : 'ok'} ${name} as ICU has it (${seen[name]})`);
	for (const each of (wrong[name] ?? []).slice(0, 4)) console.log(`# ${each}`);
}
process.exit(Object.keys(wrong).length > 0 || Object.keys(seen).length === 0 ? 1 : 0);
