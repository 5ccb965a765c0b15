#pragma once

// What a slip says, from the catalogue of the visit's language.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/domain/slip.h"
#include "shared/slip/slip_pdf.h"
#include "shared/texts/texts.h"

namespace mado::kiosk {

// `texts` are those of `language`.
SlipWords slip_words(const Slip& slip, Language language, const Texts& texts);

}  // namespace mado::kiosk
