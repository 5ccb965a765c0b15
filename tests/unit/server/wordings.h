#pragma once

// The catalogues that texts of a town are held to, as they were built.

#include "shared/domain/kiosk_settings.h"
#include "sync/server/records/import.h"

namespace mado::server::words {

inline const Wordings& wordings() {
    static const Wordings read = [] {
        Wordings all;
        for (const char* language : kLanguageCodes) {
            all.shown.emplace(language, Texts::open(MADO_LOCALE_FOLDER, language).value());
            all.spoken.emplace(language, Readings::open(MADO_LOCALE_FOLDER, language).value());
        }
        return all;
    }();
    return read;
}

}  // namespace mado::server::words
