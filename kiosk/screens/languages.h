#pragma once

// The languages of a kiosk, as the world outside the flow knows them. Which there are, and in which
// order, is the flow's kLanguages.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/base/script.h"

#include <optional>
#include <string_view>

namespace mado::kiosk {

// The catalogue's name, assets/locale/<code>.po: "ja".
const char* code_of(Language language);
std::optional<Language> language_of(std::string_view code);
// As those who speak it call it, whatever the language of the screen: 日本語.
const char* own_name_of(Language language);
Script script_of(Language language);

}  // namespace mado::kiosk
