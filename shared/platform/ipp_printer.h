#pragma once

// A printer that speaks IPP, by libcups, without a print server in between.

#include "shared/ports/printer.h"

#include <chrono>
#include <memory>
#include <string>

namespace mado {

// `address` is "ipp://host:port/path" or "ipps://…". Nothing is asked of the printer until the
// first print. `patience` bounds the wait for a job to end.
Result<std::unique_ptr<Printer>, IoError> ipp_printer(const std::string& address,
                                                      std::chrono::seconds patience);

}  // namespace mado
