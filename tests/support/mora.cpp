#include "tests/support/mora.h"

#include "shared/base/text.h"

#include <algorithm>

namespace mado::tests {

namespace {

bool is_mora(char32_t letter) {
    constexpr std::u32string_view kBesideAnother = U"ぁぃぅぇぉゃゅょゎァィゥェォャュョヮ";
    const bool is_kana = (letter >= U'ぁ' && letter <= U'ゖ') ||
                         (letter >= U'ァ' && letter <= U'ヶ') || letter == U'ー';
    return is_kana && kBesideAnother.find(letter) == std::u32string_view::npos;
}

}  // namespace

int mora_of(std::string_view kana) {
    return static_cast<int>(std::ranges::count_if(characters_of(kana), is_mora));
}

}  // namespace mado::tests
