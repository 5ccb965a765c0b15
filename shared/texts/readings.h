#pragma once

// What people hear, in their language, as a voice can read it: kana for Japanese, pinyin with its
// tones for Chinese, and everywhere "Monday" where a screen says "Mon".
//
// The texts have the keys of those that are shown, and catalogues of their own:
// assets/locale/spoken/<language>.po. Where a language is read as it is written, that file holds
// only what is read otherwise. Numbers with what they count have readings of their own in Japanese
// (二十日 is hatsuka), so they are put together here.

#include "shared/texts/texts.h"

#include <string>
#include <string_view>

namespace mado {

// What a number counts. In Japanese the reading has the word for it too: ごさい, よじ.
enum class Counted {
    Plain,
    DayOfMonth,   // 1 to 31
    Hour,         // 0 to 23
    Minute,       // 0 to 59
    EraYear,      // 14 of 昭和14年
    WesternYear,  // 1939
    Age,
    Dose,  // 2 of 2回目
};

class Readings {
  public:
    // Reads <folder>/<language>/LC_MESSAGES/spoken.mo; errors as of Texts::open().
    static Result<Readings, IoError> open(const std::filesystem::path& folder,
                                          std::string_view language);

    const std::string& language() const { return texts_.language(); }

    // As of Texts.
    Readings worded(std::map<std::string, std::string, std::less<>> readings) const {
        return Readings(texts_.worded(std::move(readings)));
    }
    bool has(TextKey key) const { return texts_.has(key); }

    // A text that the catalogue lacks comes out as its key.
    std::string say(TextKey key, std::initializer_list<Argument> arguments = {}) const {
        return texts_.say(key, arguments);
    }

    // `number` from 0 to 9999.
    std::string number(int number, Counted counted) const;
    // Digit by digit.
    std::string digits(std::string_view digits) const;
    // しちがつ いつか、げつようび
    std::string day(Date date) const;
    std::string day_and_year(Date date) const;
    std::string month(std::chrono::year_month month) const;
    std::string month_name(std::chrono::month month) const;
    // ごぜん くじ さんじゅっぷん
    std::string time(TimeOfDay time) const;

    // A name that is kept in kana, Japanese and English, as this language can read it; empty where
    // it cannot. A Japanese name is its own reading where it is of kana alone.
    std::string name(const std::string& kana, const std::string& japanese,
                     const std::string& english) const;

  private:
    explicit Readings(Texts texts) : texts_(std::move(texts)) {}

    bool is_japanese() const { return language().starts_with("ja"); }

    Texts texts_;
};

// Whether a voice can read it as Japanese: kana, its punctuation, spaces and nothing else.
bool is_kana(std::string_view text);

}  // namespace mado
