#pragma once

// Lists for other offices and for spreadsheets, as CSV.

#include "sync/server/records/encoding.h"
#include "sync/server/store/reads.h"

#include <string>

namespace mado::server {

enum class ExportKind {
    Residents,  // the columns of the import, name columns empty
    Results,    // the columns of the import
    Venues,
    Slots,         // venue, date, from, minutes, vaccine, target, booked, held, free
    Bookings,      // number, venue, date, from, dose, vaccine, ticket, municipality, state, slip,
                   // help
    Applications,  // number, received, state, dose, choice_1, choice_2, choice_3, ticket,
                   // municipality, booking, by, help
    Worklist,      // since, reason, booking, device, slot, open
};

// The help that is asked for on the day, as "wheelchair companion". A condition is none: who sees
// a list need not know of it.
std::string help_text(const Declaration& declared);

// The whole file. Refused where a letter has no place in the encoding.
Result<std::string, IoError> export_file(Reads& reads, ExportKind kind, Encoding encoding);

}  // namespace mado::server
