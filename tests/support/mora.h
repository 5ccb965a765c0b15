#pragma once

// Mora: the beats of Japanese, by which one measures how fast it is spoken.

#include <string_view>

namespace mado::tests {

// Of a text in kana: a small ゃ or ぁ belongs to the kana before it, っ, ん and ー are beats of
// their own. Everything that is no kana counts nothing.
int mora_of(std::string_view kana);

}  // namespace mado::tests
