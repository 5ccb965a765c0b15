#include "sync/server/store/store.h"

namespace mado::server {

bool Writes::empty() const {
    return envelopes.empty() && strays.empty() && !town && vaccines.empty() && venues.empty() &&
           slots.empty() && devices.empty() && chains.empty() && signed_chains.empty() &&
           leases.empty() && people.empty() && bookings.empty() && applications.empty() &&
           calls.empty() && settings.empty() && texts.empty() && worklist.empty() &&
           resolved.empty() && settled.empty() && changes.empty() && !last && !epoch;
}

}  // namespace mado::server
