// What a person has already: a booking, all doses, or somebody to ask; and the end of a visit.

#include "kiosk/texts/keys.h"
#include "kiosk/texts/telling.h"

namespace mado::kiosk {

namespace {

void tell_booking(const Slip& slip, Telling& telling) {
    const Readings& readings = telling.readings();
    telling.say_as_read(spoken_time(slip.slot, readings));
    telling.say_as_read(spoken_venue(slip.venue, readings));
    telling.whisper_as_read(spoken_dose(slip.booking.dose, readings));
}

void tell_change_until(const Slip& slip, Telling& telling) {
    const Readings& readings = telling.readings();
    const std::string telephone = readings.digits(slip.town.telephone);
    if (slip.change_until) {
        telling.say("booking.change_until"_t,
                    {{"day", readings.day(*slip.change_until)}, {"telephone", telephone}});
    } else {
        telling.say("booking.change_late"_t, {{"telephone", telephone}});
    }
}

// Whoever knows the number can ask for the booking, so it is nobody else's to hear.
void tell_printing(SlipState printing, const BookingId& booking, TextKey offer, Telling& telling) {
    const bool has_printer = telling.kiosk().settings.has_printer;
    const bool copied =
        printing == SlipState::Failed || (printing == SlipState::NotAsked && !has_printer);
    if (copied) {
        if (has_printer) telling.printer();
        telling.say("slip.no_printer"_t);
        telling.whisper_as_read(spoken_booking_number(booking, telling.readings()));
        if (has_printer) telling.offer({"slip.print_again"_t});
    } else if (printing == SlipState::NotAsked) {
        telling.offer({offer});
    } else {
        telling.say(printing == SlipState::Printing ? "slip.printing"_t : "slip.take"_t);
    }
}

void tell_printing(const ShowingBooking& screen, Telling& telling) {
    tell_printing(screen.printing, screen.holder.slip.booking.id,
                  screen.slip_owed ? "booking.print_owed"_t : "booking.print_again"_t, telling);
}

void tell_printing(const Booked& screen, Telling& telling) {
    tell_printing(screen.printing, screen.slip.booking.id, "slip.print_again"_t, telling);
}

}  // namespace

void tell(const SeriesComplete& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    telling.whisper("complete.title"_t);
    telling.whisper("speech.received_on"_t, {{"dose", spoken_dose(screen.last.number, readings)},
                                             {"day", readings.day_and_year(screen.last.date)}});
    telling.whisper("complete.detail"_t);
    telling.point_at_screen();
}

void tell(const ShowingBooking& screen, Telling& telling) {
    telling.say("booking.title"_t);
    tell_booking(screen.holder.slip, telling);
    tell_printing(screen, telling);
    if (screen.printing != SlipState::Printing) {
        if (may_change(screen.holder)) telling.say("booking.change"_t);
        if (may_cancel(screen.holder)) telling.say("booking.cancel"_t);
    }
    tell_change_until(screen.holder.slip, telling);
}

void tell_news(const ShowingBooking& screen, Telling& telling) {
    tell_printing(screen, telling);
}

void tell(const AskingCancel& screen, Telling& telling) {
    telling.say("cancel.title"_t);
    tell_booking(screen.holder.slip, telling);
    telling.offer({"cancel.yes"_t, "cancel.no"_t});
}

void tell(const KeepingCancel&, Telling& telling) {
    telling.say("cancel.keeping"_t);
    telling.say("wait.detail"_t);
}

void tell(const CancelTaken& screen, Telling& telling) {
    switch (screen.progress) {
        case WishProgress::Done:
            telling.say("cancel_taken.done"_t);
            break;
        case WishProgress::OnItsWay:
            telling.say("cancel_taken.accepted"_t);
            telling.say("cancel_taken.on_its_way"_t);
            break;
        case WishProgress::ForStaff:
            telling.say("cancel_taken.not_done"_t);
            telling.say("cancel_taken.for_staff"_t);
            break;
    }
    tell_booking(screen.slip, telling);
    if (screen.progress != WishProgress::ForStaff) telling.say("cancel_taken.old_slip"_t);
}

void tell(const PleaseAskStaff& screen, Telling& telling) {
    telling.say("ask_staff.title"_t);
    telling.say(key_of(screen.reason));
    telling.telephone("telephone.label"_t);
}

void tell(const Booked& screen, Telling& telling) {
    const bool for_staff = screen.earlier == WishProgress::ForStaff;
    if (for_staff) telling.say("booked.earlier_for_staff"_t);
    telling.say(screen.earlier && !for_staff ? "booked.changed"_t : "booked.title"_t);
    tell_booking(screen.slip, telling);
    tell_printing(screen, telling);
    if (screen.earlier && !for_staff) telling.say("booked.use_this_slip"_t);
    if (!for_staff) tell_change_until(screen.slip, telling);
}

void tell_news(const Booked& screen, Telling& telling) {
    tell_printing(screen, telling);
}

void tell(const Farewell& screen, Telling& telling) {
    telling.say("farewell.title"_t);
    tell_news(screen, telling);
}

void tell_news(const Farewell&, Telling& telling) {
    telling.say(telling.kiosk().visit.ticket_in_view ? "farewell.ticket"_t : "farewell.wiped"_t);
}

}  // namespace mado::kiosk
