#pragma once

// Replies that several routes give. What went wrong is told by a word and a sentence of ours.

#include "sync/server/api/http.h"
#include "sync/server/booking/commands.h"

#include <string>

namespace mado::server {

Reply ok(const char* route, std::string body);
// 503, come back soon.
Reply busy(const char* route);
Reply refuse_io(const char* route, const IoError& error);
// For an outcome that is not the one which the command promises where all is well.
Reply refuse_outcome(const char* route, const Outcome& outcome);

}  // namespace mado::server
