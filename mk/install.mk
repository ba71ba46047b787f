# SPDX-License-Identifier: Apache-2.0
#
# make install DESTDIR= PREFIX=: the program, what a firmware team links, the shipped library, and
# manual pages and completions as far as they exist.

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

install: program $(OUT)/stipple-runtime.pc
	$(INSTALL) -d '$(INSTALL_ROOT)/bin'
	$(INSTALL) -m 755 $(OUT)/stipple '$(INSTALL_ROOT)/bin/stipple'
	$(call install_files,$(wildcard runtime/include/stipple/*.h),include/stipple)
	$(call install_files,$(OUT)/libstipple-runtime.a,lib)
	$(call install_files,$(OUT)/stipple-runtime.pc,lib/pkgconfig)
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
$(OUT)/prefix.stamp: RECORD = $(PREFIX)
