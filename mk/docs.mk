# SPDX-License-Identifier: Apache-2.0
#
# What is written from the program's own tables and kept: the index of the diagnostics, the manual
# pages and the completions. tests/pages and tests/diagnostics compare.

$(OUT)/gen/pages: tools/pages.c $(OUT)/libstipple.a $(OUT)/libstipple-runtime.a $(OUT)/flags.stamp
	$(call step,compile)$(COMPILE_COMPILER) -MF $@.d -o $@ $< $(OUT)/libstipple.a \
		$(OUT)/libstipple-runtime.a $(CMARK_LIBS) $(SODIUM_LIBS)

docs: program $(OUT)/gen/pages
	@mkdir -p docs/man editors/completions
	$(OUT)/stipple explain --all >docs/diagnostics.md
	$(OUT)/gen/pages bash >editors/completions/stipple.bash
	$(OUT)/gen/pages zsh >editors/completions/_stipple
	$(OUT)/gen/pages fish >editors/completions/stipple.fish
	$(OUT)/gen/pages man >docs/man/stipple.1
	for command in $$($(OUT)/gen/pages commands); do \
		$(OUT)/gen/pages man $$command >docs/man/stipple-$$command.1; done
.PHONY: docs

# Needs the cross compilers of `make setup-full`.
sizes: program
	STIPPLE='$(call absolute,$(OUT)/stipple)' tools/sizes.sh '$(call absolute,$(OUT)/sizes)' >docs/sizes.md
.PHONY: sizes

# Side by side with flatc, protoc, dtc and jq, as far as they are installed. COUNT= and ROUNDS= change how much.
bench: program
	bench/run.sh '$(call absolute,$(OUT)/stipple)' '$(call absolute,$(OUT)/bench)' >$(OUT)/benchmarks.md
	@cp $(OUT)/benchmarks.md docs/benchmarks.md
.PHONY: bench

-include $(OUT)/gen/pages.d
