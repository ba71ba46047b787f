// SPDX-License-Identifier: Apache-2.0
//
// node judge.js FOLDER-OF-NODE_MODULES FOLDER...
//
// In each FOLDER, said.sarif must satisfy the SARIF 2.1.0 schema, said.json must be JSON lines of the
// documented shape, the two must tell of the same diagnostics at the same places, and every place must
// be the one that the bytes of its source give: lines and columns are worked out here anew.
"use strict";
const fs = require("fs");
const path = require("path");
const modules = path.join(process.argv[2], "node_modules");
const Ajv = require(path.join(modules, "ajv"));

const schema = JSON.parse(fs.readFileSync(
	path.join(modules, "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(require(path.join(modules, "ajv/lib/refs/json-schema-draft-04.json")));
const validate = ajv.compile(schema);

const placeKeys = ["file", "begin", "end", "line", "column", "end_line", "end_column"];
let failed = false;

function judge(name, faults) {
	console.log(`${faults.length === 0 ? "ok" : "not ok"} ${name}`);
	for (const fault of faults.slice(0, 5))
		console.log(`# ${fault}`);
	failed = failed || faults.length > 0;
}

// Line and column, from 1, of a byte offset; columns in code points.
function position(bytes, offset) {
	const before = bytes.subarray(0, offset);
	const line = before.lastIndexOf(10) + 1;
	let column = 1;
	const text = new TextDecoder("utf-8").decode(before.subarray(line));
	for (const _ of text)
		column++;
	return { line: before.filter((b) => b === 10).length + 1, column };
}

function placeFaults(folder, place) {
	if (place.file === null || place.file.startsWith("std/"))
		return [];
	const bytes = fs.readFileSync(path.join(folder, place.file));
	if (place.begin > place.end || place.end > bytes.length)
		return [`${place.begin} to ${place.end} lies outside of ${place.file}`];
	const isText = bytes.equals(Buffer.from(bytes.toString("utf8")));
	const begin = position(bytes, place.begin);
	const end = position(bytes, place.end);
	if (isText && (begin.line !== place.line || begin.column !== place.column ||
		end.line !== place.end_line || end.column !== place.end_column))
		return [`${JSON.stringify(place)} is ${JSON.stringify([begin, end])}`];
	return [];
}

function keysAre(object, keys) {
	return JSON.stringify(Object.keys(object)) === JSON.stringify(keys);
}

function jsonFaults(folder, diagnostic) {
	const faults = [];
	const head = ["id", "name", "severity", "message", "help"];
	const keys = diagnostic.file === null ? [...head, "file", "labels", "fixes"]
		: [...head, ...placeKeys, "labels", "fixes"];
	if (!keysAre(diagnostic, keys))
		faults.push(`members are ${Object.keys(diagnostic)}`);
	if (!/^ST\d{4}$/.test(diagnostic.id) || !["note", "warning", "error"].includes(diagnostic.severity))
		faults.push(`id or severity: ${diagnostic.id} ${diagnostic.severity}`);
	for (const part of [...diagnostic.labels, ...diagnostic.fixes]) {
		if (!keysAre(part, ["text", ...placeKeys]))
			faults.push(`a part's members are ${Object.keys(part)}`);
		faults.push(...placeFaults(folder, part));
	}
	return faults.concat(placeFaults(folder, diagnostic));
}

function uriOf(file) {
	if (file.startsWith("std/"))
		return `stipple:${file}`;
	return file.split("/").map(encodeURIComponent).join("/").replace(/[!'()*]/g,
		(c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sameRegion(place, location) {
	const region = location.physicalLocation.region;
	return location.physicalLocation.artifactLocation.uri === uriOf(place.file) &&
		region.startLine === place.line && region.startColumn === place.column &&
		region.endLine === place.end_line && region.endColumn === place.end_column &&
		region.byteOffset === place.begin && region.byteLength === place.end - place.begin;
}

function resultFaults(diagnostic, result, rules) {
	const rule = rules[result.ruleIndex];
	const changes = (result.fixes || []).flatMap((fix) => fix.artifactChanges)
		.flatMap((change) => change.replacements.map((r) => ({ physicalLocation: {
			artifactLocation: change.artifactLocation, region: r.deletedRegion } })));
	if (rule.id !== diagnostic.id || result.ruleId !== diagnostic.id || rule.name !== diagnostic.name)
		return [`rule ${result.ruleId} is not ${diagnostic.id}`];
	if (result.level !== diagnostic.severity || !result.message.text.startsWith(diagnostic.message))
		return [`level or message of ${diagnostic.id}`];
	if (diagnostic.file !== null && !sameRegion(diagnostic, result.locations[0]))
		return [`the place of ${diagnostic.id}`];
	if (!diagnostic.labels.every((label, i) => sameRegion(label, result.relatedLocations[i])))
		return [`a label of ${diagnostic.id}`];
	if (changes.length !== diagnostic.fixes.length ||
		!diagnostic.fixes.every((fix, i) => sameRegion(fix, changes[i])))
		return [`a fix of ${diagnostic.id}`];
	return [];
}

let judged = 0;
for (const folder of process.argv.slice(3)) {
	if (!fs.existsSync(path.join(folder, "said.sarif")))
		continue;
	const faults = [];
	const sarif = JSON.parse(fs.readFileSync(path.join(folder, "said.sarif"), "utf8"));
	const lines = fs.readFileSync(path.join(folder, "said.json"), "utf8").split("\n").slice(0, -1);
	const diagnostics = lines.map((line) => JSON.parse(line));
	const results = sarif.runs[0].results;
	if (!validate(sarif))
		faults.push(...validate.errors.map((e) => `${e.dataPath} ${e.message}`));
	if (results.length !== diagnostics.length)
		faults.push(`${results.length} results, ${diagnostics.length} diagnostics`);
	else
		diagnostics.forEach((diagnostic, i) => {
			faults.push(...jsonFaults(folder, diagnostic));
			faults.push(...resultFaults(diagnostic, results[i], sarif.runs[0].tool.driver.rules));
		});
	judged += diagnostics.length;
	judge(folder, faults);
}
// That this judges at all: a log without its version is refused.
judge("the schema refuses a log without its version", validate({ runs: [] }) ? ["accepted"] : []);
judge("there was something to judge", judged > 100 ? [] : [`${judged} diagnostics`]);
process.exit(failed ? 1 : 0);
