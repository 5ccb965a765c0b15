#include "shared/ui/wrap.h"

#include <algorithm>
#include <cstdint>

namespace mado::ui {
namespace {

constexpr std::u32string_view kNeverFirst =
    U"、。，．・：；？！ー〜～…‥）」』】〕］｝〉》ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝ"
    U"ゞ,.:;?!)]}%’”";
constexpr std::u32string_view kNeverLast = U"（「『【〔［｛〈《([{‘“";
constexpr std::u32string_view kPhraseEnds = U"、。，．：；？！）」』】〕］｝〉》を";

bool is_one_of(char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
}

bool is_hiragana(char32_t c) {
    return c >= 0x3041 && c <= 0x309F;
}

// Characters that stand for themselves and may be parted from each other.
bool is_wide(char32_t c) {
    return c >= 0x2E80 || (c >= 0x2190 && c <= 0x27BF);
}

bool is_number(char32_t c) {
    return c >= U'0' && c <= U'9';
}

enum class Break { Never, Possible, Good };

Break break_between(char32_t before, char32_t after) {
    if (before == U' ' || before == U'\u200B') return Break::Good;
    if (after == U' ' || before == U'\u2060' || after == U'\u2060') return Break::Never;
    if (is_one_of(after, kNeverFirst) || is_one_of(before, kNeverLast)) return Break::Never;
    if (!is_wide(before) && !is_wide(after)) return Break::Never;
    if (is_number(before)) return Break::Never;
    if (is_one_of(before, kPhraseEnds)) return Break::Good;
    const bool honorific = before == U'お' || before == U'ご';
    if (is_hiragana(before) && !is_hiragana(after) && !honorific) return Break::Good;
    return Break::Possible;
}

bool is_invisible(char32_t c) {
    return c == U'\u200B' || c == U'\u2060';
}

std::string shown(std::u32string_view line) {
    while (!line.empty() && line.back() == U' ')
        line.remove_suffix(1);
    std::u32string kept;
    for (const char32_t c : line) {
        if (!is_invisible(c)) kept.push_back(c);
    }
    return to_utf8(kept);
}

// How many characters of `text` go on its first line.
std::size_t first_line(std::u32string_view text, float width, const Measure& measure) {
    constexpr float kFullEnough = 0.55F;
    std::size_t possible = 0;
    std::size_t good = 0;
    for (std::size_t end = 1; end <= text.size(); ++end) {
        const bool at_end = end == text.size();
        const Break kind = at_end ? Break::Good : break_between(text[end - 1], text[end]);
        const bool fits = measure(shown(text.substr(0, end))) <= width;
        if (!fits) {
            const bool good_is_full =
                good > 0 && measure(shown(text.substr(0, good))) >= kFullEnough * width;
            if (good_is_full) return good;
            if (possible > 0) return possible;
            return std::max<std::size_t>(end - 1, 1);
        }
        if (kind == Break::Good) good = end;
        if (kind != Break::Never) possible = end;
    }
    return text.size();
}

std::vector<std::string> filled(std::u32string_view text, float width, const Measure& measure) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t feed = text.find(U'\n');
        std::u32string_view paragraph = text.substr(0, feed);
        do {
            const std::size_t count = paragraph.empty() ? 0 : first_line(paragraph, width, measure);
            lines.push_back(shown(paragraph.substr(0, count)));
            paragraph.remove_prefix(count);
            while (!paragraph.empty() && paragraph.front() == U' ')
                paragraph.remove_prefix(1);
        } while (!paragraph.empty());
        if (feed == std::u32string_view::npos) return lines;
        text.remove_prefix(feed + 1);
    }
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, float width, Lines lines,
                              const Measure& measure) {
    const std::u32string characters = characters_of(text);
    std::vector<std::string> best = filled(characters, width, measure);
    if (lines == Lines::Filled || best.size() == 1) return best;

    float narrow = width / 2;
    float wide = width;
    for (int round = 0; round < 8; ++round) {
        const float middle = (narrow + wide) / 2;
        std::vector<std::string> candidate = filled(characters, middle, measure);
        const bool fits = std::ranges::all_of(
            candidate, [&](const std::string& line) { return measure(line) <= middle; });
        if (fits && candidate.size() <= best.size()) {
            best = std::move(candidate);
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    return best;
}

std::u32string characters_of(std::string_view text) {
    std::u32string characters;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<std::uint8_t>(text[at]);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || at + length > text.size()) {
            characters.push_back(0xFFFD);
            ++at;
            continue;
        }
        char32_t c = length == 1 ? lead : lead & (0x7F >> length);
        bool whole = true;
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<std::uint8_t>(text[at + i]);
            whole = whole && (next & 0xC0) == 0x80;
            c = (c << 6) | (next & 0x3F);
        }
        characters.push_back(whole ? c : 0xFFFD);
        at += whole ? length : 1;
    }
    return characters;
}

std::string to_utf8(std::u32string_view text) {
    std::string bytes;
    for (const char32_t c : text) {
        const auto put = [&](char32_t byte) { bytes.push_back(static_cast<char>(byte)); };
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | (c >> 6));
            put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | (c >> 18));
            put(0x80 | ((c >> 12) & 0x3F));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }
    return bytes;
}

}  // namespace mado::ui
