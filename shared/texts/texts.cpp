#include "shared/texts/texts.h"

#include "shared/base/text.h"
#include "shared/texts/calendar_keys.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <locale>
#include <set>
#include <stdexcept>

#include <boost/locale/gnu_gettext.hpp>

namespace mado {
namespace {

constexpr std::size_t kCatalogueBytesMax = 1u << 20;

// A number of a compiled catalogue, as msgfmt writes it on this machine; 0 beyond its end.
std::uint32_t number_at(std::string_view catalogue, std::size_t place) {
    std::uint32_t number = 0;
    if (place + sizeof(number) > catalogue.size()) return 0;
    std::memcpy(&number, catalogue.data() + place, sizeof(number));
    return number;
}

// The letters of a catalogue's texts. Its header says how many there are and where their table
// stands, which holds a length and a place for each (GNU gettext, "The Format of GNU MO Files").
std::u32string alphabet_of(std::string_view catalogue) {
    constexpr std::size_t kCountAt = 8;
    constexpr std::size_t kTableAt = 16;
    constexpr std::size_t kEntry = 8;
    constexpr std::size_t kPlace = 4;  // within an entry
    std::set<char32_t> found;
    for (std::size_t i = 0; i < number_at(catalogue, kCountAt); ++i) {
        const std::size_t entry = number_at(catalogue, kTableAt) + i * kEntry;
        const std::size_t place = number_at(catalogue, entry + kPlace);
        if (place >= catalogue.size()) break;
        for (const char32_t c :
             characters_of(catalogue.substr(place, number_at(catalogue, entry)))) {
            const bool control = c <= U' ' || (c >= 0x7F && c < 0xA0);
            if (!control && c != 0xFFFD) found.insert(c);
        }
    }
    return {found.begin(), found.end()};
}

std::string with_arguments(std::string_view text, std::span<const Argument> arguments) {
    std::string filled;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        filled += text.substr(0, open);
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const Argument* given = nullptr;
        for (const Argument& argument : arguments) {
            if (argument.name == name) given = &argument;
        }
        filled +=
            given != nullptr ? std::string_view(given->value) : text.substr(open, close - open + 1);
        text.remove_prefix(close + 1);
    }
    filled += text;
    return filled;
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

constexpr TextKey kLanguageName = "language.name"_t;
constexpr std::array kMonthsShort = {"month_short.1"_t,  "month_short.2"_t,  "month_short.3"_t,
                                     "month_short.4"_t,  "month_short.5"_t,  "month_short.6"_t,
                                     "month_short.7"_t,  "month_short.8"_t,  "month_short.9"_t,
                                     "month_short.10"_t, "month_short.11"_t, "month_short.12"_t};

}  // namespace

std::string_view language_of_locale(std::initializer_list<const char*> values) {
    for (const char* value : values) {
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("ja") ? "ja" : "en";
    }
    return "en";
}

struct Texts::Catalogue {
    using Messages = boost::locale::message_format<char>;

    // The locale owns the facet that holds the texts.
    std::locale locale;

    const char* find(const char* key) const {
        return std::use_facet<Messages>(locale).get(0, nullptr, key);
    }
};

Result<Texts, IoError> Texts::open(const std::filesystem::path& folder, std::string_view language) {
    return open_file(folder / language / "LC_MESSAGES" / "madoguchi.mo", language);
}

Result<Texts, IoError> Texts::open_spoken(const std::filesystem::path& folder,
                                          std::string_view language) {
    return open_file(folder / language / "LC_MESSAGES" / "spoken.mo", language);
}

Result<Texts, IoError> Texts::open_file(const std::filesystem::path& file,
                                        std::string_view language) {
    std::ifstream input(file, std::ios::binary);
    std::string bytes(kCatalogueBytesMax, '\0');
    input.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(input.gcount()));
    if (bytes.empty()) {
        return fail(IoError{IoError::Kind::Unavailable, "no catalogue at " + file.string()});
    }

    boost::locale::gnu_gettext::messages_info info;
    info.language = std::string(language);
    info.encoding = "UTF-8";
    info.domains.emplace_back("madoguchi");
    info.paths.emplace_back("/");
    info.callback = [&](const std::string&, const std::string&) {
        return std::vector<char>(bytes.begin(), bytes.end());
    };
    auto catalogue = std::make_shared<Catalogue>();
    try {
        catalogue->locale = std::locale(
            std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info));
    } catch (const std::exception& problem) {
        return fail(IoError{IoError::Kind::Corrupt, file.string() + ": " + problem.what()});
    }
    if (catalogue->find(kLanguageName.name) == nullptr) {
        return fail(IoError{IoError::Kind::Corrupt, file.string() + " is no catalogue of ours"});
    }
    return Texts(std::string(language), std::move(catalogue), alphabet_of(bytes));
}

std::string Texts::say(TextKey key, std::initializer_list<Argument> arguments) const {
    return say(key, std::span(arguments.begin(), arguments.size()));
}

Texts Texts::worded(std::map<std::string, std::string, std::less<>> texts) const {
    std::set<char32_t> letters(alphabet_.begin(), alphabet_.end());
    for (const auto& [key, text] : texts) {
        for (const char32_t letter : characters_of(text))
            if (letter > U' ') letters.insert(letter);
    }
    Texts own = *this;
    own.alphabet_.assign(letters.begin(), letters.end());
    own.worded_ = std::move(texts);
    return own;
}

bool Texts::has(TextKey key) const {
    return worded_.contains(std::string_view(key.name)) || catalogue_->find(key.name) != nullptr;
}

std::string Texts::say(TextKey key, std::span<const Argument> arguments) const {
    const auto own = worded_.find(std::string_view(key.name));
    if (own != worded_.end()) return with_arguments(own->second, arguments);
    const char* text = catalogue_->find(key.name);
    return with_arguments(text != nullptr ? text : key.name, arguments);
}

std::string Texts::day(Date date) const {
    const auto ymd = calendar(date);
    return say("date.day"_t, {{"month", say(kMonthsShort.at(unsigned{ymd.month()} - 1))},
                              {"day", std::to_string(unsigned{ymd.day()})},
                              {"weekday", weekday(weekday_of(date))}});
}

std::string Texts::day_and_year(Date date) const {
    const auto ymd = calendar(date);
    return say("date.day_and_year"_t, {{"year", std::to_string(int{ymd.year()})},
                                       {"month", say(kMonthsShort.at(unsigned{ymd.month()} - 1))},
                                       {"day", std::to_string(unsigned{ymd.day()})},
                                       {"weekday", weekday(weekday_of(date))}});
}

std::string Texts::month(std::chrono::year_month month) const {
    return say("date.month"_t,
               {{"year", std::to_string(int{month.year()})}, {"month", month_name(month.month())}});
}

std::string Texts::month_name(std::chrono::month month) const {
    return say(kMonthKeys.at(unsigned{month} - 1));
}

std::string Texts::weekday(std::chrono::weekday weekday) const {
    return say(kWeekdayKeys.at(weekday.c_encoding()));
}

std::string Texts::time(TimeOfDay time) const {
    const auto minutes = time.count();
    const auto hour = minutes / 60 % 12;
    const auto minute = minutes % 60;
    const bool morning = minutes < 12 * 60;
    const TextKey sharp = morning ? "time.morning_sharp"_t : "time.afternoon_sharp"_t;
    const TextKey other = morning ? "time.morning"_t : "time.afternoon"_t;
    return say(minute == 0 ? sharp : other, {{"hour", std::to_string(hour)},
                                             {"hour_of_12", std::to_string(hour == 0 ? 12 : hour)},
                                             {"minute", two_digits(minute)}});
}

std::string Texts::time_short(TimeOfDay time) const {
    return std::to_string(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

const std::string& Texts::name(const std::string& japanese, const std::string& english) const {
    return language_.starts_with("ja") || english.empty() ? japanese : english;
}

}  // namespace mado
