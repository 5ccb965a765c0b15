#include "kiosk/flow/transitions.h"

namespace mado::kiosk::steps {

Step on(const At& at, const Welcome&, const StartTouched&) {
    return show(at, Scanning{});
}

Step on(const At& at, const Scanning& screen, const TicketScanned& scan) {
    const auto& left = screen.left;
    if (left && left->ticket == scan.ticket && at.now < left->until) return nothing(at);
    Step next = show(at, AskingEra{scan.ticket});
    next.kiosk.visit.record = scan.record;
    return next;
}

Step on(const At& at, Scanning screen, const ScanRefused& scan) {
    screen.problem = scan.why;
    return show(at, screen);
}

Step on(const At& at, Scanning screen, const ScanHinted& scan) {
    screen.hint = scan.hint;
    return show(at, screen);
}

Step on(const At& at, Scanning screen, const CameraFailed&) {
    screen.camera_failed = true;
    return show(at, screen);
}

Step on(const At& at, Scanning screen, const CameraWorks&) {
    screen.camera_failed = false;
    return show(at, screen);
}

Step on(const At& at, const Scanning&, const TypeNumberTouched&) {
    return show(at, TypingNumber{Personal<std::string>{""}, {}});
}

Step on(const At& at, const Scanning&, const BackTouched&) {
    return go_home(at);
}

Personal<std::string> with_digit(const Personal<std::string>& digits, int digit, std::size_t max) {
    const std::string& so_far = digits.reveal();
    if (digit < 0 || digit > 9 || so_far.size() >= max) return digits;
    return Personal(so_far + static_cast<char>('0' + digit));
}

Personal<std::string> without_last(const Personal<std::string>& digits) {
    const std::string& so_far = digits.reveal();
    return Personal(so_far.substr(0, so_far.empty() ? 0 : so_far.size() - 1));
}

Step on(const At& at, const TypingNumber& screen, const DigitTouched& touch) {
    return show(at, TypingNumber{with_digit(screen.digits, touch.digit, kTicketDigits), {}});
}

Step on(const At& at, const TypingNumber& screen, const EraseTouched&) {
    return show(at, TypingNumber{without_last(screen.digits), {}});
}

Step on(const At& at, const TypingNumber& screen, const EnterTouched&) {
    if (!at.kiosk.town) return nothing(at);
    auto number = TicketNumber::parse(screen.digits.reveal());
    if (!number.ok()) return show(at, TypingNumber{screen.digits, number.error()});
    Step next = show(at, AskingEra{Personal(Ticket{at.kiosk.town->municipality, number.value()})});
    next.kiosk.visit.record.reset();
    return next;
}

Step on(const At& at, const TypingNumber&, const ScanInsteadTouched&) {
    return show(at, Scanning{});
}

Step on(const At& at, const TypingNumber&, const BackTouched&) {
    return show(at, Scanning{});
}

Step back_to_scanning(const At& at, const Personal<Ticket>& ticket) {
    Scanning scanning;
    scanning.left = LeftTicket{ticket, at.now + kReadAgainAfter};
    return show(at, scanning);
}

}  // namespace mado::kiosk::steps
