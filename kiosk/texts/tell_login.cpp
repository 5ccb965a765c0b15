// From the first screen until a person is known.

#include "kiosk/texts/keys.h"
#include "kiosk/texts/telling.h"

namespace mado::kiosk {

namespace {

void tell_ticket(const Ticket& ticket, Telling& telling) {
    telling.whisper("speech.ticket_number"_t,
                    {{"number", telling.readings().digits(ticket.number.digits())}});
}

// The digit that was typed last; that there is none any more.
void tell_last_digit(const std::string& digits, Telling& telling) {
    if (digits.empty()) {
        telling.say("speech.nothing_typed"_t);
    } else {
        telling.whisper_as_read(telling.readings().digits(digits.substr(digits.size() - 1)));
    }
}

void tell_digits(const std::string& digits, Telling& telling) {
    if (digits.empty()) return;
    telling.whisper("speech.typed"_t, {{"digits", telling.readings().digits(digits)}});
}

// Which era it is would give the birth date away.
void tell_range(const AskingYear& screen, Telling& telling) {
    if (!screen.years) return;
    const Readings& readings = telling.readings();
    const std::optional<Era>& era = screen.birth.reveal().era;
    const Counted counted = era ? Counted::EraYear : Counted::WesternYear;
    telling.say("impossible.title"_t);
    telling.whisper("year.out_of_range"_t,
                    {{"era", readings.say(key_of(era))},
                     {"first", readings.number(screen.years->first, counted)},
                     {"last", readings.number(screen.years->last, counted)}});
}

void tell_sight(const Scanning& screen, Telling& telling) {
    if (screen.camera_failed) {
        telling.say("scan.camera_failed"_t);
    } else if (screen.problem) {
        telling.say(scan_problem_key(*screen.problem));
    }
}

}  // namespace

void tell(const Welcome&, Telling& telling) {
    telling.say("welcome.title"_t);
    if (telling.readings().has({kNoticeKey})) telling.say({kNoticeKey});
    telling.say("welcome.needs"_t);
    if (!telling.kiosk().headset) telling.say("speech.plug_in"_t);
    telling.offer({"welcome.start"_t});
}

void tell(const OutOfService&, Telling& telling) {
    telling.say("out_of_service.title"_t);
    telling.say("out_of_service.detail"_t);
    telling.telephone("telephone.label"_t);
}

void tell(const Scanning& screen, Telling& telling) {
    tell_sight(screen, telling);
    if (!screen.camera_failed) {
        telling.say("scan.title"_t);
        if (!screen.problem) telling.say(key_of(screen.hint));
    }
    telling.offer({"scan.type_number"_t});
}

void tell_news(const Scanning& screen, Telling& telling) {
    if (screen.camera_failed || screen.problem) {
        tell_sight(screen, telling);
    } else {
        telling.say(key_of(screen.hint));
    }
}

void tell(const TypingNumber& screen, Telling& telling) {
    if (screen.problem) telling.say(typing_problem_key(*screen.problem));
    telling.say("typing.title"_t);
    tell_digits(screen.digits.reveal(), telling);
    telling.offer({"key.erase"_t, "key.enter"_t, "typing.scan_instead"_t});
}

void tell_news(const TypingNumber& screen, Telling& telling) {
    if (screen.problem) return tell(screen, telling);
    tell_last_digit(screen.digits.reveal(), telling);
}

void tell(const AskingEra& screen, Telling& telling) {
    telling.say("speech.ticket_read"_t);
    tell_ticket(screen.ticket.reveal(), telling);
    telling.say("era.title"_t);
    telling.offer({"era.meiji"_t, "era.taisho"_t, "era.showa"_t, "era.heisei"_t, "era.reiwa"_t,
                   "era.western"_t});
}

void tell(const AskingYear& screen, Telling& telling) {
    tell_range(screen, telling);
    const std::optional<Era>& era = screen.birth.reveal().era;
    telling.whisper(key_of(era));
    telling.say("speech.year_title"_t);
    tell_digits(screen.digits.reveal(), telling);
    telling.offer({"key.erase"_t, "key.enter"_t});
}

void tell_news(const AskingYear& screen, Telling& telling) {
    if (screen.years) return tell(screen, telling);
    tell_last_digit(screen.digits.reveal(), telling);
}

void tell(const AskingMonth& screen, Telling& telling) {
    telling.whisper_as_read(spoken_year(screen.birth.reveal(), telling.readings()));
    telling.say("month.title"_t);
}

void tell(const AskingDay& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    const BirthEntry& birth = screen.birth.reveal();
    const auto month = std::chrono::month(static_cast<unsigned>(birth.month));
    telling.whisper("birth.year_and_month"_t, {{"year", spoken_year(birth, readings)},
                                               {"month", readings.month_name(month)}});
    telling.say("day.title"_t);
}

void tell(const BirthImpossible& screen, Telling& telling) {
    const BirthEntry& birth = screen.birth.reveal();
    telling.say("impossible.title"_t);
    telling.whisper_as_read(spoken_birth(birth, telling.readings()));
    telling.whisper(key_of(screen.why), {{"era", telling.readings().say(key_of(birth.era))}});
    telling.point_at_screen();
    telling.offer({"impossible.again"_t});
}

void tell(const ConfirmingBirth& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    const BirthEntry& birth = screen.birth.reveal();
    telling.say("confirm_birth.title"_t);
    telling.whisper("confirm_birth.year"_t,
                    {{"year", spoken_year(birth, readings)},
                     {"zodiac", readings.say(key_of(screen.date.reveal().zodiac()))},
                     {"age", readings.number(screen.age.reveal(), Counted::Age)}});
    const auto month = std::chrono::month(static_cast<unsigned>(birth.month));
    telling.whisper("speech.born_on"_t, {{"month", readings.month_name(month)},
                                         {"day", readings.number(birth.day, Counted::DayOfMonth)}});
    telling.point_at_screen();
    telling.offer({"confirm_birth.yes"_t, "confirm_birth.no"_t});
}

void tell(const LookingUp&, Telling& telling) {
    telling.say("looking_up.title"_t);
    telling.say("looking_up.detail"_t);
}

void tell(const NotMatched& screen, Telling& telling) {
    telling.say("not_matched.title"_t);
    tell_ticket(screen.ticket.reveal(), telling);
    telling.say("not_matched.detail"_t);
    telling.offer({"not_matched.birth_again"_t, "not_matched.ticket_again"_t});
}

}  // namespace mado::kiosk
