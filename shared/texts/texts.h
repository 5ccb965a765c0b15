#pragma once

// What people read, in their language: on screens, slips and terminals.
//
// Every text has a short stable key ("booked.title"), never an English sentence, so that English is
// a catalogue like any other and a changed wording changes no code. A language is one file,
// assets/locale/<language>.po, compiled by msgfmt; dates, weekdays and times are put together from
// patterns of the same file. tests/lint/catalogues.py holds code and catalogues to each other.

#include "shared/base/instant.h"
#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado {

// The name of a text; written "booked.title"_t, which is what the lint looks for.
struct TextKey {
    const char* name = "";

    bool operator==(const TextKey& other) const { return std::string_view(name) == other.name; }
};

inline namespace literals {

constexpr TextKey operator""_t(const char* name, std::size_t) {
    return {name};
}

}  // namespace literals

// What stands for {name} in a text.
struct Argument {
    std::string_view name;
    std::string value;

    bool operator==(const Argument&) const = default;
};

// The language that a terminal asks for, "ja" or "en", by the values of LC_ALL, LC_MESSAGES and
// LANG in this order (null where one is not set): the first that says anything decides.
std::string_view language_of_locale(std::initializer_list<const char*> values);

class Texts {
  public:
    // Reads <folder>/<language>/LC_MESSAGES/madoguchi.mo. Unavailable where there is none, Corrupt
    // where it is no catalogue.
    static Result<Texts, IoError> open(const std::filesystem::path& folder,
                                       std::string_view language);
    // The same of spoken.mo beside it: the texts as they are read aloud (readings.h).
    static Result<Texts, IoError> open_spoken(const std::filesystem::path& folder,
                                              std::string_view language);

    // The catalogue's name: "ja", "ja_easy", "en".
    const std::string& language() const { return language_; }

    // The text, with {name} replaced by each argument's value. A text that the catalogue lacks
    // comes out as its key, so that it shows.
    std::string say(TextKey key, std::initializer_list<Argument> arguments = {}) const;
    std::string say(TextKey key, std::span<const Argument> arguments) const;

    // 7月5日（月）, Mon 5 July
    std::string day(Date date) const;
    // 2021年12月5日（日）, Sun 5 Dec 2021
    std::string day_and_year(Date date) const;
    // 2021年7月, July 2021
    std::string month(std::chrono::year_month month) const;
    // 7月, July
    std::string month_name(std::chrono::month month) const;
    // 日, Sun
    std::string weekday(std::chrono::weekday weekday) const;
    // 午前9時30分, 9:30 am
    std::string time(TimeOfDay time) const;
    // 9:30
    std::string time_short(TimeOfDay time) const;

    // Of a name that is kept in both: the Japanese one for Japanese, easy or not, otherwise the
    // English one, where there is one.
    const std::string& name(const std::string& japanese, const std::string& english) const;

    // The same, with these texts in place of the catalogue's, by key; a key that it lacks is a text
    // of its own from now on.
    Texts worded(std::map<std::string, std::string, std::less<>> texts) const;
    // Whether there is such a text.
    bool has(TextKey key) const;

    // Every character of the catalogue, each once.
    const std::u32string& alphabet() const { return alphabet_; }

  private:
    struct Catalogue;

    static Result<Texts, IoError> open_file(const std::filesystem::path& file,
                                            std::string_view language);

    Texts(std::string language, std::shared_ptr<const Catalogue> catalogue, std::u32string alphabet)
        : language_(std::move(language)),
          catalogue_(std::move(catalogue)),
          alphabet_(std::move(alphabet)) {}

    std::string language_;
    std::shared_ptr<const Catalogue> catalogue_;
    std::u32string alphabet_;
    std::map<std::string, std::string, std::less<>> worded_;
};

}  // namespace mado
