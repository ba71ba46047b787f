# SPDX-License-Identifier: Apache-2.0
#
# find_package(stipple) gives a firmware's CMake project
#
#   stipple::runtime    the device runtime, compiled as part of the target that links it, so that
#                       what is said of the target (-mcpu=cortex-m4) holds for the runtime too
#   stipple_add_tables(TARGET FILES a.stip... [NAME name] [INCLUDE folder...])
#                       NAME.c and NAME.h (NAME: the first file's, unless said) made from the
#                       protocols and compiled into TARGET, which links stipple::runtime
#   stipple_add_pack(TARGET FILES a.stip... [NAME name] [INCLUDE folder...] [ARGUMENTS argument...])
#                       the same as NAME.stpk, made when TARGET is
#
# A file that is imported counts as one that was named: when it changes the tables are made anew.
# CMake 3.20 or later, for the depfile.

cmake_minimum_required(VERSION 3.20)

get_filename_component(_stipple_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(STIPPLE_PROGRAM "${_stipple_prefix}/bin/stipple" CACHE FILEPATH "the program stipple")
set(_stipple_runtime "${_stipple_prefix}/share/stipple/runtime")

if(NOT TARGET stipple_runtime)
  file(GLOB _stipple_sources "${_stipple_runtime}/src/*.c")
  add_library(stipple_runtime INTERFACE)
  target_sources(stipple_runtime INTERFACE ${_stipple_sources})
  target_include_directories(stipple_runtime INTERFACE "${_stipple_runtime}/include")
  add_library(stipple::runtime ALIAS stipple_runtime)
endif()

# What both functions share: the arguments, and the folder that outputs go to.
macro(_stipple_read_arguments target)
  cmake_parse_arguments(PARSE_ARGV 1 _s "" "NAME" "FILES;INCLUDE;ARGUMENTS")
  if(NOT _s_FILES)
    message(FATAL_ERROR "${target}: which FILES?")
  endif()
  if(_s_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${target}: what is ${_s_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT _s_NAME)
    list(GET _s_FILES 0 _s_first)
    get_filename_component(_s_NAME "${_s_first}" NAME_WE)
  endif()
  list(TRANSFORM _s_INCLUDE PREPEND "-I")
  set(_s_files "")
  foreach(_s_file IN LISTS _s_FILES)
    get_filename_component(_s_file "${_s_file}" ABSOLUTE)
    list(APPEND _s_files "${_s_file}")
  endforeach()
  set(_s_folder "${CMAKE_CURRENT_BINARY_DIR}/stipple")
  file(MAKE_DIRECTORY "${_s_folder}")
endmacro()

# The program leaves an output that would not change as it is. ninja looks again; make needs a newer
# one, or it would make it anew each time.
function(_stipple_touch variable)
  if(CMAKE_GENERATOR MATCHES "Ninja")
    set(${variable} "" PARENT_SCOPE)
  else()
    set(${variable} COMMAND ${CMAKE_COMMAND} -E touch ${ARGN} PARENT_SCOPE)
  endif()
endfunction()

function(stipple_add_tables target)
  _stipple_read_arguments(${target} ${ARGN})
  set(base "${_s_folder}/${_s_NAME}")
  _stipple_touch(touch "${base}.c" "${base}.h")
  add_custom_command(
    OUTPUT "${base}.c" "${base}.h"
    COMMAND "${STIPPLE_PROGRAM}" tables ${_s_files} -o "${base}" ${_s_INCLUDE} ${_s_ARGUMENTS}
            -MF "${base}.d" -MT "${base}.c"
    ${touch}
    DEPENDS ${_s_files} "${STIPPLE_PROGRAM}"
    DEPFILE "${base}.d"
    COMMENT "Making tables ${_s_NAME}"
    VERBATIM)
  target_sources(${target} PRIVATE "${base}.c" "${base}.h")
  target_include_directories(${target} PRIVATE "${_s_folder}")
  target_link_libraries(${target} PRIVATE stipple::runtime)
endfunction()

function(stipple_add_pack target)
  _stipple_read_arguments(${target} ${ARGN})
  set(pack "${_s_folder}/${_s_NAME}.stpk")
  _stipple_touch(touch "${pack}")
  add_custom_command(
    OUTPUT "${pack}"
    COMMAND "${STIPPLE_PROGRAM}" pack ${_s_files} -o "${pack}" ${_s_INCLUDE} ${_s_ARGUMENTS}
            -MF "${pack}.d" -MT "${pack}"
    ${touch}
    DEPENDS ${_s_files} "${STIPPLE_PROGRAM}"
    DEPFILE "${pack}.d"
    COMMENT "Making pack ${_s_NAME}"
    VERBATIM)
  target_sources(${target} PRIVATE "${pack}")
endfunction()
