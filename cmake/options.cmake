# One interface target carries the language standard, the warnings and the hardening; every target links it.
option(SYMBOLON_TESTS "Build the tests" ON)
option(SYMBOLON_BENCH "Build the benchmarks" OFF)
option(SYMBOLON_FUZZ "Build the fuzz targets with libFuzzer (clang) instead of the tests" OFF)
option(SYMBOLON_WERROR "Warnings are errors (CI)" OFF)
option(SYMBOLON_UNITY "Compile several files of a target as one: quicker from scratch, slower after a change (CI)" OFF)
set(SYMBOLON_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  # What ccache must be allowed, to keep results beside precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

add_library(symbolon_options INTERFACE)
target_compile_features(symbolon_options INTERFACE cxx_std_20)
target_include_directories(symbolon_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(symbolon_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Werror=switch -Werror=return-type -Werror=unused-result
  $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>)  # files put together shadow each other's names
# One kind of code for libraries and programs: compiled headers are shared between them.
target_compile_options(symbolon_options INTERFACE -fPIE)
target_link_options(symbolon_options INTERFACE -pie)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(symbolon_options INTERFACE -fpch-preprocess)  # for ccache
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(symbolon_options INTERFACE -Wno-restrict)  # false alarms: GCC bug 105651
    # The same of coroutines' frames once it inlines (GCC bug 109224); debug builds keep the warning.
    target_compile_options(symbolon_options INTERFACE $<$<CONFIG:Release>:-Wno-mismatched-new-delete>)
  endif()
endif()
if(SYMBOLON_WERROR)
  target_compile_options(symbolon_options INTERFACE -Werror)
endif()
# Beast and Asio are compiled once, in src/net/boost_impl.cpp; everyone else sees declarations.
target_compile_definitions(symbolon_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=32)  # frames of coroutines that a thread keeps for the next; a request has 20
target_link_options(symbolon_options INTERFACE -fuse-ld=lld)

if(SYMBOLON_SANITIZE)
  target_compile_options(symbolon_options INTERFACE -fsanitize=${SYMBOLON_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(symbolon_options INTERFACE -fsanitize=${SYMBOLON_SANITIZE})
endif()
if(SYMBOLON_FUZZ)
  target_compile_options(symbolon_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(symbolon_options INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
  target_link_options(symbolon_options INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed -Wl,--gc-sections)
  # What runs once, at the start, lies together: strewn among the rest it brings nearly all of the code into memory.
  target_link_options(symbolon_options INTERFACE -Wl,-z,keep-text-section-prefix)
else()
  target_compile_definitions(symbolon_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()

# symbolon_unify(<target>): its files may be compiled together; names without linkage are one per target then.
function(symbolon_unify target)
  if(SYMBOLON_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    # Tells of what only comes of putting files together; a build without this has it.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# symbolon_library(<name> SOURCES … LINKS … [PRECOMPILED HEADERS]): one static library per floor.
function(symbolon_library name)
  cmake_parse_arguments(ARG "" "PRECOMPILED" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_PRECOMPILED)
    set(ARG_PRECOMPILED library_headers)
  endif()
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC symbolon_options ${ARG_LINKS})
  symbolon_use_precompiled(${name} ${ARG_PRECOMPILED})
endfunction()
