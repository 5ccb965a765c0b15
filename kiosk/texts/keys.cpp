#include "kiosk/texts/keys.h"

#include <array>

namespace mado::kiosk {

TextKey key_of(ScanHint hint) {
    switch (hint) {
        case ScanHint::HoldTicket:
            return "scan.hold"_t;
        case ScanHint::ComeCloser:
            return "scan.closer"_t;
        case ScanHint::MoveAway:
            return "scan.away"_t;
        case ScanHint::HoldStill:
            return "scan.still"_t;
        case ScanHint::MoreLight:
            return "scan.light"_t;
    }
    return {};
}

TextKey scan_problem_key(TicketError problem) {
    switch (problem) {
        case TicketError::NotATicket:
            return "scan.not_a_ticket"_t;
        case TicketError::Damaged:
            return "scan.damaged"_t;
        case TicketError::UnknownMunicipality:
            return "scan.unknown_municipality"_t;
        case TicketError::OutsideServiceArea:
            return "scan.outside_area"_t;
        case TicketError::ZeroNumber:
            return "scan.zero"_t;
    }
    return {};
}

TextKey typing_problem_key(TicketError problem) {
    switch (problem) {
        case TicketError::NotATicket:
        case TicketError::Damaged:
            return "typing.damaged"_t;
        case TicketError::UnknownMunicipality:
        case TicketError::OutsideServiceArea:
            return "typing.outside_area"_t;
        case TicketError::ZeroNumber:
            return "typing.zero"_t;
    }
    return {};
}

TextKey key_of(const std::optional<Era>& era) {
    if (!era) return "era.western"_t;
    switch (*era) {
        case Era::Meiji:
            return "era.meiji"_t;
        case Era::Taisho:
            return "era.taisho"_t;
        case Era::Showa:
            return "era.showa"_t;
        case Era::Heisei:
            return "era.heisei"_t;
        case Era::Reiwa:
            return "era.reiwa"_t;
    }
    return {};
}

TextKey key_of(Zodiac zodiac) {
    constexpr std::array kAnimals = {"zodiac.rat"_t,     "zodiac.ox"_t,     "zodiac.tiger"_t,
                                     "zodiac.rabbit"_t,  "zodiac.dragon"_t, "zodiac.snake"_t,
                                     "zodiac.horse"_t,   "zodiac.sheep"_t,  "zodiac.monkey"_t,
                                     "zodiac.rooster"_t, "zodiac.dog"_t,    "zodiac.boar"_t};
    return kAnimals.at(static_cast<std::size_t>(zodiac));
}

TextKey key_of(BirthDateError why) {
    switch (why) {
        case BirthDateError::NoSuchDay:
            return "impossible.no_such_day"_t;
        case BirthDateError::NotInThatEra:
            return "impossible.not_in_era"_t;
        case BirthDateError::InTheFuture:
            return "impossible.in_the_future"_t;
        case BirthDateError::TooLongAgo:
            return "impossible.too_long_ago"_t;
    }
    return {};
}

TextKey key_of(StaffReason reason) {
    switch (reason) {
        case StaffReason::TooManyMisses:
            return "ask_staff.too_many_misses"_t;
        case StaffReason::Locked:
            return "ask_staff.locked"_t;
        case StaffReason::TicketNotGood:
            return "ask_staff.ticket"_t;
        case StaffReason::NotReady:
            return "ask_staff.not_ready"_t;
        case StaffReason::RecordNotGood:
            return "ask_staff.record_not_good"_t;
        case StaffReason::RecordDiffers:
            return "ask_staff.record_differs"_t;
        case StaffReason::BookingUnclear:
            return "ask_staff.booking_unclear"_t;
        case StaffReason::StorageFailed:
            return "ask_staff.storage_failed"_t;
        case StaffReason::NothingChanged:
            return "ask_staff.nothing_changed"_t;
        case StaffReason::NotApplied:
            return "ask_staff.not_applied"_t;
        case StaffReason::StillWaiting:
            return "ask_staff.still_waiting"_t;
        case StaffReason::NoAnswer:
            return "ask_staff.no_answer"_t;
    }
    return {};
}

TextKey key_of(OfferNotice notice) {
    switch (notice) {
        case OfferNotice::JustFilled:
            return "offers.just_filled"_t;
        case OfferNotice::NotPossible:
            return "offers.not_possible"_t;
    }
    return {};
}

TextKey key_of(PrinterTrouble trouble) {
    switch (trouble) {
        case PrinterTrouble::NoPaper:
            return "printer.no_paper"_t;
        case PrinterTrouble::Open:
            return "printer.open"_t;
        case PrinterTrouble::Jammed:
            return "printer.jammed"_t;
        case PrinterTrouble::NotHeard:
            return "printer.not_heard"_t;
        case PrinterTrouble::Other:
            break;
    }
    return "printer.other"_t;
}

TextKey key_of(Likeness likeness) {
    if (likeness.weekday && likeness.time) return "suggest.same_day_and_time"_t;
    if (likeness.weekday) return "suggest.same_day"_t;
    return likeness.time ? "suggest.same_time"_t : TextKey{};
}

TextKey key_of(Declared item) {
    switch (item) {
        case Declared::Condition:
            return "declare.condition"_t;
        case Declared::Wheelchair:
            return "declare.wheelchair"_t;
        case Declared::Companion:
            return "declare.companion"_t;
        case Declared::HardOfHearing:
            return "declare.hard_of_hearing"_t;
    }
    return {};
}

TextKey key_of(CallStage stage) {
    switch (stage) {
        case CallStage::Calling:
            return "staff.title"_t;
        case CallStage::Coming:
            return "staff.coming"_t;
        case CallStage::Unreachable:
            return "staff.unreachable"_t;
        case CallStage::Unanswered:
            return "staff.no_answer"_t;
    }
    return {};
}

TextKey key_of(TextSize size) {
    switch (size) {
        case TextSize::Normal:
            return "comfort.size_normal"_t;
        case TextSize::Large:
            return "comfort.size_large"_t;
        case TextSize::Larger:
            return "comfort.size_larger"_t;
        case TextSize::Largest:
            return "comfort.size_largest"_t;
    }
    return {};
}

TextKey key_of(Theme theme) {
    return theme == Theme::Standard ? "comfort.theme_standard"_t : "comfort.theme_high_contrast"_t;
}

TextKey screen_key(ScreenUse now) {
    return now == ScreenUse::Off ? "screen.show"_t : "screen.off"_t;
}

TextKey voice_key(bool speaking) {
    return speaking ? "voice.off"_t : "voice.on"_t;
}

TextKey pace_key(Pace now) {
    return now == Pace::Slower ? "voice.normal_pace"_t : "voice.slower"_t;
}

TextKey volume_key(Volume now) {
    return now == Volume::Loudest ? "voice.normal_volume"_t : "voice.louder"_t;
}

Pace other_pace(Pace now) {
    return now == Pace::Slower ? Pace::Normal : Pace::Slower;
}

Volume next_volume(Volume now) {
    switch (now) {
        case Volume::Normal:
            return Volume::Louder;
        case Volume::Louder:
            return Volume::Loudest;
        case Volume::Loudest:
            break;
    }
    return Volume::Normal;
}

}  // namespace mado::kiosk
