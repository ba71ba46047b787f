/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What differs from one compiler or machine to the next, in one place.
 *
 * Every macro here may be defined before this file is read (on the command line, or in a file
 * named by STIPPLE_PORT_FILE), and every one may be empty or plain C: the library is correct
 * with all of them at their plainest. They buy speed, placement and resistance to faults.
 *
 *   STIPPLE_READ8/16/32(address)   read the table. `address` points to const uint8_t and is
 *                                  aligned for the width. Replace them to read a table that
 *                                  lies in program memory or in an external flash.
 *   STIPPLE_TABLE_ATTRIBUTES       stands behind the name of a generated table: its section,
 *                                  its alignment.
 *   STIPPLE_BIG_ENDIAN             1 where the most significant byte comes first, else 0. A
 *                                  wrong answer makes every linked table a damaged one.
 *   STIPPLE_NOINLINE               keeps the two judges two functions.
 *   STIPPLE_AT_ONCE(variable)      works the variable out here. Else a compiler may read all words
 *                                  of a row before it combines any, and has no registers for them.
 *   STIPPLE_READ_AGAIN(word)       the second reading of a verdict (STIPPLE_IF_ALLOWED). There for
 *                                  tests, which put another word in its place.
 */
#ifndef STIPPLE_PORT_H
#define STIPPLE_PORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef STIPPLE_PORT_FILE
#include STIPPLE_PORT_FILE
#endif

#if defined(__AVR__)
#include <avr/pgmspace.h>
#endif

/*
 * The reads are volatile: a judge that reads a limit again must not be given the compiler's copy
 * of the first read.
 */
#ifndef STIPPLE_READ8
#if defined(__AVR__)
#define STIPPLE_READ8(address) pgm_read_byte(address)
#else
#define STIPPLE_READ8(address) (*(const volatile uint8_t *)(address))
#endif
#endif

#ifndef STIPPLE_READ16
#if defined(__AVR__)
#define STIPPLE_READ16(address) pgm_read_word(address)
#else
#define STIPPLE_READ16(address) (*(const volatile uint16_t *)(const volatile void *)(address))
#endif
#endif

#ifndef STIPPLE_READ32
#if defined(__AVR__)
#define STIPPLE_READ32(address) pgm_read_dword(address)
#else
#define STIPPLE_READ32(address) (*(const volatile uint32_t *)(const volatile void *)(address))
#endif
#endif

#ifndef STIPPLE_TABLE_ATTRIBUTES
#if defined(__AVR__)
#define STIPPLE_TABLE_ATTRIBUTES PROGMEM
#elif defined(__GNUC__)
#define STIPPLE_TABLE_ATTRIBUTES __attribute__((aligned(4)))
#else
#define STIPPLE_TABLE_ATTRIBUTES
#endif
#endif

#ifndef STIPPLE_BIG_ENDIAN
#if defined(__BYTE_ORDER__) && defined(__ORDER_BIG_ENDIAN__)
#define STIPPLE_BIG_ENDIAN (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
#elif defined(__LITTLE_ENDIAN__) /* IAR: 0 or 1 */
#define STIPPLE_BIG_ENDIAN (__LITTLE_ENDIAN__ + 0 == 0)
#else
#define STIPPLE_BIG_ENDIAN 0
#endif
#endif

#ifndef STIPPLE_NOINLINE
#if defined(__GNUC__)
#define STIPPLE_NOINLINE __attribute__((noinline))
#else
#define STIPPLE_NOINLINE
#endif
#endif

#ifndef STIPPLE_AT_ONCE
#if defined(__GNUC__)
#define STIPPLE_AT_ONCE(variable) __asm__("" : "+r"(variable))
#else
#define STIPPLE_AT_ONCE(variable)
#endif
#endif

#ifndef STIPPLE_READ_AGAIN
#define STIPPLE_READ_AGAIN(word) (word)
#endif

/* A compile-time assertion that C99 and C++ both take. `name` is a plain identifier. */
#if defined(__cplusplus)
#define STIPPLE_STATIC_ASSERT(name, condition) static_assert(condition, #name)
#else
#define STIPPLE_STATIC_ASSERT(name, condition) typedef char name[(condition) ? 1 : -1]
#endif

#endif
