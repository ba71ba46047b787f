# SPDX-License-Identifier: Apache-2.0
#
# From the sources to $(OUT)/stipple, $(OUT)/libstipple.a (the compiler without its main.c) and
# $(OUT)/libstipple-runtime.a (what a device links).

COMPILER_SOURCES := $(wildcard compiler/*.c compiler/*/*.c)
RUNTIME_SOURCES := $(wildcard runtime/src/*.c)
LIBRARY_FILES := $(wildcard protocols/*.stip protocols/*/*.stip)
EXAMPLE_FILES := $(wildcard docs/diagnostics/*.stip)
BUILD_FILES := Makefile $(wildcard mk/*.mk)

SCANNER_OBJECT := $(OUT)/gen/scanner.o
PARSER_OBJECT := $(OUT)/gen/parser.o
EMBEDDED_OBJECTS := $(OUT)/gen/library.o $(OUT)/gen/examples.o
MAIN_OBJECT := $(OUT)/compiler/main.o
COMPILER_OBJECTS := $(filter-out $(MAIN_OBJECT),$(COMPILER_SOURCES:%.c=$(OUT)/%.o)) \
	$(SCANNER_OBJECT) $(PARSER_OBJECT) $(EMBEDDED_OBJECTS)
RUNTIME_OBJECTS := $(RUNTIME_SOURCES:%.c=$(OUT)/%.o)

program: $(OUT)/stipple $(OUT)/libstipple-runtime.a
.PHONY: program

$(OUT)/stipple: $(MAIN_OBJECT) $(OUT)/libstipple.a $(OUT)/libstipple-runtime.a
	$(call step,link)$(CC) $(CFLAGS) $(SANITIZERS) $(LDFLAGS) -o $@ $^ $(CMARK_LIBS) \
		$(SODIUM_LIBS)

$(OUT)/libstipple.a: $(COMPILER_OBJECTS) $(OUT)/files.stamp
$(OUT)/libstipple-runtime.a: $(RUNTIME_OBJECTS) $(OUT)/files.stamp

$(OUT)/%.a:
	@rm -f $@
	$(call step,archive)$(AR) rcsD $@ $(filter %.o,$^)

# Stamps change only when what they record does: the flags, and the names of the source files (so that
# a file added or removed is noticed). FORCE makes the comparison run each time.
$(OUT)/flags.stamp: RECORD = $(subst ','\'',$(COMPILE_COMPILER) $(COMPILE_RUNTIME))
$(OUT)/files.stamp: RECORD = $(COMPILER_SOURCES) $(RUNTIME_SOURCES) $(LIBRARY_FILES) $(EXAMPLE_FILES)
$(OUT)/%.stamp: FORCE
	@mkdir -p $(@D)
	@echo '$(RECORD)' | cmp -s - $@ || echo '$(RECORD)' >$@
FORCE:

# Says what to install when something is missing, before the first compiler runs.
$(OUT)/tools-are-there:
	@CC=$(CC) tools/setup check basic
	@mkdir -p $(@D)
	@touch $@

$(OUT)/compiler/%.o: compiler/%.c $(OUT)/flags.stamp $(BUILD_FILES) | $(OUT)/tools-are-there \
		$(OUT)/gen/parser.h $(OUT)/gen/scanner.h
	@mkdir -p $(@D)
	$(call step,compile)$(COMPILE_COMPILER) $(CMARK_CFLAGS) $(SODIUM_CFLAGS) -c -o $@ $<

$(OUT)/runtime/%.o: runtime/%.c $(OUT)/flags.stamp $(BUILD_FILES) | $(OUT)/tools-are-there
	@mkdir -p $(@D)
	$(call step,compile)$(COMPILE_RUNTIME) -c -o $@ $<

# Made sources. The scanner's own way to end the process is never called but still written; the
# embedded texts are longer than C asks every compiler to take.
$(SCANNER_OBJECT): RELAXED := -Wno-unused-function
$(EMBEDDED_OBJECTS): RELAXED := -Wno-overlength-strings

$(OUT)/gen/%.o: $(OUT)/gen/%.c $(OUT)/gen/parser.h $(OUT)/gen/scanner.h $(OUT)/flags.stamp $(BUILD_FILES)
	$(call step,compile)$(COMPILE_COMPILER) $(RELAXED) -c -o $@ $<

# A scanner that backs up would rescan input; the build fails instead.
$(OUT)/gen/scanner.c $(OUT)/gen/scanner.h &: compiler/syntax/scanner.l $(BUILD_FILES) \
		| $(OUT)/tools-are-there
	@mkdir -p $(@D)
	$(call step,flex)$(FLEX) -Cf -b --backup-file=$(OUT)/gen/scanner.backup --header-file=$(OUT)/gen/scanner.h \
		-o $(OUT)/gen/scanner.c $<
	@grep -q '^No backing up\.$$' $(OUT)/gen/scanner.backup || { \
		cat $(OUT)/gen/scanner.backup >&2; \
		echo "$<: the scanner backs up; see the states above" >&2; \
		rm -f $(OUT)/gen/scanner.c; exit 1; }

$(OUT)/gen/parser.c $(OUT)/gen/parser.h &: compiler/syntax/parser.y $(BUILD_FILES) \
		| $(OUT)/tools-are-there
	@mkdir -p $(@D)
	$(call step,bison)$(BISON) -Wall -Wcounterexamples -Werror --defines=$(OUT)/gen/parser.h \
		-o $(OUT)/gen/parser.c $<

$(OUT)/gen/library.c: $(OUT)/gen/embed $(LIBRARY_FILES) $(OUT)/files.stamp
	$(call step,embed)$(OUT)/gen/embed stp_library std/ protocols $(LIBRARY_FILES) >$@

$(OUT)/gen/examples.c: $(OUT)/gen/embed $(EXAMPLE_FILES) $(OUT)/files.stamp
	$(call step,embed)$(OUT)/gen/embed stp_examples '' docs/diagnostics $(EXAMPLE_FILES) >$@

$(OUT)/gen/embed: tools/embed.c $(OUT)/flags.stamp $(BUILD_FILES) | $(OUT)/tools-are-there
	@mkdir -p $(@D)
	$(call step,compile)$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(SANITIZERS) -o $@ $<

-include $(COMPILER_OBJECTS:.o=.d) $(MAIN_OBJECT:.o=.d) $(RUNTIME_OBJECTS:.o=.d)
