/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For a reviewer: each statement of a protocol, what it means, the rows of the device's table that
 * it became, what the sheets say of it, and its sources with their grades.
 */
#ifndef STP_EMIT_TRACE_H
#define STP_EMIT_TRACE_H

#include "emit/emit.h"

enum stp_trace_format { STP_TRACE_MARKDOWN, STP_TRACE_CSV, STP_TRACE_JSON };

/*
 * Adds the trace of the protocol. What rests on a proposal, and what says a number without a
 * source, is counted and marked. False after a report.
 */
bool stp_emit_trace(struct stp_context *, const struct stp_model *, const struct stp_protocol *,
		    const struct stp_sheet_options *, enum stp_trace_format,
		    struct stp_string *out);

#endif
