#include "shared/texts/spoken_numbers.h"

#include "shared/base/check.h"
#include "shared/texts/spoken_digits.h"

#include <array>

namespace mado {

namespace {

using Names = std::array<std::string_view, 10>;

// How a Japanese number ends with what it counts: the sound changes with the last digit.
struct Ending {
    Names units;               // 1 to 9; of 0 the number nought itself
    std::string_view ten;      // 十, 二十 …
    std::string_view rounded;  // after 百 and 千
};

constexpr Ending kPlain = {
    {"ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"}, "じゅう", ""};
constexpr Ending kHour = {
    {"れいじ", "いちじ", "にじ", "さんじ", "よじ", "ごじ", "ろくじ", "しちじ", "はちじ", "くじ"},
    "じゅうじ",
    "じ"};
constexpr Ending kMinute = {{"れいふん", "いっぷん", "にふん", "さんぷん", "よんぷん", "ごふん",
                             "ろっぷん", "ななふん", "はっぷん", "きゅうふん"},
                            "じゅっぷん",
                            "ぷん"};
constexpr Ending kEraYear = {{"れいねん", "いちねん", "にねん", "さんねん", "よねん", "ごねん",
                              "ろくねん", "ななねん", "はちねん", "くねん"},
                             "じゅうねん",
                             "ねん"};
constexpr Ending kWesternYear = {{"れいねん", "いちねん", "にねん", "さんねん", "よねん", "ごねん",
                                  "ろくねん", "ななねん", "はちねん", "きゅうねん"},
                                 "じゅうねん",
                                 "ねん"};
constexpr Ending kAge = {{"れいさい", "いっさい", "にさい", "さんさい", "よんさい", "ごさい",
                          "ろくさい", "ななさい", "はっさい", "きゅうさい"},
                         "じゅっさい",
                         "さい"};
constexpr Ending kDose = {{"れいかいめ", "いっかいめ", "にかいめ", "さんかいめ", "よんかいめ",
                           "ごかいめ", "ろっかいめ", "ななかいめ", "はっかいめ", "きゅうかいめ"},
                          "じゅっかいめ",
                          "かいめ"};

constexpr Names kHundreds = {"",         "ひゃく",     "にひゃく",   "さんびゃく", "よんひゃく",
                             "ごひゃく", "ろっぴゃく", "ななひゃく", "はっぴゃく", "きゅうひゃく"};
constexpr Names kThousands = {"",       "せん",     "にせん",   "さんぜん", "よんせん",
                              "ごせん", "ろくせん", "ななせん", "はっせん", "きゅうせん"};

// None of these is put together.
constexpr std::array<std::string_view, 32> kDays = {
    "",
    "ついたち",
    "ふつか",
    "みっか",
    "よっか",
    "いつか",
    "むいか",
    "なのか",
    "ようか",
    "ここのか",
    "とおか",
    "じゅういちにち",
    "じゅうににち",
    "じゅうさんにち",
    "じゅうよっか",
    "じゅうごにち",
    "じゅうろくにち",
    "じゅうしちにち",
    "じゅうはちにち",
    "じゅうくにち",
    "はつか",
    "にじゅういちにち",
    "にじゅうににち",
    "にじゅうさんにち",
    "にじゅうよっか",
    "にじゅうごにち",
    "にじゅうろくにち",
    "にじゅうしちにち",
    "にじゅうはちにち",
    "にじゅうくにち",
    "さんじゅうにち",
    "さんじゅういちにち",
};

constexpr std::array<std::string_view, 13> kKoreanHours = {
    "영", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"};

std::string with_ending(int number, const Ending& ending) {
    const auto digit = [&](int place) { return static_cast<std::size_t>(number / place % 10); };
    if (number == 0) return std::string(ending.units[0]);
    std::string spoken;
    spoken += kThousands.at(digit(1000));
    spoken += kHundreds.at(digit(100));
    if (digit(10) > 1) spoken += kPlain.units.at(digit(10));
    if (digit(1) > 0) {
        if (digit(10) > 0) spoken += kPlain.ten;
        spoken += ending.units.at(digit(1));
    } else {
        spoken += digit(10) > 0 ? ending.ten : ending.rounded;
    }
    return spoken;
}

std::string in_japanese(int number, Counted counted) {
    constexpr int kOfAge = 20;
    switch (counted) {
        case Counted::Plain:
            return with_ending(number, kPlain);
        case Counted::DayOfMonth:
            return std::string(kDays.at(static_cast<std::size_t>(number)));
        case Counted::Hour:
            return with_ending(number, kHour);
        case Counted::Minute:
            return with_ending(number, kMinute);
        case Counted::EraYear:
            return with_ending(number, kEraYear);
        case Counted::WesternYear:
            return with_ending(number, kWesternYear);
        case Counted::Age:
            return number == kOfAge ? "はたち" : with_ending(number, kAge);
        case Counted::Dose:
            return with_ending(number, kDose);
    }
    return {};
}

// A year is read by its digits, and two o'clock has a two of its own.
std::string in_chinese(int number, Counted counted) {
    const std::string figures = std::to_string(number);
    if (counted == Counted::Hour && number == 2) return "liang3";
    if (counted != Counted::WesternYear) return figures;
    std::string spoken;
    for (const char digit : figures) {
        if (!spoken.empty()) spoken += ' ';
        spoken += spoken_digits(std::string(1, digit), "zh");
    }
    return spoken;
}

}  // namespace

std::string spoken_number(int number, Counted counted, std::string_view language) {
    constexpr int kNumberMax = 9999;
    MADO_CHECK(number >= 0 && number <= kNumberMax);
    if (language == "ja" || language == "ja_easy") return in_japanese(number, counted);
    if (language == "zh") return in_chinese(number, counted);
    const bool has_korean_name = number < static_cast<int>(kKoreanHours.size());
    if (language == "ko" && counted == Counted::Hour && has_korean_name) {
        return std::string(kKoreanHours.at(static_cast<std::size_t>(number)));
    }
    return std::to_string(number);
}

}  // namespace mado
