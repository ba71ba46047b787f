# SPDX-License-Identifier: Apache-2.0
#
# What the rest of the build is told: version, places, tools and flags.

VERSION := 0.1.0

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
OUT := $(BUILD)$(if $(SANITIZE),/sanitize)

ifeq ($(origin CC),default)
CC := gcc
endif
FLEX ?= flex
BISON ?= bison
PKG_CONFIG ?= pkg-config

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wcast-qual -Werror
SANITIZERS := $(if $(SANITIZE),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer)

# Same text, same program, wherever the tree lies.
REPRODUCIBLE := '-ffile-prefix-map=$(CURDIR)=.'

COMPILE_COMPILER = $(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(SANITIZERS) $(REPRODUCIBLE) -MMD -MP \
	-Icompiler -Iruntime/include -I$(OUT)/gen -D_XOPEN_SOURCE=700 \
	-DSTP_VERSION='"$(VERSION)"' $(CPPFLAGS)
COMPILE_RUNTIME = $(CC) -std=c99 -ffreestanding $(WARNINGS) $(CFLAGS) $(SANITIZERS) \
	$(REPRODUCIBLE) -MMD -MP -Iruntime/include $(CPPFLAGS)

# pkg-config is asked once, and only by a recipe that needs the answer.
CMARK_CFLAGS = $(eval CMARK_CFLAGS := $(shell $(PKG_CONFIG) --cflags libcmark))$(CMARK_CFLAGS)
CMARK_LIBS = $(eval CMARK_LIBS := $(shell $(PKG_CONFIG) --libs libcmark))$(CMARK_LIBS)
SODIUM_CFLAGS = $(eval SODIUM_CFLAGS := $(shell $(PKG_CONFIG) --cflags libsodium))$(SODIUM_CFLAGS)
SODIUM_LIBS = $(eval SODIUM_LIBS := $(shell $(PKG_CONFIG) --libs libsodium))$(SODIUM_LIBS)
CMOCKA_CFLAGS = $(eval CMOCKA_CFLAGS := $(shell $(PKG_CONFIG) --cflags cmocka))$(CMOCKA_CFLAGS)
CMOCKA_LIBS = $(eval CMOCKA_LIBS := $(shell $(PKG_CONFIG) --libs cmocka))$(CMOCKA_LIBS)

# make once more, on all cores unless the user said how many.
AGAIN = $(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

# $(call absolute,PATH): unlike abspath, right in a folder whose name holds a blank.
absolute = $(if $(filter /%,$(1)),$(1),$(CURDIR)/$(1))

# What every test suite and the demonstration are told.
SUITE_ENVIRONMENT = env SRC='$(CURDIR)' TOP_BUILD='$(BUILD)' \
	BUILD='$(call absolute,$(OUT))' STIPPLE='$(call absolute,$(OUT)/stipple)' \
	RUNTIME_LIB='$(call absolute,$(OUT)/libstipple-runtime.a)' CC='$(CC)' SANITIZE='$(SANITIZE)' \
	SUITE_CFLAGS='$(SANITIZERS)'

# $(call step,WORD): before a command, prints one short line in its place; V=1 prints the command.
step = $(if $(V),,@echo "  $(1) $(if $(filter compile,$(1)),$<,$@)" && )

.DELETE_ON_ERROR:
.SUFFIXES:
