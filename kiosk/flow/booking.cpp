#include "kiosk/flow/transitions.h"

#include <utility>

namespace mado::kiosk::steps {

Step on(const At& at, const ConfirmingBooking& screen, const YesTouched&) {
    const Applicant& applicant = screen.choice.applicant;
    Book book{{}, applicant.resident,   screen.offer.slot.id, screen.choice.declared.reveal(),
              {}, at.kiosk.visit.record};
    if (applicant.instead_of) book.instead_of = as_seen(applicant.instead_of->booking);
    return ask(at, KeepingBooking{screen.choice, screen.offer, {}}, std::move(book));
}

Step on(const At& at, const ConfirmingBooking& screen, const BackTouched&) {
    if (screen.from == ChosenFrom::Suggested) return suggest(at, screen.choice);
    const Slot& slot = screen.offer.slot;
    return choose_time(at, screen.choice, slot.venue, slot.date, slot.id);
}

Step on(const At& at, const ConfirmingBooking& screen, const NoTouched&) {
    return on(at, screen, BackTouched{});
}

Step on(const At& at, const KeepingBooking& screen, const BookingKept& answer) {
    if (answer.question != screen.question) return nothing(at);
    return print(at, Booked{answer.slip, SlipState::Printing, {}, answer.earlier});
}

Step on(const At& at, const KeepingBooking& screen, const BookingRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    const Applicant& applicant = screen.choice.applicant;
    const auto list_again = [&](OfferNotice notice) {
        return list_offers(at, applicant, screen.choice.declared, notice);
    };
    switch (answer.reason) {
        case BookingRefusal::NoSeat:
        case BookingRefusal::SlotUnknown:
        case BookingRefusal::SlotPast:
            return list_again(OfferNotice::JustFilled);
        case BookingRefusal::TooEarly:
        case BookingRefusal::WrongVaccine:
        case BookingRefusal::TooYoung:
            return list_again(OfferNotice::NotPossible);
        // What there is to know has changed since the log-in: look again, and show that.
        case BookingRefusal::AlreadyBooked:
        case BookingRefusal::NotEligible:
        case BookingRefusal::OtherVersion:
        case BookingRefusal::TooLate:
            return log_in(at, applicant.ticket, applicant.birth, applicant.resident.birth_date);
        case BookingRefusal::StorageFailed:
            break;
    }
    return show(at, PleaseAskStaff{applicant.instead_of ? StaffReason::NothingChanged
                                                        : StaffReason::StorageFailed});
}

}  // namespace mado::kiosk::steps
