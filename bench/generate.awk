# SPDX-License-Identifier: Apache-2.0
#
# awk -v form=stip|json|text|dts -v count=10000 -f generate.awk: one set of protocols in the form that a
# tool reads. Each has 6 zones with depth, passes and rate, a course, 6 rules before and 8 after the visit
# and 6 exclusions. `text` is protobuf's. The numbers come from the number of the protocol alone, so every
# form says the same.
#
# form=small: protocols of one zone and nothing else, -v first=N the first of them, which stand in a folder
# with common.stip, form=common. form=rules|zones|screens: one protocol with so many siblings in a block.

function depth_low(p, z) { return 250 * (1 + (p + z) % 2) }
function depth_high(p, z) { return 750 + 250 * ((p * 7 + z) % 5) }
function passes_low(p, z) { return 1 + (p + z) % 2 }
function passes_high(p, z) { return 3 + (p + 2 * z) % 3 }
function rate_low(p, z) { return 5000 + 500 * ((p + z) % 3) }
function rate_high(p, z) { return 6500 + 500 * ((p + z) % 2) }
function sessions(p) { return 3 + p % 4 }
function weeks(p) { return 4 + p % 3 }
function before_hours(p, i) { return 24 * (1 + (p + i) % 3) }
function after_hours(p, i) { return 24 + 12 * ((p + i) % 5) }
function mm(um) { return sprintf("%.2f", um / 1000) }

function begin_stip(i) {
	print "edition 1\n\nsource study \"A study\" { grade A }"
	print "device pen \"Pen\" {\n  modality pen\n  depth 0.25 to 2.5 mm, step 0.25 mm\n  passes to 8"
	print "  rate 5000 to 8000 rpm, step 500 rpm\n  cites study\n}\nindication scars \"scars\""
	for (i = 1; i <= 6; i++) print "zone zone_" i " \"zone " i "\""
	for (i = 1; i <= 14; i++) print "product product_" i " \"product " i "\""
	for (i = 1; i <= 6; i++) print "condition condition_" i " \"condition " i "\" { asks \"Have you condition " i "?\"; if \"you have condition " i "\" }"
}
function stip(p, i) {
	print "\nprotocol protocol_" p " \"Protocol " p "\" {\n  version 1.0.0\n  treats  scars\n  device  pen"
	print "  course  " sessions(p) " sessions, " weeks(p) " weeks apart  cites study"
	for (i = 1; i <= 6; i++) {
		print "  zone zone_" i " {\n    depth  " mm(depth_low(p, i)) " to " mm(depth_high(p, i)) " mm"
		print "    passes " passes_low(p, i) " to " passes_high(p, i)
		print "    rate   " rate_low(p, i) " to " rate_high(p, i) " rpm\n    cites  study\n  }"
	}
	print "  screen {\n    cites study"
	for (i = 1; i <= 6; i++) print "    exclude condition_" i
	print "  }\n  before {\n    cites study"
	for (i = 1; i <= 6; i++) print "    avoid product_" i " for " before_hours(p, i) " h"
	print "  }\n  after {\n    cites study"
	for (i = 1; i <= 8; i++) print "    avoid product_" (i + 6) " for " after_hours(p, i) " h"
	print "  }\n}"
}

function common() {
	print "edition 1\n\nsource study \"A study\" { grade A }"
	print "device pen \"Pen\" {\n  modality pen\n  depth 0.25 to 2.5 mm, step 0.25 mm\n  passes to 8"
	print "  rate 5000 to 8000 rpm, step 500 rpm\n  cites study\n}\nindication scars \"scars\"\nzone face \"face\""
}
function small(p) {
	print "protocol p" p " \"P\" { version 1.0.0; treats scars; device pen; course 1 sessions cites study; zone face { depth 0.5 mm cites study } }"
}
function declared(i) {
	if (form == "rules") print "product p" i " \"p\""
	if (form == "zones") print "zone p" i " \"p\""
	if (form == "screens") print "condition p" i " \"p\" { asks \"p?\"; if \"p\" }"
}
function begin_siblings() {
	print "protocol one \"One\" {\n  version 1.0.0\n  treats scars\n  device pen\n  course 3 sessions, 4 weeks apart  cites study"
	if (form != "zones") print "  zone face { depth 0.5 mm  cites study }"
	if (form == "rules") print "  before {\n    cites study"
	if (form == "screens") print "  screen {\n    cites study"
}
function sibling(i) {
	if (form == "rules") print "    avoid p" i " for 24 h"
	if (form == "zones") print "  zone p" i " { depth 0.5 mm  cites study }"
	if (form == "screens") print "    exclude p" i
}
function siblings(i) {
	common()
	for (i = 1; i <= count; i++) declared(i)
	begin_siblings()
	for (i = 1; i <= count; i++) sibling(i)
	print form == "zones" ? "}" : "  }\n}"
}

function json(p, i) {
	printf "%s{\"name\":\"protocol_%d\",\"title\":\"Protocol %d\",\"treats\":\"scars\",\"device\":\"pen\",", (p > 1 ? ",\n" : ""), p, p
	printf "\"sessions\":%d,\"interval_weeks\":%d,\"zones\":[", sessions(p), weeks(p)
	for (i = 1; i <= 6; i++)
		printf "%s{\"zone\":\"zone_%d\",\"depth_low_um\":%d,\"depth_high_um\":%d,\"passes_low\":%d,\"passes_high\":%d,\"rate_low_rpm\":%d,\"rate_high_rpm\":%d}", (i > 1 ? "," : ""), i, depth_low(p, i), depth_high(p, i), passes_low(p, i), passes_high(p, i), rate_low(p, i), rate_high(p, i)
	printf "],\"before\":["
	for (i = 1; i <= 6; i++) printf "%s{\"verb\":\"avoid\",\"term\":\"product_%d\",\"hours\":%d}", (i > 1 ? "," : ""), i, before_hours(p, i)
	printf "],\"after\":["
	for (i = 1; i <= 8; i++) printf "%s{\"verb\":\"avoid\",\"term\":\"product_%d\",\"hours\":%d}", (i > 1 ? "," : ""), i + 6, after_hours(p, i)
	printf "],\"exclude\":["
	for (i = 1; i <= 6; i++) printf "%s\"condition_%d\"", (i > 1 ? "," : ""), i
	printf "]}"
}

function text(p, i) {
	print "protocol {\n  name: \"protocol_" p "\" title: \"Protocol " p "\" treats: \"scars\" device: \"pen\" sessions: " sessions(p) " interval_weeks: " weeks(p)
	for (i = 1; i <= 6; i++)
		print "  zone { zone: \"zone_" i "\" depth_low_um: " depth_low(p, i) " depth_high_um: " depth_high(p, i) " passes_low: " passes_low(p, i) " passes_high: " passes_high(p, i) " rate_low_rpm: " rate_low(p, i) " rate_high_rpm: " rate_high(p, i) " }"
	for (i = 1; i <= 6; i++) print "  before { verb: AVOID term: \"product_" i "\" hours: " before_hours(p, i) " }"
	for (i = 1; i <= 8; i++) print "  after { verb: AVOID term: \"product_" (i + 6) "\" hours: " after_hours(p, i) " }"
	for (i = 1; i <= 6; i++) print "  exclude: \"condition_" i "\""
	print "}"
}

# dtc fails where ten thousand nodes stand side by side: they stand in groups of a hundred.
function dts(p, i) {
	if (p % 100 == 1) print (p > 1 ? "};\n" : "") "group-" p " {"
	print "  protocol-" p " {\n    title = \"Protocol " p "\"; treats = \"scars\"; device = \"pen\"; sessions = <" sessions(p) ">; interval-weeks = <" weeks(p) ">;"
	printf "    exclude = "
	for (i = 1; i <= 6; i++) printf "%s\"condition_%d\"", (i > 1 ? ", " : ""), i
	print ";"
	for (i = 1; i <= 6; i++)
		print "    zone-" i " { depth-um = <" depth_low(p, i) " " depth_high(p, i) ">; passes = <" passes_low(p, i) " " passes_high(p, i) ">; rate-rpm = <" rate_low(p, i) " " rate_high(p, i) ">; };"
	print "    before {"
	for (i = 1; i <= 6; i++) print "      avoid-" i " { term = \"product_" i "\"; hours = <" before_hours(p, i) ">; };"
	print "    };\n    after {"
	for (i = 1; i <= 8; i++) print "      avoid-" i " { term = \"product_" (i + 6) "\"; hours = <" after_hours(p, i) ">; };"
	print "    };\n  };"
}

BEGIN {
	if (form == "stip") begin_stip()
	if (form == "json") printf "{\"protocols\":["
	if (form == "dts") print "/dts-v1/;\n/ {"
	if (form == "common") common()
	if (form == "small") print "edition 1\nimport \"common\""
	if (form == "rules" || form == "zones" || form == "screens") siblings()
	for (p = 1; p <= count; p++) {
		if (form == "stip") stip(p)
		if (form == "small") small(first + p - 1)
		if (form == "json") json(p)
		if (form == "text") text(p)
		if (form == "dts") dts(p)
	}
	if (form == "json") print "]}"
	if (form == "dts") print "};\n};"
}
