# SPDX-License-Identifier: Apache-2.0
#
# The tests. A suite is a cmocka program tests/unit/test_*.c, a folder tests/*/ with run.sh (what the
# basic packages allow), or one with run-all.sh (what needs more; run by `make test-all` only).
# tests/run says how a suite reports.

UNIT_TESTS := $(patsubst %.c,$(OUT)/%,$(wildcard tests/unit/test_*.c))
UNIT_HELPERS := $(patsubst %.c,$(OUT)/%.o,$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))

run-tests: program $(OUT)/gen/pages $(UNIT_TESTS)
	@$(SUITE_ENVIRONMENT) tests/run basic $(UNIT_TESTS)

run-all-tests: program $(OUT)/gen/pages $(UNIT_TESTS)
	@$(SUITE_ENVIRONMENT) tests/run all $(UNIT_TESTS)

run-checks: program
	@$(SUITE_ENVIRONMENT) tools/check.sh

test-fresh:
	@tests/fresh/run-in-fresh-root.sh

.PHONY: run-tests run-all-tests run-checks test-fresh

# cmocka's assertions turn every integer into an unsigned long; and a test that waits for a long jump
# fails when it comes, so what the jump leaves of its variables does not matter.
$(OUT)/tests/unit/%.o: tests/unit/%.c $(OUT)/flags.stamp $(BUILD_FILES) | $(OUT)/tools-are-there \
		$(OUT)/gen/parser.h $(OUT)/gen/scanner.h
	@mkdir -p $(@D)
	$(call step,compile)$(COMPILE_COMPILER) $(CMARK_CFLAGS) $(CMOCKA_CFLAGS) -Itests/unit \
		-Wno-sign-conversion -Wno-unknown-warning-option -Wno-clobbered -c -o $@ $<

$(UNIT_TESTS): $(OUT)/%: $(OUT)/%.o $(UNIT_HELPERS) $(OUT)/libstipple.a $(OUT)/libstipple-runtime.a
	$(call step,link)$(CC) $(CFLAGS) $(SANITIZERS) $(LDFLAGS) -o $@ $^ $(CMOCKA_LIBS) $(CMARK_LIBS) \
		$(SODIUM_LIBS)

.SECONDARY: $(UNIT_TESTS:=.o)
-include $(UNIT_TESTS:=.d) $(UNIT_HELPERS:.o=.d)
