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
// not come out later.
Result<std::unique_ptr<Printer>, IoError> ipp_printer(const std::string& address,
                                                      std::chrono::seconds patience);

}  // namespace mado
