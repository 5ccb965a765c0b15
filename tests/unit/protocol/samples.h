#pragma once

// One of each message, with every member filled, for unit tests, property tests and fuzzers.

#include "sync/protocol/messages.h"
#include "sync/protocol/roster.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::tests {

sync::EnrolRequest an_enrol_request();
sync::EnrolPending an_enrol_pending();
sync::EnrolGrant an_enrol_grant();
SignedHead a_signed_head();
sync::PushRequest a_push_request();
sync::PushAnswer a_push_answer();
// A row of every kind.
sync::ChangesPage a_changes_page();
sync::LeaseRequest a_lease_request();
sync::LeaseAnswer a_lease_answer();
sync::Snapshot a_snapshot();
sync::Refusal a_refusal();
ResidentChanged a_resident_row();
Application an_application();
Event an_event(EventBody body);
// Of a roster's base file, copied.
Result<sync::RosterFileView, IoError> view_of(std::string_view roster_file);

// A message as text, and the door that reads such texts: what is wrong with it, or nothing.
struct Door {
    std::string name;
    std::string json;
    std::function<std::optional<sync::WireError>(std::string_view)> wrong;
};

// Every parser of this folder with a text that it takes.
std::vector<Door> doors();

}  // namespace mado::tests
