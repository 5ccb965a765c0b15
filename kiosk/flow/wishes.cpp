#include "kiosk/flow/transitions.h"

namespace mado::kiosk::steps {

namespace {

Step look_again(const At& at, const Holder& holder) {
    return log_in(at, holder.ticket, holder.birth, holder.resident.birth_date);
}

}  // namespace

Step on(const At& at, const ShowingBooking& screen, const ChangeTouched&) {
    const Holder& holder = screen.holder;
    if (!may_change(holder) || screen.printing == SlipState::Printing) return nothing(at);
    const Applicant applicant{holder.ticket, holder.birth, holder.resident, *holder.change,
                              holder.slip};
    // What was declared stands: it is asked of the person, not of the day.
    return list_offers(at, applicant, Personal(holder.slip.booking.declared), {});
}

Step on(const At& at, const ShowingBooking& screen, const CancelTouched&) {
    const bool prints = screen.printing == SlipState::Printing;
    if (!may_cancel(screen.holder) || prints) return nothing(at);
    return show(at, AskingCancel{screen.holder});
}

Step on(const At& at, const AskingCancel& screen, const YesTouched&) {
    const Booking& booking = screen.holder.slip.booking;
    return ask(at, KeepingCancel{screen.holder, {}}, Cancel{{}, booking.person, as_seen(booking)});
}

Step on(const At& at, const AskingCancel& screen, const NoTouched&) {
    return look_again(at, screen.holder);
}

Step on(const At& at, const AskingCancel& screen, const BackTouched&) {
    return look_again(at, screen.holder);
}

Step on(const At& at, const KeepingCancel& screen, const CancelKept& answer) {
    if (answer.question != screen.question) return nothing(at);
    return show(at, CancelTaken{screen.holder.slip, answer.progress});
}

Step on(const At& at, const KeepingCancel& screen, const CancelRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    switch (answer.reason) {
        // The booking as it is now says what is possible.
        case CancelRefusal::OtherVersion:
        case CancelRefusal::TooLate:
            return look_again(at, screen.holder);
        case CancelRefusal::NotReady:
        case CancelRefusal::StorageFailed:
            break;
    }
    return show(at, PleaseAskStaff{StaffReason::NothingChanged});
}

}  // namespace mado::kiosk::steps
