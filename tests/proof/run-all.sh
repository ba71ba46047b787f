#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What needs more than the basic packages, or more time: the disturbed walk, skipped instructions,
# coverage, static analysis, the same bytes and the same answers on other machines, proofs of single
# calls. Each part is a file of its own; PARTS names those to run. docs/device-proof.md says what they
# prove.
set -u
. "$SRC/tests/lib.sh"
begin proof-all
. "$SRC/tests/proof/helpers.sh"

make_walk
for part in ${PARTS:-disturbed skips coverage analysis answers frama}; do
	. "$PROOF/$part.sh"
done
end
