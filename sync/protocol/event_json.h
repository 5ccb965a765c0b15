#pragma once

// How an event's body is written: the string that is stored, hashed and sent byte for byte.

#include "shared/base/result.h"
#include "shared/domain/event.h"
#include "sync/protocol/messages.h"

#include <string>
#include <string_view>

namespace mado::sync {

// At most kEventBodyBytesMax bytes. The same event is always written the same way.
std::string write_event(const Event& event);
// A body of a kind that this version does not know is a WireError: kept aside, never lost.
Result<Event, WireError> read_event(std::string_view body);

}  // namespace mado::sync
