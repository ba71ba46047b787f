# SPDX-License-Identifier: Apache-2.0
#
# Stipple's build. GNU make 4.3 or later. `make help` lists what it can do.
#
#   make BUILD=DIR       everything made goes to DIR instead of build/
#   make SANITIZE=1 ...  with AddressSanitizer and UndefinedBehaviorSanitizer, in $(BUILD)/sanitize
#   make CC=clang ...    another compiler
#   make V=1 ...         with every command shown
#
# Nothing here runs a compiler or pkg-config while make reads this file: on a fresh system `make demo`
# and `make test` install those first and then call make again for the work itself.

all:

include mk/config.mk
include mk/build.mk
include mk/test.mk
include mk/install.mk
include mk/docs.mk

all: program

# What a visitor types. Each installs what it needs and is silent about it when nothing is missing.
demo: setup
	@$(AGAIN) program
	@$(SUITE_ENVIRONMENT) tools/demo.sh

demo-firmware: setup-full
	@$(AGAIN) program
	@$(SUITE_ENVIRONMENT) tools/demo.sh --target cortex-m3

vectors: setup
	@$(AGAIN) program
	@$(SUITE_ENVIRONMENT) tools/vectors.sh '$(BUILD)/vectors'
	@echo "  made $(BUILD)/vectors"

test: setup
	@$(AGAIN) run-tests

test-all: setup-full
	@$(AGAIN) run-all-tests

check: setup-full
	@$(AGAIN) run-checks

# Layout as .clang-format says; "make check" compares.
format:
	clang-format -i $$(find compiler runtime examples tests tools -name '*.[ch]')

setup:
	@CC=$(CC) tools/setup basic

setup-full:
	@CC=$(CC) tools/setup full

clean:
	rm -rf $(BUILD)

help:
	@echo "make                 build the program and the device runtime into $(BUILD)/"
	@echo "make demo            show what Stipple does, from a protocol to a treatment and a handout"
	@echo "make demo-firmware   the same treatment on a Cortex-M3 in QEMU"
	@echo "make test            run the tests (SANITIZE=1: under the sanitizers; SUITES=\"cli pack\": only those)"
	@echo "make test-all        run the tests and those that need cross compilers and emulators"
	@echo "make vectors         write test vectors for a device's own bench to build/vectors"
	@echo "make test-fresh      prove 'make demo' and 'make test' on a fresh Debian 12 root"
	@echo "make check           check the style of the sources"
	@echo "make docs            write the index of the diagnostics, the manual pages and the completions"
	@echo "make sizes           measure the runtime for four kinds of machine and write docs/sizes.md"
	@echo "make bench           measure the compiler beside flatc, protoc, dtc and jq, and write docs/benchmarks.md"
	@echo "make format          lay the C sources out as .clang-format says"
	@echo "make setup           install what building needs; make setup-full: what test-all needs too"
	@echo "make install         install below PREFIX ($(PREFIX)), staged below DESTDIR"
	@echo "make clean           remove $(BUILD)/"

.PHONY: all demo demo-firmware vectors test test-all check format setup setup-full clean help
