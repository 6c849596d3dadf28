# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DLUPDATE=… -DSOURCES=<folder> [-DINCLUDE=<folder>] -DTS=<file> -DWORK=<folder> -P check_translation.cmake
# Fails where a text of the sources is not in the translation file, or no longer stands in the sources.
if(NOT INCLUDE)
    set(INCLUDE ${SOURCES})
endif()
get_filename_component(_name ${TS} NAME)
set(_copy ${WORK}/check_${_name})
configure_file(${TS} ${_copy} COPYONLY)
execute_process(COMMAND ${LUPDATE} -silent -no-obsolete -locations none -I${INCLUDE} ${SOURCES} -ts ${_copy}
    RESULT_VARIABLE _result OUTPUT_VARIABLE _output ERROR_VARIABLE _output)
if(NOT _result EQUAL 0)
    message(FATAL_ERROR "lupdate failed: ${_output}")
endif()
file(STRINGS ${_copy} _unfinished REGEX "type=\"unfinished\"")
file(STRINGS ${TS} _before REGEX "<source>")
file(STRINGS ${_copy} _after REGEX "<source>")
list(LENGTH _unfinished _missing)
list(LENGTH _before _known)
list(LENGTH _after _found)
if(_missing GREATER 0 OR NOT _known EQUAL _found)
    message(FATAL_ERROR "${_name}: ${_missing} texts without a translation, ${_known} texts in the file, "
        "${_found} in the sources. Run the target update_translations and translate.")
endif()
