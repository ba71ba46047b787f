# SPDX-License-Identifier: Apache-2.0
#
# make install DESTDIR= PREFIX=: the program, what a firmware team links, the ways in for its build
# (pkg-config, CMake, make, Zephyr, PlatformIO), the shipped library, manual pages and completions.

INSTALL ?= install
INSTALL_ROOT = $(DESTDIR)$(PREFIX)
MANUAL_PAGES := $(wildcard docs/man/*.1)
COMPLETIONS := $(wildcard editors/completions/stipple.bash editors/completions/_stipple \
	editors/completions/stipple.fish)

COMPLETION_FOLDER_stipple.bash := share/bash-completion/completions/stipple
COMPLETION_FOLDER__stipple := share/zsh/site-functions/_stipple
COMPLETION_FOLDER_stipple.fish := share/fish/vendor_completions.d/stipple.fish

# $(call install_files,FILES,FOLDER): nothing for no files.
define install_files
	$(if $(1),$(INSTALL) -d '$(INSTALL_ROOT)/$(2)')
	$(if $(1),$(INSTALL) -m 644 $(1) '$(INSTALL_ROOT)/$(2)')

endef

install: program $(OUT)/stipple-runtime.pc $(OUT)/stipple-config-version.cmake
	$(INSTALL) -d '$(INSTALL_ROOT)/bin'
	$(INSTALL) -m 755 $(OUT)/stipple '$(INSTALL_ROOT)/bin/stipple'
	$(call install_files,$(wildcard runtime/include/stipple/*.h),include/stipple)
	$(call install_files,$(OUT)/libstipple-runtime.a,lib)
	$(call install_files,$(OUT)/stipple-runtime.pc,lib/pkgconfig)
	$(call install_files,tools/cmake/stipple-config.cmake $(OUT)/stipple-config-version.cmake,lib/cmake/stipple)
	$(call install_files,tools/stipple.mk,share/stipple)
	$(call install_files,runtime/library.json,share/stipple/runtime)
	$(call install_files,$(wildcard runtime/zephyr/*),share/stipple/runtime/zephyr)
	$(call install_files,$(wildcard runtime/src/*.[ch]),share/stipple/runtime/src)
	$(call install_files,$(wildcard runtime/include/stipple/*.h),share/stipple/runtime/include/stipple)
	$(foreach folder,$(sort $(dir $(LIBRARY_FILES))),$(call \
		install_files,$(filter $(folder)%.stip,$(wildcard $(folder)*.stip)),share/stipple/$(folder)))
	$(call install_files,$(MANUAL_PAGES),share/man/man1)
	$(foreach file,$(COMPLETIONS),$(INSTALL) -D -m 644 $(file) \
		'$(INSTALL_ROOT)/$(COMPLETION_FOLDER_$(notdir $(file)))';)
.PHONY: install

$(OUT)/stipple-runtime.pc: tools/stipple-runtime.pc.in $(OUT)/prefix.stamp $(BUILD_FILES)
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' $< >$@
$(OUT)/stipple-config-version.cmake: tools/cmake/stipple-config-version.cmake.in $(BUILD_FILES)
	sed -e 's|@VERSION@|$(VERSION)|' -e 's|@SERIES@|$(basename $(VERSION))|' $< >$@
$(OUT)/prefix.stamp: RECORD = $(PREFIX)
