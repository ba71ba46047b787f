/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRC-32 over memory and over an image. Start with STIPPLE_CRC_START and complement the end.
 */
#ifndef STIPPLE_CRC_H
#define STIPPLE_CRC_H

#include <stdint.h>

#define STIPPLE_CRC_START 0xFFFFFFFFu

/* The four bytes at an image's end. */
uint32_t stipple_stored_crc(const uint8_t *at);
uint32_t stipple_crc_memory(uint32_t crc, const uint8_t *bytes, uint32_t count);
uint32_t stipple_crc_image(uint32_t crc, const uint8_t *address, uint32_t bytes);

#endif
