#include "shared/ui/wrap.h"

#include "shared/base/text.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace mado::ui {
namespace {

constexpr std::u32string_view kNeverFirst =
    U"、。，．・：；？！ー〜～…‥）」』】〕］｝〉》ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝ"
    U"ゞ,.:;?!)]}%’”";
constexpr std::u32string_view kNeverLast = U"（「『【〔［｛〈《([{‘“";
constexpr std::u32string_view kSentenceEnds = U"、。，．：；？！";
constexpr std::u32string_view kClosing = U"）」』】〕］｝〉》";

bool is_one_of(char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
}

bool is_hiragana(char32_t c) {
    return c >= 0x3041 && c <= 0x309F;
}

bool is_katakana(char32_t c) {
    return c >= 0x30A1 && c <= 0x30FF;
}

// The words of Korean are parted by spaces, as Latin ones.
bool is_hangul(char32_t c) {
    return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3131 && c <= 0x318E);
}

// Characters that stand for themselves and may be parted from each other.
bool is_wide(char32_t c) {
    return (c >= 0x2E80 && !is_hangul(c)) || (c >= 0x2190 && c <= 0x27BF);
}

bool is_number(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool is_space(char32_t c) {
    return c == U' ' || c == U'\u3000';
}

// A break that tears something apart: taken only where a word is wider than its line.
constexpr float kTorn = -1;

// How much a break at this place disturbs a reader.
float price_of_break(char32_t before, char32_t after) {
    if (is_space(before) || before == U'\u200B') return 0;
    if (is_space(after) || before == U'\u2060' || after == U'\u2060') return kTorn;
    if (is_one_of(after, kNeverFirst) || is_one_of(before, kNeverLast)) return kTorn;
    if (!is_wide(before) && !is_wide(after)) return kTorn;
    if (is_number(before)) return kTorn;
    if (is_one_of(before, kSentenceEnds)) return 0;
    if (is_one_of(before, kClosing)) return is_hiragana(after) ? 0.8F : 0;
    if (before == U'を') return 0.05F;
    const bool honorific = before == U'お' || before == U'ご';
    if (is_number(after)) return 0.1F;
    if (is_hiragana(before) && !is_hiragana(after) && !honorific) return 0.15F;
    return is_katakana(before) && is_katakana(after) ? 2.0F : 0.8F;
}

// Japanese with a space after every word, for readers who do not know where one ends.
bool parts_its_words(std::u32string_view text) {
    constexpr std::size_t kWordMax = 8;  // of letters, on average
    std::size_t spaces = 0;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (is_space(text[i]) && is_wide(text[i - 1]) && is_wide(text[i + 1])) ++spaces;
    }
    return spaces > 1 && spaces * kWordMax >= text.size();
}

bool is_invisible(char32_t c) {
    return c == U'\u200B' || c == U'\u2060';
}

std::string shown(std::u32string_view line) {
    while (!line.empty() && is_space(line.back()))
        line.remove_suffix(1);
    std::u32string kept;
    for (const char32_t c : line) {
        if (!is_invisible(c)) kept.push_back(c);
    }
    return to_utf8(kept);
}

// The best lines up to a place: how much they tear, how many they are, what their breaks cost, and
// where the last of them begins.
struct Place {
    int torn = 0;
    int lines = 0;
    float price = 0;
    std::size_t from = 0;

    bool better_than(const Place& other) const {
        return std::tie(torn, lines, price) < std::tie(other.torn, other.lines, other.price);
    }
};

// What is left empty at the end of a line, squared: even lines are cheapest together.
float price_of_space(float used, float width) {
    const float empty = (width - used) / width;
    return empty * empty;
}

// The fewest lines that fit, and of these the ones that disturb least.
std::vector<std::string> wrap_paragraph(std::u32string_view text, float width, Lines lines,
                                        const Measure& measure) {
    std::vector<float> sum = {0};  // widths up to each place
    for (const char32_t c : text) {
        sum.push_back(sum.back() + (is_invisible(c) ? 0 : measure(to_utf8({&c, 1}))));
    }
    const bool at_spaces = parts_its_words(text);
    std::vector<Place> best(text.size() + 1);
    for (std::size_t end = 1; end <= text.size(); ++end) {
        const bool last = end == text.size();
        const bool torn = at_spaces && !last && !is_space(text[end - 1]);
        const float price = last ? 0 : torn ? kTorn : price_of_break(text[end - 1], text[end]);
        const std::size_t seen = is_space(text[end - 1]) ? end - 1 : end;
        best[end].torn = std::numeric_limits<int>::max();
        for (std::size_t from = end; from-- > 0;) {
            const float used = sum[seen] - sum[std::min(from, seen)];
            if (used > width && from + 1 < end) break;
            const Place& before = best[from];
            Place place{before.torn + (price == kTorn ? 1 : 0), before.lines + 1,
                        before.price + std::max(price, 0.0F), from};
            if (!last || lines == Lines::Balanced) place.price += price_of_space(used, width);
            if (place.better_than(best[end])) best[end] = place;
        }
    }
    std::vector<std::string> wrapped;
    for (std::size_t end = text.size(); end > 0; end = best[end].from) {
        const std::size_t from = best[end].from;
        wrapped.push_back(shown(text.substr(from, end - from)));
    }
    std::ranges::reverse(wrapped);
    if (wrapped.empty()) wrapped.emplace_back();
    return wrapped;
}

}  // namespace

// Where the break fell at a space, the text has the two lines apart.
bool is_torn(std::string_view text, std::string_view line, std::string_view next) {
    const std::u32string before = characters_of(line);
    const std::u32string after = characters_of(next);
    if (before.empty() || after.empty() || is_wide(before.back()) || is_wide(after.front())) {
        return false;
    }
    const std::size_t word = line.rfind(' ') == std::string_view::npos ? 0 : line.rfind(' ') + 1;
    const std::string joined =
        std::string(line.substr(word)) + std::string(next.substr(0, next.find(' ')));
    return text.find(joined) != std::string_view::npos;
}

std::vector<std::string> wrap(std::string_view text, float width, Lines lines,
                              const Measure& measure) {
    const std::u32string characters = characters_of(text);
    std::u32string_view rest = characters;
    std::vector<std::string> wrapped;
    while (true) {
        const std::size_t feed = rest.find(U'\n');
        for (std::string& line : wrap_paragraph(rest.substr(0, feed), width, lines, measure)) {
            wrapped.push_back(std::move(line));
        }
        if (feed == std::u32string_view::npos) return wrapped;
        rest.remove_prefix(feed + 1);
    }
}

}  // namespace mado::ui
