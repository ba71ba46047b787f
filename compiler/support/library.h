/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The texts that travel inside the program: the protocol library and the diagnostics' examples.
 *
 * Every file protocols/NAME.stip of the source tree is compiled into the program as the text of the
 * import "std/NAME", so that a protocol finds its zones and vocabulary with nothing installed. The
 * tables are written at build time by tools/embed.c into build/gen.
 */
#ifndef STP_SUPPORT_LIBRARY_H
#define STP_SUPPORT_LIBRARY_H

#include <stddef.h>

struct stp_library_file {
	const char *name; /* what an import says: "std/zones" for protocols/zones.stip */
	const char *text; /* the file's bytes as they stand, followed by one NUL */
	size_t length;    /* bytes of text, the NUL not counted */
};

/* Sorted by name in byte order; static storage, never freed. */
extern const struct stp_library_file stp_library[];
extern const size_t stp_library_count;

/*
 * The examples of the diagnostics: docs/diagnostics/ST0201.stip under the name "ST0201". What they
 * are made of is said in compiler/cmd_explain.c.
 */
extern const struct stp_library_file stp_examples[];
extern const size_t stp_examples_count;

#endif
