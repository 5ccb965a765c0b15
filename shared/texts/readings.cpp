#include "shared/texts/readings.h"

#include "shared/base/text.h"
#include "shared/texts/calendar_keys.h"
#include "shared/texts/spoken_digits.h"
#include "shared/texts/spoken_numbers.h"

#include <algorithm>

namespace mado {

Result<Readings, IoError> Readings::open(const std::filesystem::path& folder,
                                         std::string_view language) {
    auto texts = MADO_TRY(Texts::open_spoken(folder, language));
    return Readings(std::move(texts));
}

std::string Readings::number(int number, Counted counted) const {
    return spoken_number(number, counted, language());
}

std::string Readings::digits(std::string_view digits) const {
    return spoken_digits(digits, language());
}

std::string Readings::day(Date date) const {
    const auto ymd = calendar(date);
    const auto day = static_cast<int>(unsigned{ymd.day()});
    return say("date.day"_t, {{"month", month_name(ymd.month())},
                              {"day", number(day, Counted::DayOfMonth)},
                              {"weekday", say(kWeekdayKeys.at(weekday_of(date).c_encoding()))}});
}

std::string Readings::day_and_year(Date date) const {
    const auto ymd = calendar(date);
    const auto day = static_cast<int>(unsigned{ymd.day()});
    return say("date.day_and_year"_t,
               {{"year", number(int{ymd.year()}, Counted::WesternYear)},
                {"month", month_name(ymd.month())},
                {"day", number(day, Counted::DayOfMonth)},
                {"weekday", say(kWeekdayKeys.at(weekday_of(date).c_encoding()))}});
}

std::string Readings::month(std::chrono::year_month month) const {
    return say("date.month"_t, {{"year", number(int{month.year()}, Counted::WesternYear)},
                                {"month", month_name(month.month())}});
}

std::string Readings::month_name(std::chrono::month month) const {
    return say(kMonthKeys.at(unsigned{month} - 1));
}

std::string Readings::time(TimeOfDay time) const {
    const auto minutes = static_cast<int>(time.count());
    const int hour = minutes / 60 % 12;
    const int minute = minutes % 60;
    const bool morning = minutes < 12 * 60;
    const TextKey sharp = morning ? "time.morning_sharp"_t : "time.afternoon_sharp"_t;
    const TextKey other = morning ? "time.morning"_t : "time.afternoon"_t;
    return say(minute == 0 ? sharp : other,
               {{"hour", number(hour, Counted::Hour)},
                {"hour_of_12", number(hour == 0 ? 12 : hour, Counted::Hour)},
                {"minute", number(minute, Counted::Minute)}});
}

std::string Readings::name(const std::string& kana, const std::string& japanese,
                           const std::string& english) const {
    if (is_japanese()) return !kana.empty() ? kana : is_kana(japanese) ? japanese : std::string();
    // The pinyin voice reads Latin letters as pinyin, and makes a noise of them.
    return language() == "zh" ? std::string() : english;
}

bool is_kana(std::string_view text) {
    return std::ranges::all_of(characters_of(text), [](char32_t letter) {
        const bool kana = (letter >= U'ぁ' && letter <= U'ゖ') ||
                          (letter >= U'ァ' && letter <= U'ヶ') || letter == U'ー';
        return kana || std::u32string_view(U"、。？ 　").find(letter) != std::u32string_view::npos;
    });
}

}  // namespace mado
