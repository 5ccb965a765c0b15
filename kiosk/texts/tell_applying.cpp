// What a person applies for where no place suits.

#include "kiosk/texts/telling.h"

namespace mado::kiosk {

namespace {

void tell_places(const Receipt& receipt, Telling& telling) {
    const Readings& readings = telling.readings();
    for (const ChosenPlace& place : receipt.places) {
        telling.say_as_read(spoken_choice(static_cast<std::size_t>(place.rank), readings));
        telling.say_as_read(spoken_time(place.slot, readings));
        telling.say_as_read(spoken_venue(place.venue, readings));
    }
}

// Whoever knows the number can ask for the application, so it is nobody else's to hear.
void tell_printing(SlipState printing, const Receipt& receipt, Telling& telling) {
    const bool has_printer = telling.kiosk().settings.has_printer;
    const bool failed = printing == SlipState::Failed;
    if (failed || !has_printer) {
        if (has_printer) telling.printer();
        telling.say("slip.no_printer"_t);
        telling.whisper_as_read(spoken_booking_number(receipt.application.id, telling.readings()));
        if (has_printer) telling.offer({"slip.print_again"_t});
    } else if (printing == SlipState::NotAsked) {
        telling.offer({"applied.print"_t});
    } else {
        telling.say(printing == SlipState::Printing ? "applied.printing"_t : "applied.take"_t);
    }
}

void tell_next(const Receipt& receipt, Telling& telling) {
    telling.say("applied.next"_t,
                {{"telephone", telling.readings().digits(receipt.town.telephone)}});
}

}  // namespace

std::string spoken_choice(std::size_t rank, const Readings& readings) {
    const std::string number = readings.number(static_cast<int>(rank), Counted::Plain);
    return readings.say("apply.choice"_t, {{"number", number}});
}

void tell(const Applying& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    const Choice& choice = screen.choice;
    telling.say("apply.title"_t);
    std::size_t rank = 0;
    for (const Offer& offer : *choice.applying) {
        telling.say_as_read(spoken_choice(++rank, readings));
        telling.say_as_read(spoken_offer(offer, choice.list, readings));
    }
    telling.say("apply.not_booked"_t);
    telling.offer({"apply.send"_t});
    if (may_add(screen)) telling.say("apply.add"_t);
    for (std::size_t i = 1; i <= choice.applying->size(); ++i) {
        telling.say("apply.remove"_t,
                    {{"number", readings.number(static_cast<int>(i), Counted::Plain)}});
    }
}

void tell(const KeepingApplication&, Telling& telling) {
    telling.say("apply.keeping"_t);
    telling.say("wait.detail"_t);
}

void tell(const ApplicationTaken& screen, Telling& telling) {
    telling.say("applied.title"_t);
    telling.say("applied.kept"_t);
    tell_places(screen.receipt, telling);
    tell_next(screen.receipt, telling);
    tell_printing(screen.printing, screen.receipt, telling);
}

void tell_news(const ApplicationTaken& screen, Telling& telling) {
    tell_printing(screen.printing, screen.receipt, telling);
}

void tell(const ShowingApplication& screen, Telling& telling) {
    if (!is_waiting(screen.receipt)) {
        telling.say("applied.declined"_t);
        tell_places(screen.receipt, telling);
        telling.telephone("telephone.label"_t);
        return telling.offer({"applied.book_now"_t});
    }
    telling.say("applied.waiting"_t);
    telling.say("applied.title"_t);
    tell_places(screen.receipt, telling);
    tell_next(screen.receipt, telling);
    if (screen.printing != SlipState::Printing) {
        telling.offer({"applied.book_now"_t, "applied.withdraw"_t});
    }
    tell_printing(screen.printing, screen.receipt, telling);
}

void tell_news(const ShowingApplication& screen, Telling& telling) {
    tell_printing(screen.printing, screen.receipt, telling);
}

void tell(const AskingWithdrawal& screen, Telling& telling) {
    telling.say("withdraw.title"_t);
    tell_places(screen.receipt, telling);
    telling.offer({"withdraw.yes"_t, "withdraw.no"_t});
}

void tell(const KeepingWithdrawal&, Telling& telling) {
    telling.say("withdraw.keeping"_t);
    telling.say("wait.detail"_t);
}

void tell(const WithdrawalTaken& screen, Telling& telling) {
    telling.say("withdrawn.title"_t);
    tell_places(screen.receipt, telling);
    telling.say("withdrawn.detail"_t);
}

}  // namespace mado::kiosk
