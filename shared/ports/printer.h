#pragma once

// Where slips come out.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/text.h"

#include <string>

namespace mado {

// A PDF and the name it has in the printer's queue. The name is not personal.
struct Document {
    std::string name;
    Bytes pdf;
};

class Printer {
  public:
    virtual ~Printer() = default;

    // Sends the document and waits until the printer says that it is done. A value means printed;
    // an error means that nobody may rely on paper having come out. Unavailable: off, unreachable
    // or stopped (`what` holds the printer's own reason, as "media-empty").
    virtual Result<void, IoError> print(const Document& document) = 0;
};

}  // namespace mado
