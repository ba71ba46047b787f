/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of care that clash, case by case: a clash counts when some client whom screening lets
 * through has both rules. And what a product that is used excludes by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "model_source.h"

#define BEFORE_CASES                                                                               \
	"edition 1\nsource s { grade A }\nindication scars\nzone knee\n"                           \
	"effect peeling; product gel; product acids; product peel in acids\n"                      \
	"condition fever { asks \"F?\"; if \"f\" }; condition itch { asks \"I?\"; if \"i\" }\n"    \
	"product balm { exclude fever }\n"                                                         \
	"factor skin { scale light, middle, dark }\n"                                              \
	"device pen { modality pen; depth 0.25 to 1 mm, step 0.25 mm cites s }\n"                  \
	"protocol p {\nversion 1.0.0; treats scars; device pen\n"                                  \
	"zone knee { depth 0.5 mm cites s }\n"

struct care_case {
	const char *statements;
	int fault; /* -1: none */
};

static const struct care_case cases[] = {
	{ "after { avoid acids for 2 days cites s; use peel for 1 day cites s }",
	  STP_D_care_clash },
	{ "screen { exclude fever }\nafter { avoid acids for 2 days cites s }\n"
	  "when fever { after { use peel for 1 day cites s } }",
	  -1 },
	{ "screen { caution fever }\nafter { avoid acids for 2 days cites s }\n"
	  "when fever { after { use peel for 1 day cites s } }",
	  STP_D_care_clash },
	/* Each of two exclusions takes a part of those who have both rules. */
	{ "screen { caution fever }\nwhen skin light { screen { exclude fever } }\n"
	  "when skin middle to dark { screen { exclude fever } }\n"
	  "after { avoid acids for 2 days cites s }\n"
	  "when fever { after { use peel for 1 day cites s } }",
	  -1 },
	{ "screen { caution fever }\nwhen skin light { screen { exclude fever } }\n"
	  "after { avoid acids for 2 days cites s }\n"
	  "when fever { after { use peel for 1 day cites s } }",
	  STP_D_care_clash },
	/* What is stopped is resumed by everybody who stops it. */
	{ "before { stop acids 5 days before cites s }", STP_D_not_resumed },
	{ "before { stop acids 5 days before cites s }\nafter { resume acids after 5 days cites s "
	  "}",
	  -1 },
	{ "before { stop acids 5 days before cites s }\n"
	  "when skin light { after { resume acids after 5 days cites s } }",
	  STP_D_not_resumed },
	{ "before { stop acids 5 days before cites s }\n"
	  "when skin light { after { resume acids after 5 days cites s } }\n"
	  "when skin middle to dark { after { resume acids after 9 days cites s } }",
	  -1 },
	{ "when skin light { before { stop acids 5 days before cites s }\n"
	  "after { resume acids after 5 days cites s } }",
	  -1 },
	{ "course 2 sessions, 2 weeks apart cites s\nbefore { stop acids 5 days before cites s }\n"
	  "when skin light { after { resume acids after 5 days cites s } }\n"
	  "when skin middle to dark { after { resume acids after 9 days cites s } }",
	  STP_D_next_session },
	/* A resume for some depths is not one for all; two may be, together. */
	{ "before { stop acids 5 days before cites s }\n"
	  "when depth over 1 mm { after { resume acids after 5 days cites s } }",
	  STP_D_not_resumed },
	{ "before { stop acids 5 days before cites s }\n"
	  "when depth to 1 mm { after { resume acids after 5 days cites s } }",
	  STP_D_not_resumed },
	{ "before { stop acids 5 days before cites s }\n"
	  "when depth to 1 mm { after { resume acids after 5 days cites s } }\n"
	  "when depth over 1 mm { after { resume acids after 9 days cites s } }",
	  -1 },
	/* An interval for some depths is not one for all. */
	{ "course 2 sessions, 2 weeks apart cites s\nafter { avoid gel for 20 days cites s }\n"
	  "when depth over 1 mm { course 4 weeks apart cites s }",
	  STP_D_next_session },
	{ "course 2 sessions, 4 weeks apart cites s\nafter { avoid gel for 20 days cites s }\n"
	  "when depth over 1 mm { course 5 weeks apart cites s }",
	  -1 },
	/* What ends with an effect may end later in what extends it. */
	{ "after { avoid gel until peeling ends cites s; may gel from 5 days to 9 days cites s }\n"
	  "expect { peeling from 2 to 4 days cites s }\n}\n"
	  "protocol q extends p { version 1.0.0",
	  -1 },
	{ "after { avoid gel until peeling ends cites s; may gel from 5 days to 9 days cites s }\n"
	  "expect { peeling from 2 to 4 days cites s }\n}\n"
	  "protocol q extends p { version 1.0.0; expect { peeling from 2 to 6 days cites s }",
	  STP_D_care_clash },
	{ "course 2 sessions, 2 weeks apart cites s\nafter { avoid gel until peeling ends cites s "
	  "}\n"
	  "expect { peeling from 2 to 4 days cites s }\n}\n"
	  "protocol q extends p { version 1.0.0; expect { peeling from 2 to 20 days cites s }",
	  STP_D_next_session },
	/* What runs into the next session's `before`. */
	{ "course 2 sessions, 2 weeks apart cites s\n"
	  "before { use gel from 4 days to 1 day before cites s }\n"
	  "after { avoid gel for 12 days cites s }",
	  STP_D_next_session },
	{ "course 2 sessions, 2 weeks apart cites s\n"
	  "before { use gel from 4 days to 1 day before cites s }\n"
	  "after { avoid gel for 8 days cites s }",
	  -1 },
	{ "course 2 sessions, 2 weeks apart cites s\n"
	  "before { avoid gel from 4 days to 1 day before cites s }\n"
	  "after { avoid gel for 12 days cites s }",
	  -1 }, /* it simply goes on */
	{ "course 2 sessions, 2 weeks apart cites s\n"
	  "before { use gel from 4 days to 1 day before cites s }\n"
	  "after { only peel for 12 days cites s }",
	  STP_D_next_session },
	/* Whom a product excludes itself. */
	{ "after { use balm for 2 days cites s }", STP_D_medicine_unscreened },
	{ "screen { exclude fever }\nafter { use balm for 2 days cites s }", -1 },
	{ "screen { without anaesthetic for fever }\nafter { use balm for 2 days cites s }",
	  STP_D_medicine_unscreened },
	{ "after { avoid balm for 2 days cites s }", -1 },
};

static void resolve_case(const struct care_case *at)
{
	struct stp_context context;
	size_t wanted;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	resolve_text(&context, stp_format(&context, BEFORE_CASES "%s\n}\n", at->statements));
	wanted = at->fault < 0 ? 0 : count_of(&context, (enum stp_diagnostic_id)at->fault);
	if (wanted != (at->fault >= 0) || stp_error_count(&context) != wanted)
		fail_msg("%s\n%s", at->statements, list_faults(&context));
	stp_context_free(&context);
}

static void each_case_gives_its_one_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		resolve_case(&cases[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_case_gives_its_one_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
