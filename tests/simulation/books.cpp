#include "tests/simulation/books.h"

#include "sync/protocol/event_json.h"
#include "sync/protocol/messages.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

namespace mado::simulation {

namespace {

constexpr std::size_t kDiaryMax = 60;

// Written down once more and apart from the product's table: days from dose 1 to the first day on
// which dose 2 is allowed (the rules of the four vaccines).
int earliest_days(const VaccineCode& vaccine) {
    static const std::map<std::string, int> days = {
        {"pfizer", 19}, {"moderna", 21}, {"astrazeneca", 28}, {"novavax", 21}};
    const auto found = days.find(vaccine.text());
    return found == days.end() ? 0 : found->second;
}

std::string written(const Lease& lease) {
    return std::to_string(lease.granted) + " granted, " + std::to_string(lease.used) + " used, " +
           std::to_string(lease.kept) + " kept, " + std::to_string(lease.kept_used) +
           " of them used";
}

bool is_live(const Booking& booking) {
    return booking.state != BookingState::Cancelled;
}

bool same_place(const Booking& one, const Booking& other) {
    return one.id == other.id && one.person == other.person && one.dose == other.dose &&
           one.slot == other.slot;
}

}  // namespace

void Books::note(const std::string& who, const std::string& what) {
    diary_.push_back(to_text(timeline_.now()) + "  " + who + "  " + what);
    if (diary_.size() > kDiaryMax) diary_.pop_front();
}

void Books::want(bool holds, Invariant invariant, const std::string& what) {
    if (!holds && !breach_) breach_ = Breach{invariant, what};
}

// ---- what people see

void Books::screen(DeviceId device, const kiosk::Kiosk& before, const kiosk::Kiosk& after,
                   const std::optional<Visitor>& visitor) {
    wishes_told(device, before.screen, after.screen);
    applications_told(before.screen, after.screen, visitor);
    const auto* booked = std::get_if<kiosk::Booked>(&after.screen);
    const auto* keeping = std::get_if<kiosk::KeepingBooking>(&before.screen);
    if (booked != nullptr && keeping != nullptr) {
        confirmed(device, keeping->choice.applicant, booked->slip);
    }
    const auto* shown = std::get_if<kiosk::ShowingBooking>(&after.screen);
    const Slip* slip = booked != nullptr  ? &booked->slip
                       : shown != nullptr ? &shown->holder.slip
                                          : nullptr;
    if (slip != nullptr && visitor) {
        want(slip->booking.person == visitor->who().person, Invariant::ComesBack,
             "a slip is shown to somebody else");
    }
    if (shown != nullptr && shown->printing == kiosk::SlipState::NotAsked) {
        const BookingId& id = shown->holder.slip.booking.id;
        const auto promise = promises_.find(id);
        const bool lost = promise != promises_.end() && id.device == device &&
                          promise->second.back().remembered && !on_paper_.contains(id);
        want(!lost || shown->slip_owed, Invariant::ComesBack, "a slip is not offered again");
    }
    const auto at_home = [](const kiosk::Kiosk& kiosk) {
        return std::holds_alternative<kiosk::Welcome>(kiosk.screen) ||
               std::holds_alternative<kiosk::OutOfService>(kiosk.screen);
    };
    if (at_home(after) && !at_home(before)) nothing_is_left(after);
}

namespace {

// The booking that the kiosk is asked to end while it shows this screen.
std::optional<BookingId> ending_on(const kiosk::Screen& screen) {
    if (const auto* cancel = std::get_if<kiosk::KeepingCancel>(&screen)) {
        return cancel->holder.slip.booking.id;
    }
    const auto* change = std::get_if<kiosk::KeepingBooking>(&screen);
    if (change == nullptr || !change->choice.applicant.instead_of) return {};
    return change->choice.applicant.instead_of->booking.id;
}

// Where a kiosk goes on when nothing was kept.
bool is_refused(const kiosk::Screen& after) {
    return std::holds_alternative<kiosk::LookingUp>(after) ||
           std::holds_alternative<kiosk::ListingOffers>(after);
}

}  // namespace

void Books::wishes_told(DeviceId device, const kiosk::Screen& before, const kiosk::Screen& after) {
    const auto* booked = std::get_if<kiosk::Booked>(&after);
    if (booked != nullptr && std::holds_alternative<kiosk::KeepingBooking>(before)) {
        want(booked->earlier.has_value() == ending_on(before).has_value(),
             Invariant::NothingVanishes, "a change is told as a booking, or the other way round");
    }
    if (before.index() == after.index()) return;
    if (const auto asked = asked_.find(device); asked != asked_.end()) {
        const Asked wish = asked->second;
        asked_.erase(asked);
        // Even where nobody was told, because the kiosk died with the answer.
        if (!is_refused(after)) cancelled(wish.ending);
        if (std::holds_alternative<kiosk::CancelTaken>(after)) {
            ++cancels_;
            wishes_.push_back({device, wish.ending, {}, wish.at});
        }
        if (booked != nullptr) {
            ++changes_;
            wishes_.push_back({device, wish.ending, booked->slip.booking.id, wish.at});
        }
    }
    if (const auto ending = ending_on(after)) asked_[device] = {*ending, timeline_.now()};
}

void Books::applications_told(const kiosk::Screen& before, const kiosk::Screen& after,
                              const std::optional<Visitor>& visitor) {
    const auto* shown = std::get_if<kiosk::ShowingApplication>(&after);
    if (shown != nullptr && visitor) {
        want(shown->receipt.application.person == visitor->who().person, Invariant::ComesBack,
             "an application is shown to somebody else");
    }
    const auto* taken = std::get_if<kiosk::ApplicationTaken>(&after);
    if (taken == nullptr || !std::holds_alternative<kiosk::KeepingApplication>(before)) return;
    const Application& application = taken->receipt.application;
    applications_[application.id].push_back({application});
}

bool Books::may_have_ended(const BookingId& booking) const {
    return cancelled_.contains(booking) || std::ranges::any_of(asked_, [&](const auto& asked) {
               return asked.second.ending == booking;
           });
}

void Books::nothing_is_left(const kiosk::Kiosk& after) {
    kiosk::Kiosk as_new;
    as_new.settings = after.settings;
    as_new.ready = after.ready;
    as_new.online = after.online;
    as_new.town = after.town;
    as_new.clock_wrong = after.clock_wrong;
    as_new.backlog = after.backlog;
    as_new.printer_trouble = after.printer_trouble;
    if (after.ready) as_new.screen = kiosk::Welcome{};
    as_new.question_next = after.question_next;
    as_new.active_since = after.active_since;
    want(after == as_new, Invariant::NothingPersonalLeaks, "something of a visitor is left");
}

void Books::confirmed(DeviceId device, const kiosk::Applicant& applicant, const Slip& slip) {
    want(slip.booking.id.device == device, Invariant::OneEffect, "a booking of another device");
    want(slip.booking.person == applicant.resident.id, Invariant::NothingVanishes,
         "a booking for another person than asked");
    keeps_the_interval(applicant, slip);
    for (const auto& [id, earlier] : promises_) {
        const bool same = id.device == device && id != slip.booking.id &&
                          earlier.back().booking.person == slip.booking.person &&
                          earlier.back().booking.dose == slip.booking.dose;
        // A restored server may have had no seat for it any more; then people of the town know, and
        // if they found one later the device has it from the feed alone. What it was told to be
        // aside it takes for that, though the server that said so was put back since.
        const auto told = feed_.told_at.find(id);
        const bool aside =
            told == feed_.told_at.end()
                ? acknowledged_[device].contains(id.number) || kept_aside_.contains(id)
                : kept_aside_.contains(id) && cursors_[device] < told->second;
        want(!same || !earlier.back().remembered || may_have_ended(id) || aside,
             Invariant::OneBookingADose, "a device sold the same dose twice");
    }
    promises_[slip.booking.id].push_back({slip.booking});
}

void Books::keeps_the_interval(const kiosk::Applicant& applicant, const Slip& slip) {
    const auto& last = applicant.resident.last_dose;
    want(slip.booking.dose == (last ? last->number + 1 : 1), Invariant::IntervalIsKept,
         "a dose out of turn");
    if (!last) return;
    want(slip.slot.vaccine == last->vaccine, Invariant::IntervalIsKept, "another vaccine");
    const auto days = (slip.slot.date - last->date).count();
    want(days >= earliest_days(last->vaccine), Invariant::IntervalIsKept, "too early");
}

void Books::paper(const Slip& slip) {
    ++papers_;
    on_paper_.insert(slip.booking.id);
    // A booking that was on disk when its device died is first heard of when it is shown again. One
    // that the server made may have been lost with it.
    const bool of_server = slip.booking.id.device == DeviceId(0);
    if (!of_server && !promises_.contains(slip.booking.id) &&
        !feed_.bookings.contains(slip.booking.id)) {
        promises_[slip.booking.id].push_back({slip.booking});
    }
}

void Books::sent(DeviceId device, const HttpRequest& request,
                 const std::optional<Visitor>& visitor) {
    if (request.path == "/v1/events") {
        const auto push = sync::parse_push_request(request.body, device);
        want(push.ok(), Invariant::OneEffect, "a device sends what nobody can read");
        if (!push.ok()) return;
        for (const Envelope& envelope : push->events)
            kept_seats_are_kept(device, envelope);
    }
    if (!visitor) return;
    const std::string& ticket = visitor->who().ticket.number.digits();
    const std::string birth = std::to_string(visitor->who().birth_date.packed());
    for (const std::string& text : {request.path, request.body}) {
        want(text.find(ticket) == std::string::npos && text.find(birth) == std::string::npos,
             Invariant::NothingPersonalLeaks, "a ticket or a birth date is on its way");
    }
}

void Books::answered(DeviceId device, const HttpRequest& request, const HttpResponse& response) {
    if (request.path != "/v1/events" || response.status != 200 || restoring_) return;
    const auto answer = sync::parse_push_answer(response.body);
    if (!answer.ok()) return;
    for (const Answer& each : answer->answers) {
        acknowledged_[device].insert(each.number);
        const bool aside = each.verdict == Answer::Verdict::Aside;
        if (aside) kept_aside_.insert({device, each.number});
        sent_off_[device].insert(each.number);
    }
}

void Books::device_state(DeviceId device, const device::Engine& engine) {
    FeedPosition& reached = cursors_[device];
    want(reached <= engine.facts().cursor, Invariant::FeedIsInOrder, "a cursor ran backwards");
    reached = engine.facts().cursor;
    for (const auto& [slot, lease] : engine.facts().leases) {
        want(lease.holds(), Invariant::SeatsAddUp, "a device has sold more than it was granted");
    }
}

void Books::disk_gone(DeviceId device) {
    cursors_.erase(device);
    for (auto& [id, promises] : promises_) {
        if (id.device != device || !promises.back().remembered) continue;
        promises.back().remembered = false;
        promises.back().excused = !sent_off_[device].contains(id.number);
    }
    for (auto& [id, applicants] : applications_) {
        if (id.device != device || !applicants.back().remembered) continue;
        applicants.back().remembered = false;
        applicants.back().excused = !sent_off_[device].contains(id.number);
    }
    sent_off_.erase(device);
    for (Wish& wish : wishes_)
        wish.excused = wish.excused || wish.device == device;
}

// ---- the server

server::Reads* Books::reads() {
    if (!reads_) {
        auto opened = server::open_sqlite_reads(server_.database());
        if (opened.ok()) reads_ = std::move(opened).value();
    }
    return reads_.get();
}

void Books::server_died() {
    reads_.reset();
}

ServerBooks Books::server_books() const {
    return {feed_, acknowledged_};
}

void Books::server_restored(const ServerBooks& then) {
    reads_.reset();
    feed_ = then.feed;
    epoch_ends_ = true;
    restoring_ = true;
    touched_slots_.clear();
    touched_people_.clear();
    acknowledged_ = then.acknowledged;
    for (auto& [device, numbers] : sent_off_) {
        const auto& known = acknowledged_[device];
        std::erase_if(numbers, [&known](EventNumber number) { return !known.contains(number); });
    }
    for (auto& [id, promises] : promises_) {
        const bool known = acknowledged_[id.device].contains(id.number);
        for (Promise& promise : promises)
            promise.excused = promise.excused || (!promise.remembered && !known);
    }
    for (auto& [id, applicants] : applications_) {
        const bool known = acknowledged_[id.device].contains(id.number);
        for (Applicant& applicant : applicants)
            applicant.excused = applicant.excused || (!applicant.remembered && !known);
    }
}

bool Books::committed() {
    server::Reads* open = reads();
    if (open == nullptr) return false;
    const auto position = open->position();
    if (!position.ok()) {
        reads_.reset();
        return false;
    }
    const bool begins = feed_.at.epoch == 0 || epoch_ends_;
    if (begins && position->epoch > feed_.at.epoch) {
        feed_.at.epoch = position->epoch;
        epoch_ends_ = false;
    }
    want(feed_.at.epoch == position->epoch && feed_.at.number <= position->number,
         Invariant::FeedIsInOrder, "the feed runs backwards");
    while (!breach_ && feed_.at.number < position->number) {
        const auto page = open->feed(feed_.at, sync::kChangesMax);
        if (!page.ok()) {
            reads_.reset();
            return false;
        }
        want(!page->changes.empty(), Invariant::FeedIsInOrder, "the feed has a gap");
        for (const Change& change : page->changes) {
            ++feed_.at.number;
            follow(change);
        }
    }
    for (const SlotId slot : std::exchange(touched_slots_, {}))
        seats_of(slot);
    for (const PersonId person : std::exchange(touched_people_, {}))
        bookings_of(person);
    return true;
}

// The kiosks never come to hold more of a slot than their part. What is sold already, what staff
// move and what a smaller capacity leaves may be more.
void Books::share_is_kept(const Slot& before, const Slot& after) {
    const bool only_held = after.seats.held > before.seats.held &&
                           after.seats.booked <= before.seats.booked &&
                           after.seats.target == before.seats.target;
    if (!only_held || restoring_ || epoch_ends_) return;
    const SeatParts& parts = after.parts;
    const auto kiosks = [](const Slot& slot) {
        return slot.seats.booked + slot.seats.held - slot.parts.web - slot.parts.call_centre;
    };
    if (kiosks(after) <= kiosks(before) || !feed_.shares.kiosk) return;
    want(kiosks(after) <= part_of(after, feed_.shares, Channel::Kiosk), Invariant::SeatsAddUp,
         "the kiosks hold more than their share");
    const Date today = date_in_japan(timeline_.now());
    const int kept = kept_of(after, feed_.shares, Channel::Kiosk, today);
    const int later = parts.later - parts.web_later - parts.call_centre_later + parts.kept;
    const int open = kiosks(after) - later;
    want(open <= part_of(after, feed_.shares, Channel::Kiosk) - kept ||
             parts.kept > before.parts.kept,
         Invariant::SeatsAddUp, "seats that are kept for second doses are anybody's");
}

// What a device has in a slot for second doses it sells to nobody else before the day.
void Books::kept_seats_are_kept(DeviceId device, const Envelope& envelope) {
    const auto event = sync::read_event(envelope.body);
    if (!event.ok()) return;
    if (const auto* returned = std::get_if<SeatsReturned>(&event->body)) {
        std::int64_t& used = kept_used_[{device, returned->slot}];
        used = std::max(used, returned->kept_used);
    }
    const auto* sale = std::get_if<Booked>(&event->body);
    if (sale == nullptr) return;
    std::int64_t& before = kept_used_[{device, sale->booking.slot}];
    const bool took_kept = sale->kept_used > before;
    before = std::max(before, sale->kept_used);
    const auto slot = feed_.slots.find(sale->booking.slot);
    if (!took_kept || sale->booking.dose > 1 || slot == feed_.slots.end()) return;
    want(!keeps_for_later(feed_.shares, slot->second.date, date_in_japan(event->decided_at)),
         Invariant::SeatsAddUp, "a first dose was sold from a seat that is kept for second ones");
}

void Books::follow(const Change& change) {
    if (const auto* town = std::get_if<TownChanged>(&change)) feed_.shares = town->town.shares;
    if (const auto* slot = std::get_if<SlotChanged>(&change)) {
        const auto before = feed_.slots.find(slot->slot.id);
        if (before != feed_.slots.end()) share_is_kept(before->second, slot->slot);
        feed_.slots.insert_or_assign(slot->slot.id, slot->slot);
        touched_slots_.insert(slot->slot.id);
    }
    if (const auto* told = std::get_if<ApplicationChanged>(&change)) {
        feed_.applications.insert_or_assign(told->application.id, told->application);
        touched_people_.insert(told->application.person);
    }
    const auto* changed = std::get_if<BookingChanged>(&change);
    if (changed == nullptr) return;
    const Booking& booking = changed->booking;
    const auto known = feed_.bookings.find(booking.id);
    if (known != feed_.bookings.end()) {
        Booking before = known->second;
        if (movable_.contains(booking.id)) before.slot = booking.slot;
        want(same_place(before, booking), Invariant::OneEffect, "a booking became another one");
        want(known->second.version < booking.version, Invariant::OneEffect,
             "a booking's version did not rise");
        if (is_live(known->second)) {
            --feed_.expected[known->second.slot];
            if (known->second.dose > 1) --feed_.later[known->second.slot];
        }
        touched_slots_.insert(known->second.slot);
    }
    if (is_live(booking)) {
        ++feed_.expected[booking.slot];
        if (booking.dose > 1) ++feed_.later[booking.slot];
    }
    feed_.bookings.insert_or_assign(booking.id, booking);
    feed_.told_at.try_emplace(booking.id, feed_.at);
    feed_.of_person[booking.person].insert(booking.id);
    touched_slots_.insert(booking.slot);
    touched_people_.insert(booking.person);
}

void Books::seats_of(SlotId id) {
    const auto slot = feed_.slots.find(id);
    want(slot != feed_.slots.end(), Invariant::FeedIsInOrder, "a booking in a slot nobody told of");
    if (slot == feed_.slots.end()) return;
    const SeatCount& seats = slot->second.seats;
    want(seats.booked >= 0 && seats.held >= 0 && seats.free() >= 0, Invariant::SeatsAddUp,
         "a negative number of seats");
    want(seats.booked + seats.held + seats.free() == seats.capacity(), Invariant::SeatsAddUp,
         "booked, held and free are not the capacity");
    want(seats.booked == feed_.expected[id], Invariant::SeatsAddUp,
         "seats are booked by nobody, or twice");
    want(slot->second.parts.later == feed_.later[id], Invariant::SeatsAddUp,
         "seats of second doses are counted otherwise than they are booked");
}

void Books::bookings_of(PersonId person) {
    std::map<int, std::vector<BookingState>> by_dose;
    for (const BookingId& id : feed_.of_person[person]) {
        const Booking& booking = feed_.bookings.at(id);
        if (is_live(booking)) by_dose[booking.dose].push_back(booking.state);
    }
    for (const auto& [dose, states] : by_dose) {
        const auto doubled = std::ranges::count(states, BookingState::Doubled);
        const auto all = static_cast<std::ptrdiff_t>(states.size());
        if (all > 1) ++doubled_;
        want(all == 1 ? doubled == 0 : doubled == all, Invariant::OneBookingADose,
             "two bookings for a dose, and not both doubled");
    }
    for (const auto& [id, application] : feed_.applications) {
        if (application.person != person || application.state != ApplicationState::Waiting)
            continue;
        want(!by_dose.contains(application.dose), Invariant::OneBookingADose,
             "somebody waits for a dose who has a booking for it");
    }
}

void Books::inspect() {
    if (!committed()) return;
    server::Reads* open = reads();
    if (open == nullptr || breach_) return;
    leases_add_up(*open);
    worklist_is_right(*open);
    acknowledged_are_there(*open);
    chains_verify(*open);
    const auto bookings = open->bookings();
    if (!bookings.ok()) return;
    want(bookings->size() == feed_.bookings.size(), Invariant::FeedIsInOrder,
         "the feed did not tell of every booking");
    for (const auto& entry : *bookings) {
        const auto told = feed_.bookings.find(entry.booking.id);
        want(told != feed_.bookings.end() && told->second == entry.booking,
             Invariant::FeedIsInOrder, "the feed tells a booking otherwise");
    }
    const auto applications = open->applications(false);
    if (!applications.ok()) return;
    want(applications->size() == feed_.applications.size(), Invariant::FeedIsInOrder,
         "the feed did not tell of every application");
    for (const auto& entry : *applications) {
        const auto told = feed_.applications.find(entry.application.id);
        want(told != feed_.applications.end() && told->second == entry.application,
             Invariant::FeedIsInOrder, "the feed tells an application otherwise");
    }
}

void Books::leases_add_up(server::Reads& reads) {
    const auto leases = reads.leases();
    if (!leases.ok()) return;
    std::map<SlotId, std::int64_t> held;
    std::map<SlotId, std::int64_t> kept;
    for (const server::LeaseEntry& lease : *leases) {
        want(lease.used <= lease.granted && lease.left() >= 0, Invariant::SeatsAddUp,
             "a lease has used more than was granted");
        want(lease.kept_left() >= 0 && lease.kept_left() <= lease.left(), Invariant::SeatsAddUp,
             "a lease keeps more seats than it has");
        held[lease.slot] += lease.left();
        kept[lease.slot] += lease.kept_left();
    }
    for (const auto& [id, slot] : feed_.slots) {
        want(slot.seats.held == held[id], Invariant::SeatsAddUp,
             "held seats are not the sum of the leases");
        want(slot.parts.kept == kept[id], Invariant::SeatsAddUp,
             "kept seats are not the sum of the leases");
    }
}

void Books::worklist_is_right(server::Reads& reads) {
    const auto worklist = reads.worklist(true);
    if (!worklist.ok()) return;
    std::set<BookingId> listed;
    for (const auto& entry : *worklist) {
        want(entry.reason != "tail-lost", Invariant::AcknowledgedIsDurable,
             "a device shows the signature under events that the server has no more");
        if (entry.reason == "doubled" && entry.booking) listed.insert(*entry.booking);
    }
    for (const auto& [id, booking] : feed_.bookings) {
        want(booking.state != BookingState::Doubled || listed.contains(id),
             Invariant::OneBookingADose, "a doubled booking is on no worklist");
    }
}

void Books::chains_verify(server::Reads& reads) {
    const auto devices = reads.devices();
    if (!devices.ok()) return;
    for (const server::Device& device : *devices) {
        Digest head = kChainStart;
        for (std::int64_t n = 1; n <= device.events_known.number(); ++n) {
            const auto stored = reads.envelope(device.id, EventNumber(n));
            if (!stored.ok()) return;
            want(stored->has_value(), Invariant::ChainsVerify, "an event is missing in its chain");
            if (!stored->has_value()) return;
            want((*stored)->envelope.previous == head, Invariant::ChainsVerify,
                 "a chain does not verify");
            head = (*stored)->envelope.hash();
            want((*stored)->hash == head, Invariant::ChainsVerify, "an event was changed");
        }
        want(head == device.chain_head, Invariant::ChainsVerify, "a chain has lost its end");
    }
}

void Books::acknowledged_are_there(server::Reads& reads) {
    for (const auto& [device, numbers] : acknowledged_) {
        const auto strays = reads.strays(device);
        if (!strays.ok()) return;
        for (const EventNumber number : numbers) {
            const auto stored = reads.envelope(device, number);
            if (!stored.ok()) return;
            const bool aside = std::ranges::any_of(
                *strays, [&](const auto& stray) { return stray.envelope.number == number; });
            want(stored->has_value() || aside, Invariant::AcknowledgedIsDurable,
                 "an event that was acknowledged is gone");
        }
    }
}

// ---- the end

bool Books::stands_aside(server::Reads& reads, const Booking& booking) {
    const auto strays = reads.strays(booking.id.device);
    if (!strays.ok()) return false;
    return std::ranges::any_of(*strays, [&](const server::StoredEnvelope& stray) {
        const auto event = sync::read_event(stray.envelope.body);
        const auto* sold = event.ok() ? std::get_if<Booked>(&event->body) : nullptr;
        return sold != nullptr && same_place(sold->booking, booking);
    });
}

bool Books::is_kept(server::Reads& reads, const Promise& promise) {
    const Booking& booking = promise.booking;
    const auto known = feed_.bookings.find(booking.id);
    if (known != feed_.bookings.end() && same_place(known->second, booking)) {
        return is_live(known->second) || may_have_ended(booking.id);
    }
    const auto worklist = reads.worklist(false);
    const bool listed =
        worklist.ok() && std::ranges::any_of(*worklist, [&](const server::WorklistEntry& entry) {
            return entry.booking == booking.id;
        });
    if (!listed) return false;
    // The row names the event; what the person holds must be what was kept there.
    const auto stored = reads.envelope(booking.id.device, booking.id.number);
    if (!stored.ok()) return false;
    const auto event = stored->has_value()
                           ? std::optional(sync::read_event((*stored)->envelope.body))
                           : std::nullopt;
    const auto* sold = event && event->ok() ? std::get_if<Booked>(&(*event)->body) : nullptr;
    return (sold != nullptr && same_place(sold->booking, booking)) || stands_aside(reads, booking);
}

// The booking has ended, or people of the town see in the worklist that it was to.
bool Books::is_honoured(server::Reads& reads, const Wish& wish) {
    const auto known = feed_.bookings.find(wish.ended);
    if (known == feed_.bookings.end() || !is_live(known->second)) return true;
    const auto worklist = reads.worklist(false);
    const char* const stale = wish.instead ? "stale-change" : "stale-cancel";
    const BookingId stale_row = wish.instead.value_or(wish.ended);
    return worklist.ok() && std::ranges::any_of(*worklist, [&](const server::WorklistEntry& entry) {
               return entry.since >= wish.asked_at &&
                      ((entry.reason == stale && entry.booking == stale_row) ||
                       (entry.reason == "cancel-aside" && entry.booking == wish.ended));
           });
}

// Whatever came of it, the town has it, or a row of the worklist names its event.
bool Books::is_there(server::Reads& reads, const Applicant& applicant) {
    const Application& application = applicant.application;
    const auto known = feed_.applications.find(application.id);
    if (known != feed_.applications.end() && known->second.person == application.person &&
        known->second.choices == application.choices) {
        return true;
    }
    const auto worklist = reads.worklist(false);
    return worklist.ok() && std::ranges::any_of(*worklist, [&](const server::WorklistEntry& entry) {
               return entry.booking == application.id;
           });
}

void Books::reconcile() {
    inspect();
    server::Reads* open = reads();
    want(open != nullptr && committed(), Invariant::ComesBack, "the server's books cannot be read");
    if (breach_) return;
    for (const auto& [id, promises] : promises_) {
        for (const Promise& promise : promises) {
            want(promise.excused || is_kept(*open, promise), Invariant::NothingVanishes,
                 "booking " + id.short_number() +
                     " was confirmed, and is neither at the server nor on the worklist");
        }
    }
    for (const auto& [id, applicants] : applications_) {
        for (const Applicant& applicant : applicants) {
            want(applicant.excused || is_there(*open, applicant), Invariant::NothingVanishes,
                 "application " + id.short_number() +
                     " was kept, and is neither at the server nor on the worklist");
        }
    }
    for (const Wish& wish : wishes_) {
        want(wish.excused || is_honoured(*open, wish), Invariant::NothingVanishes,
             "booking " + wish.ended.short_number() +
                 " was to end, and stands as if nobody had wished it");
    }
}

// A call ends with the visit, and with the program: none stands that nobody makes.
void Books::calls_agree(DeviceId device, const device::Facts& facts, bool calls,
                        server::Reads& reads) {
    const auto standing = reads.calls(true);
    if (!standing.ok()) return;
    for (const Call& call : *standing) {
        if (call.id.device != device) continue;
        want(calls, Invariant::ComesToRest, "a call for staff stands, and nobody is there");
        const auto told = facts.calls.find(call.id);
        const bool same = told != facts.calls.end() && told->second == call;
        want(same || !call.is_live(timeline_.now()), Invariant::FeedIsInOrder,
             "a device knows its call otherwise");
    }
}

void Books::compare(DeviceId device, const device::Engine& engine, bool calls) {
    server::Reads* open = reads();
    if (open == nullptr) return;
    const auto status = engine.status();
    want(status.backlog.unanswered == 0, Invariant::ComesToRest, "events are still unanswered");
    if (status.fenced) return;  // it is told nothing more
    want(status.cursor == feed_.at, Invariant::ComesToRest, "a device does not follow the feed");
    const auto& facts = engine.facts();
    for (const auto& [id, slot] : feed_.slots) {
        const auto told = facts.slots.find(id);
        if (told == facts.slots.end()) continue;  // past when its snapshot was taken
        want(told->second == slot, Invariant::FeedIsInOrder, "a device knows a slot otherwise");
    }
    calls_agree(device, facts, calls, *open);
    const auto leases = open->leases();
    if (!leases.ok()) return;
    for (const server::LeaseEntry& lease : *leases) {
        if (lease.device != device || lease.taken_back > 0) continue;
        const auto found = facts.leases.find(lease.slot);
        const Lease held = found == facts.leases.end() ? Lease{} : found->second;
        const bool alike = held.granted == lease.granted && held.used == lease.used &&
                           held.kept == lease.kept && held.kept_used == lease.kept_used;
        want(alike, Invariant::ComesToRest,
             "device " + device.text() + " and the server do not agree on the lease of slot " +
                 lease.slot.text() + ": " + written(held) + " and " +
                 written({lease.granted, lease.used, lease.kept, lease.kept_used}));
    }
}

}  // namespace mado::simulation
