#include "shared/texts/spoken_digits.h"

#include <algorithm>
#include <array>

namespace mado {

namespace {

struct Names {
    std::string_view language;
    std::string_view pause;
    std::array<std::string_view, 10> digits;
};

// Names that are not mistaken for one another: よん and なな, never し and しち, which telephones
// have made the rule for numbers that are read out. Chinese stands in pinyin, which the voice
// reads.
constexpr Names kJapanese = {
    "ja", "、", {"ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"}};
constexpr Names kPlain = {"", ", ", {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}};
constexpr std::array kOthers = {
    Names{"en",
          ", ",
          {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}},
    Names{"zh", ", ", {"ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"}},
    Names{"ko", ", ", {"공", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"}},
    Names{"vi", ", ", {"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}},
    Names{"pt",
          ", ",
          {"zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"}},
};

const Names& names_in(std::string_view language) {
    if (language == "ja" || language == "ja_easy") return kJapanese;
    const auto* const found = std::ranges::find(kOthers, language, &Names::language);
    return found == kOthers.end() ? kPlain : *found;
}

}  // namespace

std::string spoken_digits(std::string_view digits, std::string_view language) {
    const Names& names = names_in(language);
    std::string spoken;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') continue;
        if (!spoken.empty()) spoken += names.pause;
        spoken += names.digits[static_cast<std::size_t>(digit - '0')];
    }
    return spoken;
}

}  // namespace mado
