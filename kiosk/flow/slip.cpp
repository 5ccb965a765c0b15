#include "kiosk/flow/transitions.h"

#include <utility>

namespace mado::kiosk::steps {

namespace {

const Slip& slip_of(const Booked& screen) {
    return screen.slip;
}

const Slip& slip_of(const ShowingBooking& screen) {
    return screen.holder.slip;
}

template <class WithSlip>
Step print_slip(const At& at, WithSlip screen) {
    Step next{at.kiosk, {}};
    screen.job = take_id(next.kiosk);
    screen.printing = SlipState::Printing;
    next.effects.push_back(PrintSlip{screen.job, slip_of(screen), at.kiosk.visit.language});
    next.kiosk.screen = std::move(screen);
    return next;
}

}  // namespace

Step print(const At& at, const Booked& screen) {
    return print_slip(at, screen);
}

Step on(const At& at, const Booked& screen, const PrintTouched&) {
    if (screen.printing != SlipState::Failed) return nothing(at);
    return print_slip(at, screen);
}

Step on(const At& at, const Booked& screen, const SlipPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Printed);
}

Step on(const At& at, const Booked& screen, const SlipNotPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Failed);
}

Step on(const At& at, const ShowingBooking& screen, const PrintTouched&) {
    if (screen.printing == SlipState::Printing) return nothing(at);
    return print_slip(at, screen);
}

Step on(const At& at, const ShowingBooking& screen, const SlipPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Printed);
}

Step on(const At& at, const ShowingBooking& screen, const SlipNotPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Failed);
}

}  // namespace mado::kiosk::steps
