#pragma once

// What a slip says, from the catalogue of the visit's language.

#include "shared/domain/slip.h"
#include "shared/slip/slip_pdf.h"
#include "shared/ui/texts.h"

namespace mado::kiosk {

// On the day `today`, since a booking for tomorrow cannot be changed by itself any more.
SlipWords slip_words(const Slip& slip, const ui::Texts& texts, Date today);

}  // namespace mado::kiosk
