#pragma once

// What a person who has just said who they are can do next. The roster decides it, never the
// sticker that was held out.

#include "shared/domain/booking.h"
#include "shared/domain/resident.h"
#include "shared/domain/slot.h"

#include <optional>
#include <span>
#include <variant>

namespace mado {

// Doses of the first series; what follows is the town's table (an issue of its own).
constexpr int kSeriesDoses = 2;

// When and where the dose before was given, as far as it is known.
struct EarlierDose {
    Date date;
    std::optional<TimeOfDay> time = {};
    std::optional<VenueId> venue = {};

    bool operator==(const EarlierDose&) const = default;
};

// What a booking for this person must keep to, and what suits.
struct DoseWish {
    int dose = 1;
    Date not_before;                          // today, or the earliest day the interval allows
    std::optional<Date> suggested;            // the recommended day, for a dose after the first
    std::optional<VaccineCode> vaccine;       // the same as dose 1, for a dose after the first
    std::optional<EarlierDose> earlier = {};  // for a dose after the first

    bool operator==(const DoseWish&) const = default;
};

// clang-format off

struct MayBook     { DoseWish wish; };
// `change`: what another booking in its place must keep to; none where the rules of the day would
// not book this dose now, or where the person has a further booking, which people must settle.
struct HasBooking  { Booking booking; std::optional<DoseWish> change = {}; };
// The series is complete as far as this kiosk books it.
struct Complete    { DoseRecord last; };
// The ticket is no longer good; the screen says "please ask staff" and nothing else.
struct AskStaff    {};

// clang-format on

using Standing = std::variant<MayBook, HasBooking, Complete, AskStaff>;

// `bookings` are those of this person, in any state. A live booking for the next dose (or a later
// one, when the record of a dose is still on its way) wins over booking anew; one for a dose
// already on record counts no more. A dose to follow one whose vaccine the table does not hold, or
// an incomplete birth date, is AskStaff.
Standing standing_of(const Resident& resident, std::span<const Booking> bookings,
                     const VaccineTable& vaccines, Date today);

// The same with what `earlier` says, where it tells of the same dose and more of it.
Standing remembering(Standing standing, const EarlierDose& earlier);

// The time and place of the dose on record, where one of the person's bookings was for it: for that
// dose, on that day, in a slot that is still known.
std::optional<EarlierDose> earlier_dose(const DoseRecord& last, std::span<const Booking> bookings,
                                        const SlotTable& slots);

// Whether a dose that a signed record tells of may be: of a vaccine that is known, not of a day to
// come, and of the last two years.
bool can_be_believed(const DoseRecord& told, const VaccineTable& vaccines, Date today);

// What came of a dose record.
enum class RecordUse {
    None,     // there was none, or the roster knows of the dose, or of a later one
    Used,     // the dose counts, by the record alone
    NotGood,  // forged, another town's, another person's, too old, or of a day to come
    Differs,  // the roster has that dose otherwise: people of the town look at it
};
// What comes of a good one beside what the roster has.
RecordUse weigh_record(const DoseRecord& told, const std::optional<DoseRecord>& known);

enum class BookingRefusal {
    SlotUnknown,
    SlotPast,  // begins before now
    TooEarly,  // before the interval allows
    WrongVaccine,
    TooYoung,       // for this vaccine, on the slot's day; in law, age rises the day before
    AlreadyBooked,  // a live booking for this dose exists
    NotEligible,    // nothing to book: complete, or ask staff
    NoSeat,         // just filled, or none held and the network is away
    OtherVersion,   // a change: the booking is not what the person saw any more
    TooLate,        // a change: the last day for it has passed
    StorageFailed,  // nothing was booked; a full disk, a broken one
};

// Whether this person may take a seat in `slot`, against the facts at hand; no value where nothing
// speaks against it. What begins before `from` is past (Town::bookable_from). A closed slot (target
// 0) is NoSeat; whether an open one has a seat left is a matter of leases, and not asked here.
std::optional<BookingRefusal> refusal_of(const Resident& resident, const Standing& standing,
                                         const Slot& slot, const VaccineTable& vaccines,
                                         Instant from);

}  // namespace mado
