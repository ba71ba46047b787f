// SPDX-License-Identifier: Apache-2.0
//
// Reads a table image as format.h lays it out. The header itself is read for the members of each row,
// so nothing here repeats the format, and nothing of the compiler or the runtime is used.
import fs from "node:fs";

const sizes = { uint8_t: 1, uint16_t: 2, uint32_t: 4 };

// { stipple_slot_row: [{ name, type, count }, ...], ... }
export function layouts(header) {
  const text = fs.readFileSync(header, "utf8").replace(/\/\*[^]*?\*\//g, "");
  const found = {};
  for (const [, name, body] of text.matchAll(/\bstruct (stipple_\w+) \{([^}]*)\};/g))
    found[name] = [...body.matchAll(/(?:struct )?(\w+) (\w+)(?:\[(\d+)\])?;/g)].map(([, type, member, count]) => ({
      name: member,
      type,
      count: count ? Number(count) : 0,
    }));
  return found;
}

export function constants(header) {
  const text = fs.readFileSync(header, "utf8");
  return Object.fromEntries(
    [...text.matchAll(/(STIPPLE_\w+)\s*=?\s+(0x[0-9A-F]+|\d+)u?\b/g)].map(([, name, value]) => [name, Number(value)])
  );
}

function reader(bytes, all) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const one = (type, at) => {
    if (sizes[type]) {
      const value = type === "uint8_t" ? view.getUint8(at) : type === "uint16_t" ? view.getUint16(at, true) : view.getUint32(at, true);
      return [value, sizes[type]];
    }
    const made = {};
    let used = 0;
    for (const { name, type: inner, count } of all[type]) {
      const values = [];
      for (let i = 0; i < Math.max(count, 1); i++) {
        const [value, size] = one(inner, at + used);
        values.push(value);
        used += size;
      }
      made[name] = count ? values : values[0];
    }
    return [made, used];
  };
  return one;
}

// Every protocol of the pack with its rows found and its names read.
export function readImage(path, header) {
  const bytes = fs.readFileSync(path);
  const all = layouts(header);
  const read = reader(bytes, all);
  const [head, size] = read("stipple_header", 0);
  if (size !== head.header_bytes) throw new Error(`the header has ${size} bytes, not ${head.header_bytes}`);
  const kinds = {
    devices: "stipple_device_row", protocols: "stipple_protocol_row", slots: "stipple_slot_row",
    depths: "stipple_depth_row", paces: "stipple_pace_row", tightenings: "stipple_tightening_row",
    courses: "stipple_course_row", anaesthetics: "stipple_anaesthetic_row", screenings: "stipple_screening_row",
    windows: "stipple_window_row", questions: "stipple_question_row", factors: "stipple_factor_row",
    values: "stipple_term_row", zones: "stipple_term_row", roles: "stipple_term_row", items: "stipple_term_row",
    lists: "uint16_t",
  };
  const text = (offset) => {
    const begin = head.text.offset + offset;
    return bytes.toString("utf8", begin, bytes.indexOf(0, begin));
  };
  const image = { head };
  for (const [section, type] of Object.entries(kinds)) {
    image[section] = [];
    for (let i = 0, at = head[section].offset; i < head[section].count; i++) {
      const [row, used] = read(type, at);
      if (typeof row === "object" && "name" in row) row.name = text(row.name);
      image[section].push(row);
      at += used;
    }
  }
  image.list = (first) => image.lists.slice(first + 1, first + 1 + image.lists[first]);
  return image;
}
