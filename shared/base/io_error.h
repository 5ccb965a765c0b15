#pragma once

// What the world answers when it will not do what we ask, sorted by what one can do about it.

#include <string>

namespace mado {

struct IoError {
    enum class Kind {
        Unavailable,  // not now: try again later
        Refused,      // asked wrongly or not allowed: trying again changes nothing
        Full,         // no room: a person must make some
        Corrupt,      // what came back cannot be what was written
    };

    Kind kind;
    std::string what;  // for a log, in English; never holds personal data

    bool operator==(const IoError&) const = default;
};

// "Unavailable", "Refused", "Full" or "Corrupt".
constexpr const char* name_of(IoError::Kind kind) {
    switch (kind) {
        case IoError::Kind::Unavailable:
            return "Unavailable";
        case IoError::Kind::Refused:
            return "Refused";
        case IoError::Kind::Full:
            return "Full";
        case IoError::Kind::Corrupt:
            return "Corrupt";
    }
    return "Corrupt";
}

}  // namespace mado
