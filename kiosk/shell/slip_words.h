#pragma once

// What slips, memos and the receipts of applications say, from the catalogue of the visit's
// language.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/domain/slip.h"
#include "shared/slip/memo_pdf.h"
#include "shared/slip/slip_pdf.h"
#include "shared/texts/texts.h"

namespace mado::kiosk {

// `texts` are those of `language`.
SlipWords slip_words(const Slip& slip, Language language, const Texts& texts);
MemoWords memo_words(const Memo& memo, Language language, const Texts& texts);
// On the sheet of a memo, so that no desk can take it for a slip: it has no code.
MemoWords application_words(const Receipt& receipt, Language language, const Texts& texts);

}  // namespace mado::kiosk
