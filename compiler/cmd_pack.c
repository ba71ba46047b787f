/* SPDX-License-Identifier: Apache-2.0 */
/* stipple pack: the protocols as one file that a device in the field can take. */
#include <sodium.h>
#include <string.h>

#include "emit/pack.h"
#include "emit/tables.h"
#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

/* A whole number of at most 32 bits; false after a report. */
static bool read_counter(struct stp_context *context, const char *text, uint32_t *counter)
{
	uint64_t value = 0;
	const char *at = text;

	for (; *at >= '0' && *at <= '9' && value <= UINT32_MAX; at++)
		value = value * 10 + (uint64_t)(*at - '0');
	*counter = (uint32_t)value;
	if (at != text && *at == '\0' && value <= UINT32_MAX)
		return true;
	stp_help(context,
		 stp_report(context, STP_D_bad_signing, NOWHERE, "%s is no rollback counter", text),
		 "write a whole number from 0 to 4294967295");
	return false;
}

/* --sign and --counter, which go together. `seed` is filled in when a key is given. */
static bool read_signing(struct stp_context *context, const struct stp_arguments *arguments,
			 uint8_t seed[STP_SEED_BYTES], struct stp_pack_options *options)
{
	const char *key = arguments->values[STP_O_SIGN];
	const char *counter = arguments->values[STP_O_COUNTER];
	const char *why;

	if ((key == NULL) != (counter == NULL)) {
		stp_help(context,
			 stp_report(context, STP_D_bad_signing, NOWHERE, "%s is missing",
				    key == NULL ? "--sign KEY" : "--counter N"),
			 "a pack is signed together with its rollback counter: --sign KEY "
			 "--counter N");
		return false;
	}
	if (key == NULL)
		return true;
	if (!read_counter(context, counter, &options->counter))
		return false;
	why = sodium_init() < 0 ? "libsodium does not start" : stp_read_signing_key(key, seed);
	if (why != NULL) {
		stp_help(context,
			 stp_report(context, STP_D_bad_signing, NOWHERE,
				    "%s is not a signing key: %s", key, why),
			 "make one with openssl genpkey -algorithm ed25519 -out %s", key);
		return false;
	}
	options->seed = seed;
	return true;
}

static int write_pack(struct stp_context *context, const struct stp_arguments *arguments,
		      const struct stp_model *model, const struct stp_pack_options *pack)
{
	struct stp_tables_options options = { .name = "table", .header = "table.h" };
	const char *path = arguments->values[STP_O_OUTPUT];
	const uint8_t *image;
	struct stp_string out;
	size_t length;

	stp_string_init(&out, context);
	if (stp_read_table_text(context, model, arguments, &options) &&
	    stp_table_image(context, model, &options, &image, &length) == STP_DONE) {
		stp_emit_pack(context, image, length, pack, &out);
		if (stp_write_file(context, path, out.text, out.length))
			stp_write_depfile(context, arguments, path);
	}
	return stp_status_of(context);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *order = arguments->values[STP_O_BYTE_ORDER];
	struct stp_pack_options pack = { .big_endian = order != NULL && strcmp(order, "big") == 0 };
	uint8_t seed[STP_SEED_BYTES] = { 0 };
	const struct stp_protocol **chosen;
	const struct stp_model *model;
	int status;

	if (!read_signing(context, arguments, seed, &pack))
		return STP_USAGE;
	model = stp_open_model(context, arguments);
	if (model == NULL || stp_chosen_protocols(context, model, arguments, &chosen) == 0)
		status = stp_status_of(context);
	else
		status = write_pack(context, arguments, model, &pack);
	sodium_memzero(seed, sizeof seed);
	return status;
}

const struct stp_command stp_command_pack = {
	.name = "pack",
	.synopsis = "FILE... -o PACK [--byte-order ORDER] [--text LANG,...] [--sign KEY --counter "
		    "N] [-I DIR] "
		    "[-MD [-MF FILE] [-MT NAME] [-MP]]",
	.summary = "write the device's tables as one file that a device can be given",
	.description = "Writes every protocol that the files declare or import as one file: the "
		       "same bytes "
		       "that the\n"
		       "C of `stipple tables` compiles to. With --sign an Ed25519 signature over "
		       "them and the "
		       "rollback\n"
		       "counter follows. KEY is a private key as `openssl genpkey -algorithm "
		       "ed25519` writes "
		       "it.",
	.examples = "  stipple pack acne_scars.stip -o acne.stpk\n"
		    "  stipple pack acne_scars.stip -o acne.stpk --sign maker.pem --counter 7\n",
	.options = STP_OUTPUT_OPTIONS | STP_DEPFILE_OPTIONS | STP_OPTION_BIT(BYTE_ORDER) |
		   STP_OPTION_BIT(SIGN) | STP_OPTION_BIT(COUNTER) | STP_OPTION_BIT(TEXT),
	.required = STP_OPTION_BIT(OUTPUT),
	.run = run,
};
