/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loading: the files that were asked for and all that they import, each read and parsed once.
 *
 * An import is looked for in the folder of the file that says it, then in each import folder in
 * order, then in the library inside the program; `.stip` is added to its name. It never reaches
 * outside the folder it was found in, by `..`, by an absolute path or through a symbolic link.
 * Every file read from disk stands in the context's sources with `embedded` false, in the order
 * of reading: that is the list for a depfile.
 */
#ifndef STP_LOAD_H
#define STP_LOAD_H

#include "support/support.h"

struct stp_tree;

/* A file that is in memory, as in an editor or a test: stands before the disk. */
struct stp_overlay {
	const char *path; /* as it would be opened: "lib/zones.stip" */
	const char *text;
	size_t length;
};

struct stp_load_options {
	const char *const *folders; /* where imports are looked for; in order */
	size_t folder_count;
	const struct stp_overlay *overlay;
	size_t overlay_count;
	const char *const *policies; /* files whose policies hold for every protocol */
	size_t policy_count;
};

/*
 * Fills *trees with the trees of the files asked for, in order and each once, then of the policies
 * and of what all of them import. False when a file could not be read; it was reported. Faults in
 * the texts are reported to the context and do not count here.
 */
bool stp_load(struct stp_context *, const struct stp_load_options *, const char *const *paths,
	      size_t count, struct stp_tree ***trees, size_t *tree_count);

#endif
