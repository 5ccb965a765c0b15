#include "tests/simulation/visitor.h"

#include <array>
#include <string>
#include <variant>

namespace mado::simulation {

namespace {

using namespace kiosk;

// Nobody stands at a kiosk for ever.
constexpr int kPatience = 80;

// What a person touches on each screen who wants a place and knows the answers.
struct Hand {
    const Resident& who;
    const Kiosk& kiosk;
    const BirthDate& birth;
    tests::Dice& dice;

    Event on(const Welcome&) const { return StartTouched{}; }
    Event on(const Scanning&) const {
        if (dice.percent(40) || !kiosk.camera) return TypeNumberTouched{};
        return TicketScanned{kiosk.camera->id, Personal(who.ticket), who.record};
    }
    Event on(const TypingNumber& screen) const {
        return typed(screen.digits.reveal(), who.ticket.number.digits());
    }
    // The Western calendar spares the hand the eras, which have tests of their own.
    Event on(const AskingEra&) const { return EraTouched{std::nullopt}; }
    Event on(const AskingYear& screen) const {
        return typed(screen.digits.reveal(), std::to_string(birth.packed() / 10'000));
    }
    Event on(const AskingMonth&) const { return MonthTouched{birth.packed() / 100 % 100}; }
    Event on(const AskingDay&) const { return DayTouched{birth.packed() % 100}; }
    Event on(const BirthImpossible&) const { return AgainTouched{}; }
    Event on(const ConfirmingBirth&) const { return YesTouched{}; }
    Event on(const NotMatched&) const { return AgainTouched{}; }
    Event on(const IntervalAhead&) const { return NextTouched{}; }
    Event on(const Declaring&) const {
        if (dice.percent(20)) return DeclareTouched{dice.pick(kDeclared)};
        return NextTouched{};
    }
    Event on(const Suggesting& screen) const {
        if (dice.percent(25)) return OtherTouched{};
        return OfferTouched{dice.pick(screen.offers).slot.id};
    }
    Event on(const NoPlace& screen) const {
        return may_apply(screen) ? Event(ApplyTouched{}) : Event(FinishTouched{});
    }
    Event on(const ChoosingVenue& screen) const {
        if (may_apply(kiosk, screen) && dice.percent(30)) return ApplyTouched{};
        return VenueTouched{dice.pick(screen.venues).venue.id};
    }
    Event on(const ChoosingDay& screen) const {
        if (dice.percent(15)) return LaterTouched{};
        return DateTouched{dice.pick(screen.days).date};
    }
    Event on(const ChoosingTime& screen) const {
        return OfferTouched{dice.pick(screen.times).slot.id};
    }
    Event on(const ConfirmingBooking&) const {
        return dice.percent(90) ? Event(YesTouched{}) : Event(NoTouched{});
    }
    Event on(const AskingCancel&) const {
        return dice.percent(85) ? Event(YesTouched{}) : Event(NoTouched{});
    }
    Event on(const Applying& screen) const {
        if (dice.percent(10)) return RemoveTouched{dice.pick(*screen.choice.applying).slot.id};
        return may_add(screen) && dice.percent(50) ? Event(AddTouched{}) : Event(YesTouched{});
    }
    Event on(const ShowingApplication&) const {
        if (dice.percent(20)) return WithdrawTouched{};
        return dice.percent(40) ? Event(NextTouched{}) : Event(FinishTouched{});
    }
    Event on(const AskingWithdrawal&) const {
        return dice.percent(85) ? Event(YesTouched{}) : Event(NoTouched{});
    }
    std::optional<Event> on(const KeepingApplication&) const { return {}; }
    std::optional<Event> on(const KeepingWithdrawal&) const { return {}; }
    std::optional<Event> on(const KeepingCancel&) const { return {}; }
    Event on(const ShowingBooking& screen) const {
        if (may_change(screen.holder) && dice.percent(15)) return ChangeTouched{};
        if (may_cancel(screen.holder) && dice.percent(10)) return CancelTouched{};
        const bool print = screen.printing == SlipState::NotAsked ||
                           (screen.printing == SlipState::Failed && dice.percent(50));
        return print ? Event(PrintTouched{}) : Event(FinishTouched{});
    }
    Event on(const Booked& screen) const {
        const bool again = screen.printing == SlipState::Failed && dice.percent(50);
        return again ? Event(PrintTouched{}) : Event(FinishTouched{});
    }
    std::optional<Event> on(const LookingUp&) const { return {}; }
    std::optional<Event> on(const ListingOffers&) const { return {}; }
    std::optional<Event> on(const KeepingBooking&) const { return {}; }
    // SeriesComplete, PleaseAskStaff, ApplicationTaken, WithdrawalTaken, Farewell.
    template <class Elsewhere>
    Event on(const Elsewhere& screen) const {
        return leave_of(screen) == Leave::Finish ? Event(FinishTouched{}) : Event(BackTouched{});
    }

    static Event typed(const std::string& so_far, const std::string& wanted) {
        if (so_far == wanted) return EnterTouched{};
        if (!wanted.starts_with(so_far)) return EraseTouched{};
        return DigitTouched{wanted[so_far.size()] - '0'};
    }
};

Event anything(const Kiosk& kiosk, tests::Dice& dice) {
    const std::array<Event, 17> touches = {
        StartTouched{},  TypeNumberTouched{}, DigitTouched{dice.below(10)},
        EnterTouched{},  YesTouched{},        NoTouched{},
        BackTouched{},   FinishTouched{},     CallStaffTouched{},
        ReturnTouched{}, PrintTouched{},      LanguageTouched{dice.pick(kLanguages)},
        ChangeTouched{}, CancelTouched{},     ChooseLanguageTouched{},
        ApplyTouched{},  WithdrawTouched{},
    };
    if (kiosk.warning) return ContinueTouched{};
    return dice.pick(touches);
}

// A day that is never anybody's here.
BirthDate wrong_birth_date() {
    return *BirthDate::from_packed(19010101);
}

}  // namespace

std::optional<Event> Visitor::sensible(const Kiosk& kiosk, tests::Dice& dice) const {
    if (kiosk.warning) return ContinueTouched{};
    if (kiosk.visit.is_choosing()) return ReturnTouched{};
    // Some wait a while for somebody to come.
    if (kiosk.visit.staff_called && dice.percent(60)) return {};
    if (kiosk.visit.staff_called) return ReturnTouched{};
    if (dice.percent(2) && may_call_staff(kiosk.screen)) return CallStaffTouched{};
    const BirthDate birth = manner_ == Manner::Forgetful ? wrong_birth_date() : who_.birth_date;
    const Hand hand{who_, kiosk, birth, dice};
    return std::visit([&](const auto& screen) -> std::optional<Event> { return hand.on(screen); },
                      kiosk.screen);
}

std::optional<Event> Visitor::act(const Kiosk& kiosk, tests::Dice& dice) {
    if (gone_) return {};
    ++acts_;
    const bool at_home = std::holds_alternative<Welcome>(kiosk.screen) && acts_ > 1;
    const bool walks_away = manner_ == Manner::Leaves && dice.percent(7);
    if (at_home || walks_away || acts_ > kPatience ||
        std::holds_alternative<OutOfService>(kiosk.screen)) {
        gone_ = true;
        return {};
    }
    if (manner_ == Manner::Hasty && dice.percent(40)) return anything(kiosk, dice);
    return sensible(kiosk, dice);
}

}  // namespace mado::simulation
