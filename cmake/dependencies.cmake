# Everything comes from Debian 12 packages (the list stands in ./dev).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(CURL REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(XCRYPT REQUIRED IMPORTED_TARGET libxcrypt)

# libphonenumber-dev depends on Boost 1.74's headers, which cannot be installed beside those of 1.81. The library itself
# is installed as usual; ./dev unpacks the headers of the -dev package into this folder.
set(PHONENUMBER_HEADERS ${CMAKE_SOURCE_DIR}/build/deps/phonenumber/usr/include CACHE PATH "libphonenumber's headers")
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 REQUIRED)
find_package(Protobuf REQUIRED)
add_library(phonenumber INTERFACE)
target_include_directories(phonenumber SYSTEM INTERFACE ${PHONENUMBER_HEADERS})
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY})
