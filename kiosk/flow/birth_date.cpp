#include "kiosk/flow/transitions.h"

#include <utility>

namespace mado::kiosk::steps {

namespace {

constexpr int kWesternYearFirst = 1868;
constexpr std::size_t kEraYearDigits = 2;
constexpr std::size_t kWesternYearDigits = 4;

YearRange years_of(std::optional<Era> era, Date today) {
    if (era) return {1, last_year_of(*era, today)};
    return {kWesternYearFirst, static_cast<int>(calendar(today).year())};
}

Result<BirthDate, BirthDateError> date_of(const BirthEntry& birth, Date today) {
    if (birth.era) {
        return BirthDate::in_era(*birth.era, birth.year, birth.month, birth.day, today);
    }
    return BirthDate::western(birth.year, birth.month, birth.day, today);
}

AskingYear asking_year(const Personal<Ticket>& ticket, const BirthEntry& birth) {
    const std::string digits = birth.year == 0 ? "" : std::to_string(birth.year);
    return {ticket, Personal(birth), Personal(digits), {}};
}

Step take_year(const At& at, AskingYear screen) {
    if (screen.digits.reveal().empty()) return nothing(at);
    BirthEntry birth = screen.birth.reveal();
    const YearRange years = years_of(birth.era, at.today());
    birth.year = std::stoi(screen.digits.reveal());  // at most four digits
    if (birth.year < years.first || birth.year > years.last) {
        screen.years = years;
        return show(at, std::move(screen));
    }
    return show(at, AskingMonth{screen.ticket, Personal(birth)});
}

}  // namespace

Step judge_birth(const At& at, const Personal<Ticket>& ticket, const BirthEntry& birth) {
    const auto date = date_of(birth, at.today());
    if (!date.ok()) return show(at, BirthImpossible{ticket, Personal(birth), date.error()});
    const int age = date->age_on(at.today()).value_or(0);
    return show(at, ConfirmingBirth{ticket, Personal(birth), Personal(*date), Personal(age)});
}

Step on(const At& at, const AskingEra& screen, const EraTouched& touch) {
    return show(at, asking_year(screen.ticket, BirthEntry{touch.era, 0, 0, 0}));
}

Step on(const At& at, const AskingEra& screen, const BackTouched&) {
    return back_to_scanning(at, screen.ticket);
}

// The last digit that there is room for says "enter" too.
Step on(const At& at, AskingYear screen, const DigitTouched& touch) {
    const bool western = !screen.birth.reveal().era;
    const std::size_t digits_max = western ? kWesternYearDigits : kEraYearDigits;
    auto digits = with_digit(screen.digits, touch.digit, digits_max);
    if (digits == screen.digits) return nothing(at);
    screen.digits = std::move(digits);
    screen.years.reset();
    if (screen.digits.reveal().size() == digits_max) return take_year(at, std::move(screen));
    return show(at, std::move(screen));
}

Step on(const At& at, AskingYear screen, const EraseTouched&) {
    screen.digits = without_last(screen.digits);
    screen.years.reset();
    return show(at, std::move(screen));
}

Step on(const At& at, const AskingYear& screen, const EnterTouched&) {
    return take_year(at, screen);
}

Step on(const At& at, AskingYear screen, const FirstYearTouched&) {
    if (!screen.birth.reveal().era) return nothing(at);
    screen.digits = Personal<std::string>("1");
    return take_year(at, std::move(screen));
}

Step on(const At& at, const AskingYear& screen, const BackTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const AskingMonth& screen, const MonthTouched& touch) {
    if (touch.month < 1 || touch.month > 12) return nothing(at);
    BirthEntry birth = screen.birth.reveal();
    birth.month = touch.month;
    return show(at, AskingDay{screen.ticket, Personal(birth)});
}

Step on(const At& at, const AskingMonth& screen, const BackTouched&) {
    return show(at, asking_year(screen.ticket, screen.birth.reveal()));
}

Step on(const At& at, const AskingDay& screen, const DayTouched& touch) {
    if (touch.day < 1 || touch.day > 31) return nothing(at);
    BirthEntry birth = screen.birth.reveal();
    birth.day = touch.day;
    return judge_birth(at, screen.ticket, birth);
}

Step on(const At& at, const AskingDay& screen, const BackTouched&) {
    return show(at, AskingMonth{screen.ticket, screen.birth});
}

Step on(const At& at, const BirthImpossible& screen, const AgainTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const BirthImpossible& screen, const BackTouched&) {
    return show(at, AskingDay{screen.ticket, screen.birth});
}

Step on(const At& at, const ConfirmingBirth& screen, const YesTouched&) {
    return log_in(at, screen.ticket, screen.birth, screen.date);
}

Step on(const At& at, const ConfirmingBirth& screen, const NoTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const ConfirmingBirth& screen, const BackTouched&) {
    return show(at, AskingDay{screen.ticket, screen.birth});
}

}  // namespace mado::kiosk::steps
