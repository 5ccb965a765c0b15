#pragma once

// Which text a value has, shown or spoken.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/domain/birth_date.h"
#include "shared/texts/texts.h"

#include <optional>

namespace mado::kiosk {

TextKey key_of(ScanHint hint);
// Of a code that was scanned, and of a number that was typed: what to do next differs.
TextKey scan_problem_key(TicketError problem);
TextKey typing_problem_key(TicketError problem);
// 西暦 without an era.
TextKey key_of(const std::optional<Era>& era);
TextKey key_of(Zodiac zodiac);
// May have {era}.
TextKey key_of(BirthDateError why);
TextKey key_of(StaffReason reason);
TextKey key_of(OfferNotice notice);
// What is the matter with the printer, and whom to call.
TextKey key_of(PrinterTrouble trouble);
// None where there is nothing to say.
TextKey key_of(Likeness likeness);
TextKey key_of(Declared item);

TextKey key_of(CallStage stage);

TextKey key_of(TextSize size);
TextKey key_of(Theme theme);

// What a touch will do with a screen that is used so.
TextKey screen_key(ScreenUse now);
// Of the voice's settings, what a touch will change.
TextKey voice_key(bool speaking);
TextKey pace_key(Pace now);
TextKey volume_key(Volume now);
Pace other_pace(Pace now);
// The first again after the last.
Volume next_volume(Volume now);

}  // namespace mado::kiosk
