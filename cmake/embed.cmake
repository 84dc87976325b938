# symbolon_embed(<source variable> <symbol> <root folder> GLOB…): a generated .cpp that defines
# `std::span<const symbolon::EmbeddedFile> <symbol>()` with every matching file, by its path below the root.
function(symbolon_embed out symbol root)
  set(files)
  foreach(pattern ${ARGN})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${root}/${pattern})
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DSYMBOL=${symbol} -DROOT=${root} "-DFILES=${files}" -P ${script}
    DEPENDS ${files} ${script}
    COMMENT "Embedding ${symbol}"
    VERBATIM)
  set(${out} ${output} PARENT_SCOPE)
endfunction()
