#include "kiosk/flow/transitions.h"

namespace mado::kiosk::steps {

namespace {

Step found(const At& at, const LookingUp& screen, const LoggedIn& answer, const MayBook& standing) {
    const Applicant applicant{
        screen.ticket, screen.birth, answer.resident,
        standing.wish, std::nullopt, answer.application && is_waiting(*answer.application)};
    if (answer.application) return show(at, ShowingApplication{applicant, *answer.application});
    if (is_ahead(at, applicant)) return show(at, IntervalAhead{applicant});
    return show(at, Declaring{applicant});
}

Step found(const At& at, const LookingUp& screen, const LoggedIn& answer,
           const HasBooking& standing) {
    if (!answer.slip) return show(at, PleaseAskStaff{StaffReason::BookingUnclear});
    const Holder holder{screen.ticket, screen.birth, answer.resident, *answer.slip,
                        standing.change};
    return show(at, ShowingBooking{holder, answer.slip_owed, SlipState::NotAsked, {}});
}

Step found(const At& at, const LookingUp&, const LoggedIn&, const Complete& standing) {
    return show(at, SeriesComplete{standing.last});
}

Step found(const At& at, const LookingUp&, const LoggedIn&, const AskStaff&) {
    return show(at, PleaseAskStaff{StaffReason::TicketNotGood});
}

// A record that does not speak for this person, or against the town's own books.
std::optional<Step> at_staff(const At& at, RecordUse record) {
    if (record == RecordUse::NotGood) return show(at, PleaseAskStaff{StaffReason::RecordNotGood});
    if (record == RecordUse::Differs) return show(at, PleaseAskStaff{StaffReason::RecordDiffers});
    return {};
}

}  // namespace

Step log_in(const At& at, const Personal<Ticket>& ticket, const Personal<BirthEntry>& birth,
            const Personal<BirthDate>& date) {
    return ask(at, LookingUp{ticket, birth, {}}, LogIn{{}, ticket, date, at.kiosk.visit.record});
}

Step on(const At& at, const LookingUp& screen, const LoggedIn& answer) {
    if (answer.question != screen.question) return nothing(at);
    const auto by_standing = [&](const auto& standing) {
        return found(at, screen, answer, standing);
    };
    Step next = at_staff(at, answer.record).value_or(std::visit(by_standing, answer.standing));
    // It goes into the booking where nothing else says that the dose was given.
    if (answer.record != RecordUse::Used) next.kiosk.visit.record.reset();
    return next;
}

Step on(const At& at, const LookingUp& screen, const LoginRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    switch (answer.reason) {
        case LoginRefusal::NotReady:
            return show(at, PleaseAskStaff{StaffReason::NotReady});
        case LoginRefusal::Locked:
            return show(at, PleaseAskStaff{StaffReason::Locked});
        case LoginRefusal::NoMatch:
            break;
    }
    const int misses = at.kiosk.visit.misses + 1;
    Step next = misses < kMissesMax ? show(at, NotMatched{screen.ticket})
                                    : show(at, PleaseAskStaff{StaffReason::TooManyMisses});
    next.kiosk.visit.misses = misses;
    return next;
}

Step on(const At& at, const LookingUp& screen, const BackTouched&) {
    return judge_birth(at, screen.ticket, screen.birth.reveal());
}

Step on(const At& at, const NotMatched& screen, const AgainTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const NotMatched&, const ScanInsteadTouched&) {
    return show(at, Scanning{});
}

Step on(const At& at, const NotMatched& screen, const BackTouched&) {
    return back_to_scanning(at, screen.ticket);
}

}  // namespace mado::kiosk::steps
