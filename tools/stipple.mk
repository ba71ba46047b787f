# SPDX-License-Identifier: Apache-2.0
#
# For a firmware that is built with GNU make. After
#
#     include PREFIX/share/stipple/stipple.mk
#     $(eval $(call stipple_tables,build/acne,acne_scars.stip house.stip))
#     $(eval $(call stipple_pack,build/acne.stpk,acne_scars.stip))
#
# there are rules for build/acne.c with build/acne.h, and for build/acne.stpk. A file that is
# imported counts as one that was named: when it changes they are made anew. What `make` alone
# builds stays your own first rule.
#
#   STIPPLE                   the program
#   STIPPLE_FLAGS             more arguments, such as -I folder
#   STIPPLE_INCLUDE           the folder for -I of the compiler
#   STIPPLE_RUNTIME_SOURCES   the runtime, to be compiled with the firmware's own flags

stipple_share := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
STIPPLE ?= $(abspath $(stipple_share)../../bin/stipple)
STIPPLE_INCLUDE := $(stipple_share)runtime/include
STIPPLE_RUNTIME_SOURCES := $(wildcard $(stipple_share)runtime/src/*.c)

# The program leaves an output that would not change as it is; make needs a newer one, or it would
# give the command each time.
define stipple_tables
stipple_goal := $$(.DEFAULT_GOAL)
$(1).c $(1).h &: $(2) $$(STIPPLE)
	@mkdir -p $$(dir $(1))
	$$(STIPPLE) tables $(2) -o $(1) $$(STIPPLE_FLAGS) -MF $(1).d -MP
	@touch $(1).c $(1).h
-include $(1).d
.DEFAULT_GOAL := $$(stipple_goal)
endef

define stipple_pack
stipple_goal := $$(.DEFAULT_GOAL)
$(1): $(2) $$(STIPPLE)
	@mkdir -p $$(dir $(1))
	$$(STIPPLE) pack $(2) -o $(1) $$(STIPPLE_FLAGS) -MF $(1).d -MP
	@touch $(1)
-include $(1).d
.DEFAULT_GOAL := $$(stipple_goal)
endef
