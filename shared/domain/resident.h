#pragma once

// What a device knows of a person: an opaque id, the birth date to compare, and the doses so far.

#include "shared/base/instant.h"
#include "shared/base/personal.h"
#include "shared/domain/birth_date.h"
#include "shared/domain/ids.h"
#include "shared/domain/vaccine.h"

#include <optional>

namespace mado {

// The latest dose on record; `number` counts from 1.
struct DoseRecord {
    int number = 0;
    Date date;
    VaccineCode vaccine;

    bool operator==(const DoseRecord&) const = default;
};

struct Resident {
    PersonId id;
    Personal<BirthDate> birth_date;
    std::optional<DoseRecord> last_dose;
    // False for a reissued, moved-away or dead person's ticket; staff alone are told.
    bool valid = true;

    bool operator==(const Resident&) const = default;
};

}  // namespace mado
