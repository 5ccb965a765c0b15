#pragma once

// A drawing of the right sheet, for a person who holds out a leaflet: the ticket with its stickers,
// and the code to show framed.

#include <string_view>

namespace mado::kiosk {

void ticket_sheet(std::string_view caption);

}  // namespace mado::kiosk
