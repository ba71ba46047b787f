/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A demonstration: the pen does what a script says, and its display shows what it answers. Each
 * line of the script is a command; behind a colon stands what the pen must answer, so that the
 * demonstration is also a test.
 *
 *     scene WORDS                    a heading, and a new client
 *     say WORDS
 *     session N age YEARS [last DAYS]
 *     tell FACTOR VALUE | tell QUESTION yes | no | DAYS      rest: everything else is no
 *     clear QUESTION ROLE            ROLE none: the operator confirms
 *     screened, prepared             screening, preparation are over
 *     numb GRAMS CM2, wait MINUTES, wipe
 *     cartridge new | used NEEDLES   another one is put on
 *     zone NAME, depth UM, rate RPM, confirm CODE, pass SECONDS, leave, finish, complete
 *     abort, power-cut SECONDS, break-stepper UM
 */
#include "console.h"
#include "pen.h"
#include "text.h"

#define WORDS  6
#define INDENT 15 /* columns that the state takes */

struct stage {
	struct pen pen;
	struct text line;
	char word[WORDS][40];
	uint32_t words;
	uint32_t unexpected; /* answers other than the script says */
};

/* ---- names ---- */

static uint32_t number_of(const char *digits)
{
	uint32_t number = 0;

	while (*digits >= '0' && *digits <= '9')
		number = number * 10u + (uint32_t)(*digits++ - '0');
	return number;
}

static int is_number(const char *word)
{
	return word[0] >= '0' && word[0] <= '9';
}

static uint32_t find(const struct stage *stage, enum stipple_named kind, const char *name)
{
	uint32_t count = stipple_count(&stage->pen.table, kind);
	uint32_t at;

	for (at = 0; at < count; at++)
		if (text_equal(stipple_name(&stage->pen.table, kind, at), name))
			return at;
	return STIPPLE_NOT_FOUND;
}

/* ---- the display ---- */

static const char *verdict_text(uint32_t verdict)
{
	if (verdict == STIPPLE_ALLOWED)
		return "allowed";
	if (verdict == STIPPLE_NEEDS_REASON)
		return "needs a reason";
	if (verdict == STIPPLE_NEEDS_ANSWER)
		return "asks first";
	if (verdict == STIPPLE_NEEDS_CLEARANCE)
		return "needs clearance";
	return verdict == STIPPLE_REFUSED ? "REFUSED" : "FAULT";
}

/* The word that a script expects: "allowed", "reason", "ask", "clear", "refused", "fault". */
static const char *verdict_word(uint32_t verdict)
{
	if (verdict == STIPPLE_ALLOWED)
		return "allowed";
	if (verdict == STIPPLE_NEEDS_REASON)
		return "reason";
	if (verdict == STIPPLE_NEEDS_ANSWER)
		return "ask";
	if (verdict == STIPPLE_NEEDS_CLEARANCE)
		return "clear";
	return verdict == STIPPLE_REFUSED ? "refused" : "fault";
}

static void add_value(struct text *line, uint32_t setting, uint32_t value)
{
	if (setting == STIPPLE_DEPTH) {
		text_add_mm(line, value);
		return;
	}
	text_add_number(line, value);
	text_add(line, setting == STIPPLE_RATE ? " rpm" : value == 1u ? " pass" : " passes");
}

/* The label when the table has one, else the name. */
static void add_subject(struct stage *stage, uint32_t subject)
{
	int is_question = (subject & STIPPLE_SUBJECT_QUESTION) != 0;
	enum stipple_named kind = is_question ? STIPPLE_NAMED_QUESTION : STIPPLE_NAMED_FACTOR;

	if (subject == STIPPLE_SUBJECT_AGE)
		text_add(&stage->line, "age");
	else
		text_add_name(&stage->line,
			      stipple_name(&stage->pen.table, kind,
					   subject & ~(uint32_t)STIPPLE_SUBJECT_QUESTION));
}

static void show_bounds(struct stage *stage, uint32_t setting)
{
	const struct stipple_answer *answer = &stage->pen.treatment.answer;

	text_pad(&stage->line, INDENT);
	text_add(&stage->line, "range ");
	add_value(&stage->line, setting, answer->range_least);
	text_add(&stage->line, " to ");
	add_value(&stage->line, setting, answer->range_most);
	text_add(&stage->line, ", limit ");
	add_value(&stage->line, setting, answer->limit_most);
	text_write(&stage->line);
}

/* What the display says below the verdict. */
static void show_explanation(struct stage *stage, uint32_t setting)
{
	const struct stipple_answer *answer = &stage->pen.treatment.answer;

	if (answer->verdict == STIPPLE_ALLOWED && answer->reason == STIPPLE_REASON_NONE)
		return;
	text_pad(&stage->line, INDENT);
	text_add(&stage->line, stipple_reason_text(answer->reason));
	if (answer->subject != STIPPLE_NONE && answer->verdict != STIPPLE_ALLOWED) {
		text_add(&stage->line, ": ");
		add_subject(stage, answer->subject);
	}
	if (answer->verdict == STIPPLE_NEEDS_CLEARANCE && answer->role != STIPPLE_NONE) {
		text_add(&stage->line, ", by a ");
		text_add_name(&stage->line,
			      stipple_name(&stage->pen.table, STIPPLE_NAMED_ROLE, answer->role));
	}
	text_write(&stage->line);
	if (answer->until != 0) {
		text_pad(&stage->line, INDENT);
		text_add(&stage->line, "not before ");
		text_add_date(&stage->line, answer->until);
		text_write(&stage->line);
	}
	if (setting != 0 && answer->limit_most != 0)
		show_bounds(stage, setting);
}

/* Begins a line of the display with the state that the pen is in. */
static void begin_line(struct stage *stage)
{
	static const struct {
		uint32_t state;
		const char *name;
	} states[] = { { STIPPLE_STATE_SCREENING, "screening" },
		       { STIPPLE_STATE_PREPARATION, "preparation" },
		       { STIPPLE_STATE_PREPARED, "prepared" },
		       { STIPPLE_STATE_ANAESTHETIC, "numbing" },
		       { STIPPLE_STATE_READY, "ready" },
		       { STIPPLE_STATE_ZONE, "in zone" },
		       { STIPPLE_STATE_NEEDLING, "needling" },
		       { STIPPLE_STATE_PAUSED, "paused" },
		       { STIPPLE_STATE_COMPLETED, "complete" },
		       { STIPPLE_STATE_ABORTED, "ended" },
		       { STIPPLE_STATE_FAULTED, "FAULT" } };
	const char *name = "closed";
	uint32_t at;

	for (at = 0; at < sizeof states / sizeof states[0]; at++)
		if (stage->pen.work.session.state == states[at].state)
			name = states[at].name;
	text_add(&stage->line, "[");
	text_add(&stage->line, name);
	text_add(&stage->line, "]");
	text_pad(&stage->line, INDENT);
}

/* An answer on the display; *expected is what the script says behind the colon, or empty. */
static void show(struct stage *stage, uint32_t setting, const char *expected)
{
	const struct stipple_answer *answer = &stage->pen.treatment.answer;
	int as_expected =
		expected[0] == '\0' || text_equal(expected, verdict_word(answer->verdict));

	text_pad(&stage->line, 54);
	text_add(&stage->line, verdict_text(answer->verdict));
	text_write(&stage->line);
	show_explanation(stage, setting);
	if (!as_expected) {
		text_add(&stage->line, "^^^ the script expects: ");
		text_add(&stage->line, expected);
		text_write(&stage->line);
		stage->unexpected++;
	}
}

/* ---- commands ---- */

struct command {
	const char *name;
	uint32_t (*run)(struct stage *); /* the setting whose bounds to show, or 0 */
};

static struct stipple_session *session_of(struct stage *stage)
{
	return &stage->pen.work.session;
}

static uint32_t run_session(struct stage *stage)
{
	struct pen *pen = &stage->pen;
	uint32_t last = stage->words > 5 ? pen->now.wall - number_of(stage->word[5]) * 86400u : 0;
	uint32_t deepest = last != 0 ? pen->deepest : 0; /* as if it were the same client */

	text_add(&stage->line, "session ");
	text_add(&stage->line, stage->word[1]);
	if (last != 0) {
		text_add(&stage->line, ", ");
		text_add(&stage->line, stage->word[5]);
		text_add(&stage->line, " days after the last");
	}
	(void)pen_begin(pen, number_of(stage->word[1]), number_of(stage->word[3]), last, deepest);
	return 0;
}

static void tell_question(struct stage *stage, uint32_t question, const char *said)
{
	struct pen *pen = &stage->pen;

	if (is_number(said)) {
		text_add(&stage->line, said);
		text_add(&stage->line, " days ago");
		(void)stipple_answer_event(&pen->treatment, &pen->now, question,
					   (pen->now.wall / 86400u - number_of(said)) *
						   86400u); /* the begin of that day */
		return;
	}
	text_add(&stage->line, said);
	(void)stipple_answer_question(&pen->treatment, &pen->now, question,
				      text_equal(said, "yes") ? STIPPLE_YES : STIPPLE_NO);
}

/* Every question that the pen still asks is answered with no. */
static void tell_rest(struct stage *stage)
{
	struct pen *pen = &stage->pen;
	const struct stipple_answer *answer = &pen->treatment.answer;
	uint32_t count = 0;

	for (;;) {
		if (session_of(stage)->state == STIPPLE_STATE_SCREENING)
			(void)stipple_finish_screening(&pen->treatment, &pen->now);
		else
			(void)stipple_finish_preparation(&pen->treatment, &pen->now);
		if (answer->verdict != STIPPLE_NEEDS_ANSWER ||
		    (answer->subject & STIPPLE_SUBJECT_QUESTION) == 0 ||
		    answer->subject >= STIPPLE_SUBJECT_DEPTH_USED)
			break;
		(void)stipple_answer_question(&pen->treatment, &pen->now,
					      answer->subject & ~(uint32_t)STIPPLE_SUBJECT_QUESTION,
					      STIPPLE_NO);
		count++;
	}
	text_add_number(&stage->line, count);
	text_add(&stage->line, " further questions: no");
}

static uint32_t run_tell(struct stage *stage)
{
	struct pen *pen = &stage->pen;
	uint32_t factor = find(stage, STIPPLE_NAMED_FACTOR, stage->word[1]);
	uint32_t question = find(stage, STIPPLE_NAMED_QUESTION, stage->word[1]);
	uint32_t value = 0;

	if (text_equal(stage->word[1], "rest")) {
		tell_rest(stage);
		return 0;
	}
	text_add_name(&stage->line, stage->word[1]);
	text_add(&stage->line, ": ");
	if (question != STIPPLE_NOT_FOUND) {
		tell_question(stage, question, stage->word[2]);
		return 0;
	}
	text_add_name(&stage->line, stage->word[2]);
	while (value < 16u &&
	       !text_equal(stipple_value_name(&pen->table, factor, value), stage->word[2]))
		value++;
	(void)stipple_answer_factor(&pen->treatment, &pen->now, factor, value + 1u);
	return 0;
}

static uint32_t run_clear(struct stage *stage)
{
	struct pen *pen = &stage->pen;
	uint32_t role = text_equal(stage->word[2], "none")
				? STIPPLE_NONE
				: find(stage, STIPPLE_NAMED_ROLE, stage->word[2]);

	text_add_name(&stage->line, stage->word[1]);
	text_add(&stage->line, role == STIPPLE_NONE ? " confirmed" : " cleared by a ");
	if (role != STIPPLE_NONE)
		text_add(&stage->line, stage->word[2]);
	(void)stipple_clear(&pen->treatment, &pen->now,
			    find(stage, STIPPLE_NAMED_QUESTION, stage->word[1]), role);
	return 0;
}

static uint32_t run_screened(struct stage *stage)
{
	text_add(&stage->line, "end of screening");
	(void)stipple_finish_screening(&stage->pen.treatment, &stage->pen.now);
	return 0;
}

static uint32_t run_prepared(struct stage *stage)
{
	text_add(&stage->line, "end of preparation");
	(void)stipple_finish_preparation(&stage->pen.treatment, &stage->pen.now);
	return 0;
}

static uint32_t run_numb(struct stage *stage)
{
	text_add(&stage->line, "numbing cream: ");
	text_add(&stage->line, stage->word[1]);
	text_add(&stage->line, " g on ");
	text_add(&stage->line, stage->word[2]);
	text_add(&stage->line, " cm2");
	(void)stipple_apply_anaesthetic(&stage->pen.treatment, &stage->pen.now,
					number_of(stage->word[1]) * 1000u,
					number_of(stage->word[2]) * 100u);
	return 0;
}

static uint32_t run_wipe(struct stage *stage)
{
	text_add(&stage->line, "numbing cream wiped off");
	(void)stipple_remove_anaesthetic(&stage->pen.treatment, &stage->pen.now);
	return 0;
}

static uint32_t run_cartridge(struct stage *stage)
{
	uint32_t fresh = text_equal(stage->word[1], "new") ? STIPPLE_CARTRIDGE_NEW : 0;

	text_add(&stage->line, fresh != 0 ? "a new cartridge, needles: " : "used, needles: ");
	text_add(&stage->line, stage->word[2]);
	(void)pen_change_cartridge(&stage->pen, fresh, number_of(stage->word[2]));
	return 0;
}

static uint32_t run_zone(struct stage *stage)
{
	text_add(&stage->line, "zone ");
	text_add_name(&stage->line, stage->word[1]);
	(void)stipple_enter_zone(&stage->pen.treatment, &stage->pen.now,
				 find(stage, STIPPLE_NAMED_ZONE, stage->word[1]),
				 number_of(stage->word[2]));
	return 0;
}

static uint32_t run_depth(struct stage *stage)
{
	text_add(&stage->line, "depth ");
	text_add_mm(&stage->line, number_of(stage->word[1]));
	(void)pen_set(&stage->pen, STIPPLE_DEPTH, number_of(stage->word[1]));
	return STIPPLE_DEPTH;
}

static uint32_t run_rate(struct stage *stage)
{
	text_add(&stage->line, "rate ");
	text_add(&stage->line, stage->word[1]);
	text_add(&stage->line, " rpm");
	(void)pen_set(&stage->pen, STIPPLE_RATE, number_of(stage->word[1]));
	return STIPPLE_RATE;
}

static uint32_t run_confirm(struct stage *stage)
{
	text_add(&stage->line, "confirmed, with reason ");
	text_add(&stage->line, stage->word[1]);
	(void)pen_confirm(&stage->pen, number_of(stage->word[1]));
	return 0;
}

static uint32_t run_pass(struct stage *stage)
{
	text_add(&stage->line, "a pass of ");
	text_add(&stage->line, stage->word[1]);
	text_add(&stage->line, " s");
	(void)pen_pass(&stage->pen, number_of(stage->word[1]));
	return stage->pen.treatment.answer.reason == STIPPLE_REASON_MISMATCH ? 0 : STIPPLE_PASSES;
}

static uint32_t leave(struct stage *stage, uint32_t finished)
{
	text_add(&stage->line, finished ? "endpoint reached" : "zone left");
	(void)stipple_leave_zone(&stage->pen.treatment, &stage->pen.now, finished);
	return 0;
}

static uint32_t run_leave(struct stage *stage)
{
	return leave(stage, 0);
}

static uint32_t run_finish(struct stage *stage)
{
	return leave(stage, 1);
}

static uint32_t run_complete(struct stage *stage)
{
	text_add(&stage->line, "session complete");
	(void)stipple_complete(&stage->pen.treatment, &stage->pen.now);
	return 0;
}

static uint32_t run_abort(struct stage *stage)
{
	text_add(&stage->line, "stop");
	(void)stipple_abort(&stage->pen.treatment, &stage->pen.now);
	return 0;
}

static uint32_t run_power_cut(struct stage *stage)
{
	text_add(&stage->line, "the power fails for ");
	text_add(&stage->line, stage->word[1]);
	text_add(&stage->line, " s");
	(void)pen_power_cut(&stage->pen, number_of(stage->word[1]));
	return 0;
}

static const struct command commands[] = {
	{ "session", run_session },   { "tell", run_tell },           { "clear", run_clear },
	{ "screened", run_screened }, { "prepared", run_prepared },   { "numb", run_numb },
	{ "wipe", run_wipe },         { "zone", run_zone },           { "depth", run_depth },
	{ "rate", run_rate },         { "confirm", run_confirm },     { "pass", run_pass },
	{ "leave", run_leave },       { "finish", run_finish },       { "complete", run_complete },
	{ "abort", run_abort },       { "power-cut", run_power_cut }, { "cartridge", run_cartridge }
};

/* ---- the script ---- */

extern const char script[];

/* Takes the line apart into words; the expected answer stands behind a colon. */
static const char *read_words(struct stage *stage, const char *at, char *expected)
{
	uint32_t length = 0;
	char *to = stage->word[0];

	stage->words = 0;
	expected[0] = '\0';
	for (; *at != '\n' && *at != '\0'; at++) {
		if (*at == ' ' || *at == ':') {
			if (length != 0)
				stage->words++;
			length = 0;
			if (*at == ':')
				to = expected;
			else if (to != expected && stage->words < WORDS)
				to = stage->word[stage->words];
		} else if (length < 39u) {
			to[length++] = *at;
			to[length] = '\0';
		}
	}
	if (length != 0 && to != expected)
		stage->words++;
	return *at == '\n' ? at + 1 : at;
}

/* The rest of the line, as it stands. */
static const char *add_rest(struct text *line, const char *at)
{
	char byte[2] = { 0, 0 };

	while (*at != '\n' && *at != '\0') {
		byte[0] = *at++;
		text_add(line, byte);
	}
	return *at == '\n' ? at + 1 : at;
}

static int begins_with(const char *text, const char *word)
{
	while (*word != '\0')
		if (*text++ != *word++)
			return 0;
	return 1;
}

/* A new client: what was open is ended, and a new day begins. */
static void new_scene(struct stage *stage)
{
	uint32_t sequence = stage->pen.work.session.sequence; /* goes on from client to client */
	uint32_t at;

	(void)stipple_abort(&stage->pen.treatment, &stage->pen.now);
	for (at = 0; at < sizeof stage->pen.work; at++)
		stage->pen.work.bytes[at] = 0;
	stage->pen.work.session.sequence = sequence;
	stage->pen.now.wall += 86400u;
	stage->pen.now.uptime += 86400u;
	stage->pen.fault_depth = 0;
	text_write(&stage->line);
}

static void run_command(struct stage *stage, const char *expected)
{
	uint32_t at;

	begin_line(stage);
	if (text_equal(stage->word[0], "wait")) {
		stage->pen.now.wall += number_of(stage->word[1]) * 60u;
		stage->pen.now.uptime += number_of(stage->word[1]) * 60u;
		text_add(&stage->line, "... ");
		text_add(&stage->line, stage->word[1]);
		text_add(&stage->line, " minutes later");
		text_write(&stage->line);
		return;
	}
	if (text_equal(stage->word[0], "break-stepper")) {
		text_clear(&stage->line);
		stage->pen.fault_depth = number_of(stage->word[1]);
		return;
	}
	for (at = 0; at < sizeof commands / sizeof commands[0]; at++)
		if (text_equal(stage->word[0], commands[at].name)) {
			uint32_t setting = commands[at].run(stage);

			pen_save(&stage->pen);
			show(stage, setting, expected);
			return;
		}
	stage->unexpected++;
}

static void run_script(struct stage *stage)
{
	const char *at = script;
	char expected[40];

	while (*at != '\0') {
		if (begins_with(at, "scene ") || begins_with(at, "say ")) {
			if (at[1] == 'c')
				new_scene(stage);
			else
				text_pad(&stage->line, INDENT);
			at = add_rest(&stage->line, at + (at[1] == 'c' ? 6 : 4));
			text_write(&stage->line);
		} else if (*at == '#' || *at == '\n') {
			at = add_rest(&stage->line, at);
			text_clear(&stage->line);
		} else {
			at = read_words(stage, at, expected);
			run_command(stage, expected);
		}
	}
}

int main(void)
{
	static struct stage stage;
	const struct stipple_time now = { 1796119200u, 7u }; /* 2026-12-01 10:00 */
	uint32_t reason;

	text_clear(&stage.line);
	if (pen_start(&stage.pen, &now, &reason) != STIPPLE_ANSWERED) {
		text_add(&stage.line, "the table is refused: ");
		text_add(&stage.line, stipple_reason_text(reason));
		text_write(&stage.line);
		return 1;
	}
	text_add(&stage.line, "Pen ready: ");
	text_add_name(&stage.line,
		      stipple_name(&stage.pen.table, STIPPLE_NAMED_PROTOCOL, TABLE_PROTOCOL));
	text_add(&stage.line, ", table of ");
	text_add_number(&stage.line, stage.pen.table.bytes);
	text_add(&stage.line, " bytes, a session of ");
	text_add_number(&stage.line, (uint32_t)sizeof stage.pen.work);
	text_write(&stage.line);
	run_script(&stage);
	text_write(&stage.line);
	text_add_number(&stage.line, stage.pen.record_count);
	text_add(&stage.line, " decisions recorded.");
	text_write(&stage.line);
	return stage.unexpected != 0;
}
