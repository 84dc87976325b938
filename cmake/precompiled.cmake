# The headers of the standard library, Asio and Boost.JSON cost four fifths of a compilation, so they are compiled once.
# Every file includes what it uses all the same: `./dev lint` compiles without this (the preset lint).
option(SYMBOLON_PRECOMPILED_HEADERS "Compile the libraries' headers once" ON)
if(SYMBOLON_PRECOMPILED_HEADERS AND SYMBOLON_TESTS AND NOT SYMBOLON_FUZZ)
  find_package(GTest REQUIRED)
endif()

# A compiled header is good for files with the same definitions only, and these libraries' targets bring some.
target_link_libraries(symbolon_options INTERFACE Boost::json Boost::url fmt::fmt)

set(symbolon_precompiled
  <algorithm> <array> <charconv> <chrono> <cstdint> <exception> <functional> <map> <memory> <mutex> <optional> <span>
  <stdexcept> <string> <string_view> <unordered_map> <utility> <variant> <vector>
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp> <boost/asio/steady_timer.hpp>
  <boost/asio/this_coro.hpp> <boost/asio/use_awaitable.hpp>
  <boost/describe/class.hpp> <boost/describe/enum.hpp> <boost/mp11/algorithm.hpp>
  <boost/json/object.hpp> <boost/json/parse.hpp> <boost/json/serialize.hpp> <boost/json/value.hpp>
  <fmt/format.h>)

# symbolon_precompile(<name> HEADER…): a set of compiled headers for targets with the same libraries.
function(symbolon_precompile name)
  if(NOT SYMBOLON_PRECOMPILED_HEADERS)
    return()
  endif()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cpp)
  target_link_libraries(${name} PRIVATE symbolon_options)
  target_precompile_headers(${name} PRIVATE ${symbolon_precompiled} ${ARGN})
endfunction()

# symbolon_use_precompiled(<target> <name>): what symbolon_precompile made is used by the target.
function(symbolon_use_precompiled target name)
  if(SYMBOLON_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()

# From sign-in upwards nearly every file sees this header, and the directory's settings behind it: half of its compilation.
set(symbolon_services <signin/services.hpp>)

symbolon_precompile(library_headers)
symbolon_precompile(service_headers ${symbolon_services})
if(TARGET GTest::gtest)
  symbolon_precompile(test_headers <gtest/gtest.h>)
  symbolon_precompile(service_test_headers <gtest/gtest.h> ${symbolon_services})
  if(SYMBOLON_PRECOMPILED_HEADERS)
    target_link_libraries(test_headers PRIVATE GTest::gtest)
    target_link_libraries(service_test_headers PRIVATE GTest::gtest)
  endif()
endif()
