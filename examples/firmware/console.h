/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the example needs of a board: somewhere to write and a way to end. console_host.c has it on
 * a computer, console_semihosting.c on a Cortex-M whose debugger or emulator listens.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

void console_write(const char *text);
void console_exit(int status);

#endif
