# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler flags of every target, the compiler cache and the precompiled header.

add_library(parlance_flags INTERFACE)
add_library(Parlance::Flags ALIAS parlance_flags)
target_compile_definitions(parlance_flags INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
)
target_compile_options(parlance_flags INTERFACE
    -Wall -Wextra -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wundef
    $<$<BOOL:${PARLANCE_WERROR}>:-Werror>
)
if(PARLANCE_ASSERTS)
    target_compile_definitions(parlance_flags INTERFACE QT_FORCE_ASSERTS)
endif()
if(PARLANCE_SANITIZE)
    list(JOIN PARLANCE_SANITIZE "," _sanitizers)
    target_compile_options(parlance_flags INTERFACE -fsanitize=${_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(parlance_flags INTERFACE -fsanitize=${_sanitizers})
endif()

# A second build of the same sources costs a copy. pch_defines and time_macros let ccache serve
# objects that were compiled with a precompiled header.
find_program(PARLANCE_CCACHE ccache)
if(PARLANCE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${PARLANCE_CCACHE})
endif()

# parlance_pch(<target> [REUSE <other>]): precompiles the Qt headers that nearly every file includes.
# Targets of one kind share one precompiled header, which is built once.
function(parlance_pch target)
    cmake_parse_arguments(ARG "" "REUSE" "" ${ARGN})
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
    if(ARG_REUSE)
        target_precompile_headers(${target} REUSE_FROM ${ARG_REUSE})
        return()
    endif()
    set(_headers <QByteArray> <QDateTime> <QHash> <QJsonDocument> <QJsonObject> <QList> <QObject> <QString>
        <QTimer> <chrono> <functional> <memory> <optional> <variant>)
    get_target_property(_libs ${target} LINK_LIBRARIES)
    if("Qt6::Widgets" IN_LIST _libs)
        list(APPEND _headers <QtWidgets>)
    endif()
    target_precompile_headers(${target} PRIVATE ${_headers})
endfunction()
