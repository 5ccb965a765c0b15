# cmake -D SOURCE=FOLDER -D OUTPUT=FILE.cpp -P commit.cmake: writes what commit.h promises. OUTPUT is
# only touched where it changes, so that nothing is built anew for the same commit.
set(commit unknown)
find_program(git git)
if(git)
  # The sources of a tarball may lie within some other repository: then their own list is not in it.
  execute_process(COMMAND ${git} ls-files --error-unmatch CMakeLists.txt
    WORKING_DIRECTORY ${SOURCE} RESULT_VARIABLE stranger OUTPUT_QUIET ERROR_QUIET)
  if(NOT stranger)
    execute_process(
      COMMAND ${git} --no-optional-locks describe --always --abbrev=12 --exclude=* --dirty=+changes
      WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE
      ERROR_QUIET)
    if(described)
      set(commit ${described})
    endif()
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[
#include "tests/simulation/commit.h"

namespace mado::simulation {

const char* commit() {
    return "@commit@";
}

}  // namespace mado::simulation
]] @ONLY)
