#pragma once

// The page that a self-test prints: a slip's sheet, typeface, date and code, but plainly no
// booking, with boxes to tick for whoever looks at it.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/domain/town.h"
#include "shared/ports/printer.h"
#include "shared/slip/slip_pdf.h"
#include "shared/texts/texts.h"

#include <optional>

namespace mado::kiosk {

struct TestPage {
    std::optional<Town> town;  // none: this device has not heard of one yet
    DeviceId device;
    Instant now;  // as the kiosk's clock shows it
    Language language;
    Paper paper = Paper::A5;
};

// As a slip is rendered. `texts` are those of the page's language.
Result<Document, IoError> render_test_page(const TestPage& page, const Texts& texts);

// What the page's code says: as long and of the same letters as a slip's, so that it is printed as
// finely, and nothing that a desk takes for one.
std::string test_page_code();

}  // namespace mado::kiosk
