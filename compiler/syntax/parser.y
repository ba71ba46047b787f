/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammar. A file and a block are statements separated by line ends; every statement begins
 * with a keyword (in `expect` with the name of an effect). Which statement belongs in which block
 * is the resolver's business, so that "does not belong here" can be said in words.
 *
 * Actions only build nodes; node_kinds.def says what each kind holds. A statement that cannot be
 * understood is dropped up to its line's end, its block included, and its neighbours stay.
 *
 * The parser is pushed, one token at a time, so that whoever holds half a file can ask what may
 * follow. It is canonical, which makes that list exact: a wrong token is found before anything is
 * reduced. LAC would do the same for LALR tables, at a tenth more time for all that is compiled.
 */
%require "3.8"
%define api.pure full
%define api.push-pull push
%define api.prefix {stp_yy}
%define api.token.prefix {STP_T_}
%define api.token.raw
%define api.value.type union
%define api.location.type {struct stp_range}
%define parse.error custom
%define lr.type canonical-lr
%define lr.default-reduction consistent
%locations
%expect 0
%param {struct stp_parse *parse}

%code requires {
#include "syntax/parse.h"
}

%code {
#include <string.h>

/* Blocks nest STP_NESTING_MAX deep and lists are left-recursive: the stacks never have to grow. */
#define YYINITDEPTH 1000

static void yyerror(const struct stp_range *, struct stp_parse *, const char *message);

#define YYLLOC_DEFAULT(current, rhs, n) ((current) = stp_yylocate((rhs), (n)))

static struct stp_range stp_yylocate(const struct stp_range *rhs, int n)
{
	return (struct stp_range){ n > 0 ? rhs[1].begin : rhs[0].end, rhs[n].end };
}

/* The lists as one; NULL is an empty one. A node that stands in none is a list of itself. */
static struct stp_node *joined(struct stp_node *const *lists, size_t count)
{
	struct stp_node *all = lists[0];

	for (size_t i = 1; i < count; i++)
		all = stp_chain(all, lists[i]);
	return all;
}

#define LIST(...)                                                                         \
	joined((struct stp_node *const[]){ __VA_ARGS__ },                                 \
	       sizeof((struct stp_node *const[]){ __VA_ARGS__ }) / sizeof(struct stp_node *))
#define MAKE_KIND(kind, span, ...) stp_parent(parse, (kind), (span), LIST(__VA_ARGS__))
#define MAKE(kind, span, ...) MAKE_KIND(STP_N_##kind, span, __VA_ARGS__)
#define LEAF(kind, span) stp_parent(parse, STP_N_##kind, (span), NULL)

/* A NUMBER, with or without a unit, becomes a QUANTITY. */
static struct stp_node *quantity(struct stp_node *number, enum stp_unit unit, struct stp_range at)
{
	number->kind = STP_N_QUANTITY;
	number->span.begin = at.begin;
	number->span.end = at.end;
	number->unit = unit;
	return number;
}
}

%token NEWLINE "the end of the line"
%token <struct stp_node *> NAME "a name" STRING "a text in quotes" NUMBER "a number"
%token <enum stp_unit> UNIT "a unit"
%token <struct stp_node *> DATE "a date" VERSION "a version number"

%token ABOUT "about" ACTIVITY "activity" ADDRESS "address" AFTER "after" AFTER_HOURS "after_hours"
%token AGE "age" ALLOW "allow" ALSO "also" AMOUNT "amount" ANAESTHETIC "anaesthetic" AND "and"
%token APART "apart" AREA "area" ASK "ask" ASKS "asks" AT "at" AVOID "avoid" BECAUSE "because"
%token BEFORE "before" BELOW "below" BENEFIT "benefit" BUT "but" BY "by" CALL "call" CARE "care"
%token CAUTION "caution" CEILING "ceiling" CHOICES "choices" CITES "cites" CLEAR "clear"
%token CLINIC "clinic" CONDITION "condition" COURSE "course" DAILY "daily" DAY "day"
%token DEPTH "depth" DEVICE "device" DIRECTION "direction" DO "do" EDITION "edition"
%token EFFECT "effect" EMAIL "email" EMERGENCY "emergency" ENDPOINT "endpoint" ENDS "ends"
%token EVERY "every" EXCEPT "except" EXCLUDE "exclude" EXPECT "expect" EXTENDS "extends"
%token FACTOR "factor" FOR "for" FROM "from" GRADE "grade" HOW "how" IF "if" IMPORT "import"
%token IN "in" INDICATION "indication" INSTRUCTION "instruction" KNOWN "known" LABEL "label"
%token LANGUAGE "language" LEAST "least" LEVEL "level" LIMIT "limit" LOGO "logo" MAY "may"
%token MEDICINE "medicine"
%token MESSAGE "message" MODALITY "modality" NEEDLES "needles" NEVER "never" NOT "not" NOTE "note"
%token OCCLUSION "occlusion" OFTEN "often" ON "on" ONLY "only" OPERATOR "operator"
%token OUTLINE "outline" OVER "over" PAPER "paper" PASSES "passes" PATTERN "pattern"
%token PHRASE "phrase" PRESCRIBED "prescribed" PROCEDURE "procedure" PRODUCT "product"
%token PROTOCOL "protocol" RATE "rate" RESUME "resume" REVIEW "review" REVIEWED "reviewed"
%token RISK "risk" SAID "said" SAYS "says" SCALE "scale" SCREEN "screen" SESSION "session"
%token SIGN "sign" SOURCE "source" SPOT "spot" START "start" STATUS "status" STEP "step"
%token STOP "stop" STRENGTH "strength" SUMMARY "summary" TELEPHONE "telephone" TEXT "text"
%token THE "the" THEN "then" TIME_ZONE "time_zone"
%token TIMES "times" TITLE "title" TO "to" TOLERANCE "tolerance" TREATS "treats" UNKNOWN "unknown"
%token UNTIL "until" UPDATED "updated" US "us" USE "use" VERSION_IS "version" VISIT "visit"
%token WAIT "wait" WEBSITE "website" WHEN "when" WITH "with" WITHOUT "without" ZONE "zone"

%token ALLOWS "allows" ANSWER "answer" CLEARANCE "clearance" CLIENT "client"
%token FORBID "forbid"
%token GIVEN "given" INTERVAL "interval" LIMITS "limits" NEEDS "needs" OF "of" OVERRIDE "override"
%token POLICY "policy" CONFIRMATION "confirmation" RECOMMENDS "recommends" REFUSES "refuses"
%token REPORTS "reports"
%token REQUIRE "require" TEST "test" WHERE "where"

/* Where nothing of a statement was read yet, what cannot be understood is one that is dropped. */
%precedence NOTHING
%precedence error

%token COMMA "," OPEN "{" CLOSE "}"
%token END 0 "the end of the file"

%type <struct stp_node *> statements statement block body name names
%type <struct stp_node *> text texts label in extends tails tail quantity span bounds
%type <struct stp_node *> status course_items course_item anaesthetic_head anaesthetic_parts
%type <struct stp_node *> anaesthetic_part
%type <struct stp_node *> setting_parts setting_part movements movement choices choice numbers
%type <struct stp_node *> levels level
%type <struct stp_node *> screened_list screened clauses clause except help_signs help_sign
%type <struct stp_node *> conditions condition values help care wait_limit screening
%type <struct stp_node *> house_rule required places place expectation setting_is setting_within
%type <enum stp_node_kind> declared text_word setting_word care_word block_word

%%

file: statements { stp_adopt(parse->tree->root, $statements); };

statements:
  statement
| statements[list] "the end of the line" statement { $$ = stp_chain($list, $statement); }
| statements error { yyerrok; }
| statements error block { yyerrok; }
;

block: "{" statements "}" { $$ = MAKE(BLOCK, @$, $statements); };
body: %empty { $$ = NULL; } | block;

/* Declarations. */

declared:
  "zone" { $$ = STP_N_ZONE; } | "product" { $$ = STP_N_PRODUCT; }
| "medicine" { $$ = STP_N_MEDICINE; } | "activity" { $$ = STP_N_ACTIVITY; }
| "procedure" { $$ = STP_N_PROCEDURE; } | "condition" { $$ = STP_N_CONDITION; }
| "effect" { $$ = STP_N_EFFECT; } | "sign" { $$ = STP_N_SIGN; } | "care" { $$ = STP_N_CARE; }
| "indication" { $$ = STP_N_INDICATION; } | "factor" { $$ = STP_N_FACTOR; }
| "device" { $$ = STP_N_DEVICE; } | "source" { $$ = STP_N_SOURCE; }
| "protocol" { $$ = STP_N_PROTOCOL; } | "clinic" { $$ = STP_N_CLINIC; }
| "language" { $$ = STP_N_LANGUAGE; } | "policy" { $$ = STP_N_POLICY; }
;

label: %empty { $$ = NULL; } | "a text in quotes";
in: %empty { $$ = NULL; } | "in" name { $$ = MAKE(IN, @$, $name); };
extends: %empty { $$ = NULL; } | "extends" name { $$ = MAKE(EXTENDS, @$, $name); };

/* Statements. */

statement:
  %empty %prec NOTHING { $$ = NULL; }
| error { $$ = NULL; yyerrok; }
| error block { $$ = NULL; yyerrok; }
| declared names label in extends tails body
    { $$ = MAKE_KIND($declared, @$, $names, $label, $in, $extends, $tails, $body); }
| "edition" NUMBER { $$ = MAKE(EDITION, @$, $NUMBER); }
| "import" STRING { $$ = MAKE(IMPORT, @$, $STRING); }
| "version" VERSION { $$ = MAKE(VERSION_IS, @$, $VERSION); }
| "status" status { $$ = MAKE(STATUS, @$, $status); }
| "updated" DATE { $$ = MAKE(UPDATED, @$, $DATE); }
| "treats" name { $$ = MAKE(TREATS, @$, $name); }
| "allow" name "because" text { $$ = MAKE(ALLOW, @$, $name, MAKE(BECAUSE, @text, $text)); }
| text_word text tails { $$ = MAKE_KIND($text_word, @$, $text, $tails); }
| "risk" text NUMBER[count] "in" NUMBER[of] tails
    { $$ = MAKE(RISK, @$, $text, $count, $of, $tails); }
| "risk" text "," "how" "often" "not" "known" tails { $$ = MAKE(RISK, @$, $text, $tails); }
| "course" course_items tails { $$ = MAKE(COURSE, @$, $course_items, $tails); }
| "visit" span tails { $$ = MAKE(VISIT, @$, $span, $tails); }
| anaesthetic_head anaesthetic_parts tails
    { $$ = MAKE(ANAESTHETIC, @$, $anaesthetic_head, $anaesthetic_parts, $tails); }
| "without" "anaesthetic" "for" screened_list tails
    { $$ = MAKE(WITHOUT_ANAESTHETIC, @$, $screened_list, $tails); }
| "operator" values tails { $$ = MAKE(OPERATOR, @$, $values, $tails); }
| setting_word bounds setting_parts tails
    { $$ = MAKE_KIND($setting_word, @$, $bounds, $setting_parts, $tails); }
| "step" quantity tails { $$ = MAKE(STEP, @$, $quantity, $tails); }
| "pattern" movements tails { $$ = MAKE(PATTERN, @$, $movements, $tails); }
| "endpoint" names tails { $$ = MAKE(ENDPOINT, @$, $names, $tails); }
| "never" tails { $$ = MAKE(NEVER, @$, $tails); }
| "ceiling" quantity "for" name tails { $$ = MAKE(CEILING, @$, $quantity, $name, $tails); }
| "area" quantity tails { $$ = MAKE(ZONE_AREA, @$, $quantity, $tails); }
| "override" name "ceiling" "to" quantity tails
    { $$ = MAKE(OVERRIDE_CEILING, @$, $name, $quantity, $tails); }
| "override" name[zone] setting_word "of" name[origin] "to" quantity tails
    { $$ = MAKE(OVERRIDE_BOUND, @$, $zone, stp_parent(parse, $setting_word, @setting_word, NULL),
        $origin, $quantity, $tails); }
| screening
| care
| house_rule
| "test" text block { $$ = MAKE(TEST, @$, $text, $block); }
| expectation
| help
| NAME clauses tails { $$ = MAKE(EXPECTED, @$, $NAME, $clauses, $tails); }
| block_word block { $$ = MAKE_KIND($block_word, @$, $block); }
| "every" "zone" block { $$ = MAKE(EVERY_ZONE, @$, $block); }
| "when" conditions block { $$ = MAKE(WHEN, @$, $conditions, $block); }
| "cites" names { $$ = MAKE(CITES, @$, $names); }
| "because" text { $$ = MAKE(BECAUSE, @$, $text); }
| "also" texts { $$ = MAKE(ALSO, @$, $texts); }
| "prescribed" { $$ = LEAF(PRESCRIBED, @$); }
| "grade" name { $$ = MAKE(GRADE, @$, $name); }
| "modality" name { $$ = MAKE(MODALITY, @$, $name); }
| "level" levels tails { $$ = MAKE(LEVELS, @$, $levels, $tails); }
| "needles" numbers tails { $$ = MAKE(NEEDLES, @$, $numbers, $tails); }
| "label" "treats" name[what] "in" name[where] tails
    { $$ = MAKE(LABEL_USE, @$, $what, MAKE(IN, @where, $where), $tails); }
| "label" "treats" name[what] "in" name[where] "when" conditions tails
    { $$ = MAKE(LABEL_USE, @$, $what, MAKE(IN, @where, $where), $conditions, $tails); }
| "label" "on" tails { $$ = MAKE(LABEL_ON, @$, $tails); }
| "choices" choices { $$ = MAKE(CHOICES, @$, $choices); }
| "scale" choices { $$ = MAKE(SCALE, @$, $choices); }
| "only" "when" conditions { $$ = MAKE(ONLY_WHEN, @$, $conditions); }
| "phrase" name text { $$ = MAKE(PHRASE, @$, $name, $text); }
| "text" texts in { $$ = MAKE(TRANSLATION, @$, $texts, $in); }
| "reviewed" "by" text "on" DATE { $$ = MAKE(REVIEWED, @$, $text, $DATE); }
| "direction" name { $$ = MAKE(DIRECTION, @$, $name); }
| "paper" name { $$ = MAKE(PAPER, @$, $name); }
;

text_word:
  "title" { $$ = STP_N_TITLE; } | "message" { $$ = STP_N_MESSAGE; }
| "summary" { $$ = STP_N_SUMMARY; } | "benefit" { $$ = STP_N_BENEFIT; }
| "unknown" { $$ = STP_N_UNKNOWN; } | "note" { $$ = STP_N_NOTE; }
| "instruction" { $$ = STP_N_INSTRUCTION; } | "outline" { $$ = STP_N_OUTLINE; }
| "asks" { $$ = STP_N_ASKS; } | "if" { $$ = STP_N_IF; } | "address" { $$ = STP_N_ADDRESS; }
| "telephone" { $$ = STP_N_TELEPHONE; } | "after_hours" { $$ = STP_N_AFTER_HOURS; }
| "emergency" { $$ = STP_N_EMERGENCY; } | "email" { $$ = STP_N_EMAIL; }
| "website" { $$ = STP_N_WEBSITE; } | "time_zone" { $$ = STP_N_TIME_ZONE; }
| "logo" { $$ = STP_N_LOGO; }
;

block_word:
  "screen" { $$ = STP_N_SCREEN; } | "before" { $$ = STP_N_BEFORE; }
| "after" { $$ = STP_N_AFTER; } | "expect" { $$ = STP_N_EXPECT; }
;

status:
  name
| name "by" text "on" DATE { $$ = LIST($name, $text, $DATE); }
| name "by" text "on" DATE[on] "," "review" "by" DATE[review]
    { $$ = LIST($name, $text, $on, $review); }
;

/* The end of a statement: why, and who says so. */

tails: %empty { $$ = NULL; } | tails[list] tail { $$ = stp_chain($list, $tail); };
tail:
  "because" text { $$ = MAKE(BECAUSE, @$, $text); }
| "cites" names { $$ = MAKE(CITES, @$, $names); }
| "said" text { $$ = MAKE(SAID, @$, $text); }
| "but" name "says" span { $$ = MAKE(DIFFERS, @$, $name, $span); }
| "message" text { $$ = MAKE(MESSAGE, @$, $text); }
;

/* Words, texts and quantities. */

name: NAME | "operator" { $$ = stp_name_node(parse, @$, "operator"); };
names: name
| names[list] "," name { $$ = stp_chain($list, $name); };
text: STRING;
texts: text
| texts[list] "," text { $$ = stp_chain($list, $text); };
numbers:
  NUMBER
| numbers[list] "," NUMBER { $$ = stp_chain($list, $NUMBER); }
;

quantity:
  NUMBER { $$ = quantity($NUMBER, STP_UNIT_none, @$); }
| NUMBER UNIT { $$ = quantity($NUMBER, $UNIT, @$); }
| "level" NUMBER { $$ = quantity($NUMBER, STP_UNIT_level, @$); }
;
levels:
  level
| levels[list] "," level { $$ = stp_chain($list, $level); }
;
level: NUMBER "at" quantity { $$ = MAKE(LEVEL, @$, $NUMBER, $quantity); };
span:
  quantity { $$ = MAKE(EXACTLY, @$, $quantity); }
| quantity[low] "to" quantity[high] { $$ = MAKE(RANGE, @$, $low, $high); }
;
bounds:
  span
| "to" quantity { $$ = MAKE(UP_TO, @$, $quantity); }
| "from" quantity { $$ = MAKE(AT_LEAST, @$, $quantity); }
;

/* The course, the visit, the anaesthetic. */

course_items:
  course_item
| course_items[list] "," course_item { $$ = stp_chain($list, $course_item); }
;
course_item:
  span "session" { $$ = MAKE(SESSIONS, @$, $span); }
| span "apart" { $$ = MAKE(APART, @$, $span); }
| "then" "every" quantity { $$ = MAKE(THEN_EVERY, @$, $quantity); }
| "limit" quantity "session" { $$ = MAKE(SESSIONS_LIMIT, @$, $quantity); }
;

anaesthetic_head:
  "anaesthetic" name { $$ = $name; }
| "anaesthetic" "for" span { $$ = MAKE(FOR, @span, $span); }
| "anaesthetic" name "for" span { $$ = LIST($name, MAKE(FOR, @span, $span)); }
;
anaesthetic_parts:
  %empty { $$ = NULL; }
| anaesthetic_parts[list] "," anaesthetic_part { $$ = stp_chain($list, $anaesthetic_part); }
;
anaesthetic_part:
  "amount" "to" quantity { $$ = MAKE(AMOUNT, @$, $quantity); }
| "amount" "to" quantity[amount] "on" quantity[area] { $$ = MAKE(DOSE, @$, $amount, $area); }
| "area" "to" quantity { $$ = MAKE(AREA, @$, $quantity); }
| "strength" quantity { $$ = MAKE(STRENGTH, @$, $quantity); }
| "occlusion" name { $$ = MAKE(OCCLUSION, @$, $name); }
;

/* Settings. */

setting_word:
  "depth" { $$ = STP_N_DEPTH; } | "passes" { $$ = STP_N_PASSES; } | "rate" { $$ = STP_N_RATE; }
;
setting_parts:
  %empty { $$ = NULL; }
| setting_parts[list] "," setting_part { $$ = stp_chain($list, $setting_part); }
;
setting_part:
  "start" quantity { $$ = MAKE(START, @$, $quantity); }
| "limit" bounds { $$ = MAKE(LIMIT, @$, $bounds); }
| "step" quantity { $$ = MAKE(STEP, @$, $quantity); }
| "tolerance" quantity { $$ = MAKE(TOLERANCE, @$, $quantity); }
;
movements:
  movement
| movements[list] "," movement { $$ = stp_chain($list, $movement); }
;
movement:
  name { $$ = MAKE(MOVEMENT, @$, $name); }
| name NUMBER { $$ = MAKE(MOVEMENT, @$, $name, $NUMBER); }
;

/* Screening. */

screening:
  "exclude" screened_list tails { $$ = MAKE(EXCLUDE, @$, $screened_list, $tails); }
| "caution" screened_list tails { $$ = MAKE(CAUTION, @$, $screened_list, $tails); }
| "clear" screened_list "with" name tails
    { $$ = MAKE(CLEAR, @$, $screened_list, MAKE(WITH, @name, $name), $tails); }
| "wait" span wait_limit "after" screened_list tails
    { $$ = MAKE(WAIT, @$, $span, $wait_limit, $screened_list, $tails); }
;

screened_list:
  screened
| screened_list[list] "," screened { $$ = stp_chain($list, $screened); }
;
screened:
  name { $$ = MAKE(SCREENED, @$, $name); }
| name "in" "area" { $$ = MAKE(SCREENED, @$, $name, LEAF(IN_AREA, @3)); }
| name "at" "spot" { $$ = MAKE(SCREENED, @$, $name, LEAF(AT_SPOT, @3)); }
| "age" "below" NUMBER { $$ = MAKE(SCREENED, @$, MAKE(AGE_BELOW, @$, $NUMBER)); }
| "age" "over" NUMBER { $$ = MAKE(SCREENED, @$, MAKE(AGE_OVER, @$, $NUMBER)); }
;
wait_limit:
  %empty { $$ = NULL; }
| "," "limit" bounds { $$ = MAKE(LIMIT, @bounds, $bounds); }
| "," "limit" bounds "with" name
    { $$ = LIST(MAKE(LIMIT, @bounds, $bounds), MAKE(WITH, @name, $name)); }
;

/* Care before and after. */

care:
  care_word names except clauses tails
    { $$ = MAKE_KIND($care_word, @$, $names, $except, $clauses, $tails); }
| "ask" name[whom] "about" name[what] "in" name[history] clauses tails
    { $$ = MAKE(ASK_ABOUT, @$, $whom, $what, $history, $clauses, $tails); }
;
care_word:
  "avoid" { $$ = STP_N_AVOID; } | "only" { $$ = STP_N_ONLY; } | "use" { $$ = STP_N_USE; }
| "do" { $$ = STP_N_DO; } | "stop" { $$ = STP_N_STOP; } | "resume" { $$ = STP_N_RESUME; }
| "may" { $$ = STP_N_MAY; }
;
except: %empty { $$ = NULL; } | "except" names { $$ = MAKE(EXCEPT, @$, $names); };

clauses: %empty { $$ = NULL; } | clauses[list] clause { $$ = stp_chain($list, $clause); };
clause:
  "for" span { $$ = MAKE(FOR, @$, $span); }
| "from" span { $$ = MAKE(FROM, @$, $span); }
| "from" span "before" { $$ = MAKE(FROM_BEFORE, @$, $span); }
| "after" span { $$ = MAKE(AFTER_TIME, @$, $span); }
| span "before" { $$ = MAKE(BEFORE_TIME, @$, $span); }
| "until" quantity { $$ = MAKE(UNTIL_TIME, @$, $quantity); }
| "until" name "ends" { $$ = MAKE(UNTIL_ENDS, @$, $name); }
| "until" name "ends" "and" "at" "least" quantity { $$ = MAKE(UNTIL_ENDS, @$, $name, $quantity); }
| "on" "the" "day" { $$ = LEAF(ON_THE_DAY, @$); }
| "every" span { $$ = MAKE(REPEAT, @$, $span); }
| "daily" span "times" { $$ = MAKE(DAILY, @$, $span); }
| "how" text { $$ = MAKE(HOW, @$, $text); }
;

help:
  "ask" "us" "for" help_signs tails { $$ = MAKE(ASK_US, @$, $help_signs, $tails); }
| "call" "us" "for" help_signs tails { $$ = MAKE(CALL_US, @$, $help_signs, $tails); }
| "call" "emergency" "for" help_signs tails { $$ = MAKE(CALL_EMERGENCY, @$, $help_signs, $tails); }
;
help_signs:
  help_sign
| help_signs[list] "," help_sign { $$ = stp_chain($list, $help_sign); }
;
help_sign:
  name { $$ = MAKE(HELP_SIGN, @$, $name); }
| name "over" quantity { $$ = MAKE(HELP_SIGN, @$, $name, $quantity); }
;

/* Conditions. */

conditions:
  condition
| conditions[list] "and" condition { $$ = stp_chain($list, $condition); }
;
condition:
  name { $$ = MAKE(HOLDS, @$, $name); }
| name values { $$ = MAKE(HOLDS, @$, $name, $values); }
| "not" name { $$ = MAKE(HOLDS_NOT, @$, $name); }
| "not" name values { $$ = MAKE(HOLDS_NOT, @$, $name, $values); }
| "session" span { $$ = MAKE(SESSION_IS, @$, $span); }
| "session" "from" NUMBER { $$ = MAKE(SESSION_FROM, @$, $NUMBER); }
| "age" span { $$ = MAKE(AGE_IS, @$, $span); }
| "age" "from" NUMBER { $$ = MAKE(AGE_FROM, @$, $NUMBER); }
| "age" "below" NUMBER { $$ = MAKE(AGE_BELOW, @$, $NUMBER); }
| "depth" "over" quantity { $$ = MAKE(DEPTH_OVER, @$, $quantity); }
| "depth" "to" quantity { $$ = MAKE(DEPTH_TO, @$, $quantity); }
;
values:
  names { $$ = MAKE(VALUES, @$, $names); }
| name[low] "to" name[high] { $$ = MAKE(VALUE_RANGE, @$, $low, $high); }
| "from" name { $$ = MAKE(VALUES_FROM, @$, $name); }
;

/* House rules: policies over protocols. */

house_rule:
  "limit" setting_word bounds tails
    { $$ = MAKE(HOUSE_LIMIT, @$, MAKE_KIND($setting_word, @bounds, $bounds), $tails); }
| "limit" "interval" "from" quantity tails { $$ = MAKE(HOUSE_INTERVAL, @$, $quantity, $tails); }
| "limit" "session" "to" NUMBER tails { $$ = MAKE(HOUSE_SESSIONS, @$, $NUMBER, $tails); }
| "limit" "anaesthetic" "to" quantity tails { $$ = MAKE(HOUSE_ANAESTHETIC, @$, $quantity, $tails); }
| "limit" "amount" "to" quantity tails
    { $$ = MAKE(HOUSE_ANAESTHETIC, @$, MAKE(AMOUNT, @quantity, $quantity), $tails); }
| "limit" "area" "to" quantity tails
    { $$ = MAKE(HOUSE_ANAESTHETIC, @$, MAKE(AREA, @quantity, $quantity), $tails); }
| "require" required { $$ = MAKE(REQUIRE, @$, $required); }
| "forbid" care { $$ = MAKE(FORBID, @$, $care); }
| "forbid" "treats" name tails { $$ = MAKE(FORBID, @$, MAKE(TREATS, @name, $name), $tails); }
| "where" places block { $$ = MAKE(WHERE, @$, $places, $block); }
| "except" name "because" text
    { $$ = MAKE(EXCEPT_PROTOCOL, @$, $name, MAKE(BECAUSE, @text, $text)); }
;
required:
  screening
| care
| "operator" values tails { $$ = MAKE(OPERATOR, @$, $values, $tails); }
;
places:
  place
| places[list] "and" place { $$ = stp_chain($list, $place); }
;
place:
  "treats" name { $$ = MAKE(TREATS, @$, $name); }
| "zone" name { $$ = MAKE(IN, @$, $name); }
| "modality" name { $$ = MAKE(MODALITY, @$, $name); }
| "depth" "over" quantity { $$ = MAKE(DEPTH_OVER, @$, $quantity); }
;

/* What a test expects of a client. */

expectation:
  "given" conditions { $$ = MAKE(GIVEN, @$, $conditions); }
| "allows" setting_is { $$ = MAKE(ALLOWS, @$, $setting_is); }
| "refuses" setting_is { $$ = MAKE(REFUSES, @$, $setting_is); }
| "refuses" "zone" name { $$ = MAKE(REFUSES, @$, MAKE(IN, @name, $name)); }
| "refuses" "client" { $$ = LEAF(REFUSES, @$); }
| "needs" "confirmation" "for" setting_is { $$ = MAKE(NEEDS_CONFIRMATION, @$, $setting_is); }
| "needs" "answer" name[question] "in" name[zone]
    { $$ = MAKE(NEEDS_ANSWER, @$, $question, MAKE(IN, @zone, $zone)); }
| "needs" "clearance" "by" name { $$ = MAKE(NEEDS_CLEARANCE, @$, $name); }
| "limits" setting_within { $$ = MAKE(LIMITS, @$, $setting_within); }
| "limits" "interval" "from" quantity
    { $$ = MAKE(LIMITS, @$, MAKE(HOUSE_INTERVAL, @quantity, $quantity)); }
| "recommends" setting_within { $$ = MAKE(RECOMMENDS, @$, $setting_within); }
| "reports" name "in" text { $$ = MAKE(REPORTS, @$, $name, $text); }
;
setting_is:
  setting_word quantity "in" name
    { $$ = LIST(MAKE_KIND($setting_word, @quantity, $quantity), MAKE(IN, @name, $name)); }
;
setting_within:
  setting_word bounds "in" name
    { $$ = LIST(MAKE_KIND($setting_word, @bounds, $bounds), MAKE(IN, @name, $name)); }
;

choices:
  choice
| choices[list] "," choice { $$ = stp_chain($list, $choice); }
;
choice:
  name { $$ = MAKE(CHOICE, @$, $name); }
| name text { $$ = MAKE(CHOICE, @$, $name, $text); }
;

%%

void stp_intern_keywords(struct stp_context *context)
{
	for (int code = STP_T_ABOUT; code <= STP_T_WHERE; code++) {
		const char *word = yysymbol_name(YYTRANSLATE(code));
		*stp_name_tag(stp_intern(context, word, strlen(word))) = code;
	}
	*stp_name_tag(stp_intern(context, "sessions", 8)) = STP_T_SESSION;
}

static int yyreport_syntax_error(const yypcontext_t *found, struct stp_parse *parse)
{
	yysymbol_kind_t expected[STP_EXPECTED_MAX];
	const char *words[STP_EXPECTED_MAX];
	int count = yypcontext_expected_tokens(found, expected, STP_EXPECTED_MAX);

	for (int i = 0; i < count; i++)
		words[i] = yysymbol_name(expected[i]);
	stp_syntax_error(parse, stp_span_at(parse, *yypcontext_location(found)),
			 yysymbol_name(yypcontext_token(found)), words,
			 count > 0 ? (size_t)count : 0);
	return 0;
}

/* Only "memory exhausted" comes here. */
static void yyerror(const struct stp_range *range, struct stp_parse *parse, const char *message)
{
	(void)range;
	(void)message;
	stp_no_memory(parse->context);
}
