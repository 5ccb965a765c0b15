#include "sync/server/booking/draft.h"

#include "shared/base/check.h"

#include <algorithm>

namespace mado::server {

namespace {

template <class Map, class Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

bool has_seat(const BookingEntry& entry) {
    return entry.booking.state != BookingState::Cancelled;
}

}  // namespace

Draft::Draft(Facts facts, Instant now) : facts_(std::move(facts)), now_(now) {
    for (const auto& [id, entry] : facts_.bookings)
        bookings_of_[entry.booking.person].insert(id);
}

const Device* Draft::device(DeviceId id) const {
    return find_in(facts_.devices, id);
}

const Device* Draft::device_by_code(const Digest& code_hash) const {
    const auto found =
        std::find_if(facts_.devices.begin(), facts_.devices.end(),
                     [&](const auto& entry) { return entry.second.code_hash == code_hash; });
    return found == facts_.devices.end() ? nullptr : &found->second;
}

const Slot* Draft::slot(SlotId id) const {
    return find_in(facts_.slots, id);
}

const Person* Draft::person(PersonId id) const {
    return find_in(facts_.people, id);
}

const BookingEntry* Draft::booking(const BookingId& id) const {
    return find_in(facts_.bookings, id);
}

LeaseEntry Draft::lease(DeviceId device, SlotId slot) const {
    const LeaseEntry* found = find_in(facts_.leases, LeaseKey(device, slot));
    return found != nullptr ? *found : LeaseEntry{device, slot};
}

const StoredEnvelope* Draft::envelope(const EventKey& key) const {
    return find_in(facts_.envelopes, key);
}

const StoredEnvelope* Draft::stray(const EventKey& key, const Digest& hash) const {
    return find_in(facts_.strays, std::pair(key, hash));
}

std::vector<Booking> Draft::bookings_of(PersonId person) const {
    std::vector<Booking> found;
    const auto* ids = find_in(bookings_of_, person);
    if (ids == nullptr) return found;
    for (const BookingId& id : *ids)
        found.push_back(facts_.bookings.at(id).booking);
    return found;
}

std::vector<BookingEntry> Draft::bookings_in(SlotId slot) const {
    std::vector<BookingEntry> found;
    for (const auto& [id, entry] : facts_.bookings) {
        if (entry.booking.slot == slot) found.push_back(entry);
    }
    return found;
}

const Call* Draft::call(const CallId& id) const {
    return find_in(facts_.calls, id);
}

std::vector<Call> Draft::standing_calls(DeviceId device) const {
    std::vector<Call> found;
    for (const auto& [id, call] : facts_.calls) {
        if (id.device == device && !call.ended) found.push_back(call);
    }
    return found;
}

const ApplicationEntry* Draft::application(const ApplicationId& id) const {
    return find_in(facts_.applications, id);
}

std::vector<ApplicationEntry> Draft::waiting_of(PersonId person, int dose) const {
    std::vector<ApplicationEntry> found;
    for (const auto& [id, entry] : facts_.applications) {
        const Application& application = entry.application;
        const bool theirs = application.person == person && application.dose == dose;
        if (theirs && entry.waits()) found.push_back(entry);
    }
    return found;
}

bool Draft::knows_vaccine(const VaccineCode& code) const {
    return facts_.vaccines.contains(code);
}

void Draft::count_kiosk(const Device& device) {
    const Device* before = this->device(device.id);
    const bool was_in = before != nullptr && is_kiosk_in(*before);
    if (is_kiosk_in(device) == was_in) return;
    facts_.kiosks += was_in ? -1 : 1;
    if (!facts_.town) return;
    Town town = *facts_.town;
    town.kiosks = facts_.kiosks;
    put(town);
}

void Draft::put(const Device& device) {
    count_kiosk(device);
    facts_.devices.insert_or_assign(device.id, device);
    devices_.insert(device.id);
}

void Draft::put(const ChainEnd& end) {
    facts_.devices.at(end.device).put(end);
    chains_.insert(end.device);
}

void Draft::put(const SignedChain& chain) {
    signed_chains_.push_back(chain);
}

// Who has its seats is counted here alone: by the bookings and leases that were put.
void Draft::put(const Slot& slot) {
    Slot counted = slot;
    const Slot* before = this->slot(slot.id);
    counted.parts = before != nullptr ? before->parts : SeatParts{};
    put_as_counted(counted);
}

void Draft::put_as_counted(const Slot& slot) {
    facts_.slots.insert_or_assign(slot.id, slot);
    facts_.slots_at.insert_or_assign(std::tuple(slot.venue, slot.date, slot.starts), slot.id);
    slots_.insert(slot.id);
}

void Draft::put_seats(SlotId slot, const SeatCount& seats) {
    Slot changed = facts_.slots.at(slot);
    changed.seats = seats;
    put(changed);
}

void Draft::put(const LeaseEntry& told) {
    const LeaseKey key(told.device, told.slot);
    const LeaseEntry before = this->lease(told.device, told.slot);
    LeaseEntry lease = told;
    // Whoever has fewer seats left than are kept has sold or given up kept ones.
    lease.kept_used = std::max(lease.kept_used, lease.kept - lease.left());
    MADO_CHECK(lease.kept >= before.kept && lease.kept_used >= before.kept_used &&
               lease.kept_left() >= 0);
    if (lease.kept_left() != before.kept_left()) {
        Slot slot = facts_.slots.at(lease.slot);
        slot.parts.kept += static_cast<int>(lease.kept_left() - before.kept_left());
        put_as_counted(slot);
    }
    MADO_CHECK(lease.granted >= before.granted && lease.used >= before.used && lease.left() >= 0);
    const auto held = facts_.day_held.find({lease.device, facts_.slots.at(lease.slot).date});
    if (held != facts_.day_held.end()) held->second += lease.left() - before.left();
    if (lease.granted != before.granted || lease.kept != before.kept) grants_.insert(key);
    facts_.leases.insert_or_assign(key, lease);
    leases_.insert(key);
}

void Draft::put(const BookingEntry& booking) {
    put_quietly(booking);
    announced_.insert(booking.booking.id);
}

void Draft::put(const ApplicationEntry& application) {
    facts_.applications.insert_or_assign(application.application.id, application);
    applications_.insert(application.application.id);
}

void Draft::count_seat(const BookingEntry& entry, int seats) {
    Slot counted = facts_.slots.at(entry.booking.slot);
    const SeatParts before = counted.parts;
    counted.parts.count(entry.channel, entry.booking.dose, seats);
    if (counted.parts != before) put_as_counted(counted);
}

void Draft::put_quietly(const BookingEntry& booking) {
    const BookingEntry* known = this->booking(booking.booking.id);
    const bool had_seat = known != nullptr && has_seat(*known);
    const bool same_seat =
        had_seat && has_seat(booking) && known->booking.slot == booking.booking.slot;
    if (had_seat && !same_seat) count_seat(*known, -1);
    if (has_seat(booking) && !same_seat) count_seat(booking, +1);
    facts_.bookings.insert_or_assign(booking.booking.id, booking);
    bookings_of_[booking.booking.person].insert(booking.booking.id);
    bookings_.insert(booking.booking.id);
}

void Draft::put(const Person& person) {
    facts_.people.insert_or_assign(person.id, person);
    for (const IssuedTicket& ticket : person.tickets) {
        facts_.tickets.insert_or_assign(ticket.ticket.reveal(), person.id);
    }
    people_.insert(person.id);
}

void Draft::put(const Town& town) {
    facts_.town = town;
    town_ = true;
}

void Draft::put(const Call& call) {
    facts_.calls.insert_or_assign(call.id, call);
    calls_.insert(call.id);
}

void Draft::put(DeviceId device, const KioskSettings& settings) {
    facts_.settings.insert_or_assign(device, settings);
    settings_.insert(device);
}

void Draft::put(const TownText& text) {
    facts_.texts.insert_or_assign(text.name, text);
    texts_.insert(text.name);
}

void Draft::put(const Vaccine& vaccine) {
    facts_.vaccines.insert_or_assign(vaccine.code, vaccine);
    vaccines_.insert(vaccine.code);
}

void Draft::put(const VenueEntry& venue) {
    facts_.venues.insert_or_assign(venue.venue.id, venue);
    venues_.insert(venue.venue.id);
}

void Draft::keep(const StoredEnvelope& envelope) {
    facts_.envelopes.emplace(EventKey(envelope.envelope.device, envelope.envelope.number),
                             envelope);
    envelopes_.push_back(envelope);
}

void Draft::keep_stray(const StoredEnvelope& envelope) {
    const EventKey key(envelope.envelope.device, envelope.envelope.number);
    facts_.strays.emplace(std::pair(key, envelope.hash), envelope);
    strays_.push_back(envelope);
}

void Draft::note(WorklistEntry entry) {
    entry.since = now_;
    worklist_.push_back(std::move(entry));
}

void Draft::settle(const BookingId& booking, const std::string& reason, const Resolution& how) {
    const auto settle_row = [&](WorklistEntry& entry) {
        const bool meant = entry.booking == booking && entry.reason == reason;
        if (meant && entry.open()) entry.resolution = how;
    };
    // A row of this same batch is not in the store yet when the settling runs against it.
    for (WorklistEntry& entry : worklist_)
        settle_row(entry);
    for (auto& [id, entry] : facts_.worklist)
        settle_row(entry);
    settled_.push_back({booking, reason, how});
}

void Draft::resolve(std::int64_t row, const Resolution& how) {
    facts_.worklist.at(row).resolution = how;
    resolved_.insert_or_assign(row, how);
}

void Draft::resolve_about(DeviceId device, const Resolution& how) {
    const auto meant = [device](const WorklistEntry& entry) {
        return entry.device == device && !entry.booking && entry.open();
    };
    for (WorklistEntry& entry : worklist_) {
        if (meant(entry)) entry.resolution = how;
    }
    for (const auto& [id, entry] : facts_.worklist) {
        if (meant(entry)) resolve(id, how);
    }
}

const WorklistEntry* Draft::row(std::int64_t id) const {
    return find_in(facts_.worklist, id);
}

bool Draft::has_open_row(DeviceId device, std::string_view reason) const {
    const auto meant = [&](const WorklistEntry& entry) {
        return entry.device == device && !entry.booking && entry.reason == reason && entry.open();
    };
    return std::ranges::any_of(worklist_, meant) ||
           std::ranges::any_of(facts_.worklist,
                               [&](const auto& entry) { return meant(entry.second); });
}

void Draft::begin_epoch(std::int64_t epoch, const Counters& last) {
    MADO_CHECK(epoch > facts_.position.epoch);
    facts_.position.epoch = epoch;
    facts_.last = last;
    epoch_begun_ = true;
    counters_touched_ = true;
}

PersonId Draft::new_person() {
    counters_touched_ = true;
    return PersonId(++facts_.last.people);
}

SlotId Draft::new_slot() {
    counters_touched_ = true;
    return SlotId(++facts_.last.slots);
}

DeviceId Draft::new_device() {
    counters_touched_ = true;
    return DeviceId(++facts_.last.devices);
}

BookingId Draft::new_booking() {
    counters_touched_ = true;
    return {DeviceId(0), EventNumber(++facts_.last.bookings)};
}

std::int64_t Draft::day_share_left(DeviceId device, Date date, const HoldingPolicy& policy) const {
    const auto* capacity = find_in(facts_.day_capacity, date);
    const auto* held = find_in(facts_.day_held, std::pair(device, date));
    MADO_CHECK(capacity != nullptr && held != nullptr);
    return std::max<std::int64_t>(0, *capacity * policy.day_percent_max / 100 - *held);
}

void Draft::append_changes(Writes& writes) {
    std::vector<Change>& changes = writes.changes;
    if (town_) changes.emplace_back(TownChanged{*facts_.town});
    for (const auto& code : vaccines_) {
        changes.emplace_back(VaccineChanged{facts_.vaccines.at(code)});
    }
    for (const auto id : venues_)
        changes.emplace_back(VenueChanged{facts_.venues.at(id).venue});
    for (const auto id : people_) {
        const Person& person = facts_.people.at(id);
        for (const IssuedTicket& ticket : person.tickets) {
            changes.emplace_back(ResidentChanged{ticket.ticket, person.resident(ticket.valid)});
        }
    }
    for (const auto& id : announced_) {
        changes.emplace_back(BookingChanged{facts_.bookings.at(id).booking});
    }
    for (const auto& id : applications_) {
        changes.emplace_back(ApplicationChanged{facts_.applications.at(id).application});
    }
    for (const auto& key : grants_) {
        const LeaseEntry& lease = facts_.leases.at(key);
        changes.emplace_back(LeaseChanged{key.first, key.second, lease.granted, lease.kept});
    }
    for (const CallId& id : calls_)
        changes.emplace_back(CallChanged{facts_.calls.at(id)});
    for (const DeviceId device : settings_) {
        const bool all = device == DeviceId(0);
        changes.emplace_back(SettingsChanged{all ? std::nullopt : std::optional(device),
                                             facts_.settings.at(device)});
    }
    for (const TextName& name : texts_)
        changes.emplace_back(TextChanged{facts_.texts.at(name)});
    for (const auto id : slots_)
        changes.emplace_back(SlotChanged{facts_.slots.at(id)});
    end_ = {facts_.position.epoch,
            facts_.position.number + static_cast<std::int64_t>(changes.size())};
}

void Draft::patch_answers(Writes& writes) const {
    for (auto& row : writes.envelopes)
        row.answer.position = end_;
    for (auto& row : writes.strays)
        row.answer.position = end_;
}

Writes Draft::finish() {
    Writes writes;
    if (town_) writes.town = facts_.town;
    for (const auto& code : vaccines_)
        writes.vaccines.push_back(facts_.vaccines.at(code));
    for (const auto id : venues_)
        writes.venues.push_back(facts_.venues.at(id));
    for (const auto id : slots_)
        writes.slots.push_back(facts_.slots.at(id));
    for (const auto id : devices_)
        writes.devices.push_back(facts_.devices.at(id));
    for (const auto id : chains_) {
        if (!devices_.contains(id)) writes.chains.push_back(facts_.devices.at(id).chain_end());
    }
    writes.signed_chains = std::move(signed_chains_);
    for (const auto& key : leases_)
        writes.leases.push_back(facts_.leases.at(key));
    for (const auto id : people_)
        writes.people.push_back(facts_.people.at(id));
    for (const auto& id : bookings_)
        writes.bookings.push_back(facts_.bookings.at(id));
    for (const CallId& id : calls_)
        writes.calls.push_back(facts_.calls.at(id));
    for (const DeviceId device : settings_)
        writes.settings.emplace(device, facts_.settings.at(device));
    for (const TextName& name : texts_)
        writes.texts.push_back(facts_.texts.at(name));
    for (const auto& id : applications_)
        writes.applications.push_back(facts_.applications.at(id));
    writes.worklist = std::move(worklist_);
    writes.resolved = std::move(resolved_);
    writes.settled = std::move(settled_);
    writes.envelopes = std::move(envelopes_);
    writes.strays = std::move(strays_);
    if (counters_touched_) writes.last = facts_.last;
    if (epoch_begun_) writes.epoch = facts_.position.epoch;
    append_changes(writes);
    patch_answers(writes);
    return writes;
}

}  // namespace mado::server
