#include "kiosk/screens/languages.h"

#include <algorithm>

namespace mado::kiosk {
namespace {

struct Entry {
    const char* code;
    const char* own_name;
    Script script;
};

Entry entry_of(Language language) {
    switch (language) {
        case Language::Japanese:
            return {"ja", "日本語", Script::Japanese};
        case Language::EasyJapanese:
            return {"ja_easy", "やさしい にほんご", Script::Japanese};
        case Language::English:
            return {"en", "English", Script::Japanese};
        case Language::Chinese:
            return {"zh", "中文", Script::Chinese};
        case Language::Korean:
            return {"ko", "한국어", Script::Korean};
        case Language::Vietnamese:
            return {"vi", "Tiếng Việt", Script::Vietnamese};
        case Language::Portuguese:
            return {"pt", "Português", Script::Japanese};
    }
    return {"ja", "日本語", Script::Japanese};
}

}  // namespace

const char* code_of(Language language) {
    return entry_of(language).code;
}

std::optional<Language> language_of(std::string_view code) {
    const auto* found = std::ranges::find(kLanguages, code, code_of);
    if (found == kLanguages.end()) return {};
    return *found;
}

const char* own_name_of(Language language) {
    return entry_of(language).own_name;
}

Script script_of(Language language) {
    return entry_of(language).script;
}

}  // namespace mado::kiosk
