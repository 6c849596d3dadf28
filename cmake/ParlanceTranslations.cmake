# SPDX-License-Identifier: GPL-3.0-or-later
# parlance_translations(<target> <name>): compiles translations/<name>_<language>.ts into the program
# as :/i18n/<name>_<language>.qm. `cmake --build … --target update_translations` refreshes the .ts files.
function(parlance_translations target name)
    set(_qm)
    foreach(_language IN ITEMS de)
        set(_ts ${PROJECT_SOURCE_DIR}/translations/${name}_${_language}.ts)
        set(_out ${CMAKE_CURRENT_BINARY_DIR}/${name}_${_language}.qm)
        add_custom_command(OUTPUT ${_out}
            COMMAND Qt6::lrelease -silent ${_ts} -qm ${_out}
            DEPENDS ${_ts} VERBATIM)
        list(APPEND _qm ${_out})
    endforeach()
    qt_add_resources(${target} ${name}_i18n PREFIX /i18n BASE ${CMAKE_CURRENT_BINARY_DIR} FILES ${_qm})

    get_target_property(_sources ${target} SOURCES)
    list(FILTER _sources INCLUDE REGEX "\\.(cpp|h)$")
    list(TRANSFORM _sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ REGEX "^[^/]")
    # Without the headers lupdate does not see the namespace that a text's context starts with.
    get_target_property(_includes ${target} INCLUDE_DIRECTORIES)
    list(TRANSFORM _includes PREPEND -I)
    if(NOT TARGET update_translations)
        add_custom_target(update_translations)
    endif()
    add_custom_target(update_translations_${name}
        COMMAND Qt6::lupdate -silent -no-obsolete -locations none ${_includes} ${_sources}
                -ts ${PROJECT_SOURCE_DIR}/translations/${name}_de.ts
        VERBATIM)
    add_dependencies(update_translations update_translations_${name})
endfunction()
