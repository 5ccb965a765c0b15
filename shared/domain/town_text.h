#pragma once

// A text of the catalogues that the town has worded anew, or one that it alone has, as a notice.

#include <compare>
#include <cstddef>
#include <map>
#include <string>

namespace mado {

constexpr std::size_t kTownTextBytesMax = 1000;
constexpr std::size_t kTownTextsMax = 500;  // in all languages together

// A line of the town's own on the first screen, which no catalogue has: 「本日は午後3時まで」.
inline constexpr const char* kNoticeKey = "notice";

struct TextName {
    std::string language;  // as the catalogues name it: "ja_easy"
    std::string key;       // "welcome.title"

    auto operator<=>(const TextName&) const = default;
};

struct TownText {
    TextName name;
    std::string text;     // empty: the catalogue's again
    std::string reading;  // as a voice reads it; empty: as it is written

    bool operator==(const TownText&) const = default;
};

using TownTexts = std::map<TextName, TownText>;

}  // namespace mado
