// Who may be a device, and what becomes of one that is lost.

#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

constexpr auto kSeenEvery = std::chrono::minutes(1);
constexpr std::size_t kNameBytesMax = 100;

Outcome stands(const Draft& draft, DeviceId id) {
    return DeviceStands{*draft.device(id)};
}

}  // namespace

bool is_name(std::string_view text) {
    const auto is_control = [](char letter) { return static_cast<unsigned char>(letter) < 0x20; };
    return !text.empty() && text.size() <= kNameBytesMax && is_utf8(text) &&
           std::ranges::none_of(text, is_control);
}

bool is_out(const Device& device) {
    return device.state == DeviceState::Fenced || device.state == DeviceState::Revoked;
}

void return_seats(Draft& draft, DeviceId device, const Resolution& how) {
    std::vector<LeaseEntry> holding;
    for (const auto& [key, lease] : draft.facts().leases) {
        if (lease.device == device && lease.left() > 0) holding.push_back(lease);
    }
    if (holding.empty()) return;
    for (LeaseEntry& lease : holding) {
        const auto seats = draft.slot(lease.slot)->seats.give_back(static_cast<int>(lease.left()));
        MADO_CHECK(seats);
        lease.taken_back += lease.left();
        draft.put_seats(lease.slot, *seats);
        draft.put(lease);
    }
    draft.note({.reason = "seats-returned", .by = how.by, .device = device, .resolution = how});
}

void note_seen(Draft& draft, DeviceId id) {
    ChainEnd end = draft.device(id)->chain_end();
    if (draft.now() < end.last_seen + kSeenEvery) return;
    end.last_seen = draft.now();
    draft.put(end);
}

void needs(Needs& needs, const NoteSeen& command) {
    needs.devices.insert(command.device);
}

Outcome on(Draft& draft, const NoteSeen& command, const Rules&) {
    if (draft.device(command.device) == nullptr) return Refused{CommandRefusal::UnknownDevice};
    note_seen(draft, command.device);
    return Noted{};
}

void needs(Needs& needs, const KeepSignedHead& command) {
    needs.devices.insert(command.device);
}

Outcome on(Draft& draft, const KeepSignedHead& command, const Rules&) {
    const Device* device = draft.device(command.device);
    if (device == nullptr) return Refused{CommandRefusal::UnknownDevice};
    const bool is_ours = command.head.epoch == draft.facts().position.epoch &&
                         command.head.number <= device->events_known;
    if (is_ours) draft.put(SignedChain{command.device, command.head});
    return Noted{};
}

void needs(Needs& needs, const AddCode& command) {
    needs.codes.insert(command.code_hash);
}

Outcome on(Draft& draft, const AddCode& command, const Rules&) {
    if (draft.device_by_code(command.code_hash) != nullptr) {
        return Refused{CommandRefusal::CodeRefused};
    }
    if (command.venue && !draft.facts().venues.contains(*command.venue)) {
        return Refused{CommandRefusal::UnknownVenue};
    }
    Device device;
    device.id = draft.new_device();
    device.kind = command.kind;
    device.name = command.name;
    device.venue = command.venue;
    device.code_hash = command.code_hash;
    device.code_expires = command.expires;
    draft.put(device);
    return stands(draft, device.id);
}

void needs(Needs& needs, const RequestEnrolment& command) {
    needs.codes.insert(command.code_hash);
}

Outcome on(Draft& draft, const RequestEnrolment& command, const Rules&) {
    const Device* found = draft.device_by_code(command.code_hash);
    if (found == nullptr) return Refused{CommandRefusal::CodeRefused};
    if (found->state != DeviceState::CodeMade) {
        // A device asks again until staff have confirmed it; nobody else may use its code.
        const bool same = found->key_digest == command.key_digest;
        if (same) return stands(draft, found->id);
        return Refused{CommandRefusal::CodeRefused};
    }
    if (draft.now() > found->code_expires) return Refused{CommandRefusal::CodeRefused};
    Device device = *found;
    device.state = DeviceState::Pending;
    device.key_digest = command.key_digest;
    device.signing_request = command.signing_request;
    device.last_seen = draft.now();
    draft.put(device);
    return stands(draft, device.id);
}

void needs(Needs& needs, const ConfirmDevice& command) {
    needs.devices.insert(command.device);
}

Outcome on(Draft& draft, const ConfirmDevice& command, const Rules&) {
    const Device* found = draft.device(command.device);
    if (found == nullptr) return Refused{CommandRefusal::UnknownDevice};
    if (found->state != DeviceState::Pending) return Refused{CommandRefusal::WrongState};
    Device device = *found;
    device.state = DeviceState::Enrolled;
    device.certificate = command.certificate;
    device.endorsement = command.endorsement;
    device.roster_key = command.roster_key;
    draft.put(device);
    return stands(draft, device.id);
}

void needs(Needs& needs, const RevokeDevice& command) {
    needs.devices.insert(command.device);
}

Outcome on(Draft& draft, const RevokeDevice& command, const Rules&) {
    const Device* found = draft.device(command.device);
    if (found == nullptr) return Refused{CommandRefusal::UnknownDevice};
    if (found->state == DeviceState::Revoked) return stands(draft, command.device);
    Device device = *found;
    device.state = DeviceState::Revoked;
    device.roster_key.clear();
    draft.put(device);
    draft.note({.reason = "revoked", .device = command.device});
    return stands(draft, command.device);
}

void needs(Needs& needs, const DeclareLost& command) {
    needs.devices.insert(command.device);
    needs.worklist_of.insert(command.device);
}

Outcome on(Draft& draft, const DeclareLost& command, const Rules&) {
    const Device* found = draft.device(command.device);
    if (found == nullptr) return Refused{CommandRefusal::UnknownDevice};
    if (!is_name(command.by)) return Refused{CommandRefusal::NameNeeded};
    const bool fenced = found->state == DeviceState::Fenced;
    if (!fenced && found->state != DeviceState::Enrolled) {
        return Refused{CommandRefusal::WrongState};
    }
    if (!fenced) {
        Device device = *found;
        device.state = DeviceState::Fenced;
        draft.put(device);
    }
    if (!draft.has_open_row(command.device, "lost")) {
        draft.note({.reason = "lost", .by = command.by, .device = command.device});
    }
    return stands(draft, command.device);
}

void needs(Needs& needs, const ReturnSeats& command) {
    needs.devices.insert(command.device);
    needs.leases_of.insert(command.device);
    needs.worklist_of.insert(command.device);
}

Outcome on(Draft& draft, const ReturnSeats& command, const Rules&) {
    const Device* found = draft.device(command.device);
    if (found == nullptr) return Refused{CommandRefusal::UnknownDevice};
    if (!is_name(command.by)) return Refused{CommandRefusal::NameNeeded};
    if (!is_out(*found)) return Refused{CommandRefusal::WrongState};
    const Resolution how{std::string(name_of(Choice::SeatsReturned)), draft.now(), command.by};
    draft.resolve_about(command.device, how);
    return_seats(draft, command.device, how);
    return stands(draft, command.device);
}

}  // namespace mado::server
