// Texts that a town words anew: each must fit where the catalogue's stands, in sight and in sound.

#include "shared/base/text.h"
#include "shared/domain/kiosk_settings.h"
#include "sync/server/records/import.h"
#include "sync/server/records/letters.h"
#include "sync/server/records/reader.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

// Two lines of the largest letters.
constexpr int kNoticeColumnsMax = 60;

// A letter of East Asia is as wide as two others.
int columns_of(std::string_view text) {
    int columns = 0;
    for (const char32_t letter : characters_of(text)) {
        constexpr char32_t kFirstWide = 0x1100;
        const bool latin_extended = letter >= 0x1E00 && letter <= 0x205F;
        columns += letter >= kFirstWide && !latin_extended ? 2 : 1;
    }
    return columns;
}

// "{name}" and so on, each once.
std::set<std::string> places_in(std::string_view text) {
    std::set<std::string> places;
    for (auto open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) break;
        places.emplace(text.substr(open, close - open + 1));
    }
    return places;
}

std::string without_places(std::string_view text) {
    std::string rest(text);
    for (const std::string& place : places_in(text)) {
        for (auto at = rest.find(place); at != std::string::npos; at = rest.find(place))
            rest.erase(at, place.size());
    }
    return rest;
}

// Syllables with a tone each, as the catalogue's.
bool is_pinyin(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '1' && c <= '5') || c == ' ' || c == ',' ||
               c == '.' || c == '?';
    });
}

bool can_be_read_aloud(const std::string& language, std::string_view reading) {
    const std::string words = without_places(reading);
    if (language == "ja" || language == "ja_easy") return is_kana(words);
    return language != "zh" || is_pinyin(words);
}

class TextRow {
  public:
    TextRow(RowReader& row, const Wordings& wordings) : row_(row), wordings_(wordings) {}

    std::optional<TownText> read() {
        TownText text{{std::string(row_.field("language")), std::string(row_.field("key"))},
                      std::string(row_.field("text")),
                      std::string(row_.field("reading"))};
        if (!is_known(text.name)) return {};
        if (text.text.empty()) {
            text.reading.clear();
        } else {
            check(text);
        }
        return row_.good() ? std::optional(std::move(text)) : std::nullopt;
    }

  private:
    bool is_known(const TextName& name) {
        if (!wordings_.shown.contains(name.language)) {
            row_.fault("language", {"import.no_language"_t});
        } else if (name.key != kNoticeKey &&
                   !wordings_.shown.at(name.language).has({name.key.c_str()})) {
            row_.fault("key", {"import.no_text"_t});
        }
        return row_.good();
    }

    void check(const TownText& text) {
        const TextKey key{text.name.key.c_str()};
        const bool is_notice = text.name.key == kNoticeKey;
        if (const auto wrong = hidden_letter(text.text)) row_.fault("text", *wrong);
        const auto places =
            places_in(is_notice ? "" : wordings_.shown.at(text.name.language).say(key));
        if (places_in(text.text) != places) {
            std::string all;
            for (const std::string& place : places)
                all += (all.empty() ? "" : " ") + place;
            row_.fault("text", {"import.other_places"_t, {{"places", all.empty() ? "0" : all}}});
        }
        const int most = is_notice ? kNoticeColumnsMax : widest(key);
        if (columns_of(text.text) > most) {
            row_.fault("text", {"import.too_wide"_t, {{"columns", std::to_string(most)}}});
        }
        if (row_.good()) check_reading(text, key, is_notice, places);
    }

    // As wide as it is in any language: so wide it was measured on every screen.
    int widest(TextKey key) const {
        int most = 0;
        for (const auto& [language, texts] : wordings_.shown) {
            if (texts.has(key)) most = std::max(most, columns_of(texts.say(key)));
        }
        return most;
    }

    void check_reading(const TownText& text, TextKey key, bool is_notice,
                       const std::set<std::string>& places) {
        const auto spoken = wordings_.spoken.find(text.name.language);
        const bool speaks =
            is_notice || (spoken != wordings_.spoken.end() && spoken->second.has(key));
        if (!speaks) return;
        const std::string& reading = text.reading.empty() ? text.text : text.reading;
        if (!can_be_read_aloud(text.name.language, reading) || places_in(reading) != places) {
            row_.fault("reading", {"import.no_reading"_t});
        }
    }

    RowReader& row_;
    const Wordings& wordings_;
};

}  // namespace

Read<TownText> read_texts(std::string_view bytes, const Wordings& wordings) {
    Read<TownText> result;
    const FileReader file(bytes, required_columns(FileKind::Texts), result.faults);
    result.encoding = file.encoding();
    result.lines_not_cut = result.faults.lines();
    if (result.faults.none() && file.rows().empty()) {
        result.faults.add(0, "", {"import.no_rows"_t});
    }
    std::map<TextName, int> seen;
    for (const CsvRow& fields : file.rows()) {
        RowReader row(file.columns(), fields, result.faults);
        auto text = TextRow(row, wordings).read();
        if (!text) continue;
        const auto [first, is_first] = seen.emplace(text->name, fields.line);
        if (!is_first) {
            row.contradicts(first->second, "key",
                            {"import.twice"_t, {{"line", std::to_string(first->second)}}});
            continue;
        }
        result.rows.push_back({fields.line, std::move(*text)});
    }
    if (result.rows.size() > kTownTextsMax) {
        result.faults.add_bound(0, "", {"import.too_many_rows"_t});
    }
    return result;
}

}  // namespace mado::server
