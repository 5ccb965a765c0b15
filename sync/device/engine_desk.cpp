#include "sync/device/engine_state.h"
#include "sync/protocol/dose_record.h"

#include <algorithm>

namespace mado::device {

namespace {

// Compares all of it whatever comes first, and the same for a ticket on no list. A date that the
// ledger does not know whole is nobody's.
bool same_birth_date(const std::optional<Resident>& resident, const BirthDate& entered) {
    const int expected = resident ? resident->birth_date.reveal().packed() : 0;
    const auto difference =
        static_cast<unsigned>(expected) ^ static_cast<unsigned>(entered.packed());
    const bool whole = resident ? resident->birth_date.reveal().complete() : false;
    const unsigned missing = static_cast<unsigned>(!resident) | static_cast<unsigned>(!whole);
    return (difference | missing) == 0;
}

WishProgress progress_of(const std::optional<Answer::Verdict>& verdict) {
    if (!verdict) return WishProgress::OnItsWay;
    return *verdict == Answer::Verdict::Accepted ? WishProgress::Done : WishProgress::ForStaff;
}

}  // namespace

// ---- log-in

// The pause is settled before anything is looked up, so that it cannot tell what comes of it. The
// answer is decided at once: who leaves while it is kept back, or pulls the plug, has missed too.
void Engine::State::on(const LogIn& question, Instant now) {
    store.miss_budget().leak(miss_share(), now);
    const Instant answer_at = now + store.miss_budget().pause(miss_share());
    logins.push_back({log_in(question, now), answer_at});
    answer_logins(now);
}

void Engine::State::answer_logins(Instant now) {
    std::erase_if(logins, [&](PendingLogin& login) {
        if (now < login.answer_at) return false;
        answers.push_back(std::move(login.answer));
        return true;
    });
}

// Before there is a town nobody can log in.
int Engine::State::miss_share() const {
    const auto& town = store.facts().town;
    return town ? town->miss_share() : 1;
}

DeskAnswer Engine::State::log_in(const LogIn& question, Instant now) {
    const auto refused = [&](LoginRefusal reason) {
        return DeskAnswer(LoginRefused{question.question, reason});
    };
    if (!store.ready()) return refused(LoginRefusal::NotReady);
    const Instant when = time(now);
    const auto& ticket = question.ticket.reveal();
    const auto locator = sync::locate(store.identity().roster_key, ticket);
    const bool locked = store.lockout().locked(locator, when);
    const auto found = store.find_resident(ticket);
    if (!found.ok()) {
        trouble = found.error().what;
        return refused(LoginRefusal::NotReady);
    }
    const bool same = same_birth_date(*found, question.birth_date.reveal());
    if (locked || !same) store.miss_budget().count_miss(miss_share());
    if (locked) return refused(LoginRefusal::Locked);
    if (!same) {
        store.lockout().count_miss(locator, when);
        return refused(LoginRefusal::NoMatch);
    }
    store.lockout().forget(locator);

    Resident resident = **found;
    const auto bookings = store.bookings_of(resident.id);
    if (!bookings.ok()) {
        trouble = bookings.error().what;
        return refused(LoginRefusal::NotReady);
    }
    std::optional<EarlierDose> earlier;
    RecordUse use = RecordUse::None;
    if (question.record) use = use_record(*question.record, resident, earlier, when);
    const auto& last = resident.last_dose;
    if (last && !earlier) earlier = earlier_dose(*last, *bookings, store.facts().slots);
    Standing standing =
        standing_of(resident, *bookings, store.facts().vaccines, date_in_japan(when));
    if (earlier) standing = remembering(std::move(standing), *earlier);
    LoggedIn answer{question.question, resident, std::move(standing), std::nullopt, false, {}, use};
    if (const auto* has = std::get_if<HasBooking>(&answer.standing)) {
        answer.slip = slip_of(has->booking, when);
        // Where the disk cannot say it, a slip too many does no harm, and one too few does.
        answer.slip_owed = store.slip_owed(has->booking.id).value_or(true);
    }
    if (const auto* may = std::get_if<MayBook>(&answer.standing)) {
        auto applied = applied_for(resident.id, may->wish.dose);
        if (!applied.ok()) {
            trouble = applied.error().what;
            return refused(LoginRefusal::NotReady);
        }
        answer.application = std::move(*applied);
    }
    return answer;
}

// ---- dose records

// The roster's own word on a dose wins; what it does not have yet, a good record adds.
RecordUse Engine::State::use_record(std::string_view record, Resident& resident,
                                    std::optional<EarlierDose>& earlier, Instant when) const {
    const Facts& facts = store.facts();
    const auto& authority = store.identity().authority;
    if (!facts.town || !authority) return RecordUse::NotGood;
    const auto said = sync::read_statement(record, *authority);
    const bool ours = said.ok() && said->municipality == facts.town->municipality;
    if (!ours || said->person != resident.id) return RecordUse::NotGood;
    if (!can_be_believed(said->dose, facts.vaccines, date_in_japan(when))) {
        return RecordUse::NotGood;
    }
    const RecordUse use = weigh_record(said->dose, resident.last_dose);
    if (use == RecordUse::Used) resident.last_dose = said->dose;
    if (resident.last_dose == said->dose) {
        earlier = EarlierDose{said->dose.date, said->time, said->venue};
    }
    return use;
}

// ---- offers

Shares Engine::State::shares() const {
    const auto& town = store.facts().town;
    return town ? town->shares : Shares{};
}

std::int64_t Engine::State::held_for(const Slot& slot, int dose, Instant when) const {
    const auto& leases = store.facts().leases;
    const auto held = leases.find(slot.id);
    if (held == leases.end()) return 0;
    const bool keeps = keeps_for_later(shares(), slot.date, date_in_japan(when));
    return std::max<std::int64_t>(0, usable(held->second, dose, keeps));
}

int Engine::State::seats_in(const Slot& slot, int dose, Instant when) const {
    if (store.fenced()) return 0;
    const auto own = static_cast<int>(held_for(slot, dose, when));
    if (contact != Contact::Online) return own;
    return own + room_for(slot, shares(), Channel::Kiosk, dose, date_in_japan(when));
}

void Engine::State::on(const ListOffers& question, Instant now) {
    const Facts& facts = store.facts();
    const auto seats = [&](const Slot& slot) {
        if (!store.ready()) return 0;
        return question.offered == Offered::Seats ? seats_in(slot, question.wish.dose, time(now))
                                                  : slot.seats.capacity();
    };
    const Instant from = facts.town ? facts.town->bookable_from(time(now)) : time(now);
    answers.emplace_back(OffersListed{question.question,
                                      list_offers(question.resident, question.wish, facts.slots,
                                                  facts.venues, facts.vaccines, seats, from),
                                      contact == Contact::Online});
}

// ---- booking

std::optional<Slip> Engine::State::slip_of(const Booking& booking, Instant when) const {
    const Facts& facts = store.facts();
    const auto slot = facts.slots.find(booking.slot);
    if (slot == facts.slots.end() || !facts.town) return {};
    const auto venue = facts.venues.find(slot->second.venue);
    const auto vaccine = facts.vaccines.find(slot->second.vaccine);
    if (venue == facts.venues.end() || vaccine == facts.vaccines.end()) return {};
    const sync::SignedBooking signed_booking{facts.town->municipality,
                                             booking.id,
                                             booking.person,
                                             booking.dose,
                                             booking.slot,
                                             slot->second.date,
                                             slot->second.starts,
                                             store.identity().device};
    return Slip{booking,
                slot->second,
                venue->second,
                vaccine->second,
                *facts.town,
                change_until(slot->second, when),
                sync::write_slip_code(signed_booking, store.identity().signer)};
}

std::optional<Date> Engine::State::change_until(const Slot& slot, Instant when) const {
    const auto& town = store.facts().town;
    if (!town) return {};
    // The day itself may be the last.
    if (instant_in_japan(slot.date, slot.starts) <= when) return {};
    const Date until = last_day_to_change(slot.date, town->change_days_before);
    return until < date_in_japan(when) ? std::nullopt : std::optional(until);
}

void Engine::State::on(const Book& question, Instant now) {
    PendingBook book{question, now, {}, false, false, false, std::nullopt, {}, {}};
    if (!advance(book, now)) books.push_back(std::move(book));
}

void Engine::State::advance_desk(Instant now) {
    std::erase_if(books, [&](PendingBook& book) { return advance(book, now); });
    std::erase_if(cancels, [&](PendingCancel& cancel) { return advance(cancel, now); });
}

// Online nothing is promised before the server has seen that this run is the only one of its name.
bool Engine::State::may_promise() const {
    return contact == Contact::Offline || (contact == Contact::Online && started_answered);
}

bool Engine::State::refuse(const PendingBook& book, BookingRefusal reason) {
    answers.emplace_back(BookingRefused{book.question.question, reason});
    return true;
}

bool Engine::State::advance(PendingBook& book, Instant now) {
    if (book.slip) return confirm(book, now);
    if (store.fenced() || !store.ready()) return refuse(book, BookingRefusal::NoSeat);
    const bool patient = now < book.asked_at + kSeatPatience;
    if (!may_promise()) {
        if (patient) return false;
        if (contact == Contact::Online) return refuse(book, BookingRefusal::NoSeat);
        // Nobody has answered yet, nor failed: that is a network that is not there.
    }
    DoseWish wish;
    if (const auto reason = refusal_now(book, now, wish)) return refuse(book, *reason);
    book.dose = wish.dose;
    const Slot& slot = store.facts().slots.at(book.question.slot);
    if (held_for(slot, wish.dose, time(now)) > 0) return sell(book, wish, now);
    if (book.seat_not_kept) return refuse(book, BookingRefusal::StorageFailed);
    const bool hopeless = contact != Contact::Online || book.seat_answered || !patient;
    return hopeless && refuse(book, BookingRefusal::NoSeat);
}

// Against all that is known at this moment, own bookings included: whatever was true when the
// offers were shown may have changed.
std::optional<BookingRefusal> Engine::State::refusal_now(const PendingBook& book, Instant now,
                                                         DoseWish& wish) {
    const Facts& facts = store.facts();
    const auto slot = facts.slots.find(book.question.slot);
    if (slot == facts.slots.end()) return BookingRefusal::SlotUnknown;
    const bool complete = facts.town && facts.venues.contains(slot->second.venue) &&
                          facts.vaccines.contains(slot->second.vaccine);
    if (!complete) return BookingRefusal::SlotUnknown;

    const Resident& resident = book.question.resident;
    auto bookings = store.bookings_of(resident.id);
    if (!bookings.ok()) {
        trouble = bookings.error().what;
        return BookingRefusal::StorageFailed;
    }
    const Instant when = time(now);
    if (const auto& seen = book.question.instead_of) {
        const auto ending = std::ranges::find(*bookings, *seen, as_seen);
        const bool stands = ending != bookings->end() && ending->state != BookingState::Cancelled;
        if (const auto reason = change_refusal(stands ? &*ending : nullptr, when)) return reason;
        if (ending->slot == book.question.slot) return BookingRefusal::AlreadyBooked;
        bookings->erase(ending);
    }
    const auto standing = standing_of(resident, *bookings, facts.vaccines, date_in_japan(when));
    const Instant from = facts.town ? facts.town->bookable_from(when) : when;
    const auto reason = refusal_of(resident, standing, slot->second, facts.vaccines, from);
    if (reason) return reason;
    const auto* may = std::get_if<MayBook>(&standing);
    if (may == nullptr) return BookingRefusal::NotEligible;
    wish = may->wish;
    return {};
}

std::optional<BookingRefusal> Engine::State::change_refusal(const Booking* seen,
                                                            Instant when) const {
    if (seen == nullptr) return BookingRefusal::OtherVersion;
    const auto slot = store.facts().slots.find(seen->slot);
    const bool in_time =
        slot != store.facts().slots.end() && change_until(slot->second, when).has_value();
    if (!in_time) return BookingRefusal::TooLate;
    return {};
}

bool Engine::State::sell(PendingBook& book, const DoseWish& wish, Instant now) {
    const Sale sale{book.question.resident.id, wish.dose,
                    book.question.slot,        book.question.declared,
                    book.question.instead_of,  book.question.record};
    const auto kept = store.book(sale, nonce(), time(now));
    if (!kept.ok()) {
        trouble = kept.error().what;
        return refuse(book, BookingRefusal::StorageFailed);
    }
    book.slip = slip_of(*kept, time(now));
    MADO_CHECK(book.slip);  // refusal_now() saw all that a slip says
    book.kept_at = now;
    return confirm(book, now);
}

bool Engine::State::confirm(PendingBook& book, Instant now) {
    const bool waits =
        contact == Contact::Online && !book.verdict && now < book.kept_at + kAnswerPatience;
    if (waits) return false;
    BookingKept kept{book.question.question, *book.slip, {}};
    if (book.question.instead_of) kept.earlier = progress_of(book.verdict);
    answers.emplace_back(std::move(kept));
    return true;
}

bool Engine::State::wants_seat(const PendingBook& book) const {
    return !book.slip && book.dose && !book.wish_sent && !book.seat_answered;
}

// ---- cancelling

void Engine::State::on(const Cancel& question, Instant now) {
    PendingCancel cancel{question, now, {}, {}, {}};
    if (!advance(cancel, now)) cancels.push_back(std::move(cancel));
}

bool Engine::State::refuse(const PendingCancel& cancel, CancelRefusal reason) {
    answers.emplace_back(CancelRefused{cancel.question.question, reason});
    return true;
}

bool Engine::State::advance(PendingCancel& cancel, Instant now) {
    if (cancel.kept) return confirm(cancel, now);
    if (store.fenced() || !store.ready()) return refuse(cancel, CancelRefusal::NotReady);
    if (!may_promise()) {
        if (now < cancel.asked_at + kSeatPatience) return false;
        if (contact == Contact::Online) return refuse(cancel, CancelRefusal::NotReady);
    }
    if (const auto reason = refusal_now(cancel, now)) return refuse(cancel, *reason);
    const auto kept =
        store.wish_cancelled(cancel.question.booking, cancel.question.person, nonce(), time(now));
    if (!kept.ok()) {
        trouble = kept.error().what;
        return refuse(cancel, CancelRefusal::StorageFailed);
    }
    cancel.kept = *kept;
    cancel.kept_at = now;
    return confirm(cancel, now);
}

std::optional<CancelRefusal> Engine::State::refusal_now(const PendingCancel& cancel, Instant now) {
    const auto bookings = store.bookings_of(cancel.question.person);
    if (!bookings.ok()) {
        trouble = bookings.error().what;
        return CancelRefusal::StorageFailed;
    }
    const auto seen = std::ranges::find(*bookings, cancel.question.booking, as_seen);
    const bool stands = seen != bookings->end() && seen->state != BookingState::Cancelled;
    const auto refusal = change_refusal(stands ? &*seen : nullptr, time(now));
    if (!refusal) return {};
    return *refusal == BookingRefusal::TooLate ? CancelRefusal::TooLate
                                               : CancelRefusal::OtherVersion;
}

bool Engine::State::confirm(const PendingCancel& cancel, Instant now) {
    const bool waits =
        contact == Contact::Online && !cancel.verdict && now < cancel.kept_at + kAnswerPatience;
    if (waits) return false;
    answers.emplace_back(CancelKept{cancel.question.question, progress_of(cancel.verdict)});
    return true;
}

// ---- slips

void Engine::State::on(const NoteSlip& note, Instant now) {
    constexpr std::size_t kNotesMax = 100;
    if (notes.size() < kNotesMax) notes.push_back(note);
    write_notes(now);
}

// In order; what a full disk refuses is tried again later.
void Engine::State::write_notes(Instant now) {
    while (!notes.empty()) {
        const NoteSlip& note = notes.front();
        const auto written = store.note_slip(note.booking, note.printed, nonce(), time(now));
        if (!written.ok()) {
            trouble = written.error().what;
            return;
        }
        notes.erase(notes.begin());
    }
}

}  // namespace mado::device
