#include "tests/support/server/server_town.h"

#include <algorithm>
#include <map>
#include <set>

namespace mado::tests {

using namespace server;

Envelope ChainedDevice::write(const EventBody& body) {
    Event event{tests::now(), {}, body};
    event.nonce.fill(nonce);
    event.nonce[0] = static_cast<std::uint8_t>(last_.number());
    Envelope envelope{id_, next_number(), head_, sync::write_event(event)};
    last_ = envelope.number;
    head_ = envelope.hash();
    return envelope;
}

Envelope ChainedDevice::sell(PersonId person, SlotId slot, std::int64_t used, int dose) {
    Booking booking;
    booking.id = {id_, next_number()};
    booking.person = person;
    booking.slot = slot;
    booking.dose = dose;
    return write(Booked{booking, used});
}

ServerTown::ServerTown() : file_(folder_ / "town.db") {
    MADO_CHECK(create_sqlite_store(file_, 1).ok());
    store_ = open_sqlite_store(file_).value();
    reads_ = open_sqlite_reads(file_).value();
    fill();
}

void ServerTown::fill() {
    must<Imported>(SetTown{a_town()});
    PutVaccines vaccines;
    for (const auto& [code, vaccine] : tests::vaccines())
        vaccines.vaccines.push_back(vaccine);
    must<Imported>(vaccines);
    const std::vector<std::string> codes = {"pfizer", "moderna", "astrazeneca"};
    PutVenues venues;
    for (const auto& [id, venue] : tests::venues(3)) {
        venues.venues.push_back({venue, a_vaccine_code(codes[venues.venues.size()])});
    }
    must<Imported>(venues);
    const auto planned = [](std::int64_t venue, std::string_view time, std::string_view vaccine) {
        return PlannedSlot{
            VenueId(venue),          in_days(7), a_time(time), std::chrono::minutes(30),
            a_vaccine_code(vaccine), 10};
    };
    must<Imported>(PutSlots{{planned(1, "09:00", "pfizer"), planned(1, "09:30", "pfizer"),
                             planned(1, "10:00", "pfizer"), planned(2, "09:00", "moderna")}});
    PutResidents residents;
    for (int i = 1; i <= 20; ++i) {
        const std::string number = std::string(i < 10 ? "000000000" : "00000000");
        residents.residents.push_back({Personal<Ticket>(a_ticket(number + std::to_string(i))),
                                       Personal<BirthDate>(a_birth_date()),
                                       true,
                                       {}});
    }
    must<Imported>(residents);
}

Outcome ServerTown::run(const Command& command) {
    return execute(*store_, command, now);
}

std::vector<Outcome> ServerTown::run_all(const std::vector<Command>& commands) {
    return execute(*store_, commands, HoldingPolicy{}, now);
}

ChainedDevice ServerTown::a_device() {
    ++devices_;
    Digest code{};
    code[0] = static_cast<std::uint8_t>(devices_);
    Digest key{};
    key[1] = static_cast<std::uint8_t>(devices_);
    must<DeviceStands>(AddCode{code, now + std::chrono::minutes(10), "kiosk",
                               "kiosk " + std::to_string(devices_), VenueId(1)});
    const auto pending = must<DeviceStands>(RequestEnrolment{code, key, "a request"});
    const auto enrolled = must<DeviceStands>(
        ConfirmDevice{pending.device.id, "a certificate", "an endorsement", Bytes(32, 7)});
    return ChainedDevice(enrolled.device.id);
}

std::int64_t ServerTown::grant(const ChainedDevice& device, SlotId slot, std::int64_t level) {
    return must<LeasesRaised>(RaiseLeases{device.id(), {{slot, level}}}).levels.at(0).granted;
}

EventsIngested ServerTown::push(const ChainedDevice& device, std::vector<Envelope> events) {
    return must<EventsIngested>(IngestEvents{device.id(), received(std::move(events))});
}

Answer ServerTown::push_one(const ChainedDevice& device, const Envelope& event) {
    const auto ingested = push(device, {event});
    MADO_CHECK(ingested.answers.size() == 1);
    return ingested.answers.front();
}

Slot ServerTown::slot(std::int64_t id) {
    for (const Slot& slot : reads_->slots(in_days(-100), in_days(100)).value()) {
        if (slot.id == SlotId(id)) return slot;
    }
    MADO_CHECK(!"a slot of that id");
    return a_slot();
}

std::vector<BookingEntry> ServerTown::bookings() {
    return reads_->bookings().value();
}

BookingState ServerTown::state_of(const BookingId& id) {
    for (const auto& entry : bookings()) {
        if (entry.booking.id == id) return entry.booking.state;
    }
    MADO_CHECK(!"a booking of that id");
    return BookingState::Cancelled;
}

std::vector<std::string> ServerTown::worklist() {
    std::vector<std::string> reasons;
    for (const auto& entry : reads_->worklist(true).value())
        reasons.push_back(entry.reason);
    return reasons;
}

Device ServerTown::device(DeviceId id) {
    const auto found = reads_->device(id).value();
    MADO_CHECK(found);
    return *found;
}

std::vector<std::string> Inspector::broken() {
    broken_.clear();
    const auto bookings = reads_.bookings().value();
    seats_add_up(bookings);
    nobody_is_expected_twice(bookings);
    chains_verify();
    follow_the_feed();
    feed_tells_what_a_snapshot_holds();
    town_knows_its_kiosks();
    return broken_;
}

void Inspector::want(bool holds, const std::string& claim) {
    if (!holds) broken_.push_back(claim);
}

void Inspector::seats_add_up(const std::vector<BookingEntry>& bookings) {
    std::map<SlotId, int> booked;
    std::map<SlotId, std::int64_t> held;
    std::map<SlotId, SeatParts> parts;
    for (const auto& entry : bookings) {
        if (entry.booking.state == BookingState::Cancelled) continue;
        ++booked[entry.booking.slot];
        parts[entry.booking.slot].count(entry.channel, entry.booking.dose, 1);
    }
    for (const LeaseEntry& lease : reads_.leases().value()) {
        want(lease.used >= 0 && lease.left() >= 0, "a lease is used beyond what is granted");
        want(lease.kept_left() >= 0 && lease.kept_left() <= lease.left(), "a lease keeps too many");
        held[lease.slot] += lease.left();
        parts[lease.slot].kept += static_cast<int>(lease.kept_left());
    }
    for (const Slot& slot : reads_.slots(in_days(-1000), in_days(1000)).value()) {
        const SeatCount& seats = slot.seats;
        const std::string name = "slot " + slot.id.text();
        want(seats.booked >= 0 && seats.held >= 0 && seats.free() >= 0, name + " is negative");
        want(seats.booked + seats.held + seats.free() == seats.capacity(), name + ": the sum");
        want(seats.booked == booked[slot.id], name + ": booked is not its bookings");
        want(seats.held == held[slot.id], name + ": held is not its leases");
        want(slot.parts == parts[slot.id], name + ": its parts are not its bookings and leases");
    }
}

void Inspector::nobody_is_expected_twice(const std::vector<BookingEntry>& bookings) {
    std::set<BookingId> disputed;
    for (const auto& entry : reads_.worklist(true).value()) {
        if (entry.reason == "doubled" && entry.booking) disputed.insert(*entry.booking);
    }
    std::set<std::pair<PersonId, int>> expected;
    std::map<std::pair<PersonId, int>, int> alive;
    for (const auto& [booking, slip, channel] : bookings) {
        if (booking.state == BookingState::Cancelled) continue;
        ++alive[{booking.person, booking.dose}];
        if (booking.state == BookingState::Doubled) {
            want(disputed.contains(booking.id), "a doubled booking is on no worklist");
        } else {
            want(expected.emplace(booking.person, booking.dose).second,
                 "a person has two live bookings for a dose");
        }
    }
    for (const auto& [booking, slip, channel] : bookings) {
        if (booking.state == BookingState::Cancelled) continue;
        const bool alone = alive[{booking.person, booking.dose}] == 1;
        const bool doubled = booking.state == BookingState::Doubled;
        want(alone != doubled, alone ? "doubled with nobody" : "one of two is not doubled");
    }
    for (const auto& entry : reads_.applications(true).value()) {
        const Application& application = entry.application;
        want(!alive.contains({application.person, application.dose}),
             "somebody waits for a dose who has a booking for it");
    }
}

void Inspector::chains_verify() {
    for (const server::Device& device : reads_.devices().value()) {
        Digest head = kChainStart;
        for (std::int64_t n = 1; n <= device.events_known.number(); ++n) {
            const auto stored = reads_.envelope(device.id, EventNumber(n)).value();
            want(stored.has_value(), "an event is missing from its chain");
            if (!stored) return;
            want(stored->envelope.previous == head, "a chain does not verify");
            want(stored->envelope.hash() == stored->hash, "an envelope's hash is not its own");
            head = stored->hash;
        }
        want(head == device.chain_head, "a chain's head is not its last event");
    }
}

void Inspector::follow_the_feed() {
    const FeedPosition end = reads_.position().value();
    at_.epoch = end.epoch;
    while (at_.number < end.number) {
        const FeedPage page = reads_.feed(at_, 7).value();
        if (page.changes.empty()) break;
        for (const Change& change : page.changes) {
            if (const auto* slot = std::get_if<SlotChanged>(&change)) {
                slots_.insert_or_assign(slot->slot.id, slot->slot);
            } else if (const auto* booking = std::get_if<BookingChanged>(&change)) {
                bookings_.insert_or_assign(booking->booking.id, booking->booking);
            } else if (const auto* told = std::get_if<ApplicationChanged>(&change)) {
                applications_.insert_or_assign(told->application.id, told->application);
            } else if (const auto* row = std::get_if<ResidentChanged>(&change)) {
                residents_.insert_or_assign(row->ticket.reveal(), row->resident);
            } else if (const auto* town = std::get_if<TownChanged>(&change)) {
                town_ = town->town;
            }
        }
        at_.number += static_cast<std::int64_t>(page.changes.size());
    }
    want(at_ == end, "the feed has a gap");
}

void Inspector::feed_tells_what_a_snapshot_holds() {
    std::size_t people = 0;
    const auto take_state = [&](const SnapshotState& state) -> Result<void, IoError> {
        want(state.position == at_, "the snapshot stands elsewhere");
        want(state.slots.size() == slots_.size(), "the feed tells of other slots");
        for (const Slot& slot : state.slots) {
            const auto told = slots_.find(slot.id);
            want(told != slots_.end() && told->second == slot, "the feed tells a slot otherwise");
        }
        for (const Booking& booking : state.bookings) {
            const auto told = bookings_.find(booking.id);
            want(told != bookings_.end() && told->second == booking,
                 "the feed tells a booking otherwise");
        }
        for (const Application& application : state.applications) {
            const auto told = applications_.find(application.id);
            want(told != applications_.end() && told->second == application,
                 "the feed tells an application otherwise");
        }
        return {};
    };
    const auto take_resident = [&](const Ticket& ticket,
                                   const Resident& resident) -> Result<void, IoError> {
        ++people;
        const auto told = residents_.find(ticket);
        want(told != residents_.end() && told->second == resident,
             "the feed tells a resident otherwise");
        return {};
    };
    const auto done = reads_.snapshot(DeviceId(0), in_days(-1000), take_state, take_resident);
    want(done.ok(), "no snapshot can be taken");
    want(people == residents_.size(), "the feed tells of other people");
}

void Inspector::town_knows_its_kiosks() {
    const auto devices = reads_.devices().value();
    const auto in = std::ranges::count_if(devices, server::is_kiosk_in);
    want(town_ && town_->kiosks == in, "the feed tells of another number of kiosks");
    want(town_ == reads_.town().value(), "the feed tells the town otherwise");
}

std::vector<std::string> broken_invariants(Reads& reads) {
    return Inspector(reads).broken();
}

}  // namespace mado::tests
