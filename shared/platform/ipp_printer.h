#pragma once

// A printer that speaks IPP, by libcups, without a print server in between.

#include "shared/ports/printer.h"

#include <chrono>
#include <memory>
#include <string>

namespace mado {

// `address` is "ipp://host:port/path" or "ipps://…". Nothing is asked of the printer until the
// first print, which is Refused by one that takes no PDF. `patience` bounds the wait for a job to
// end; a job that is given up, or that a jam or missing paper holds, is cancelled, so that it does
// not come out later. One that was given up since the printer fell silent is cancelled when it
// answers again; where it came out meanwhile, printing the same document again is done at once and
// puts no second one on paper. A host that is a name costs the time to look it up: give an address.
Result<std::unique_ptr<Printer>, IoError> ipp_printer(const std::string& address,
                                                      std::chrono::seconds patience);

}  // namespace mado
