#include "kiosk/flow/transitions.h"

#include <utility>

namespace mado::kiosk::steps {

namespace {

template <class WithMemo>
Step print_memo(const At& at, WithMemo screen, Memo memo) {
    Step next{at.kiosk, {}};
    screen.job = take_id(next.kiosk);
    screen.printing = SlipState::Printing;
    next.effects.push_back(PrintMemo{screen.job, std::move(memo), at.kiosk.visit.language});
    next.kiosk.screen = std::move(screen);
    return next;
}

}  // namespace

Step on(const At& at, const Suggesting& screen, const MemoTouched&) {
    if (!may_print_memo(at.kiosk)) return nothing(at);
    const Memo memo = memo_of(screen.choice.list, *at.kiosk.town, at.now);
    return print_memo(at, TakingMemo{screen.choice, memo}, memo);
}

Step on(const At& at, const TakingMemo& screen, const PrintTouched&) {
    if (screen.printing != SlipState::Failed) return nothing(at);
    return print_memo(at, screen, screen.memo);
}

Step on(const At& at, const TakingMemo& screen, const NextTouched&) {
    return suggest(at, screen.choice);
}

Step on(const At& at, const TakingMemo& screen, const MemoPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Printed);
}

Step on(const At& at, const TakingMemo& screen, const MemoNotPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Failed);
}

Step on(const At& at, const NoPlace& screen, const PrintTouched&) {
    const bool asked =
        screen.printing == SlipState::NotAsked || screen.printing == SlipState::Failed;
    if (!asked || !may_print_memo(at.kiosk)) return nothing(at);
    return print_memo(at, screen, memo_of({}, *at.kiosk.town, at.now));
}

Step on(const At& at, const NoPlace& screen, const MemoPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Printed);
}

Step on(const At& at, const NoPlace& screen, const MemoNotPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Failed);
}

}  // namespace mado::kiosk::steps
