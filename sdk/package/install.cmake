# `cmake --install BUILD --component skill-sdk --prefix DIR`: the headers, one archive with the SDK and what it uses of the
# floors below, a CMake package (find_package(symbolon-skill), target symbolon::skill) and a pkg-config file.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(skill_archives $<TARGET_FILE:symbolon_skill> $<TARGET_FILE:net> $<TARGET_FILE:crypto> $<TARGET_FILE:base>)
set(skill_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/symbolon-skill)

install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include/symbolon DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT skill-sdk FILES_MATCHING PATTERN "*.hpp")
# The floors are called `base` and `crypto`: nobody wants a libcrypto.a beside OpenSSL's, so all are put into one.
install(CODE "set(output \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libsymbolon-skill.a\")
set(archives \"${skill_archives}\")
set(archiver \"${CMAKE_AR}\")" COMPONENT skill-sdk)
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/merge_archives.cmake COMPONENT skill-sdk)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/symbolon-skill-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/symbolon-skill-config.cmake
  INSTALL_DESTINATION ${skill_package_folder}
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/symbolon-skill-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/symbolon-skill-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/symbolon-skill-config-version.cmake
  DESTINATION ${skill_package_folder} COMPONENT skill-sdk)

file(RELATIVE_PATH skill_prefix_from_pc /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)  # wherever it is put
configure_file(${CMAKE_CURRENT_LIST_DIR}/symbolon-skill.pc.in ${CMAKE_CURRENT_BINARY_DIR}/symbolon-skill.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/symbolon-skill.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT skill-sdk)
