# Installs the SDK into an empty folder and builds the project beside this file against it: once by its CMake package,
# once by its pkg-config file. Given: BUILD (with the SDK built), FOLDER (to be made anew), COMPILER.
set(expected "{\"type\":\"LinkAccount\"} 400\n")

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
endfunction()

function(expect_answer program)
  execute_process(COMMAND ${program} OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
  if(NOT result EQUAL 0 OR NOT output STREQUAL expected)
    message(FATAL_ERROR "${program} ended with ${result}, said '${output}'\n${errors}")
  endif()
endfunction()

file(REMOVE_RECURSE ${FOLDER})
run(${CMAKE_COMMAND} --install ${BUILD} --component skill-sdk --prefix ${FOLDER}/prefix)

file(GLOB_RECURSE headers ${FOLDER}/prefix/include/symbolon/*.hpp)
foreach(header ${headers})
  file(STRINGS ${header} inside REGEX "#include [\"<](base|crypto|net|db|openssl|curl)/")
  if(inside)
    message(FATAL_ERROR "${header} needs what is not installed: ${inside}")
  endif()
endforeach()

run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${FOLDER}/build -G Ninja -DCMAKE_PREFIX_PATH=${FOLDER}/prefix
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld)
run(${CMAKE_COMMAND} --build ${FOLDER}/build)
expect_answer(${FOLDER}/build/outside)

file(GLOB package ${FOLDER}/prefix/lib*/pkgconfig ${FOLDER}/prefix/lib/*/pkgconfig)
set(ENV{PKG_CONFIG_PATH} ${package})
execute_process(COMMAND pkg-config --libs symbolon-skill OUTPUT_VARIABLE libraries OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(libraries UNIX_COMMAND "${libraries}")
run(${COMPILER} -fuse-ld=lld ${FOLDER}/build/CMakeFiles/outside.dir/main.cpp.o -o ${FOLDER}/by_pkg_config ${libraries})
expect_answer(${FOLDER}/by_pkg_config)
file(REMOVE_RECURSE ${FOLDER})
