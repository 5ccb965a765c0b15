#pragma once

// What a slip says, from the catalogue of the visit's language.

#include "shared/domain/slip.h"
#include "shared/slip/slip_pdf.h"
#include "shared/texts/texts.h"

namespace mado::kiosk {

SlipWords slip_words(const Slip& slip, const Texts& texts);

}  // namespace mado::kiosk
