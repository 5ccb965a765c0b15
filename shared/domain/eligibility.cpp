#include "shared/domain/eligibility.h"

#include <algorithm>
#include <tuple>

namespace mado {

namespace {

bool expects_the_person(const Booking& booking) {
    return booking.state != BookingState::Cancelled;
}

// The booking to speak of: of the earliest dose, one that stands before one that is disputed.
auto rank_of(const Booking& booking) {
    return std::tuple(booking.dose, booking.state, booking.id);
}

std::optional<Booking> live_booking(std::span<const Booking> bookings, int dose_next) {
    std::optional<Booking> found;
    for (const Booking& booking : bookings) {
        if (!expects_the_person(booking) || booking.dose < dose_next) continue;
        if (!found || rank_of(booking) < rank_of(*found)) found = booking;
    }
    return found;
}

DoseWish wish_after(const DoseRecord& last, const Vaccine& vaccine, Date today) {
    const Date not_before = std::max(today, earliest_second_dose(vaccine, last.date));
    const Date suggested = std::max(not_before, usual_second_dose(vaccine, last.date));
    return {last.number + 1, not_before, suggested, last.vaccine, EarlierDose{last.date}};
}

std::optional<BookingRefusal> refusal_without_booking(const Standing& standing) {
    if (std::holds_alternative<HasBooking>(standing)) return BookingRefusal::AlreadyBooked;
    if (!std::holds_alternative<MayBook>(standing)) return BookingRefusal::NotEligible;
    return {};
}

}  // namespace

Standing standing_of(const Resident& resident, std::span<const Booking> bookings,
                     const VaccineTable& vaccines, Date today) {
    if (!resident.valid || !resident.birth_date.reveal().complete()) return AskStaff{};
    const auto& last = resident.last_dose;
    if (last && last->number < 1) return AskStaff{};

    // Ledgers often name no vaccine beside dose 2; that matters only where a dose follows.
    const int dose_next = last ? last->number + 1 : 1;
    const bool follows = last && dose_next <= kSeriesDoses;
    if (follows && !vaccines.contains(last->vaccine)) return AskStaff{};
    std::optional<DoseWish> wish;
    if (!last) wish = DoseWish{dose_next, today, {}, {}, {}};
    if (follows) wish = wish_after(*last, vaccines.at(last->vaccine), today);
    if (const auto booking = live_booking(bookings, dose_next)) {
        const auto stands = [&](const Booking& other) {
            return expects_the_person(other) && other.dose >= dose_next;
        };
        const bool alone = std::ranges::count_if(bookings, stands) == 1;
        const bool may_change = alone && wish && wish->dose == booking->dose;
        return HasBooking{*booking, may_change ? wish : std::nullopt};
    }
    if (!wish) return Complete{*last};
    return MayBook{*wish};
}

Standing remembering(Standing standing, const EarlierDose& earlier) {
    const auto remember = [&](DoseWish& wish) {
        if (wish.earlier && wish.earlier->date == earlier.date) wish.earlier = earlier;
    };
    if (auto* may = std::get_if<MayBook>(&standing)) remember(may->wish);
    auto* has = std::get_if<HasBooking>(&standing);
    if (has != nullptr && has->change) remember(*has->change);
    return standing;
}

std::optional<EarlierDose> earlier_dose(const DoseRecord& last, std::span<const Booking> bookings,
                                        const SlotTable& slots) {
    for (const Booking& booking : bookings) {
        if (booking.dose != last.number || !expects_the_person(booking)) continue;
        const auto slot = slots.find(booking.slot);
        if (slot == slots.end() || slot->second.date != last.date) continue;
        return EarlierDose{last.date, slot->second.starts, slot->second.venue};
    }
    return {};
}

bool can_be_believed(const DoseRecord& told, const VaccineTable& vaccines, Date today) {
    constexpr std::chrono::days kOldest{2 * 366};
    return told.number >= 1 && vaccines.contains(told.vaccine) && told.date <= today &&
           told.date >= today - kOldest;
}

RecordUse weigh_record(const DoseRecord& told, const std::optional<DoseRecord>& known) {
    if (!known || known->number < told.number) return RecordUse::Used;
    if (known->number == told.number && *known != told) return RecordUse::Differs;
    return RecordUse::None;
}

std::optional<BookingRefusal> refusal_of(const Resident& resident, const Standing& standing,
                                         const Slot& slot, const VaccineTable& vaccines,
                                         Instant from) {
    if (const auto refusal = refusal_without_booking(standing)) return refusal;
    const DoseWish& wish = std::get<MayBook>(standing).wish;

    if (instant_in_japan(slot.date, slot.starts) < from) return BookingRefusal::SlotPast;
    if (slot.date < wish.not_before) return BookingRefusal::TooEarly;

    const auto vaccine = vaccines.find(slot.vaccine);
    const bool other_vaccine = wish.vaccine && *wish.vaccine != slot.vaccine;
    if (vaccine == vaccines.end() || other_vaccine) return BookingRefusal::WrongVaccine;

    const auto age = resident.birth_date.reveal().legal_age_on(slot.date);
    if (!age || *age < vaccine->second.age_min) return BookingRefusal::TooYoung;
    if (slot.seats.target == 0) return BookingRefusal::NoSeat;
    return {};
}

}  // namespace mado
