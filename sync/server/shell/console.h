#pragma once

// What the commands print: results to stdout, messages to stderr.

#include "shared/base/io_error.h"
#include "sync/server/booking/commands.h"
#include "sync/server/shell/commands.h"

#include <string>
#include <string_view>

namespace mado::server {

// "madoguchi-server: " and the message, to stderr; returns kFailed or `code`.
int complain(std::string_view message, int code = kFailed);
int complain(const IoError& error);
// For an outcome that is not what the command promises where all is well.
int complain(const Outcome& outcome);

// A line to stdout.
void say(std::string_view line);

}  // namespace mado::server
